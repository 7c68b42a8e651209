"""A message across the top of a page that stays until it is answered or closed; it never blocks."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _
from workbench.core.visible import visible, visible_lines
from workbench.ui.look import theme
from workbench.ui.look.icons import icon
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.sign import Sign


class Banner(QFrame):
    """Title, detail and hint, with one thing to do about it where there is one: then ``accepted`` is emitted."""

    accepted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self._sign = Sign(self)
        self._title = Label(parent=self)
        self._title.setFont(theme.scaled_font(1.0, bold=True))
        self._detail = Label(parent=self)
        for label in (self._title, self._detail):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._accept = QPushButton(self)
        self._accept.clicked.connect(self.accepted)
        self._accept.clicked.connect(self.close_quietly)
        self._close = QToolButton(self)
        self._close.setIcon(icon("close"))
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(_("Close message"))
        self._close.setToolTip(_("Close message"))
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._close.clicked.connect(self.close_quietly)
        self._lay_out()
        self.hide()

    def show_error(self, error: WorkbenchError) -> None:
        """Show what went wrong and what to do."""
        between = " " if error.detail.endswith((".", "!", "?", "…")) else "\n"  # a path is no sentence
        self.show_words(error.title, between.join(part for part in (error.detail, error.hint) if part), theme.Tone.BAD)

    def show_words(self, title: str, detail: str = "", tone: theme.Tone = theme.Tone.QUIET, action: str = "") -> None:
        """Show a message; ``action`` is the text of the button to answer it with."""
        self._sign.show_icon(icon(tone.value, tone))
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._accept.setText(visible(action))
        self._accept.setVisible(bool(action))
        self.setAccessibleName(visible_lines(title))
        self.setAccessibleDescription(visible_lines(detail))
        self.show()

    def close_quietly(self) -> None:
        """Take the message away."""
        self.hide()
        self.closed.emit()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.SPACE // 4)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        layout.addWidget(self._accept, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
