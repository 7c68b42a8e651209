"""The Timeline tab: where the time went, and each hop with what was offered there."""

from dataclasses import replace

from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from workbench.core.exchange import Exchange, Hop, Timings
from workbench.core.i18n import _
from workbench.ui import theme
from workbench.ui.models.table import TableModel
from workbench.ui.models.timeline import PART_ROLE, Stretch, hop_columns, stretch_columns, stretches
from workbench.ui.widgets.bar_delegate import BarDelegate
from workbench.ui.widgets.views import RowTable


class TimelineView(QWidget):
    """Shows the timings of the last hop, and all hops."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phases: TableModel[Stretch] = TableModel(stretch_columns(), self)
        phases = RowTable(_("Timings"), self._phases)
        phases.setItemDelegateForColumn(2, BarDelegate(PART_ROLE, phases))
        phases.stretch_column(2)
        phases.fit_rows(len(stretches(Timings())))
        self._note = QLabel(wordWrap=True)
        self._note.setForegroundRole(self._note.palette().ColorRole.PlaceholderText)
        self._hops: TableModel[Hop] = TableModel(hop_columns(None), self)
        self._hop_table = RowTable(_("Hops"), self._hops)
        self._hop_table.stretch_column(0)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, theme.SPACE, 0, 0)
        column.addWidget(phases)
        column.addWidget(self._note)
        column.addWidget(QLabel(_("Requests sent")))
        column.addWidget(self._hop_table, 1)
        room = QScrollArea(widgetResizable=True)  # so that the diagnosis above can be as high as its words need
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(room)

    def show_exchange(self, exchange: Exchange) -> None:
        """Show where its time went."""
        self._phases.show_rows(stretches(_timings(exchange)))
        notes = []
        if exchange.reused:
            notes.append(_("Sent on a connection that was already open: no DNS, connect or TLS this time."))
        if len(exchange.hops) > 1:
            notes.append(_("{count} requests were sent; the bars show the last one.").format(count=len(exchange.hops)))
        if exchange.proxy:
            notes.append(_("Through the proxy {proxy}.").format(proxy=exchange.proxy))
        self._note.setText(" ".join(notes))
        self._note.setVisible(bool(notes))
        self._hops.show_columns(hop_columns(exchange.request.identity))
        self._hops.show_rows(exchange.hops)


def _timings(exchange: Exchange) -> Timings:
    # A handshake that failed is no phase that was done, but it took its time.
    handshake = exchange.handshake
    if exchange.timings.tls is None and handshake is not None and not handshake.complete:
        return replace(exchange.timings, tls=handshake.duration_ms)
    return exchange.timings
