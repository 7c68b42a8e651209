"""The one kind of label that this program has: it shows text, never markup."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from workbench.core.visible import visible_lines

_BREAK = "\u200b"


class Label(QLabel):
    """Plain text with everything visible; ``properties`` are Qt's, such as ``wordWrap``.

    ``breaks`` are characters behind which a line may end: paths and distinguished names hold no spaces to wrap at.
    """

    def __init__(self, words: str = "", parent: QWidget | None = None, *, breaks: str = "", **properties: Any) -> None:
        super().__init__(parent, **properties)
        self._breaks = breaks
        self.setTextFormat(Qt.TextFormat.PlainText)
        if words:
            self.setText(words)

    def setText(self, words: str) -> None:  # noqa: N802  # in place of Qt's, so that there is no other
        """Show ``words``."""
        shown = visible_lines(words)
        for character in self._breaks:
            shown = shown.replace(character, character + _BREAK)
        super().setText(shown)
