"""Tabs that can be closed with a quiet button, also from the keyboard and with the middle button."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from workbench.core.i18n import _
from workbench.ui.look.icons import icon

_SIZE = 12


class TabStrip(QTabBar):
    """``close_requested`` carries the tab's place, ``menu_requested`` the place and a point on the screen."""

    close_requested = Signal(int)
    menu_requested = Signal(int, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMovable(True)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The middle button closes."""
        place = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and place >= 0:
            self.close_requested.emit(place)
        else:
            super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu of the tab under the mouse, from the keyboard of the one in front."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.currentIndex() if by_key else self.tabAt(event.pos())
        if place >= 0:
            corner = self.mapToGlobal(self.tabRect(place).bottomLeft())
            self.menu_requested.emit(place, corner if by_key else event.globalPos())

    def tabInserted(self, index: int) -> None:
        """Give the new tab its button."""
        super().tabInserted(index)
        self._closer(index)

    def _closer(self, place: int) -> QToolButton:
        side = QTabBar.ButtonPosition.RightSide
        present = self.tabButton(place, side)
        if isinstance(present, QToolButton):
            return present
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setIcon(icon("close"))
        button.setIconSize(QSize(_SIZE, _SIZE))
        button.setFixedSize(_SIZE + 6, _SIZE + 6)
        button.setAccessibleName(_("Close request"))
        button.setToolTip(_("Close request (Ctrl+W)"))
        button.clicked.connect(self._close_of_sender)
        self.setTabButton(place, side, button)
        self.setTabOrder(self.tabButton(place - 1, side) if place else self, button)
        return button

    def _close_of_sender(self) -> None:
        sender = self.sender()
        for place in range(self.count()):
            if self.tabButton(place, QTabBar.ButtonPosition.RightSide) is sender:
                self.close_requested.emit(place)
                return
