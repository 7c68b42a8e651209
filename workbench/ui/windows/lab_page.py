"""The lab: servers on this computer to try things on, each with what it is good for."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.look.icons import icon
from workbench.ui.models.lab_servers import SERVER_COLUMNS, LabServer
from workbench.ui.models.table import TableModel
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.message import Message
from workbench.ui.widgets.views import RowTable


class LabPage(QWidget):
    """``show_servers``; ``start_requested``, ``stop_requested``, and ``open_requested`` with a server's URL."""

    start_requested = Signal()
    stop_requested = Signal()
    open_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._model = TableModel(SERVER_COLUMNS, self)
        self._table = RowTable(_("Lab servers"), self._model, self)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._switch = QPushButton(self)
        self._open = QPushButton(icon("requests"), _("&Open Request"), self)
        self._note = Message(self)
        self._running = False
        self._lay_out()
        self._switch.clicked.connect(self._toggle)
        self._open.clicked.connect(self._open_chosen)
        self._table.activated.connect(self._open_chosen)
        self.show_servers(())

    def show_servers(self, servers: Sequence[LabServer], note: str = "") -> None:
        """Show where the servers answer; none means that the lab is off."""
        self._running = bool(servers)
        self._model.show_rows(servers)
        self._switch.setText(_("&Stop Lab") if servers else _("&Start Lab"))
        self._switch.setIcon(icon("cancel" if servers else "lab"))
        self._switch.setEnabled(True)
        self._open.setEnabled(self._running)
        self._table.setVisible(self._running)
        self._note.show_words(note)
        if servers:
            self._table.resizeColumnsToContents()
            self._table.selectRow(0)

    def _lay_out(self) -> None:
        heading = Label(_("Lab"), self)
        heading.setFont(theme.scaled_font(1.25, bold=True))
        about = Label(
            _(
                "Servers on this computer with a CA of their own, not reachable from outside. The good "
                "ones show what success looks like; each of the others is wrong in exactly one way."
            ),
            self,
            wordWrap=True,
        )
        bar = QHBoxLayout()
        bar.setSpacing(theme.SPACE)
        bar.addWidget(heading)
        bar.addStretch(1)
        bar.addWidget(self._open)
        bar.addWidget(self._switch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE * 2, theme.SPACE + 4, theme.SPACE * 2, theme.SPACE * 2)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(bar)
        layout.addWidget(about)
        layout.addWidget(self._note)
        layout.addWidget(self._table, 1)
        layout.addStretch(0)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _toggle(self) -> None:
        self._switch.setEnabled(False)  # until show_servers tells how it went
        (self.stop_requested if self._running else self.start_requested).emit()

    def _open_chosen(self) -> None:
        server = self._model.row(self._table.currentIndex())
        if server is not None:
            self.open_requested.emit(server.url)
