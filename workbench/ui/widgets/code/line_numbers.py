"""The numbers beside the lines of a text editor."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from workbench.ui.look import theme

Lines = Callable[[], Sequence[tuple[int, int]]]


class LineNumbers(QWidget):
    """Stands in the margin of ``text``. ``lines`` gives number and top of each visible line, ``bad`` one to mark."""

    def __init__(self, text: QPlainTextEdit, lines: Lines, bad: Callable[[], int]) -> None:
        super().__init__(text)
        self._code, self._lines, self._bad = text, lines, bad

    def room(self) -> int:
        """Pixels that the numbers take."""
        digits = max(len(str(self._code.blockCount())), 2)
        return self._code.fontMetrics().horizontalAdvance("9") * digits + 2 * theme.SPACE

    def sizeHint(self) -> QSize:
        """As wide as the numbers."""
        return QSize(self.room(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the numbers of the visible lines."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.setFont(self._code.font())
        quiet = self.palette().color(QPalette.ColorRole.PlaceholderText)
        here = self._code.textCursor().blockNumber() + 1
        height = self._code.fontMetrics().height()
        for number, top in self._lines():
            ink = self.palette().color(QPalette.ColorRole.Text) if number == here else quiet
            painter.setPen(theme.tone(theme.Tone.BAD) if number == self._bad() else ink)
            room = QRect(0, top, self.width() - theme.SPACE, height)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))
        painter.end()
