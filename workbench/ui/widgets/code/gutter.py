"""The strip beside a text: line numbers, and signs for what can be folded."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPolygonF

from workbench.ui.look import theme

_FOLD = 12  # pixels of the signs' column


def gutter_width(metrics: QFontMetrics, numbers: int, *, folds: bool) -> int:
    """Pixels for line numbers up to ``numbers``, none for 0, and for signs."""
    digits = max(len(str(numbers)), 2) if numbers else 0
    width = metrics.horizontalAdvance("0") * digits + (theme.SPACE if digits else 0)
    return width + (_FOLD if folds else 0) + (theme.SPACE // 2 if width or folds else 0)


def paint_row(
    painter: QPainter, room: QRect, palette: QPalette, number: int | None, closed: bool | None, *, folds: bool
) -> None:
    """One row's number, and the sign of its fold: open, closed, or None for none."""
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    words = room.adjusted(0, 0, -(_FOLD if folds else 0) - theme.SPACE // 2, 0)
    if number is not None:
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, str(number))
    if closed is None:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.Text if closed else QPalette.ColorRole.PlaceholderText))
    middle = QPointF(room.right() - _FOLD / 2 - 1, room.top() + room.height() / 2)
    corners = [(-2.5, -4), (3, 0), (-2.5, 4)] if closed else [(-4, -2.5), (4, -2.5), (0, 3)]
    painter.drawPolygon(QPolygonF([QPointF(middle.x() + x, middle.y() + y) for x, y in corners]))
    painter.restore()


def is_fold_sign(x: int, width: int) -> bool:
    """Whether a click at ``x`` in a strip of ``width`` pixels means the sign."""
    return width - _FOLD - theme.SPACE <= x <= width
