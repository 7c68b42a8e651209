"""What a person does with the history: exchanges opened and sent again in tabs, compared in windows of their own."""

from collections.abc import Callable, Collection
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workbench.core.collection.location import DraftLocation
from workbench.core.errors import InvalidInput
from workbench.core.history import Entry
from workbench.core.i18n import _
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.compare.comparison import Compared
from workbench.ui.compare.dialog import CompareDialog
from workbench.ui.flows.history_browsing import HistoryBrowsing
from workbench.ui.history.panel import HistoryPanel
from workbench.ui.history.row_words import short_words
from workbench.ui.look import theme
from workbench.ui.tabs.request_tab import RequestTab
from workbench.ui.tabs.requests_page import RequestsPage


class Remembering(QObject):
    """Connects ``panel`` with the bridge and the open requests. ``opened`` gives folders of open collections."""

    def __init__(
        self,
        bridge: Bridge,
        panel: HistoryPanel,
        requests: RequestsPage,
        opened: Callable[[], Collection[Path]],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._bridge, self._panel, self._requests = bridge, panel, requests
        self._opened, self._window = opened, window
        self.past = HistoryBrowsing(bridge.ask_history, panel, self)
        self.past.opened.connect(self._show)
        self.past.sent_again.connect(self._send)
        self.past.compared.connect(self._compare_entries)
        self.past.compare_with_open.connect(self._compare_with_front)
        self.past.troubled.connect(bridge.troubled)
        requests.compare_requested.connect(self._compare_tabs)
        bridge.exchanged.connect(lambda _exchange: self.past.refresh())
        bridge.identities_changed.connect(lambda rows: panel.show_identities([row.name for row in rows]))
        self.past.refresh()
        self.past.load_hosts()

    def _compare_tabs(self, left: RequestTab, right: RequestTab) -> None:
        one, other = _shown_in(left), _shown_in(right)
        if one is not None and other is not None:
            self._compare(one, other)

    def _show(self, entry: Entry) -> None:
        self._open(entry).show_exchange(entry.shown_again())

    def _send(self, entry: Entry) -> None:
        tab = self._open(entry)
        if not entry.missing:
            tab.panel.send()

    def _open(self, entry: Entry) -> RequestTab:
        # A tab of its own, not that of the saved request: what is in there now need not be what was sent then.
        folder = entry.row.collection
        origin = DraftLocation(folder) if folder is not None and folder in self._opened() else None
        tab = self._requests.open_draft(entry.draft, origin)
        tab.missing = entry.missing
        if entry.missing:
            words = _("The history keeps none: {names}. Enter it again before sending.")
            names = ", ".join(entry.missing)
            tab.banner.show_words(_("Secrets are missing"), words.format(names=names), theme.Tone.WARNING)
        return tab

    def _compare_entries(self, pair: tuple[Entry, Entry]) -> None:
        self._compare(*(_remembered(entry) for entry in pair))

    def _compare_with_front(self, entry: Entry) -> None:
        tab = self._requests.current()
        front = _shown_in(tab) if tab is not None else None
        if front is None:
            self._panel.show_error(
                InvalidInput(
                    _("There is no open response to compare with."),
                    hint=_("Send the request that is in front first, or choose a second exchange here."),
                )
            )
            return
        self._compare(_remembered(entry), front)

    def _compare(self, left: Compared, right: Compared) -> None:
        CompareDialog(left, right, self._bridge.work_on, self._window).open_beside()


def _remembered(entry: Entry) -> Compared:
    return Compared(short_words(entry.row), entry.exchange)


def _shown_in(tab: RequestTab) -> Compared | None:
    exchange = tab.response.exchange()
    return Compared(tab.title().words, exchange) if exchange is not None else None
