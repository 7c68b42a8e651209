"""Text of any length to read: only the rows in sight are ever read, laid out and painted."""

from bisect import bisect_left
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPalette,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QMenu, QWidget

from workbench.core.content.lines import Lines, TextLines
from workbench.core.content.search import Matches
from workbench.core.i18n import _
from workbench.ui.widgets.code.gutter import is_fold_sign
from workbench.ui.widgets.code.row_area import WHEEL, RowArea
from workbench.ui.widgets.code.syntax import Syntax

COPY_LIMIT = 20_000_000
"""Offsets between which more is not put on the clipboard: saving is the way for that."""


Key = Qt.Key


class LongText(RowArea):
    """Shows ``Lines``. Offsets are those of the lines; the caret and the other end of the selection are two of them.

    ``refused`` carries a sentence on what cannot be done.
    """

    refused = Signal(str)
    line_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self._matches = Matches()
        self._current = -1
        self._caret = self._anchor = 0
        self._dragging = QTimer(self, interval=50)
        self._dragging.timeout.connect(self._drag_on)

    def show_lines(self, lines: Lines, syntax: Syntax = Syntax.PLAIN) -> None:
        """Show a text from its beginning."""
        self._matches, self._current = Matches(), -1
        self._caret = self._anchor = 0
        super().show_lines(lines, syntax)

    def toggle_fold(self, row: int) -> None:
        """Fold away what begins at ``row``, or show it again; the caret stays in sight."""
        super().toggle_fold(row)
        if self._folding.covers(self._lines.row_at(self._caret)):
            self._caret = self._anchor = self._lines.start(row)

    def caret(self, row: int) -> int | None:
        """The caret, while this has the keyboard."""
        here = self.hasFocus() and self._lines.row_at(self._caret) == row
        return self._layouts.units(row, self._caret) if here else None

    def marks(self, row: int) -> list[QTextLayout.FormatRange]:
        """The selection and the matches."""
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
                marks.append(self._layouts.stretch(row, begin, stop, style))
            place += 1
        first, last = self.selection()
        if last > start and first < end and last > first:
            style = QTextCharFormat()
            style.setBackground(self.palette().brush(QPalette.ColorRole.Highlight))
            style.setForeground(self.palette().brush(QPalette.ColorRole.HighlightedText))
            marks.append(self._layouts.stretch(row, first, last, style))
        return marks

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

    def _offset_near(self, point: QPoint) -> int:
        """The offset of the character under ``point``, the nearest where there is none."""
        rows, _bottom = self._rows_in_sight()
        if not rows:
            return 0
        row, top = next(((row, y) for row, y in reversed(rows) if y <= max(point.y(), 0)), rows[0])
        layout = self._layouts.layout(row)
        number = int((point.y() - top) // self._line_height())
        line = layout.lineAt(min(max(number, 0), max(layout.lineCount() - 1, 0)))
        return self._layouts.offset(row, line.xToCursor(point.x() - self._left()) if line.isValid() else 0)

    def _reveal(self, offset: int) -> None:
        """Bring an offset into sight, a third from the top when it is far away."""
        row = self._lines.row_at(offset)
        if self._folding.reveal(row):
            self._range()
        height, room = self._line_height(), self.viewport().height()
        layout = self._layouts.layout(row)
        line = layout.lineForTextPosition(self._layouts.units(row, offset))
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
            found: Any = line.cursorToX(
                self._layouts.units(row, offset)
            )  # PySide gives a number or a pair, by its version
            x = int(found[0] if isinstance(found, (tuple, list)) else found)
            side = self.horizontalScrollBar()
            self._range()
            if not side.value() <= x <= side.value() + side.pageStep() - 8:
                side.setValue(max(x - side.pageStep() // 2, 0))

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
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._caret = self._offset_near(event.position().toPoint())
            outside = not self.viewport().rect().contains(event.position().toPoint())
            if outside and not self._dragging.isActive():
                self._dragging.start()
            elif not outside:
                self._dragging.stop()
            self.viewport().update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._dragging.stop()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
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
            self._scroll_lines(-WHEEL if point.y() < 0 else WHEEL)
        self._caret = self._offset_near(point)
        self.viewport().update()

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
