"""A certificate's validity as a bar with words: from when, until when, and where today lies."""

from datetime import UTC, datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.ui.look import theme
from workbench.ui.look.marks import Mark
from workbench.ui.look.words import date_words, validity_mark, validity_words

_TONES = {Mark.GOOD: theme.Tone.GOOD, Mark.WARNING: theme.Tone.WARNING, Mark.BAD: theme.Tone.BAD}


class ValidityBar(QWidget):
    """Words, and under them a bar whose filled part has passed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel(wordWrap=True, textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse)
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
        whole = (certificate.not_after - certificate.not_before).total_seconds()
        passed = (now - certificate.not_before).total_seconds()
        self._bar.show_part(min(max(passed / whole, 0.0), 1.0) if whole > 0 else 1.0, validity_mark(certificate, now))


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
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        painter.setBrush(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(whole, 3, 3)
        painter.setBrush(theme.tone(_TONES[self._mark]))
        painter.drawRoundedRect(QRectF(whole.left(), whole.top(), whole.width() * self._part, whole.height()), 3, 3)
        painter.end()
