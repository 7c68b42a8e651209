"""The pane while there is no exchange to show: nothing yet, or one under way."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from workbench.core.exchange import Progress
from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.response.phase_words import progress_words
from workbench.ui.widgets.label import Label


class EmptyPage(QWidget):
    """Says what will appear here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = Label(_("No response yet"), alignment=Qt.AlignmentFlag.AlignCenter)
        title.setFont(theme.scaled_font(1.2, bold=True))
        words = Label(
            _("Press Send. The response appears here, with every certificate and message of its TLS handshake."),
            alignment=Qt.AlignmentFlag.AlignCenter,
            wordWrap=True,
        )
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(title)
        column.addWidget(words)
        column.addStretch(2)


class SendingPage(QWidget):
    """Says what is going on, and how far it has come where that is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Label(alignment=Qt.AlignmentFlag.AlignCenter)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(_("Progress"))
        self._bar.setFixedWidth(320)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.begin()

    def text(self) -> str:
        """What is going on, in words."""
        return self._words.text()

    def begin(self) -> None:
        """Nothing is known yet."""
        self._say(_("Sending…"))
        self._bar.setRange(0, 0)

    def show_progress(self, progress: Progress) -> None:
        """Show how far it has come."""
        self._say(progress_words(progress))
        if progress.total:
            self._bar.setRange(0, 1000)
            self._bar.setValue(min(progress.done * 1000 // progress.total, 1000))
        else:
            self._bar.setRange(0, 0)

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._bar.setAccessibleDescription(words)
