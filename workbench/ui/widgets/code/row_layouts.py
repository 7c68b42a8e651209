"""Rows of a text laid out for painting: coloured, wrapped, and kept for as long as they are in sight."""

from collections import OrderedDict

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from workbench.core.content.lines import Lines
from workbench.ui.widgets.code.styles import TokenStyles
from workbench.ui.widgets.code.syntax import Syntax, tokenizer

_CACHED = 400  # rows
_LOOK_BACK = 200  # rows above one whose state is wanted that are read for it
_WIDEST = 1_000_000.0
_TAB = 4  # characters


class RowLayouts:
    """The layouts of the rows of ``lines`` in one font and width, and places in them.

    ``width`` None does not wrap. Offsets are those of the lines; units are UTF-16, in which Qt counts.
    """

    def __init__(self, lines: Lines, syntax: Syntax, font: QFont, width: float | None) -> None:
        self._lines, self._syntax, self._font, self._width = lines, syntax, font, width
        self._height = float(QFontMetricsF(font).lineSpacing())
        self._layouts: OrderedDict[int, QTextLayout] = OrderedDict()
        self._states: dict[int, int] = {}
        self._styles = TokenStyles()
        self.widest = 0.0

    def layout(self, row: int) -> QTextLayout:
        """The layout of one row."""
        known = self._layouts.get(row)
        if known is not None:
            self._layouts.move_to_end(row)
            return known
        made = self._layouts[row] = self._make(row)
        if len(self._layouts) > _CACHED:
            self._layouts.popitem(last=False)
        return made

    def kept(self) -> int:
        """How many rows are laid out."""
        return len(self._layouts)

    def line_count(self, row: int) -> int:
        """How many lines the row takes."""
        return 1 if self._width is None else max(self.layout(row).lineCount(), 1)

    def units(self, row: int, offset: int) -> int:
        """The place of an offset in the row's layout."""
        text = self._lines.text(row)
        column = self._lines.column_at(row, offset)
        return column if text.isascii() else len(text[:column].encode("utf-16-le", "surrogatepass")) // 2

    def offset(self, row: int, units: int) -> int:
        """The offset of a place in the row's layout."""
        text = self._lines.text(row)
        if not text.isascii():
            units = len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore"))
        return self._lines.offset_at(row, units)

    def stretch(self, row: int, start: int, end: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
        """What lies between two offsets, as far as the row goes, in another format."""
        made = QTextLayout.FormatRange()
        made.start = self.units(row, start)
        made.length = self.units(row, end) - made.start
        made.format = style
        return made

    def _make(self, row: int) -> QTextLayout:
        made = QTextLayout(self._lines.text(row), self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTabStopDistance(QFontMetricsF(self._font).horizontalAdvance(" ") * _TAB)
        made.setTextOption(option)
        made.setCacheEnabled(True)
        made.setFormats(self._colours(row, made.text()))
        y = 0.0
        made.beginLayout()
        while (line := made.createLine()).isValid():
            line.setLineWidth(_WIDEST if self._width is None else self._width)
            line.setPosition(QPointF(0, y))
            y += self._height
        made.endLayout()
        if made.lineCount():
            self.widest = max(self.widest, made.lineAt(0).naturalTextWidth())
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
