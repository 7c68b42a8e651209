"""A combo box that knows whether something was picked from its list, or passed by with the arrow keys."""

from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox


class PopupCombo(QComboBox):
    """When ``activated`` is emitted, ``picked`` tells whether the list was open."""

    picked = False

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        self.picked = True
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """While the list is open, keys go there."""
        self.picked = False
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turning the wheel picks nothing either."""
        self.picked = False
        super().wheelEvent(event)
