"""What cannot be shown here: how large it is, what it is, and what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.core.content.kinds import Kind, media_type
from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.look.words import size_words
from workbench.ui.response.body.forms import BodyFacts
from workbench.ui.widgets.label import Label


class FilePage(QWidget):
    """Size, kind, and two buttons."""

    open_requested = Signal()
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        middle = Qt.AlignmentFlag.AlignCenter
        self._title = Label(alignment=middle)
        self._title.setFont(theme.scaled_font(1.2, bold=True))
        self._words = Label(alignment=middle, wordWrap=True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for words, signal in (
            (_("Open with another program…"), self.open_requested),
            (_("Save…"), self.save_requested),
        ):
            button = QPushButton(words)
            button.setAutoDefault(False)
            button.clicked.connect(signal)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addSpacing(theme.SPACE)
        column.addLayout(buttons)
        column.addStretch(2)

    def show_facts(self, facts: BodyFacts) -> None:
        """Say what it is."""
        kind = _("PDF document") if facts.kind is Kind.PDF else media_type(facts.content_type) or _("Unknown type")
        self._title.setText(f"{kind} · {size_words(facts.size)}")
        self._words.setText(
            _(
                "It cannot be displayed here. Another program gets a copy that only you can read; the "
                "copy is deleted when mTLS Workbench closes."
            )
        )
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(self._words.text())
