"""A sentence with a mark before it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from workbench.core.visible import visible_lines
from workbench.ui.look import theme
from workbench.ui.look.marks import Mark, mark_icon
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.sign import Sign


class Sentence(QWidget):
    """Wraps where it must; its text can be selected with mouse and keyboard."""

    def __init__(self, name: str = "", parent: QWidget | None = None, *, bold: bool = False) -> None:
        super().__init__(parent)
        self._sign = Sign(self)
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
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def text(self) -> str:
        """The sentence."""
        return self._words.text()

    def say(self, mark: Mark, words: str) -> None:
        """Show ``words`` behind ``mark``."""
        self._sign.show_icon(mark_icon(mark))
        self._words.setText(words)
        self.setAccessibleDescription(visible_lines(words))
