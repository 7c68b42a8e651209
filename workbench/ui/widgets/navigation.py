"""The column at the left: which page is shown."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from workbench.ui.look import theme


class Navigation(QFrame):
    """A button for each checkable action, one below the other, reachable by Tab."""

    def __init__(self, actions: Sequence[QAction], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE // 2, theme.SPACE, theme.SPACE // 2, theme.SPACE)
        layout.setSpacing(theme.SPACE // 4)
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(20, 20))
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setMinimumHeight(52)
            layout.addWidget(button)
        layout.addStretch(1)
