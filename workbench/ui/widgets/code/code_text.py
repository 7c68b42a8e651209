"""What the viewer and the editor of texts have in common: a gutter, and colours for the lines in sight."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, QRect, QTimer
from PySide6.QtGui import QPainter, QResizeEvent, QTextBlock, QTextLayout
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from workbench.ui.look import theme
from workbench.ui.widgets.code.gutter import Gutter, GutterRow, gutter_width, paint_row
from workbench.ui.widgets.code.line_states import LineStates
from workbench.ui.widgets.code.styles import TokenStyles
from workbench.ui.widgets.code.syntax import COLOURED, Syntax, Tokenizer, tokenizer


class CodeText(QPlainTextEdit):
    """A fixed-width text, coloured as ``Syntax``. Only lines in sight are coloured, so that a megabyte costs nothing.

    Subclasses override ``more_formats``, ``gutter_row``, ``gutter_clicked``, ``next_block`` and ``mark``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._syntax = Syntax.PLAIN
        self._states = LineStates()
        self._numbers, self._folds = 0, False
        self._gutter = Gutter(self, self._paint_gutter, self.gutter_clicked)
        self._colouring = QTimer(self, interval=0, singleShot=True)
        self._colouring.timeout.connect(self._colour_visible)
        self.updateRequest.connect(self._follow)
        self.setFont(theme.fixed_font())
        self.setTabChangesFocus(True)

    def show_gutter(self, numbers: int, *, folds: bool = False) -> None:
        """Make room for line numbers up to ``numbers``, none for 0, and for the signs of folds."""
        self._numbers, self._folds = numbers, folds
        self._place_gutter()

    def more_formats(self, _line: str) -> list[QTextLayout.FormatRange]:
        """What a line is painted with on top of its syntax."""
        return []

    def gutter_row(self, block: QTextBlock) -> GutterRow:
        """What stands beside ``block``."""
        return GutterRow(block.blockNumber() + 1)

    def gutter_clicked(self, place: QPoint) -> None:
        """The gutter was clicked at ``place``, in its own pixels."""

    def next_block(self, block: QTextBlock) -> QTextBlock:
        """The block below ``block`` on the screen."""
        return block.next()

    def mark(self) -> None:
        """Set the extra selections, in the colours of the palette in force."""

    def colour_anew(self) -> None:
        """Colour all lines again as they come in sight."""
        self._states.forget()
        self._colouring.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The gutter is as high as the text."""
        super().resizeEvent(event)
        self._place_gutter()

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of a new palette, and the room that a new font needs."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.colour_anew()
            self.mark()
        elif event.type() == QEvent.Type.FontChange:
            self._place_gutter()

    def _place_gutter(self) -> None:
        width, inside = gutter_width(self.fontMetrics(), self._numbers, folds=self._folds), self.contentsRect()
        self.setViewportMargins(width, 0, 0, 0)
        self._gutter.setGeometry(QRect(inside.left(), inside.top(), width, inside.height()))
        self._gutter.setVisible(width > 0)

    def _follow(self, rect: QRect, dy: int) -> None:
        if dy:
            self._gutter.scroll(0, dy)
        else:
            self._gutter.update(0, rect.y(), self._gutter.width(), rect.height())
        self._colouring.start()

    def _in_sight(self) -> Iterator[tuple[QTextBlock, int]]:
        """The blocks in sight, from the top down, and the top edge of each in pixels."""
        block, bottom = self.firstVisibleBlock(), self.viewport().rect().bottom()
        while block.isValid():
            top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
            if top > bottom:
                return
            yield block, round(top)
            block = self.next_block(block)

    def _paint_gutter(self, painter: QPainter) -> None:
        painter.setFont(self.font())
        width, height = self._gutter.width(), self.fontMetrics().height()
        for block, top in self._in_sight():
            room = QRect(0, top, width, height)
            paint_row(painter, room, self.palette(), self.gutter_row(block), folds=self._folds)

    def _colour_visible(self) -> None:
        read, first = tokenizer(self._syntax), self.firstVisibleBlock()
        if not first.isValid():
            return
        state = self._states.before(first, self._syntax, read) if read is not None else 0
        styles = TokenStyles()
        for block, _top in self._in_sight():
            known = self._states.at_end(block)
            state = self._colour(block, read, state, styles) if known is None else known

    def _colour(self, block: QTextBlock, read: Tokenizer | None, state: int, styles: TokenStyles) -> int:
        line = block.text()[:COLOURED]
        spans, state = read(line, state) if read is not None else ([], 0)
        formats = styles.ranges(spans) + self.more_formats(line)
        if formats or block.layout().formats():
            block.layout().setFormats(formats)
            self.document().markContentsDirty(block.position(), block.length())
        self._states.keep(block, state)
        return state
