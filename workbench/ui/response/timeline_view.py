"""The Timeline tab: where the time went, and each hop with what was offered there."""

from dataclasses import replace

from PySide6.QtWidgets import QFrame, QScrollArea, QStyledItemDelegate, QVBoxLayout, QWidget

from workbench.core.exchange import Exchange, Hop, Timings
from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.models.table import TableModel
from workbench.ui.models.timeline import PART_ROLE, Stretch, hop_columns, stretch_columns, waterfall
from workbench.ui.response.view import ResponseView
from workbench.ui.widgets.bar_delegate import BarDelegate
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.views import RowTable

_MOST_ROWS = 12  # in sight; more scroll


class TimelineView(ResponseView):
    """Shows the timings of all hops as a waterfall, and what was offered at each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phases: TableModel[Stretch] = TableModel(stretch_columns(), self)
        self._table = phases = RowTable(_("Timings"), self._phases)
        self._bars, self._words = BarDelegate(PART_ROLE, phases), QStyledItemDelegate(phases)
        self._note = Label(wordWrap=True)
        self._note.setForegroundRole(self._note.palette().ColorRole.PlaceholderText)
        self._hops: TableModel[Hop] = TableModel(hop_columns(None), self)
        self._hop_table = RowTable(_("Hops"), self._hops)
        self._hop_table.stretch_column(0)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, theme.SPACE, 0, 0)
        column.addWidget(phases)
        column.addWidget(self._note)
        column.addWidget(Label(_("Requests sent")))
        column.addWidget(self._hop_table, 1)
        room = QScrollArea(widgetResizable=True)  # so that the diagnosis above can be as high as its words need
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(room)

    def show_exchange(self, exchange: Exchange) -> None:
        """Show where its time went."""
        self._show_phases(exchange)
        notes = []
        if exchange.reused:
            notes.append(_("Sent on an open connection: no DNS, connect or TLS this time."))
        if len(exchange.hops) > 1:
            notes.append(_("{count} requests were sent, one after another.").format(count=len(exchange.hops)))
        if exchange.proxy:
            notes.append(_("Through the proxy {proxy}.").format(proxy=exchange.proxy))
        self._note.setText(" ".join(notes))
        self._note.setVisible(bool(notes))
        self._hops.show_columns(hop_columns(exchange.request.identity))
        self._hops.show_rows(exchange.hops)

    def _show_phases(self, exchange: Exchange) -> None:
        several = len(exchange.hops) > 1
        hops = [hop.timings for hop in exchange.hops[:-1]] if several else []
        last = exchange.hops[-1].timings if several else exchange.timings
        rows = waterfall([*hops, _timings(exchange, last)], exchange.timings.total)
        table, bars = self._table, 3 if several else 2
        table.setItemDelegateForColumn(5 - bars, self._words)
        table.setItemDelegateForColumn(bars, self._bars)
        self._phases.show_columns(stretch_columns(hops=several))
        self._phases.show_rows(rows)
        table.stretch_column(bars)
        table.fit_rows(min(len(rows), _MOST_ROWS))


def _timings(exchange: Exchange, timings: Timings) -> Timings:
    # A handshake that failed is no phase that was done, but it took its time.
    handshake = exchange.handshake
    if timings.tls is None and handshake is not None and not handshake.complete:
        return replace(timings, tls=handshake.duration_ms)
    return timings
