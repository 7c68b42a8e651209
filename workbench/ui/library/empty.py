"""What stands in the column of collections while there are none."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.widgets.label import Label


class EmptyLibrary(QWidget):
    """A sentence and two things to do: ``new_requested`` and ``open_requested``."""

    new_requested = Signal()
    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = Label(
            _("Collections store your requests as files in a folder of your choice. None is open."), self, wordWrap=True
        )
        words.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        new = QPushButton(_("New Collection…"), self)
        present = QPushButton(_("Open Collection…"), self)
        new.clicked.connect(self.new_requested)
        present.clicked.connect(self.open_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(words)
        layout.addSpacing(theme.SPACE)
        layout.addWidget(new)
        layout.addWidget(present)
        layout.addStretch(1)
