"""A sentence with a mark before it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from workbench.core.visible import visible_lines
from workbench.ui.look import theme
from workbench.ui.look.marks import Mark, mark_icon
from workbench.ui.widgets.label import Label


class Sentence(QWidget):
    """Wraps where it must; its text can be selected with mouse and keyboard."""

    def __init__(self, name: str = "", parent: QWidget | None = None, *, bold: bool = False) -> None:
        super().__init__(parent)
        self._mark = Mark.NONE
        self._sign = Label()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words = Label(wordWrap=True)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if bold:
            self._words.setFont(theme.scaled_font(1.0, bold=True))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)

    def text(self) -> str:
        """The sentence."""
        return self._words.text()

    def say(self, mark: Mark, words: str) -> None:
        """Show ``words`` behind ``mark``."""
        self._mark = mark
        self._words.setText(words)
        self.setAccessibleDescription(visible_lines(words))
        self._paint_mark()

    def changeEvent(self, event: QEvent) -> None:
        """Paint the mark anew in another palette, or beside other letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_words"):
            self._paint_mark()

    def _paint_mark(self) -> None:
        size = theme.sign_size(self)
        self._sign.setPixmap(mark_icon(self._mark).pixmap(size, size))
