"""A few words at the place they are about: an icon, a sentence, nothing that has to be clicked away."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from workbench.core.errors import WorkbenchError
from workbench.core.visible import visible_lines
from workbench.ui.look import theme
from workbench.ui.look.icons import icon
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.sign import Sign


class Message(QWidget):
    """Hidden as long as it has nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = Sign(self)
        self._words = Label(parent=self)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._words, 1)
        self.hide()

    def words(self) -> str:
        """What it says now."""
        return self._words.text() if not self.isHidden() else ""

    def show_words(self, words: str, tone: theme.Tone = theme.Tone.QUIET) -> None:
        """Say ``words``; nothing hides it."""
        self._sign.show_icon(icon(tone.value, tone))
        self._words.setText(words)
        self.setAccessibleName(visible_lines(words))
        self.setVisible(bool(words))

    def show_error(self, error: WorkbenchError) -> None:
        """Say what went wrong and what to do."""
        self.show_words(" ".join(part for part in (error.title, error.detail, error.hint) if part), theme.Tone.BAD)
