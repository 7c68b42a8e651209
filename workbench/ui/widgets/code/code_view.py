"""Text to read: fixed-width, coloured where it is looked at, searchable, quick at many megabytes."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QTextBlock, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from workbench.core.content.lines import TextLines
from workbench.ui.widgets.code.code_text import CodeText
from workbench.ui.widgets.code.folding import Folding
from workbench.ui.widgets.code.gutter import GutterRow, is_fold_sign
from workbench.ui.widgets.code.syntax import Syntax

_CHUNK = 24_000  # characters that go into the document at a time
_MOST_MATCHES = 20_000
_WIDE = re.compile("[\U00010000-\U0010ffff]")


class CodeView(CodeText):
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
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._text = ""
        self._placed = 0
        self._matches: list[tuple[int, int]] = []
        self._current = -1
        self._rows: TextLines | None = None
        self._folding = Folding()
        self._filling = QTimer(self, interval=0)
        self._filling.timeout.connect(self._fill)

    def text(self) -> str:
        """The whole text, also while it is still being filled in."""
        return self._text

    def show_text(self, text: str, syntax: Syntax = Syntax.PLAIN) -> None:
        """Show ``text`` from its beginning; what does not fit in one go follows by and by."""
        self._filling.stop()
        self._rows = None
        self.show_gutter(0)
        self._begin(text, syntax)

    def show_rows(self, rows: TextLines, syntax: Syntax = Syntax.PLAIN) -> None:
        """Show a text with its line numbers and folds."""
        self._filling.stop()
        self._rows = rows
        self.show_gutter(rows.count if rows.size else 0, folds=rows.size > 0 and len(rows.fold_starts) > 0)
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
        """- and + fold and unfold at the caret."""
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

    def gutter_row(self, block: QTextBlock) -> GutterRow:
        """The number of the line, and the sign of the fold that begins there."""
        row = block.blockNumber()
        if self._rows is None or row >= self._rows.count:
            return GutterRow(None)
        closed = None if self._rows.fold_end(row) is None else self._folding.is_closed(row)
        return GutterRow(self._rows.number(row), closed)

    def next_block(self, block: QTextBlock) -> QTextBlock:
        """The next one that is not folded away."""
        # Qt finds a block's place by walking there: through a hundred hidden thousands that would take minutes.
        if not self._folding.is_closed(block.blockNumber()):
            return block.next()
        position = self._folding.position(block.blockNumber())
        return self.document().findBlockByNumber(self._folding.row(position + 1))

    def gutter_clicked(self, place: QPoint) -> None:
        """Fold or unfold where the sign is."""
        if is_fold_sign(place.x(), self._gutter.width()):
            self.toggle_fold(self.cursorForPosition(QPoint(0, place.y())).blockNumber())

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
        self.mark()
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

    def mark(self) -> None:
        """Mark the matches."""
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
