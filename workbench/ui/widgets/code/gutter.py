"""The gutter beside a text: line numbers, and the signs of folds."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPalette, QPolygonF
from PySide6.QtWidgets import QWidget

from workbench.ui.look import theme

_FOLD = 12  # pixels of the signs' column


@dataclass(frozen=True, slots=True)
class GutterRow:
    """What stands beside one row.

    ``number`` is None where a line goes on, ``closed`` None where nothing can be folded. ``ink`` is the number's
    colour; without it that of quiet text.
    """

    number: int | None
    closed: bool | None = None
    ink: QColor | None = None


class Gutter(QWidget):
    """The gutter as a widget in the margin of a text: ``paint`` draws the rows, ``click`` gets the place of a click."""

    def __init__(self, text: QWidget, paint: Callable[[QPainter], None], click: Callable[[QPoint], None]) -> None:
        super().__init__(text)
        self._paint, self._click = paint, click
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Base))
        self._paint(painter)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._click(event.position().toPoint())


def gutter_width(metrics: QFontMetrics, numbers: int, *, folds: bool) -> int:
    """Pixels for line numbers up to ``numbers``, none for 0, and for signs."""
    digits = max(len(str(numbers)), 2) if numbers else 0
    width = metrics.horizontalAdvance("0") * digits + (theme.SPACE if digits else 0)
    return width + (_FOLD if folds else 0) + (theme.SPACE // 2 if width or folds else 0)


def paint_row(painter: QPainter, room: QRect, palette: QPalette, row: GutterRow, *, folds: bool) -> None:
    """Draw one row in ``room``; ``folds`` keeps a column free for the signs."""
    quiet = palette.color(QPalette.ColorRole.PlaceholderText)
    painter.setPen(row.ink or quiet)
    words = room.adjusted(0, 0, -(_FOLD if folds else 0) - theme.SPACE // 2, 0)
    if row.number is not None:
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, str(row.number))
    if row.closed is None:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.Text) if row.closed else quiet)
    middle = QPointF(room.right() - _FOLD / 2 - 1, room.top() + room.height() / 2)
    corners = [(-2.5, -4), (3, 0), (-2.5, 4)] if row.closed else [(-4, -2.5), (4, -2.5), (0, 3)]
    painter.drawPolygon(QPolygonF([QPointF(middle.x() + x, middle.y() + y) for x, y in corners]))
    painter.restore()


def is_fold_sign(x: int, width: int) -> bool:
    """Whether a click at ``x`` in a gutter of ``width`` pixels means the sign."""
    return width - _FOLD - theme.SPACE <= x <= width
