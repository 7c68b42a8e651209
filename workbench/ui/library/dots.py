"""Round dots in the colour of an environment."""

from functools import lru_cache, partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPen, QPixmap

from workbench.ui.look.icons import painted

_SIZE = 12


@lru_cache(maxsize=64)
def dot(colour: str) -> QIcon:
    """A dot in ``colour``, ``#rrggbb``; an empty ring for the empty string or what is not a colour."""
    chosen = QColor(colour) if colour else QColor()
    return painted(partial(_draw, chosen.name() if chosen.isValid() else ""))


def _draw(colour: str, size: int, _mode: QIcon.Mode) -> QPixmap:
    return _drawn(colour, QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText).name(), size)


@lru_cache(maxsize=64)
def _drawn(colour: str, ring: str, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / _SIZE, size / _SIZE)
    painter.setPen(QPen(QColor(colour or ring), 1.2))
    painter.setBrush(QColor(colour) if colour else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(2, 2, _SIZE - 4, _SIZE - 4))
    painter.end()
    return pixmap
