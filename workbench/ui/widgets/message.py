"""A few words at the place they are about: an icon, a sentence, nothing that has to be clicked away."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from workbench.core.visible import visible_lines
from workbench.ui.look import theme
from workbench.ui.look.icons import icon
from workbench.ui.widgets.label import Label

_SIZE = 16


class Message(QWidget):
    """Hidden as long as it has nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = theme.Tone.QUIET
        self._icon = Label(parent=self)
        self._words = Label(parent=self)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._words, 1)
        self.hide()

    def words(self) -> str:
        """What it says now."""
        return self._words.text() if not self.isHidden() else ""

    def show_words(self, words: str, tone: theme.Tone = theme.Tone.QUIET) -> None:
        """Say ``words``; nothing hides it."""
        self._tone = tone
        self._words.setText(words)
        self.setAccessibleName(visible_lines(words))
        self._tint()
        self.setVisible(bool(words))

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of a new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        self._icon.setPixmap(icon(self._tone.value, self._tone).pixmap(_SIZE, _SIZE))
