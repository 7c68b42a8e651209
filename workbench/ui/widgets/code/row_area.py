"""The rows of a text in sight: read, laid out and painted, folded and scrolled; nobody writes or selects here."""

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent, QTextLayout, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from workbench.core.content.lines import Lines, TextLines
from workbench.core.i18n import _, number
from workbench.ui.look import theme
from workbench.ui.widgets.code.folding import Folding
from workbench.ui.widgets.code.gutter import GutterRow, gutter_width, paint_row
from workbench.ui.widgets.code.row_layouts import RowLayouts
from workbench.ui.widgets.code.syntax import Syntax

MARGIN = 4
"""Pixels beside the text."""

WHEEL = 3
"""Lines that a notch of the wheel goes."""

_SPOKEN = 4000  # characters in sight that are the accessible description


class RowArea(QAbstractScrollArea):
    """Shows ``Lines`` from the row ``_top`` on. What is marked in them is a subclass's affair: ``marks``, ``caret``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self._lines: Lines = TextLines()
        self._syntax = Syntax.PLAIN
        self._wrapped = True
        self._folding = Folding()
        self._top, self._skip = 0, 0  # the first row in sight, and how many of its lines are above the edge
        self._widest = 0.0
        self._layouts = RowLayouts(self._lines, self._syntax, self.font(), None)
        self._placing = False
        self._speaking = QTimer(self, interval=200, singleShot=True)
        self._speaking.timeout.connect(self._speak)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self.viewport().update())
        self.setFont(theme.fixed_font())

    def show_lines(self, lines: Lines, syntax: Syntax = Syntax.PLAIN) -> None:
        """Show a text from its beginning."""
        self._lines, self._syntax = lines, syntax
        self._folding.clear()
        self._top = self._skip = 0
        self._widest = 0.0
        self._forget()
        self.horizontalScrollBar().setValue(0)

    def marks(self, _row: int) -> list[QTextLayout.FormatRange]:
        """Stretches of a row that are painted otherwise."""
        return []

    def caret(self, _row: int) -> int | None:
        """Where in a row's layout the caret stands, None for elsewhere."""
        return None

    def lines(self) -> Lines:
        """What is shown."""
        return self._lines

    def set_wrapped(self, wrapped: bool) -> None:
        """Break rows at the edge, or scroll sideways."""
        if wrapped != self._wrapped:
            self._wrapped = wrapped
            self._skip = 0
            self._forget()

    def visible_text(self) -> str:
        """The rows in sight."""
        rows, _bottom = self._rows_in_sight()
        return "\n".join(self._lines.text(row) for row, _y in rows)

    def toggle_fold(self, row: int) -> None:
        """Fold away what begins at ``row``, or show it again."""
        end = self._lines.fold_end(row)
        if end is not None:
            self._folding.toggle(row, end)
            self._top = self._folding.row(self._folding.position(self._top))
            self._range()

    def unfold_all(self) -> None:
        """Show everything again."""
        self._folding.clear()
        self._range()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The rows in sight, their numbers and folds, the selection, the matches, the caret."""
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        palette, width, left = self.palette(), self._gutter(), self._left()
        rows, _bottom = self._rows_in_sight()
        height = self._line_height()
        text_room = self.viewport().rect().adjusted(width, 0, 0, 0)
        for row, y in rows:
            painter.setClipRect(text_room)
            layout = self._layouts.layout(row)
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            layout.draw(painter, QPointF(left, y), self.marks(row))
            self._paint_end(painter, row, layout, left, y)
            caret = self.caret(row)
            if caret is not None:
                painter.setPen(palette.color(QPalette.ColorRole.Text))
                layout.drawCursor(painter, QPointF(left, y), caret, 1)
            painter.setClipping(False)
            if width:
                fold = self._lines.fold_end(row)
                room = QRect(0, int(y) + (self._skip_of(row) * int(height)), width, int(height))
                closed = None if fold is None else self._folding.is_closed(row)
                paint_row(painter, room, palette, GutterRow(self._lines.number(row), closed), folds=self._has_folds())
        painter.end()
        self._widen()
        self._speaking.start()

    def _skip_of(self, row: int) -> int:
        return self._skip if row == self._top else 0

    def _paint_end(self, painter: QPainter, row: int, layout: QTextLayout, left: float, y: float) -> None:
        """Three dots behind a row whose fold is closed."""
        if not self._folding.is_closed(row) or not layout.lineCount():
            return
        line = layout.lineAt(layout.lineCount() - 1)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        end = self._lines.fold_end(row) or row
        count = end - row
        words = _("… {count} lines").format(count=number(count))
        painter.drawText(QPointF(left + line.naturalTextWidth() + 8, y + line.y() + line.ascent()), words)

    def _rows_in_sight(self) -> tuple[list[tuple[int, float]], float]:
        """Rows from the top edge to the bottom edge with their places, and where the last one ends."""
        height = self._line_height()
        y = MARGIN / 2 - self._skip * height
        rows: list[tuple[int, float]] = []
        position, count = self._folding.position(self._top), self._in_sight()
        while position < count and y < self.viewport().height():
            row = self._folding.row(position)
            rows.append((row, y))
            y += self._layouts.line_count(row) * height
            position += 1
        return rows, y

    def _left(self) -> float:
        return self._gutter() + MARGIN - (0 if self._wrapped else self.horizontalScrollBar().value())

    def _line_height(self) -> float:
        return float(self.fontMetrics().lineSpacing())

    def _in_sight(self) -> int:
        return self._folding.in_sight(self._lines.count)

    def _has_folds(self) -> bool:
        return isinstance(self._lines, TextLines) and len(self._lines.fold_starts) > 0

    def _gutter(self) -> int:
        numbers = self._lines.count if isinstance(self._lines, TextLines) else 0
        return gutter_width(self.fontMetrics(), numbers, folds=self._has_folds())

    def _page(self) -> int:
        return max(int(self.viewport().height() / self._line_height()) - 1, 1)

    def _forget(self) -> None:
        self._new_layouts()
        self._range()

    def _new_layouts(self) -> None:
        width = max(self.viewport().width() - self._gutter() - 2.0 * MARGIN, 40.0) if self._wrapped else None
        self._layouts = RowLayouts(self._lines, self._syntax, self.font(), width)

    def _range(self) -> None:
        count, page = self._in_sight(), self._page()
        bar = self.verticalScrollBar()
        self._placing = True
        bar.setRange(0, max(count - (1 if self._wrapped else page), 0))
        bar.setPageStep(page)
        bar.setValue(self._folding.position(self._top))
        self._placing = False
        side = self.horizontalScrollBar()
        room = self.viewport().width() - self._gutter() - 2 * MARGIN
        side.setRange(0, 0 if self._wrapped else max(int(self._widest) - room + MARGIN, 0))
        side.setPageStep(max(room, 1))
        side.setSingleStep(20)
        self.viewport().update()

    def _widen(self) -> None:
        if not self._wrapped and self._layouts.widest > self._widest:
            self._widest = self._layouts.widest
            QTimer.singleShot(0, self, self._range)

    def _scrolled(self, value: int) -> None:
        if not self._placing:
            self._top, self._skip = self._folding.row(value), 0
            self.viewport().update()

    def _scroll_lines(self, lines: int) -> None:
        """Go ``lines`` further down, or up where negative; a wrapped row is many lines."""
        position, skip = self._folding.position(self._top), self._skip + lines
        while skip < 0 and position > 0:
            position -= 1
            skip += self._layouts.line_count(self._folding.row(position))
        last = self.verticalScrollBar().maximum()
        while position < last and skip >= (count := self._layouts.line_count(self._folding.row(position))):
            skip -= count
            position += 1
        self._top = self._folding.row(min(position, last))
        self._skip = min(max(skip, 0), self._layouts.line_count(self._top) - 1)
        self._placing = True
        self.verticalScrollBar().setValue(position)
        self._placing = False
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll by lines; sideways where the wheel, or Shift, says so."""
        notches = event.angleDelta()
        if notches.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            super().wheelEvent(event)
        elif notches.y():
            lines = notches.y() / 120 * WHEEL
            self._scroll_lines(-int(lines if abs(lines) >= 1 else (1 if lines > 0 else -1)))
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break rows anew."""
        super().resizeEvent(event)
        self._new_layouts()
        self._skip = 0
        self._range()

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew in another palette or font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._forget()

    def _speak(self) -> None:
        self.setAccessibleDescription(self.visible_text()[:_SPOKEN])
