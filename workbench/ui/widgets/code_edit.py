"""Text to write: fixed-width, numbered lines, coloured where it is looked at, with variables and a place of trouble."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextLayout,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from workbench.ui import editing, theme
from workbench.ui.widgets.syntax import Span, Syntax, Token, Tokenizer, colour, tokenizer
from workbench.ui.widgets.variables import Variables, variable_formats, watch_text
from workbench.ui.widgets.variables.marking import utf16

_LOOK_BACK = 200  # lines above the first visible one that are read for its state
_STATES = 8  # more than any tokenizer has
_LONGEST = 20_000  # characters of a line that are coloured
_LONG_LINE = 100_000  # a text with such a line is not wrapped: Qt lays all of a line out with each key


class CodeEdit(QPlainTextEdit):
    """``text()`` and ``show_text()``. Only visible lines are coloured, so that a megabyte does not hinder typing."""

    def __init__(self, name: str, variables: Variables, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFont(theme.fixed_font())
        self.setTabChangesFocus(True)
        self._variables = variables
        self._has_long_line = False
        self._syntax = Syntax.PLAIN
        self._round = 1  # what was coloured in an earlier round is coloured again
        self._text: str | None = ""
        self._trouble: tuple[int, int] | None = None
        self._gutter = _Gutter(self)
        self._colouring = QTimer(self, interval=0, singleShot=True)
        self._colouring.timeout.connect(self._colour_visible)
        self.document().contentsChange.connect(self._notice)
        self.updateRequest.connect(self._follow)
        self.blockCountChanged.connect(lambda _count: self._make_room())
        self.cursorPositionChanged.connect(self._gutter.update)
        variables.changed.connect(self._colour_anew)
        editing.changed.connect(self._wrap)
        self._wrap()
        watch_text(self, variables)
        self._make_room()

    def text(self) -> str:
        """The whole text; reading it again costs nothing until it changes."""
        if self._text is None:
            self._text = self.document().toRawText().replace("\u2029", "\n")  # toPlainText loses no-break spaces
        return self._text

    def show_text(self, text: str) -> None:
        """Show ``text``; the same text again leaves cursor and undo alone."""
        if text != self.text():
            self.setPlainText(text)
            self._text = text  # with the line ends that it came with, until somebody types

    def replace_text(self, text: str) -> None:
        """Put ``text`` in place of the whole, so that it can be undone; the cursor stays in its line."""
        if text == self.text():
            return
        line = self.textCursor().blockNumber()
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(min(line, self.blockCount() - 1))))

    def show_syntax(self, syntax: Syntax) -> None:
        """Colour the text as ``syntax``."""
        self._syntax = syntax
        self._colour_anew()

    def show_trouble(self, line: int, column: int) -> None:
        """Underline the place of trouble, both counted from 1; line 0 takes the mark away."""
        self._trouble = (line, column) if line > 0 else None
        self._mark_trouble()
        self._gutter.update()

    def go_to(self, line: int, column: int) -> None:
        """Put the cursor and the keyboard there, both counted from 1."""
        self.setTextCursor(self._cursor_at(line, column))
        self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A new line begins where the one above did."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            line = self.textCursor().block().text()[: self.textCursor().positionInBlock()]
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            deeper = "  " if line.rstrip().endswith(("{", "[", "(")) and self._syntax is not Syntax.PLAIN else ""
            self.textCursor().insertText("\n" + indent + deeper)
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the line numbers their place."""
        super().resizeEvent(event)
        room = self.contentsRect()
        self._gutter.setGeometry(QRect(room.left(), room.top(), self._gutter.room(), room.height()))

    def changeEvent(self, event: QEvent) -> None:
        """Colour anew when the palette changes, make room when the font does."""
        super().changeEvent(event)
        if not hasattr(self, "_colouring"):
            return
        if event.type() == QEvent.Type.PaletteChange:
            self._colour_anew()
            self._mark_trouble()
        elif event.type() == QEvent.Type.FontChange:
            self._make_room()

    def lines(self) -> list[tuple[int, int, int]]:
        """The visible lines: number from 1, top and height in pixels."""
        shown, block, bottom = [], self.firstVisibleBlock(), self.viewport().rect().bottom()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if place.top() > bottom:
                break
            shown.append((block.blockNumber() + 1, round(place.top()), round(place.height())))
            block = block.next()
        return shown

    def trouble_line(self) -> int:
        """Number of the line with the mark, 0 without one."""
        return self._trouble[0] if self._trouble else 0

    def _notice(self, place: int, _removed: int, added: int) -> None:
        self._text = None
        self._round += 1
        if added > _LONG_LINE:
            self._watch_length(place, added)

    def _watch_length(self, place: int, added: int) -> None:
        block = self.document().findBlock(place)
        longest = 0
        while block.isValid() and block.position() <= place + added:
            longest = max(longest, block.length())
            block = block.next()
        self._has_long_line = longest > _LONG_LINE
        self._wrap()

    def _wrap(self) -> None:
        wrapped = editing.now().wrap and not self._has_long_line
        modes = QPlainTextEdit.LineWrapMode
        self.setLineWrapMode(modes.WidgetWidth if wrapped else modes.NoWrap)

    def _follow(self, rect: QRect, dy: int) -> None:
        if dy:
            self._gutter.scroll(0, dy)
        else:
            self._gutter.update(0, rect.y(), self._gutter.width(), rect.height())
        self._colouring.start()

    def _make_room(self) -> None:
        self.setViewportMargins(self._gutter.room(), 0, 0, 0)
        room = self.contentsRect()
        self._gutter.setGeometry(QRect(room.left(), room.top(), self._gutter.room(), room.height()))

    def _colour_anew(self) -> None:
        self._round += 1
        self._colouring.start()

    def _cursor_at(self, line: int, column: int) -> QTextCursor:
        block = self.document().findBlockByNumber(max(line, 1) - 1)
        block = block if block.isValid() else self.document().lastBlock()
        cursor = QTextCursor(block)
        place = utf16(block.text(), max(column, 1) - 1)
        cursor.setPosition(block.position() + min(place, max(block.length() - 1, 0)))
        return cursor

    def _mark_trouble(self) -> None:
        marks = []
        if self._trouble is not None:
            cursor = self._cursor_at(*self._trouble)
            if not cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor):
                cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor)
            mark = QTextEdit.ExtraSelection()
            style = QTextCharFormat()
            ground = theme.tone(theme.Tone.BAD)
            style.setUnderlineColor(ground)
            style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            wash = QColor(ground)
            wash.setAlpha(50)
            style.setBackground(wash)
            mark.cursor, mark.format = cursor, style
            marks.append(mark)
        self.setExtraSelections(marks)

    def _colour_visible(self) -> None:
        read = tokenizer(self._syntax)
        block = self.firstVisibleBlock()
        if not block.isValid():
            return
        bottom = self.viewport().rect().bottom()
        state = self._state_before(block, read) if read is not None else 0
        while block.isValid() and self.blockBoundingGeometry(block).translated(self.contentOffset()).top() <= bottom:
            known = self._state_of(block)
            state = self._colour(block, read, state) if known is None else known
            block = block.next()

    def _colour(self, block: QTextBlock, read: Tokenizer | None, state: int) -> int:
        line = block.text()[:_LONGEST]
        spans, state = read(line, state) if read is not None else ([], 0)
        formats = [_range(span) for span in spans] + variable_formats(self._variables, line)
        if formats or block.layout().formats():
            block.layout().setFormats(formats)
            self.document().markContentsDirty(block.position(), block.length())
        block.setUserState(self._round * _STATES + state)
        return state

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
            _spans, state = read(start.text()[:_LONGEST], state)
            start = start.next()
        return state


class _Gutter(QWidget):
    """The numbers of the lines."""

    def __init__(self, text: CodeEdit) -> None:
        super().__init__(text)
        self._code = text

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
        for number, top, _height in self._code.lines():
            bad = number == self._code.trouble_line()
            ink = self.palette().color(QPalette.ColorRole.Text) if number == here else quiet
            painter.setPen(theme.tone(theme.Tone.BAD) if bad else ink)
            room = QRect(0, top, self.width() - theme.SPACE, height)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))
        painter.end()


def _range(span: Span) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = span.start, span.length, _style(span.token)
    return made


def _style(token: Token) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(colour(token))
    style.setFontItalic(token is Token.COMMENT)
    return style
