"""A handshake drawn: two lifelines, an arrow for each message, steps as bands, and where it broke."""

from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QPen, QPolygonF

from workbench.core.i18n import _
from workbench.core.tls.handshake import SENT
from workbench.core.visible import visible
from workbench.ui.look import theme
from workbench.ui.look.words import size_words
from workbench.ui.models.handshake_rows import HandshakeRow, Step, name_words, step_words

_MARGIN = 14  # pixels between a lifeline and what stands beside it
_POINT = 7.0
_LONGEST = "EncryptedExtensions   1.2 kB"


@dataclass(frozen=True, slots=True)
class Measures:
    """What things measure in pixels, written in a font."""

    row: int = 34
    head: int = 40
    steps: int = 128
    times: int = 66
    least_width: int = 440

    @classmethod
    def of(cls, font: QFont) -> "Measures":
        """In ``font``: a message's row, the names on top, the columns of steps and of times, and all that is wanted."""
        metrics, bold = QFontMetricsF(font), QFont(font)
        bold.setBold(True)
        steps = theme.SPACE + round(max(QFontMetricsF(bold).horizontalAdvance(step_words(step)) for step in Step))
        times = 2 * theme.SPACE + round(metrics.horizontalAdvance("0000.0 ms"))
        room = 2 * theme.SPACE + round(metrics.horizontalAdvance(_LONGEST))
        height = metrics.height()
        return cls(round(height * 2.3), round(height * 2.8), steps, times, steps + times + 2 * _MARGIN + room)


@dataclass(frozen=True, slots=True)
class Drawing:
    """``lines`` between us and ``peer``. ``row_at`` and ``paint`` agree on where each line lies."""

    lines: tuple[HandshakeRow, ...] = ()
    peer: str = ""
    measures: Measures = Measures()

    def size(self, width: int) -> QSize:
        """The room that it takes."""
        height = self.measures.head + self.measures.row * len(self.lines) + theme.SPACE
        return QSize(max(width, self.measures.least_width), height)

    def row_at(self, y: float) -> int | None:
        """The line at a height."""
        row = int((y - self.measures.head) // self.measures.row)
        return row if 0 <= row < len(self.lines) else None

    def place(self, row: int) -> QRectF:
        """Where a line lies, over the least width."""
        return QRectF(0, self._top(row), self.measures.least_width, self.measures.row)

    def _top(self, row: int) -> float:
        return float(self.measures.head + row * self.measures.row)

    def paint(self, painter: QPainter, width: int, palette: QPalette, font: QFont, selected: int | None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        size = self.size(width)
        left, right = float(self.measures.steps + _MARGIN), float(size.width() - self.measures.times - _MARGIN)
        self._paint_bands(painter, size, palette)
        if selected is not None:
            ground = palette.color(QPalette.ColorRole.Highlight)
            ground.setAlpha(46)
            steps = self.measures.steps
            painter.fillRect(QRectF(steps, self._top(selected), size.width() - steps, self.measures.row), ground)
        self._paint_lifelines(painter, palette, font, left, right, size.height())
        for row, line in enumerate(self.lines):
            self._paint_line(painter, palette, line, self._top(row), left, right)

    def _paint_bands(self, painter: QPainter, size: QSize, palette: QPalette) -> None:
        top = self._top(0)
        bold = QFont(painter.font())
        bold.setBold(True)
        for number, (step, lines) in enumerate(groupby(self.lines, key=lambda line: line.step)):
            height = self.measures.row * len(list(lines))
            band = QRectF(0, top, size.width(), height)
            role = QPalette.ColorRole.AlternateBase if number % 2 else QPalette.ColorRole.Base
            painter.fillRect(band, palette.color(role))
            painter.setPen(_ink(palette, step))
            painter.save()
            if step is Step.BROKEN:
                painter.setFont(bold)
            words = QRectF(theme.SPACE, top, self.measures.steps - theme.SPACE, self.measures.row)
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, step_words(step))
            painter.restore()
            top += height

    def _paint_lifelines(
        self, painter: QPainter, palette: QPalette, font: QFont, left: float, right: float, bottom: int
    ) -> None:
        metrics = QFontMetricsF(font)
        for x, words in ((left, _("You")), (right, visible(self.peer) or _("Server"))):
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1.2))
            painter.drawLine(QPointF(x, self.measures.head - 4), QPointF(x, bottom))
            room = min((right - left) * 0.9, 220.0)
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, room)
            width = metrics.horizontalAdvance(shown) + 2 * theme.SPACE
            start = min(max(x - width / 2, 2.0), right + _MARGIN + self.measures.times - 2 - width)
            box = QRectF(start, 6, width, self.measures.head - 14)
            painter.setBrush(palette.color(QPalette.ColorRole.Button))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(palette.color(QPalette.ColorRole.ButtonText))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_line(
        self, painter: QPainter, palette: QPalette, line: HandshakeRow, top: float, left: float, right: float
    ) -> None:
        ink, y = _ink(palette, line.step), top + self.measures.row - 9.0
        part = line.message or line.alert
        name = name_words(line)
        if line.message is not None:
            name = f"{name}   {size_words(line.message.size)}"
        painter.setPen(ink)
        middle = QRectF(left + 4, top + 2, right - left - 8, self.measures.row - 13)
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(middle.width()))
        painter.drawText(middle, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, shown)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        times = QRectF(right + _MARGIN, top, self.measures.times - theme.SPACE, self.measures.row)
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
