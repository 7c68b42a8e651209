"""Text to write: fixed-width, numbered lines, coloured where it is looked at, with variables and a place of trouble."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QTextBlock, QTextCharFormat, QTextCursor, QTextLayout
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from workbench.ui.look import theme
from workbench.ui.widgets.code import editing
from workbench.ui.widgets.code.code_text import CodeText
from workbench.ui.widgets.code.gutter import GutterRow
from workbench.ui.widgets.code.long_lines import LONGEST, longest_line, shortened
from workbench.ui.widgets.code.syntax import Syntax
from workbench.ui.widgets.variables import Variables, variable_formats, watch_text
from workbench.ui.widgets.variables.marking import code_points, utf16


class CodeEdit(CodeText):
    """A text to write: ``text()`` and ``show_text()``.

    A text with a line that is too long to edit is held: kept whole, shown shortened, read-only. ``held`` tells.
    """

    held = Signal(bool)

    def __init__(self, name: str, variables: Variables, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._variables = variables
        self._text: str | None = ""
        self._trouble: tuple[int, int] | None = None
        self._held: str | None = None
        self.document().contentsChange.connect(self._notice)
        self.blockCountChanged.connect(self.show_gutter)
        self.cursorPositionChanged.connect(self._gutter.update)
        variables.changed.connect(self.colour_anew)
        editing.changed.connect(self._wrap)
        self._wrap()
        watch_text(self, variables)
        self.show_gutter(self.blockCount())

    def text(self) -> str:
        """The whole text; reading it again costs nothing until it changes."""
        if self._held is not None:
            return self._held
        if self._text is None:
            self._text = self.document().toRawText().replace("\u2029", "\n")  # toPlainText loses no-break spaces
        return self._text

    def show_text(self, text: str) -> None:
        """Show ``text``; the same text again leaves cursor and undo alone."""
        if text == self.text():
            return
        was_held, long = self._held is not None, longest_line(text) > LONGEST
        self._held = text if long else None
        if was_held != long:
            self.setReadOnly(long)
        self.setPlainText(shortened(text) if long else text)
        self._text = text  # with the line ends that it came with, until somebody types
        if was_held != long:
            self.held.emit(long)

    def is_held(self) -> bool:
        """Whether the text is only shown, since a line of it is too long."""
        return self._held is not None

    def replace_text(self, text: str) -> None:
        """Put ``text`` in place of the whole, so that it can be undone; the cursor stays in its line."""
        if text == self.text():
            return
        if self._held is not None or longest_line(text) > LONGEST:
            self.show_text(text)
            return
        line = self.textCursor().blockNumber()
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(min(line, self.blockCount() - 1))))

    def show_syntax(self, syntax: Syntax) -> None:
        """Colour the text as ``syntax``."""
        self._syntax = syntax
        self.colour_anew()

    def show_trouble(self, line: int, column: int) -> None:
        """Underline the place of trouble, both counted from 1; line 0 takes the mark away."""
        self._trouble = (line, column) if line > 0 else None
        self.mark()
        self._gutter.update()

    def go_to(self, line: int, column: int) -> None:
        """Put the cursor and the keyboard there, both counted from 1."""
        self.setTextCursor(self._cursor_at(line, column))
        self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def select(self, start: int, end: int) -> None:
        """Select from one place to before another, and put the keyboard there."""
        if not self.is_held():
            text, cursor = self.text(), self.textCursor()
            cursor.setPosition(utf16(text, start))
            cursor.setPosition(utf16(text, end), QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
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

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802  # Qt calls it
        """Paste; what has a line that is too long is held."""
        if self.isReadOnly() or longest_line(source.text()) <= LONGEST:
            super().insertFromMimeData(source)
            return
        text, cursor = self.text(), self.textCursor()
        start, end = (code_points(text, place) for place in (cursor.selectionStart(), cursor.selectionEnd()))
        self.show_text(text[:start] + source.text() + text[end:])

    def more_formats(self, line: str) -> list[QTextLayout.FormatRange]:
        """The variables."""
        return variable_formats(self._variables, line)

    def gutter_row(self, block: QTextBlock) -> GutterRow:
        """The number of the line; that of the cursor's stands out, and that of the trouble's."""
        number = block.blockNumber() + 1
        if number == self.trouble_line():
            return GutterRow(number, ink=theme.tone(theme.Tone.BAD))
        here = block == self.textCursor().block()
        return GutterRow(number, ink=self.palette().color(QPalette.ColorRole.Text) if here else None)

    def trouble_line(self) -> int:
        """Number of the line with the mark, 0 without one."""
        return self._trouble[0] if self._trouble else 0

    def _notice(self) -> None:
        self._text = None
        self._states.forget()

    def _wrap(self) -> None:
        modes = QPlainTextEdit.LineWrapMode
        self.setLineWrapMode(modes.WidgetWidth if editing.now().wrap else modes.NoWrap)

    def _cursor_at(self, line: int, column: int) -> QTextCursor:
        block = self.document().findBlockByNumber(max(line, 1) - 1)
        block = block if block.isValid() else self.document().lastBlock()
        cursor = QTextCursor(block)
        place = utf16(block.text(), max(column, 1) - 1)
        cursor.setPosition(block.position() + min(place, max(block.length() - 1, 0)))
        return cursor

    def mark(self) -> None:
        """Underline the place of trouble."""
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
