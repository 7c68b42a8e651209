"""Small marks for a state, told apart by shape first and colour second."""

import enum
from collections.abc import Callable
from functools import cache, lru_cache, partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPen, QPixmap, QPolygonF

from workbench.ui.look import theme
from workbench.ui.look.icons import painted


class Mark(enum.Enum):
    """A shape: circle with a tick, circle with an i, triangle with a stroke, octagon with a cross, empty circle."""

    GOOD = "good"
    NOTE = "note"
    WARNING = "warning"
    BAD = "bad"
    NONE = "none"


_TONES = {
    Mark.GOOD: theme.Tone.GOOD,
    Mark.WARNING: theme.Tone.WARNING,
    Mark.BAD: theme.Tone.BAD,
    Mark.NONE: theme.Tone.QUIET,
}


@cache
def mark_icon(mark: Mark) -> QIcon:
    """``mark`` as an icon, which follows the palette by itself."""
    return painted(partial(_draw, mark))


def _draw(mark: Mark, size: int, _mode: QIcon.Mode) -> QPixmap:
    palette = QGuiApplication.palette()
    ink = palette.color(QPalette.ColorRole.Link) if mark is Mark.NOTE else theme.tone(_TONES[mark])
    return _drawn(mark, ink.rgb(), palette.color(QPalette.ColorRole.Base).rgb(), size)


@lru_cache(maxsize=256)
def _drawn(mark: Mark, ink_rgb: int, ground_rgb: int, size: int) -> QPixmap:
    ink, ground = QColor(ink_rgb), QColor(ground_rgb)
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 16, size / 16)
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush if mark is Mark.NONE else ink)
    _SHAPES[mark](painter)
    painter.setPen(QPen(ground, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _SIGNS[mark](painter)
    painter.end()
    return pixmap


def _circle(painter: QPainter) -> None:
    painter.drawEllipse(QRectF(1.5, 1.5, 13, 13))


def _triangle(painter: QPainter) -> None:
    painter.drawPolygon(QPolygonF([QPointF(8, 1.5), QPointF(15, 14), QPointF(1, 14)]))


def _octagon(painter: QPainter) -> None:
    corners = [(5, 1.5), (11, 1.5), (14.5, 5), (14.5, 11), (11, 14.5), (5, 14.5), (1.5, 11), (1.5, 5)]
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))


def _tick(painter: QPainter) -> None:
    painter.drawPolyline(QPolygonF([QPointF(4.8, 8.3), QPointF(7.1, 10.7), QPointF(11.3, 5.6)]))


def _letter_i(painter: QPainter) -> None:
    painter.drawPoint(QPointF(8, 5))
    painter.drawLine(QPointF(8, 7.6), QPointF(8, 11.2))


def _stroke(painter: QPainter) -> None:
    painter.drawLine(QPointF(8, 6), QPointF(8, 9.2))
    painter.drawPoint(QPointF(8, 11.9))


def _cross(painter: QPainter) -> None:
    painter.drawLine(QPointF(5.6, 5.6), QPointF(10.4, 10.4))
    painter.drawLine(QPointF(10.4, 5.6), QPointF(5.6, 10.4))


def _nothing(painter: QPainter) -> None:
    """No sign inside the shape."""


_SHAPES: dict[Mark, Callable[[QPainter], None]] = {
    Mark.GOOD: _circle,
    Mark.NOTE: _circle,
    Mark.WARNING: _triangle,
    Mark.BAD: _octagon,
    Mark.NONE: _circle,
}
_SIGNS: dict[Mark, Callable[[QPainter], None]] = {
    Mark.GOOD: _tick,
    Mark.NOTE: _letter_i,
    Mark.WARNING: _stroke,
    Mark.BAD: _cross,
    Mark.NONE: _nothing,
}
