"""The menus, and at their right what is always within reach."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QSizePolicy, QWidget

from workbench.ui.look import theme


class MenuRow(QWidget):
    """``bar`` for the menus; ``add`` puts a widget before the last one at the right, which leave the menus their half.

    The widgets stand beside the bar and not in its corner: assistive technology finds nothing in a menu bar but menus.
    """

    def __init__(self, last: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = _Bar(self)
        self._right = _Right(self)
        self._row = QHBoxLayout(self._right)
        self._row.setContentsMargins(0, theme.SPACE // 4, theme.SPACE // 2, theme.SPACE // 4)
        self._row.addWidget(last, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._right)

    def add(self, widget: QWidget) -> None:
        """Put ``widget`` before the last."""
        self._row.insertWidget(self._row.count() - 1, widget)


class _Bar(QMenuBar):
    def paintEvent(self, event: QPaintEvent) -> None:
        """Without the style's line below, which would end where the bar does."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(self.rect().adjusted(0, self.height() - 1, 0, 0), self.palette().window())
        painter.end()


class _Right(QWidget):
    def __init__(self, whole: QWidget) -> None:
        super().__init__(whole)
        self._whole = whole
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """What its widgets want, but at most half of the row."""
        wanted = super().sizeHint()
        return QSize(min(wanted.width(), self._whole.width() // 2), wanted.height())
