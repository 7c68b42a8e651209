"""A sentence that is clicked to go to what it is about."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from workbench.core.visible import visible

_LEAST = 80  # pixels
_ICON = 28  # pixels of icon and margins


class FlatSentence(QPushButton):
    """Shortened with dots where there is no room; the whole of it is its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setStyleSheet("text-align: left")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(_LEAST)

    def say(self, words: str) -> None:
        """Show ``words``."""
        self._words = visible(words)
        self.setAccessibleName(self._words)
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        room = max(self.width() - _ICON, 0)
        words = self._words.replace("&", "&&")
        self.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room))
