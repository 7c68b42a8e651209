"""What happened, what was seen, what to do: the doctor's answer with its actions as buttons."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFormLayout, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from workbench.core.exchange import Exchange, Failure
from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.look.marks import Mark
from workbench.ui.look.plain import caption
from workbench.ui.response.phase_words import during, possible_cause
from workbench.ui.response.remedies import Remedy, remedies
from workbench.ui.response.report import report
from workbench.ui.widgets.flow_layout import FlowLayout
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.sentence import Sentence


class FailureView(QWidget):
    """Shows one failure, with a button for each of its ``remedies``."""

    remedy_requested = Signal(Remedy)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Failure"))
        self._exchange: Exchange | None = None
        self._title = Sentence(_("Outcome"), bold=True)
        self._parts = {part: _paragraph(name) for part, name in _PARTS.items()}
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.setHorizontalSpacing(theme.SPACE * 2)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        for part, name in _PARTS.items():
            form.addRow(_heading(name), self._parts[part])
        self._form = form
        self._buttons = FlowLayout(theme.SPACE)
        self._copy = QPushButton(_("Copy report"))
        self._copy.setToolTip(_("Text for a ticket: request, failure and handshake, with secrets masked"))
        self._copy.clicked.connect(self._copy_report)
        self._copied = Label()
        self._inside = QWidget()
        self._above = above = QVBoxLayout(self._inside)
        above.setContentsMargins(0, 0, theme.SPACE // 2, 0)
        above.addLayout(form)
        above.addStretch(1)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(_("Diagnosis"))
        self._scroll.setWidget(self._inside)
        form.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE, 0, theme.SPACE)
        column.setSpacing(theme.SPACE)
        column.addWidget(self._title)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._buttons)

    def height_for(self, width: int) -> int:
        """Pixels that all of it needs at ``width``."""
        return self._frame_height(width) + self._words_height(width)

    def least_height_for(self, width: int) -> int:
        """Pixels for the title, the buttons and a few lines of the rest, which scrolls."""
        lines = 3 * self.fontMetrics().lineSpacing()
        return self._frame_height(width) + min(lines, self._words_height(width))

    def _words_height(self, width: int) -> int:
        self._above.activate()  # what it knows of new words is old until then
        return self._inside.heightForWidth(width)

    def _frame_height(self, width: int) -> int:
        return self._title.heightForWidth(width) + self._buttons.heightForWidth(width) + 5 * theme.SPACE

    def show_failure(self, exchange: Exchange, failure: Failure) -> None:
        """Show why ``exchange`` brought no response."""
        self._exchange = exchange
        self._title.say(Mark.BAD, failure.title)
        texts = {
            "seen": failure.detail,
            "todo": failure.hint,
            "when": during(failure.phase),
            "else": "\n".join(f"• {possible_cause(code)}" for code in failure.candidates),
        }
        for part, text in texts.items():
            label = self._parts[part]
            label.setText(text)
            self._form.setRowVisible(label, bool(text))
        self._show_buttons(exchange)
        self._scroll.verticalScrollBar().setValue(0)

    def _show_buttons(self, exchange: Exchange) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in (self._copy, self._copied):
                widget.deleteLater()
        for remedy in remedies(exchange):
            button = QPushButton(caption(remedy.words))
            button.clicked.connect(lambda _checked=False, remedy=remedy: self.remedy_requested.emit(remedy))
            self._buttons.addWidget(button)
        self._copied.clear()
        self._buttons.addWidget(self._copy)
        self._buttons.addWidget(self._copied)

    def _copy_report(self) -> None:
        if self._exchange is not None:
            QGuiApplication.clipboard().setText(report(self._exchange))
            self._copied.setText(_("Copied, with secrets masked."))
            self._buttons.invalidate()


_PARTS = {
    "seen": _("Details"),
    "todo": _("What to do"),
    "when": _("When"),
    "else": _("Other possible causes"),
}


def _paragraph(name: str) -> Label:
    label = Label(wordWrap=True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setAccessibleDescription(name)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label


def _heading(words: str) -> Label:
    label = Label(words)
    label.setFont(theme.scaled_font(1.0, bold=True))
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label
