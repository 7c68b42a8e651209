"""Round dots in the colour of an environment."""

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPen, QPixmap

_SIZE, _RATIO = 12, 3


def dot(colour: str) -> QIcon:
    """A dot in ``colour``, ``#rrggbb``; an empty ring for the empty string or what is not a colour."""
    ring = QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
    chosen = QColor(colour) if colour else QColor()
    return _drawn(chosen.name() if chosen.isValid() else "", ring.name())


@lru_cache(maxsize=64)
def _drawn(colour: str, ring: str) -> QIcon:
    pixmap = QPixmap(QSize(_SIZE, _SIZE) * _RATIO)
    pixmap.setDevicePixelRatio(_RATIO)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour or ring), 1.2))
    painter.setBrush(QColor(colour) if colour else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(2, 2, _SIZE - 4, _SIZE - 4))
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # as it is: Qt would tint it
    return icon
