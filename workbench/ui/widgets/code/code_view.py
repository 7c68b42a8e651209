"""Text to read: fixed-width, coloured where it is looked at, searchable, quick at many megabytes."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from workbench.core.content.lines import TextLines
from workbench.ui.look import theme
from workbench.ui.widgets.code.folding import Folding
from workbench.ui.widgets.code.gutter import gutter_width, is_fold_sign, paint_row
from workbench.ui.widgets.code.line_states import LineStates
from workbench.ui.widgets.code.styles import TokenStyles
from workbench.ui.widgets.code.syntax import Syntax, tokenizer

_CHUNK = 24_000  # characters that go into the document at a time
_MOST_MATCHES = 20_000
_WIDE = re.compile("[\U00010000-\U0010ffff]")


class CodeView(QPlainTextEdit):
    """A read-only text, with line numbers and folds where ``show_rows`` gave some.

    ``filled`` tells that the whole of a large text has arrived in the document, ``counted`` how many matches
    there are of what ``find_all`` looks for.
    """

    filled = Signal()
    counted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setFont(theme.fixed_font())
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._syntax = Syntax.PLAIN
        self._text = ""
        self._placed = 0
        self._states = LineStates()
        self._matches: list[tuple[int, int]] = []
        self._current = -1
        self._rows: TextLines | None = None
        self._folding = Folding()
        self._gutter = _Gutter(self)
        self._filling = QTimer(self, interval=0)
        self._filling.timeout.connect(self._fill)
        self._colouring = QTimer(self, interval=0, singleShot=True)
        self._colouring.timeout.connect(self._colour_visible)
        self.updateRequest.connect(self._updated)

    def text(self) -> str:
        """The whole text, also while it is still being filled in."""
        return self._text

    def show_text(self, text: str, syntax: Syntax = Syntax.PLAIN) -> None:
        """Show ``text`` from its beginning; what does not fit in one go follows by and by."""
        self._filling.stop()
        self._rows = None
        self._place_gutter()
        self._begin(text, syntax)

    def show_rows(self, rows: TextLines, syntax: Syntax = Syntax.PLAIN) -> None:
        """Show a text with its line numbers and folds."""
        self._filling.stop()
        self._rows = rows
        self._place_gutter()
        self._begin("\n".join(map(rows.text, range(rows.count))) if rows.cuts else rows.whole(), syntax)

    def _begin(self, text: str, syntax: Syntax) -> None:
        self._folding.clear()
        self._syntax, self._text = syntax, text
        self._matches, self._current = [], -1
        self.setExtraSelections([])
        self._placed = min(_CHUNK, len(text))
        self.setPlainText(text[: self._placed])
        if self._placed < len(text):
            self._filling.start()
        else:
            self.filled.emit()

    def set_wrapped(self, wrapped: bool) -> None:
        """Break long lines at the edge, or scroll sideways."""
        mode = QPlainTextEdit.LineWrapMode.WidgetWidth if wrapped else QPlainTextEdit.LineWrapMode.NoWrap
        self.setLineWrapMode(mode)

    def find_all(self, wanted: str) -> int:
        """Mark every occurrence, whatever its case, go to the first from the cursor on; how many there are."""
        self._matches = match_places(self._text, wanted)
        start = self.textCursor().selectionStart()
        self._current = next((n for n, (place, _) in enumerate(self._matches) if place >= start), 0)
        self._go_to_match()
        self.counted.emit(len(self._matches))
        return len(self._matches)

    def step_match(self, step: int) -> int:
        """Go ``step`` matches on, round the end; the number of the match, from 1, or 0 without any."""
        if self._matches:
            self._current = (self._current + step) % len(self._matches)
            self._go_to_match()
        return self.match_number()

    def selected_text(self) -> str:
        """What is selected."""
        return self.textCursor().selectedText().replace("\u2029", "\n")

    def go_to_line(self, number: int) -> None:
        """Put the caret at the beginning of a line, counted from 1."""
        row = self._rows.row_of_line(number) if self._rows else number - 1
        block = self.document().findBlockByNumber(min(max(row, 0), self.blockCount() - 1))
        self._reveal(block.blockNumber())
        self.setTextCursor(QTextCursor(block))
        self.centerCursor()

    def toggle_fold(self, row: int) -> None:
        """Fold away what begins at ``row``, or show it again."""
        end = self._rows.fold_end(row) if self._rows else None
        if end is not None:
            self._folding.toggle(row, end)
            self._apply_folds(row, end)

    def unfold_all(self) -> None:
        """Show everything."""
        self._folding.clear()
        self._apply_folds(0, self.blockCount())

    def _apply_folds(self, first: int, last: int) -> None:
        block = self.document().findBlockByNumber(first)
        start = block.position()
        hidden = iter((*self._folding.hidden_rows(), (1 << 30, 1 << 30)))
        low, high = next(hidden)
        for row in range(first, last + 1):
            if not block.isValid():
                break
            while row > high:
                low, high = next(hidden)
            block.setVisible(not low <= row <= high)
            block = block.next()
        end = block.position() if block.isValid() else self.document().characterCount()
        self.document().markContentsDirty(start, end - start)
        if not self.textCursor().block().isVisible():
            self.setTextCursor(QTextCursor(self.document().findBlockByNumber(first)))
        self.document().documentLayout().documentSizeChanged.emit(self.document().documentLayout().documentSize())
        self.viewport().update()
        self._gutter.update()

    def _reveal(self, row: int) -> None:
        if self._folding.reveal(row):
            self._apply_folds(0, self.blockCount())

    def match_number(self) -> int:
        """Number of the match that is selected, from 1, or 0 without any."""
        return self._current + 1 if self._matches else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As ever; - and + fold and unfold at the caret."""
        if self._rows is not None and event.text() in ("-", "+") and len(self._rows.fold_starts):
            self._fold_here(close=event.text() == "-")
        else:
            super().keyPressEvent(event)

    def _fold_here(self, *, close: bool) -> None:
        row = self.textCursor().blockNumber()
        if self._rows and self._rows.fold_end(row) is None and close:
            around = self._rows.fold_around(row)
            row = row if around is None else around
        if self._folding.is_closed(row) != close:
            self.toggle_fold(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The gutter is as high as the text."""
        super().resizeEvent(event)
        self._place_gutter()

    def gutter_width(self) -> int:
        """Pixels that line numbers and folds take."""
        if self._rows is None or not self._rows.size:
            return 0
        return gutter_width(self.fontMetrics(), self._rows.count, folds=len(self._rows.fold_starts) > 0)

    def paint_gutter(self, painter: QPainter) -> None:
        """Numbers and folds of the lines in sight."""
        if self._rows is None:
            return
        folds = len(self._rows.fold_starts) > 0
        block, height = self.firstVisibleBlock(), self.fontMetrics().height()
        painter.setFont(self.font())
        while block.isValid() and block.blockNumber() < self._rows.count:
            top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
            if top > self.viewport().height():
                return
            row = block.blockNumber()
            closed = None if self._rows.fold_end(row) is None else self._folding.is_closed(row)
            room = QRect(0, int(top), self._gutter.width(), height)
            paint_row(painter, room, self.palette(), self._rows.number(row), closed, folds=folds)
            block = self._next_shown(block)

    def _next_shown(self, block: QTextBlock) -> QTextBlock:
        # Qt finds a block's place by walking there: through a hundred hidden thousands that would take minutes.
        if not self._folding.is_closed(block.blockNumber()):
            return block.next()
        position = self._folding.position(block.blockNumber())
        return self.document().findBlockByNumber(self._folding.row(position + 1))

    def click_gutter(self, x: int, y: int) -> None:
        """Fold or unfold where the sign is."""
        row = self.cursorForPosition(QPoint(0, y)).blockNumber()
        if is_fold_sign(x, self._gutter.width()):
            self.toggle_fold(row)

    def _place_gutter(self) -> None:
        width, inside = self.gutter_width(), self.contentsRect()
        self.setViewportMargins(width, 0, 0, 0)
        self._gutter.setGeometry(QRect(inside.left(), inside.top(), width, inside.height()))
        self._gutter.setVisible(width > 0)

    def _updated(self, _rect: QRect, _dy: int) -> None:
        self._colouring.start()
        self._gutter.update()

    def changeEvent(self, event: QEvent) -> None:
        """Colour anew when the palette or the font changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_colouring"):
            self._states.forget()
            self._colouring.start()
            self._mark_matches()

    def _fill(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(self._text[self._placed : self._placed + _CHUNK])
        self._placed += _CHUNK
        if self._placed >= len(self._text):
            self._filling.stop()
            if self._matches:
                self._go_to_match()
            self.filled.emit()

    def _go_to_match(self) -> None:
        self._mark_matches()
        if not self._matches:
            return
        place, length = self._matches[self._current]
        if place + length >= self.document().characterCount():
            return  # not filled in yet: _fill comes back to it
        self._reveal(self.document().findBlock(place).blockNumber())
        cursor = self.textCursor()
        cursor.setPosition(place)
        cursor.setPosition(place + length, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()

    def _mark_matches(self) -> None:
        # A few hundred around the current one: Qt looks at every extra selection at every paint.
        near = self._matches[max(self._current - 100, 0) : self._current + 100]
        last = self.document().characterCount() - 1
        ground = self.palette().color(QPalette.ColorRole.Highlight)
        ground.setAlpha(80)
        marks = []
        for place, length in near:
            if place + length > last:
                break
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(place)
            cursor.setPosition(place + length, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            style = QTextCharFormat()
            style.setBackground(ground)
            mark.format = style
            marks.append(mark)
        self.setExtraSelections(marks)

    def _colour_visible(self) -> None:
        read = tokenizer(self._syntax)
        block = self.firstVisibleBlock()
        if read is None or not block.isValid():
            return
        bottom = self.viewport().rect().bottom()
        state = self._states.before(block, self._syntax, read)
        styles = TokenStyles()
        while block.isValid() and self.blockBoundingGeometry(block).translated(self.contentOffset()).top() <= bottom:
            known = self._states.at_end(block)
            if known is None:
                spans, state = read(block.text(), state)
                block.layout().setFormats(styles.ranges(spans))
                self._states.keep(block, state)
                self.document().markContentsDirty(block.position(), block.length())
            else:
                state = known
            block = self._next_shown(block)


def match_places(text: str, wanted: str) -> list[tuple[int, int]]:
    """Places and lengths of ``wanted`` in Qt's UTF-16 units, whatever its case; at most twenty thousand."""
    if not wanted:
        return []
    wide = [match.start() for match in _WIDE.finditer(text)] if _is_wide(text) else []
    places: list[tuple[int, int]] = []
    for start, end in islice(_occurrences(text, wanted), _MOST_MATCHES):
        before, after = bisect_left(wide, start), bisect_left(wide, end)
        places.append((start + before, end - start + after - before))
    return places


def _is_wide(text: str) -> bool:
    return not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text)


def _occurrences(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    low, needle = text.lower(), wanted.lower()
    if len(low) != len(text):  # a letter whose lower case is two: slower, but right
        yield from (match.span() for match in re.finditer(re.escape(wanted), text, re.IGNORECASE))
        return
    place = low.find(needle)
    while place >= 0:
        yield place, place + len(needle)
        place = low.find(needle, place + len(needle))


class _Gutter(QWidget):
    def __init__(self, view: CodeView) -> None:
        super().__init__(view)
        self._view = view
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        self._view.paint_gutter(painter)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._view.click_gutter(int(event.position().x()), int(event.position().y()))
