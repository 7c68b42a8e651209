"""A certificate's validity as a bar with words: from when, until when, and where today lies."""

from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.ui.look import theme
from workbench.ui.look.marks import Mark
from workbench.ui.look.words import date_words, validity_mark, validity_part, validity_words
from workbench.ui.widgets.label import Label

_THIN = 3.0  # pixels
_TONES = {Mark.GOOD: theme.Tone.GOOD, Mark.WARNING: theme.Tone.WARNING, Mark.BAD: theme.Tone.BAD}


class ValidityBar(QWidget):
    """Words, and under them a bar whose filled part has passed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Label(wordWrap=True, textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse)
        self._bar = _Bar(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._words)
        column.addWidget(self._bar)

    def show_certificate(self, certificate: Certificate, now: datetime | None = None) -> None:
        """Show its validity as of ``now``."""
        now = now or datetime.now(UTC)
        words = _("{start} to {end} · {left}").format(
            start=date_words(certificate.not_before),
            end=date_words(certificate.not_after),
            left=validity_words(certificate, now),
        )
        self._words.setText(words)
        self.setAccessibleDescription(words)
        self._bar.show_part(validity_part(certificate, now), validity_mark(certificate, now))


class _Bar(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._part = 0.0
        self._mark = Mark.GOOD
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_part(self, part: float, mark: Mark) -> None:
        self._part, self._mark = part, mark
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        _paint_bar(painter, QRectF(self.rect()), self.palette(), self._part, self._mark)
        painter.end()


class ValidityDelegate(QStyledItemDelegate):
    """A cell with a bar under its words; ``role`` gives the part that has passed and the mark."""

    def __init__(self, role: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._role = role

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The words, then the bar."""
        super().paint(painter, option, index)
        shown = index.data(self._role)
        if shown is not None:
            part, mark = shown
            room = QRectF(option.rect).adjusted(3, 0, -theme.SPACE, -2)
            room.setTop(room.bottom() - _THIN)
            painter.save()
            _paint_bar(painter, room, option.palette, part, mark)
            painter.restore()


def _paint_bar(painter: QPainter, room: QRectF, palette: QPalette, part: float, mark: Mark) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for width, colour in (
        (room.width(), palette.color(QPalette.ColorRole.Mid)),
        (room.width() * part, theme.tone(_TONES[mark])),
    ):
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(room.left(), room.top(), width, room.height()), 2, 2)
