"""The buttons at the bottom of a dialog, in words: the style's pictures follow no palette."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox, QWidget


class ButtonBox(QDialogButtonBox):
    """The standard buttons in the platform's order, without pictures."""

    def __init__(self, buttons: QDialogButtonBox.StandardButton, parent: QWidget | None = None) -> None:
        super().__init__(buttons, parent)
        self._take_pictures()

    def changeEvent(self, event: QEvent) -> None:
        """A new style brings them back."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._take_pictures()

    def _take_pictures(self) -> None:
        for button in self.buttons():
            button.setIcon(QIcon())
