"""Text of any length to read: only the rows in sight are ever read, laid out and painted."""

from bisect import bisect_left
from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QMenu, QWidget

from workbench.core.content.lines import Lines, TextLines
from workbench.core.content.search import Matches
from workbench.core.i18n import _
from workbench.ui import theme
from workbench.ui.widgets.folding import Folding
from workbench.ui.widgets.gutter import gutter_width, is_fold_sign, paint_row
from workbench.ui.widgets.styles import TokenStyles
from workbench.ui.widgets.syntax import Syntax, tokenizer

COPY_LIMIT = 20_000_000
"""Offsets between which more is not put on the clipboard: saving is the way for that."""

_LOOK_BACK = 200  # rows above the first one in sight that are read for its state
_CACHED = 400  # rows
_WHEEL = 3  # lines a notch
_WIDEST = 1_000_000.0
_MARGIN = 4
_SPOKEN = 4000  # characters in sight that are the accessible description

Key = Qt.Key


class LongText(QAbstractScrollArea):
    """Shows ``Lines``. Offsets are those of the lines; the caret and the other end of the selection are two of them.

    ``refused`` carries a sentence on what cannot be done.
    """

    refused = Signal(str)
    line_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(theme.fixed_font())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self._lines: Lines = TextLines()
        self._syntax = Syntax.PLAIN
        self._wrapped = True
        self._folding = Folding()
        self._matches = Matches()
        self._current = -1
        self._caret = self._anchor = 0
        self._top, self._skip = 0, 0  # the first row in sight, and how many of its lines are above the edge
        self._widest = 0.0
        self._layouts: OrderedDict[int, QTextLayout] = OrderedDict()
        self._states: dict[int, int] = {}
        self._styles = TokenStyles()
        self._placing = False
        self._dragging = QTimer(self, interval=50)
        self._dragging.timeout.connect(self._drag_on)
        self._speaking = QTimer(self, interval=200, singleShot=True)
        self._speaking.timeout.connect(self._speak)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self.viewport().update())

    # -- what is shown

    def show_lines(self, lines: Lines, syntax: Syntax = Syntax.PLAIN) -> None:
        """Show a text from its beginning."""
        self._lines, self._syntax = lines, syntax
        self._folding.clear()
        self._matches, self._current = Matches(), -1
        self._caret = self._anchor = 0
        self._top = self._skip = 0
        self._widest = 0.0
        self._forget()
        self.horizontalScrollBar().setValue(0)

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

    # -- selection

    def selected_text(self) -> str:
        """What is selected, "" for more than can be copied."""
        start, end = self.selection()
        return "" if end - start > COPY_LIMIT else self._lines.piece(start, end)

    def selection(self) -> tuple[int, int]:
        """Offsets of the selection; equal when nothing is."""
        return min(self._caret, self._anchor), max(self._caret, self._anchor)

    def select(self, start: int, end: int) -> None:
        """Select from ``start`` to ``end`` and bring the end into sight."""
        self._anchor, self._caret = start, end
        self._reveal(start)
        self.viewport().update()

    def select_all(self) -> None:
        """Select everything, staying where one is."""
        self._anchor, self._caret = 0, self._lines.size
        self.viewport().update()

    def copy(self) -> None:
        """Put the selection on the clipboard."""
        start, end = self.selection()
        if end - start > COPY_LIMIT:
            self.refused.emit(_("The selection is too large for the clipboard: save the body instead."))
        elif end > start:
            QGuiApplication.clipboard().setText(self._lines.piece(start, end))

    # -- going places

    def go_to_line(self, number: int) -> None:
        """Put the caret at the beginning of a line, counted from 1."""
        lines = self._lines
        row = lines.row_of_line(number) if isinstance(lines, TextLines) else number - 1
        self.go_to_row(min(max(row, 0), lines.count - 1))

    def go_to_row(self, row: int) -> None:
        """Put the caret at the beginning of a row."""
        self._caret = self._anchor = self._lines.start(row)
        self._reveal(self._caret)
        self.viewport().update()

    def show_matches(self, matches: Matches) -> None:
        """Mark these and go to the first from the caret on."""
        self._matches = matches
        start = self.selection()[0]
        place = bisect_left(matches.offsets, start)
        self._current = place if place < len(matches.offsets) else 0
        self._go_to_match()
        self.viewport().update()

    def step_match(self, step: int) -> int:
        """Go ``step`` matches on, round the end; the number of the match, from 1, or 0 without any."""
        if self._matches.offsets:
            self._current = (self._current + step) % len(self._matches.offsets)
            self._go_to_match()
        return self.match_number()

    def match_number(self) -> int:
        """Number of the match that is selected, from 1, or 0 without any."""
        return self._current + 1 if self._matches.offsets else 0

    def _go_to_match(self) -> None:
        if self._matches.offsets:
            start = self._matches.offsets[self._current]
            self.select(start, start + self._matches.lengths[self._current])

    # -- folds

    def toggle_fold(self, row: int) -> None:
        """Fold away what begins at ``row``, or show it again."""
        end = self._lines.fold_end(row)
        if end is None:
            return
        self._folding.toggle(row, end)
        if self._folding.covers(self._lines.row_at(self._caret)):
            self._caret = self._anchor = self._lines.start(row)
        self._top = self._folding.row(self._folding.position(self._top))
        self._layouts.clear()
        self._range()

    def unfold_all(self) -> None:
        """Show everything again."""
        self._folding.clear()
        self._layouts.clear()
        self._range()

    # -- painting

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
            layout = self._layout(row)
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            layout.draw(painter, QPointF(left, y), self._marks(row, layout))
            self._paint_end(painter, row, layout, left, y)
            self._paint_caret(painter, row, layout, QPointF(left, y))
            painter.setClipping(False)
            if width:
                fold = self._lines.fold_end(row)
                room = QRect(0, int(y) + (self._skip_of(row) * int(height)), width, int(height))
                closed = None if fold is None else self._folding.is_closed(row)
                paint_row(painter, room, palette, self._lines.number(row), closed, folds=self._has_folds())
        painter.end()
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
        words = _("… {count} lines").format(count=f"{count:,}")
        painter.drawText(QPointF(left + line.naturalTextWidth() + 8, y + line.y() + line.ascent()), words)

    def _paint_caret(self, painter: QPainter, row: int, layout: QTextLayout, place: QPointF) -> None:
        if self.hasFocus() and self._lines.row_at(self._caret) == row:
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            layout.drawCursor(painter, place, self._units(row, self._caret), 1)

    def _marks(self, row: int, layout: QTextLayout) -> list[QTextLayout.FormatRange]:
        start = self._lines.start(row)
        end = self._lines.start(row + 1) if row + 1 < self._lines.count else self._lines.size + 1
        marks = []
        ground = self.palette().color(QPalette.ColorRole.Highlight)
        ground.setAlpha(80)
        place = max(bisect_left(self._matches.offsets, start) - 1, 0)
        while place < len(self._matches.offsets) and self._matches.offsets[place] < end:
            begin = self._matches.offsets[place]
            stop = begin + self._matches.lengths[place]
            if stop > start:
                style = QTextCharFormat()
                style.setBackground(ground)
                marks.append(self._range_of(row, begin, stop, style))
            place += 1
        first, last = self.selection()
        if last > start and first < end and last > first:
            style = QTextCharFormat()
            style.setBackground(self.palette().brush(QPalette.ColorRole.Highlight))
            style.setForeground(self.palette().brush(QPalette.ColorRole.HighlightedText))
            marks.append(self._range_of(row, first, last, style))
        return marks

    def _range_of(self, row: int, start: int, end: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start = self._units(row, start)
        made.length = self._units(row, end) - made.start
        made.format = style
        return made

    # -- rows and lines

    def _rows_in_sight(self) -> tuple[list[tuple[int, float]], float]:
        """Rows from the top edge to the bottom edge with their places, and where the last one ends."""
        height = self._line_height()
        y = _MARGIN / 2 - self._skip * height
        rows: list[tuple[int, float]] = []
        position, count = self._folding.position(self._top), self._in_sight()
        while position < count and y < self.viewport().height():
            row = self._folding.row(position)
            rows.append((row, y))
            y += self._line_count(row) * height
            position += 1
        return rows, y

    def _line_count(self, row: int) -> int:
        return max(self._layout(row).lineCount(), 1) if self._wrapped else 1

    def _layout(self, row: int) -> QTextLayout:
        known = self._layouts.get(row)
        if known is not None:
            self._layouts.move_to_end(row)
            return known
        made = QTextLayout(self._lines.text(row), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTabStopDistance(QFontMetricsF(self.font()).horizontalAdvance(" ") * 4)
        made.setTextOption(option)
        made.setCacheEnabled(True)
        made.setFormats(self._colours(row, made.text()))
        width = max(self.viewport().width() - self._gutter() - 2.0 * _MARGIN, 40.0) if self._wrapped else _WIDEST
        height, y = self._line_height(), 0.0
        made.beginLayout()
        while (line := made.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y))
            y += height
        made.endLayout()
        if not self._wrapped and made.lineCount():
            self._widen(made.lineAt(0).naturalTextWidth())
        self._layouts[row] = made
        if len(self._layouts) > _CACHED:
            self._layouts.popitem(last=False)
        return made

    def _colours(self, row: int, text: str) -> list[QTextLayout.FormatRange]:
        read = tokenizer(self._syntax)
        if read is None or self._lines.number(row) is None:
            return []
        spans, state = read(text, self._state_before(row) if self._syntax is Syntax.MARKUP else 0)
        self._states[row + 1] = state
        return self._styles.ranges(spans)

    def _state_before(self, row: int) -> int:
        read = tokenizer(self._syntax)
        if row == 0 or read is None:
            return 0
        start = row
        while start > max(row - _LOOK_BACK, 0) and start not in self._states:
            start -= 1
        state = self._states.get(start, 0)
        for before in range(start, row):
            _spans, state = read(self._lines.text(before), state)
            self._states[before + 1] = state
        return state

    def _units(self, row: int, offset: int) -> int:
        """The place of an offset in the row's layout, which counts in UTF-16."""
        text = self._lines.text(row)
        column = self._lines.column_at(row, offset)
        return column if text.isascii() else len(text[:column].encode("utf-16-le", "surrogatepass")) // 2

    def _offset(self, row: int, units: int) -> int:
        text = self._lines.text(row)
        if not text.isascii():
            units = len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore"))
        return self._lines.offset_at(row, units)

    def _offset_near(self, point: QPoint) -> int:
        """The offset of the character under ``point``, the nearest where there is none."""
        rows, _bottom = self._rows_in_sight()
        if not rows:
            return 0
        row, top = next(((row, y) for row, y in reversed(rows) if y <= max(point.y(), 0)), rows[0])
        layout = self._layout(row)
        number = int((point.y() - top) // self._line_height())
        line = layout.lineAt(min(max(number, 0), max(layout.lineCount() - 1, 0)))
        return self._offset(row, line.xToCursor(point.x() - self._left()) if line.isValid() else 0)

    def _left(self) -> float:
        return self._gutter() + _MARGIN - (0 if self._wrapped else self.horizontalScrollBar().value())

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

    # -- scrolling

    def _forget(self) -> None:
        self._layouts.clear()
        self._states.clear()
        self._styles = TokenStyles()
        self._range()

    def _range(self) -> None:
        count, page = self._in_sight(), self._page()
        bar = self.verticalScrollBar()
        self._placing = True
        bar.setRange(0, max(count - (1 if self._wrapped else page), 0))
        bar.setPageStep(page)
        bar.setValue(self._folding.position(self._top))
        self._placing = False
        side = self.horizontalScrollBar()
        room = self.viewport().width() - self._gutter() - 2 * _MARGIN
        side.setRange(0, 0 if self._wrapped else max(int(self._widest) - room + _MARGIN, 0))
        side.setPageStep(max(room, 1))
        side.setSingleStep(20)
        self.viewport().update()

    def _widen(self, width: float) -> None:
        if width > self._widest:
            self._widest = width
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
            skip += self._line_count(self._folding.row(position))
        last = self.verticalScrollBar().maximum()
        while position < last and skip >= (count := self._line_count(self._folding.row(position))):
            skip -= count
            position += 1
        self._top = self._folding.row(min(position, last))
        self._skip = min(max(skip, 0), self._line_count(self._top) - 1)
        self._placing = True
        self.verticalScrollBar().setValue(position)
        self._placing = False
        self.viewport().update()

    def _reveal(self, offset: int) -> None:
        """Bring an offset into sight, a third from the top when it is far away."""
        row = self._lines.row_at(offset)
        if self._folding.reveal(row):
            self._layouts.clear()
            self._range()
        height, room = self._line_height(), self.viewport().height()
        layout = self._layout(row)
        line = layout.lineForTextPosition(self._units(row, offset))
        number = line.lineNumber() if line.isValid() else 0
        rows, _bottom = self._rows_in_sight()
        y = next((y for shown, y in rows if shown == row), None)
        if y is None or y + number * height < 0 or y + (number + 1) * height > room:
            near = y is not None or row in (rows[-1][0] + 1, self._top - 1) if rows else False
            self._top, self._skip = row, number
            above = row >= rows[-1][0] if rows else False
            back = (self._page() - 1 if above else 0) if near else self._page() // 3
            self._scroll_lines(-back)
        if not self._wrapped and line.isValid():
            found: Any = line.cursorToX(self._units(row, offset))  # PySide gives a number or a pair, by its version
            x = int(found[0] if isinstance(found, (tuple, list)) else found)
            side = self.horizontalScrollBar()
            self._range()
            if not side.value() <= x <= side.value() + side.pageStep() - 8:
                side.setValue(max(x - side.pageStep() // 2, 0))

    # -- what people do

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of a text that is read; - and + fold and unfold."""
        standard = QKeySequence.StandardKey
        if event.matches(standard.Copy):
            self.copy()
        elif event.matches(standard.SelectAll):
            self.select_all()
        elif event.text() in ("-", "+") and self._has_folds():
            self._fold_here(close=event.text() == "-")
        elif (offset := self._led_to(event)) is not None:
            self._caret = offset
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._anchor = offset
            self._reveal(offset)
            self.viewport().update()
        else:
            super().keyPressEvent(event)

    def _fold_here(self, *, close: bool) -> None:
        row = self._lines.row_at(self._caret)
        if self._lines.fold_end(row) is None and close and isinstance(self._lines, TextLines):
            around = self._lines.fold_around(row)
            row = row if around is None else around
        if self._folding.is_closed(row) != close:
            self.toggle_fold(row)

    def _led_to(self, event: QKeyEvent) -> int | None:
        lines, row = self._lines, self._lines.row_at(self._caret)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        column = lines.column_at(row, self._caret)
        match event.key():
            case Key.Key_Home:
                return 0 if control else lines.start(row)
            case Key.Key_End:
                return lines.size if control else lines.offset_at(row, len(lines.text(row)))
            case Key.Key_Left if column or row == 0:
                return lines.offset_at(row, max(column - 1, 0))
            case Key.Key_Left:
                return self._in_row(row, -1, 1 << 30)
            case Key.Key_Right if column < len(lines.text(row)):
                return lines.offset_at(row, column + 1)
            case Key.Key_Right:
                return self._in_row(row, 1, 0)
            case Key.Key_Up | Key.Key_Down:
                return self._in_row(row, -1 if event.key() == Key.Key_Up else 1, column)
            case Key.Key_PageUp | Key.Key_PageDown:
                return self._in_row(row, self._page() * (-1 if event.key() == Key.Key_PageUp else 1), column)
        return None

    def _in_row(self, row: int, step: int, column: int) -> int:
        """The offset of a column some rows in sight further."""
        position = min(max(self._folding.position(row) + step, 0), self._in_sight() - 1)
        other = self._folding.row(position)
        return self._lines.offset_at(other, min(column, len(self._lines.text(other))))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select, or fold."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        if point.x() < self._gutter():
            rows, _bottom = self._rows_in_sight()
            row = next((row for row, y in reversed(rows) if y <= point.y()), None)
            if row is not None and is_fold_sign(point.x(), self._gutter()):
                self.toggle_fold(row)
            return
        self._caret = self._offset_near(point)
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = self._caret
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select on."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._caret = self._offset_near(event.position().toPoint())
            outside = not self.viewport().rect().contains(event.position().toPoint())
            if outside and not self._dragging.isActive():
                self._dragging.start()
            elif not outside:
                self._dragging.stop()
            self.viewport().update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Stop."""
        self._dragging.stop()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        offset = self._offset_near(event.position().toPoint())
        row = self._lines.row_at(offset)
        text, column = self._lines.text(row), self._lines.column_at(row, offset)
        start = end = column
        while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
            start -= 1
        while end < len(text) and (text[end].isalnum() or text[end] == "_"):
            end += 1
        self._anchor, self._caret = self._lines.offset_at(row, start), self._lines.offset_at(row, end)
        self.viewport().update()

    def _drag_on(self) -> None:
        point = self.viewport().mapFromGlobal(self.cursor().pos())
        if point.y() < 0 or point.y() > self.viewport().height():
            self._scroll_lines(-_WHEEL if point.y() < 0 else _WHEEL)
        self._caret = self._offset_near(point)
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll by lines; sideways where the wheel, or Shift, says so."""
        notches = event.angleDelta()
        if notches.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            super().wheelEvent(event)
        elif notches.y():
            lines = notches.y() / 120 * _WHEEL
            self._scroll_lines(-int(lines if abs(lines) >= 1 else (1 if lines > 0 else -1)))
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy, select, go, unfold."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(_("&Copy"), self.copy)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setEnabled(self._caret != self._anchor)
        menu.addAction(_("Select &All"), self.select_all)
        menu.addAction(_("&Go to Line…"), self.line_wanted.emit)
        if self._has_folds():
            menu.addAction(_("&Unfold All"), self.unfold_all)
        menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break rows anew."""
        super().resizeEvent(event)
        self._layouts.clear()
        self._skip = 0
        self._range()

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew in another palette or font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_speaking"):
            self._forget()

    def _speak(self) -> None:
        self.setAccessibleDescription(self.visible_text()[:_SPOKEN])
