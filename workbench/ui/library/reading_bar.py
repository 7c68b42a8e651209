"""Below the tree while the collections are being read, once that takes a while."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QProgressBar, QPushButton, QWidget

from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.widgets.label import Label

_LATER = 500  # milliseconds: what is over sooner is not worth a word


class ReadingBar(QWidget):
    """Hidden until ``show_reading(True)`` was half a second ago. ``stop_requested``: the button was pressed."""

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = _("Reading the collections…")
        bar = QProgressBar(textVisible=False)
        bar.setRange(0, 0)
        bar.setFixedHeight(theme.SPACE // 2)
        bar.setAccessibleName(words)
        self._stop = QPushButton(_("Stop"))
        self._stop.clicked.connect(self._ask)
        layout = QGridLayout(self)
        layout.setContentsMargins(*[theme.SPACE] * 4)
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(Label(words), 0, 0)
        layout.addWidget(self._stop, 0, 1, 2, 1)
        layout.addWidget(bar, 1, 0)
        layout.setColumnStretch(0, 1)
        self._later = QTimer(self, singleShot=True, interval=_LATER)
        self._later.timeout.connect(self.show)
        self.hide()

    def show_reading(self, under_way: bool) -> None:
        """Reading has begun, or is over."""
        self._stop.setEnabled(True)
        if under_way:
            self._later.start()
        else:
            self._later.stop()
            self.hide()

    def _ask(self) -> None:
        self._stop.setEnabled(False)  # the file under way is read to its end
        self.stop_requested.emit()
