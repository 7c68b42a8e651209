"""The drawing of a handshake on the screen, and as a file."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from workbench.core.files import write_in_place
from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.models.handshake_rows import HandshakeRow, direction_words, name_words, step_words
from workbench.ui.response.tls.handshake_drawing import Drawing, Measures

_SCALE = 2  # a saved picture has so many pixels a pixel
_WIDTH = 820


class HandshakePicture(QWidget):
    """Shows messages; ``chosen`` carries the row that was clicked or gone to with the keys."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = Drawing(measures=Measures.of(self.font()))
        self._selected: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Picture of the handshake"))
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)

        self._measure()

    def show_lines(self, lines: tuple[HandshakeRow, ...], peer: str) -> None:
        """Show another handshake."""
        self._drawing, self._selected = replace(self._drawing, lines=lines, peer=peer), None
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Take the room of a new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        self._drawing = replace(self._drawing, measures=Measures.of(self.font()))
        self.setMinimumSize(self._drawing.size(0))
        self.updateGeometry()
        self.update()

    def select(self, row: int | None) -> None:
        """Mark a row."""
        self._selected = row
        if row is not None and row < len(self._drawing.lines):
            line = self._drawing.lines[row]
            self.setAccessibleDescription(
                _("{number} of {all}: {message}, {direction}, {step}, {time} ms").format(
                    number=row + 1,
                    all=len(self._drawing.lines),
                    message=name_words(line),
                    direction=direction_words(line),
                    step=step_words(line.step),
                    time=f"{line.at_ms:.1f}",
                )
            )
        self.update()

    def place(self, row: int) -> QRect:
        """Where a row lies."""
        return self._drawing.place(row).toRect()

    def sizeHint(self) -> QSize:
        """As high as the messages are many."""
        return self._drawing.size(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The drawing, as wide as there is room."""
        painter = QPainter(self)
        self._drawing.paint(painter, self.width(), self.palette(), self.font(), self._selected)
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._drawing.row_at(event.position().y())
        if row is not None:
            self.chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down, first and last."""
        last = len(self._drawing.lines) - 1
        here = self._selected or 0
        rows = {
            Qt.Key.Key_Up: here - 1,
            Qt.Key.Key_Down: here + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        row = rows.get(Qt.Key(event.key()))
        if row is None or last < 0:
            super().keyPressEvent(event)
        else:
            self.chosen.emit(min(max(row, 0), last))

    def picture(self, ending: str) -> bytes:
        """The drawing in the present colours as a file: ``.svg``, else PNG."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        size = self._drawing.size(_WIDTH)
        palette = self.palette()
        if ending.lower() == ".svg":
            generator = QSvgGenerator()
            generator.setOutputDevice(buffer)
            generator.setSize(size)
            generator.setViewBox(QRect(0, 0, size.width(), size.height()))
            generator.setTitle(_("TLS handshake with {host}").format(host=self._drawing.peer))
            self._paint_on(QPainter(generator), size, palette)
        else:
            image = QImage(size * _SCALE, QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(_SCALE)
            self._paint_on(QPainter(image), size, palette)
            image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(buffer.data().data())

    def _paint_on(self, painter: QPainter, size: QSize, palette: QPalette) -> None:
        painter.fillRect(QRect(0, 0, size.width(), size.height()), palette.color(QPalette.ColorRole.Base))
        self._drawing.paint(painter, size.width(), palette, theme.scaled_font(1.0), None)
        painter.end()


def write_picture(data: bytes, path: Path) -> str:
    """Write it; a sentence on how that went."""
    try:
        write_in_place(path, [data])
    except OSError as error:
        return _("Not saved to {path}: {reason}.").format(path=path, reason=error.strerror or error)
    return _("Saved to {path}.").format(path=path)
