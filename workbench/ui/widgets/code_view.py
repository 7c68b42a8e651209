"""Text to read: fixed-width, coloured where it is looked at, searchable, quick at many megabytes."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QPalette, QTextBlock, QTextCharFormat, QTextCursor, QTextLayout, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from workbench.ui import theme
from workbench.ui.widgets.syntax import Span, Syntax, Token, Tokenizer, colour, tokenizer

_CHUNK = 400_000  # characters that go into the document at a time
_LOOK_BACK = 200  # lines above the first visible one that are read for its state
_MOST_MATCHES = 20_000
_WIDE = re.compile("[\U00010000-\U0010ffff]")
_STATES = 8  # more than any tokenizer has


class CodeView(QPlainTextEdit):
    """A read-only text. ``filled`` tells that the whole of a large text has arrived in the document."""

    filled = Signal()

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
        self._round = 1  # what was coloured in an earlier round is coloured again
        self._matches: list[tuple[int, int]] = []
        self._current = -1
        self._filling = QTimer(self, interval=0)
        self._filling.timeout.connect(self._fill)
        self._colouring = QTimer(self, interval=0, singleShot=True)
        self._colouring.timeout.connect(self._colour_visible)
        self.updateRequest.connect(lambda _rect, _dy: self._colouring.start())

    def text(self) -> str:
        """The whole text, also while it is still being filled in."""
        return self._text

    def show_text(self, text: str, syntax: Syntax = Syntax.PLAIN) -> None:
        """Show ``text`` from its beginning; what does not fit in one go follows by and by."""
        self._filling.stop()
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
        return len(self._matches)

    def step_match(self, step: int) -> int:
        """Go ``step`` matches on, round the end; the number of the match, from 1, or 0 without any."""
        if self._matches:
            self._current = (self._current + step) % len(self._matches)
            self._go_to_match()
        return self.match_number()

    def match_number(self) -> int:
        """Number of the match that is selected, from 1, or 0 without any."""
        return self._current + 1 if self._matches else 0

    def changeEvent(self, event: QEvent) -> None:
        """Colour anew when the palette or the font changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_colouring"):
            self._round += 1
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
        cursor = self.textCursor()
        cursor.setPosition(place)
        cursor.setPosition(place + length, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()

    def _mark_matches(self) -> None:
        # A few hundred around the current one: Qt looks at every extra selection at every paint.
        near = self._matches[max(self._current - 200, 0) : self._current + 200]
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
        state = self._state_before(block, read)
        styles = {token: _style(token) for token in Token}
        while block.isValid() and self.blockBoundingGeometry(block).translated(self.contentOffset()).top() <= bottom:
            known = self._state_of(block)
            if known is None:
                spans, state = read(block.text(), state)
                block.layout().setFormats([_range(span, styles[span.token]) for span in spans])
                block.setUserState(self._round * _STATES + state)
                self.document().markContentsDirty(block.position(), block.length())
            else:
                state = known
            block = block.next()

    def _state_of(self, block: QTextBlock) -> int | None:
        drawn_in, state = divmod(block.userState(), _STATES)
        return state if drawn_in == self._round else None

    def _state_before(self, block: QTextBlock, read: Tokenizer) -> int:
        if self._syntax is Syntax.JSON:  # its lines do not depend on those above
            return 0
        start, steps = block.previous(), 0
        while start.isValid() and self._state_of(start) is None and steps < _LOOK_BACK:
            start, steps = start.previous(), steps + 1
        state = (self._state_of(start) or 0) if start.isValid() else 0
        start = start.next() if start.isValid() else self.document().firstBlock()
        while start.isValid() and start != block:
            _spans, state = read(start.text(), state)
            start = start.next()
        return state


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


def _style(token: Token) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(colour(token))
    style.setFontItalic(token is Token.COMMENT)
    return style


def _range(span: Span, style: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = span.start, span.length, style
    return made
