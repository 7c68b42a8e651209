"""A comparison in a window of its own, beside the others."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.ui.compare.comparison import Compared
from workbench.ui.compare.view import CompareView
from workbench.ui.garbage import let_go
from workbench.ui.widgets.running import Run


class CompareDialog(QDialog):
    """Shown with ``open_beside()``: it blocks nothing, and Escape closes it."""

    def __init__(self, left: Compared, right: Compared, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Compare — mTLS Workbench"))
        self.setModal(False)
        self.setSizeGripEnabled(True)
        self.resize(1000, 680)
        self.view = CompareView(run, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.view.show_exchanges(left, right)
        self.finished.connect(lambda: let_go(self))

    def open_beside(self) -> None:
        """Show it; whoever opened it can still be used."""
        self.show()
        self.view.table.setFocus()
