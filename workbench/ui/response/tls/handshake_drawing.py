"""A handshake drawn: two lifelines, an arrow for each message, steps as bands, and where it broke."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QPen, QPolygonF

from workbench.core.i18n import _
from workbench.core.tls.handshake import SENT
from workbench.ui.look import theme
from workbench.ui.look.words import size_words
from workbench.ui.models.messages import Line, Step, name_words, step_words

ROW = 34
"""Pixels that a message takes."""

LEAST_WIDTH = 420

_HEAD = 40
_STEPS = 128  # pixels of the column with the steps' names
_TIMES = 74
_POINT = 7.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """``lines`` between us and ``peer``. ``row_at`` and ``paint`` agree on where each line lies."""

    lines: tuple[Line, ...] = ()
    peer: str = ""

    def size(self, width: int) -> QSize:
        """The room that it takes."""
        return QSize(max(width, LEAST_WIDTH), _HEAD + ROW * len(self.lines) + theme.SPACE)

    def row_at(self, y: float) -> int | None:
        """The line at a height."""
        row = int((y - _HEAD) // ROW)
        return row if 0 <= row < len(self.lines) else None

    def place(self, row: int) -> QRectF:
        """Where a line lies, over an unbounded width."""
        return QRectF(0, _HEAD + row * ROW, LEAST_WIDTH, ROW)

    def paint(self, painter: QPainter, width: int, palette: QPalette, font: QFont, selected: int | None) -> None:
        """Draw all of it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        size = self.size(width)
        left, right = float(_STEPS + 40), float(size.width() - _TIMES - 40)
        self._paint_bands(painter, size, palette)
        if selected is not None:
            ground = palette.color(QPalette.ColorRole.Highlight)
            ground.setAlpha(46)
            painter.fillRect(QRectF(_STEPS, _HEAD + selected * ROW, size.width() - _STEPS, ROW), ground)
        self._paint_lifelines(painter, palette, font, left, right, size.height())
        for row, line in enumerate(self.lines):
            self._paint_line(painter, palette, line, _HEAD + row * ROW, left, right)

    def _paint_bands(self, painter: QPainter, size: QSize, palette: QPalette) -> None:
        top = float(_HEAD)
        bold = QFont(painter.font())
        bold.setBold(True)
        for number, (step, lines) in enumerate(groupby(self.lines, key=lambda line: line.step)):
            height = ROW * len(list(lines))
            band = QRectF(0, top, size.width(), height)
            role = QPalette.ColorRole.AlternateBase if number % 2 else QPalette.ColorRole.Base
            painter.fillRect(band, palette.color(role))
            painter.setPen(_ink(palette, step))
            painter.save()
            if step is Step.BROKEN:
                painter.setFont(bold)
            words = QRectF(theme.SPACE, top, _STEPS - theme.SPACE, ROW)
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, step_words(step))
            painter.restore()
            top += height

    def _paint_lifelines(
        self, painter: QPainter, palette: QPalette, font: QFont, left: float, right: float, bottom: int
    ) -> None:
        metrics = QFontMetricsF(font)
        for x, words in ((left, _("You")), (right, self.peer or _("Server"))):
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1.2))
            painter.drawLine(QPointF(x, _HEAD - 4), QPointF(x, bottom))
            room = min((right - left) * 0.9, 220.0)
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, room)
            width = metrics.horizontalAdvance(shown) + 2 * theme.SPACE
            start = min(max(x - width / 2, 2.0), right + _TIMES + 38 - width)
            box = QRectF(start, 6, width, _HEAD - 14)
            painter.setBrush(palette.color(QPalette.ColorRole.Button))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(palette.color(QPalette.ColorRole.ButtonText))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_line(
        self, painter: QPainter, palette: QPalette, line: Line, top: float, left: float, right: float
    ) -> None:
        ink, y = _ink(palette, line.step), top + ROW - 9.0
        part = line.message or line.alert
        name = name_words(line)
        if line.message is not None:
            name = f"{name}   {size_words(line.message.size)}"
        painter.setPen(ink)
        middle = QRectF(left + 4, top + 2, right - left - 8, ROW - 13)
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(middle.width()))
        painter.drawText(middle, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, shown)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        times = QRectF(right + 44, top, _TIMES - 8, ROW)
        painter.drawText(times, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{line.at_ms:.1f} ms")
        painter.setPen(QPen(ink, 1.6))
        painter.setBrush(ink)
        if part is None:
            _cross(
                painter, QPointF((left + right - painter.fontMetrics().horizontalAdvance(shown)) / 2 - 14, y - 8), ink
            )
            return
        start, end = (left, right) if part.direction == SENT else (right, left)
        painter.drawLine(QPointF(start, y), QPointF(end, y))
        back = -_POINT if end > start else _POINT
        painter.drawPolygon(QPolygonF([QPointF(end, y), QPointF(end + back, y - 4), QPointF(end + back, y + 4)]))


def _ink(palette: QPalette, step: Step) -> QColor:
    if step is Step.BROKEN:
        return theme.tone(theme.Tone.BAD)
    return palette.color(QPalette.ColorRole.PlaceholderText if step is Step.AFTER else QPalette.ColorRole.Text)


def _cross(painter: QPainter, middle: QPointF, ink: QColor) -> None:
    painter.setPen(QPen(ink, 2.2))
    for sign in (1, -1):
        painter.drawLine(middle + QPointF(-5, -5 * sign), middle + QPointF(5, 5 * sign))


def drawing_of(lines: Sequence[Line], peer: str) -> Drawing:
    """A drawing of these lines."""
    return Drawing(tuple(lines), peer)
