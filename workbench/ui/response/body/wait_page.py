"""While a body is being prepared: how far it is, and a way out."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from workbench.core.content.work import Work
from workbench.core.i18n import _
from workbench.ui.widgets.label import Label

_LOOK = 100  # milliseconds


class WaitPage(QWidget):
    """Looks at a ``Work`` from time to time. ``stop_requested``: the button was pressed."""

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = Work()
        self._words = Label(alignment=Qt.AlignmentFlag.AlignCenter)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setRange(0, 1000)
        self._bar.setFixedWidth(320)
        self._bar.setAccessibleName(_("Progress"))
        stop = QPushButton(_("Stop"))
        stop.setAutoDefault(False)
        stop.clicked.connect(self.stop_requested)
        column = QVBoxLayout(self)
        column.addStretch(1)
        for widget in (self._words, self._bar, stop):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self._looking = QTimer(self, interval=_LOOK)
        self._looking.timeout.connect(self._look)

    def watch(self, work: Work, words: str) -> None:
        """Show how far ``work`` is."""
        self._work = work
        self._words.setText(words)
        self._bar.setAccessibleDescription(words)
        self._look()
        self._looking.start()

    def rest(self) -> None:
        """It is over."""
        self._looking.stop()

    def _look(self) -> None:
        self._bar.setRange(0, 1000 if self._work.done else 0)
        self._bar.setValue(int(self._work.done * 1000))
