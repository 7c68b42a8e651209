"""What stands at the right of the menu bar, and never takes the menus' half of it."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QWidget

from workbench.ui import theme


class Corner(QWidget):
    """A row of widgets; ``add`` puts one before the last."""

    def __init__(self, bar: QMenuBar, last: QWidget) -> None:
        super().__init__(bar)
        self._bar = bar
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, theme.SPACE // 4, theme.SPACE // 2, theme.SPACE // 4)
        self._row.addWidget(last, 1)
        bar.setCornerWidget(self)

    def add(self, widget: QWidget) -> None:
        """Put ``widget`` before the last."""
        self._row.insertWidget(self._row.count() - 1, widget)

    def sizeHint(self) -> QSize:
        """What its widgets want, but at most half of the bar."""
        wanted = super().sizeHint()
        return QSize(min(wanted.width(), self._bar.width() // 2), wanted.height())
