"""What a person does with the history: exchanges opened and sent again in tabs, compared in windows of their own."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workbench.core.collection.location import DraftLocation
from workbench.core.errors import InvalidInput
from workbench.core.history import Entry
from workbench.core.i18n import _
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.compare.compare_dialog import CompareDialog
from workbench.ui.compare.comparison import Compared
from workbench.ui.flows.history_browsing import HistoryBrowsing
from workbench.ui.history.panel import HistoryPanel
from workbench.ui.history.row_words import short_words
from workbench.ui.look import theme
from workbench.ui.tabs.document import Document
from workbench.ui.tabs.document_tabs import DocumentTabs


class HistoryFlow(QObject):
    """Connects ``panel`` with the bridge and the open documents."""

    def __init__(
        self,
        bridge: Bridge,
        panel: HistoryPanel,
        tabs: DocumentTabs,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._bridge, self._panel, self._tabs = bridge, panel, tabs
        self._window = window
        self.past = HistoryBrowsing(bridge.ask_history, panel, self)
        self.past.opened.connect(self._show)
        self.past.sent_again.connect(self._send)
        self.past.compared.connect(self._compare_entries)
        self.past.compare_with_open.connect(self._compare_with_front)
        self.past.troubled.connect(bridge.troubled)
        bridge.exchanged.connect(lambda _exchange: self.past.refresh())
        bridge.identities_changed.connect(lambda rows: panel.show_identities([row.name for row in rows]))
        self.past.refresh()
        self.past.load_hosts()

    def compare_documents(self, left: Document, right: Document) -> None:
        """Compare what two open documents show."""
        one, other = left.compared(), right.compared()
        if one is not None and other is not None:
            self._compare(one, other)

    def _show(self, entry: Entry) -> None:
        self._open(entry).show_exchange(entry.shown_again())

    def _send(self, entry: Entry) -> None:
        document = self._open(entry)
        if not entry.missing:
            document.commands["send"]()

    def _open(self, entry: Entry) -> Document:
        # A document of its own, not that of the saved request: what is in there now need not be what was sent then.
        # It belongs to its collection even where that is closed now: what that may use is not for anybody else.
        folder = entry.row.collection
        origin = DraftLocation(folder) if folder is not None else None
        document = self._tabs.open(entry.draft, origin)
        document.missing = entry.missing
        if entry.missing:
            words = _("The history does not store secrets: {names}. Enter them again before sending.")
            names = ", ".join(entry.missing)
            document.banner.show_words(_("Secrets are missing"), words.format(names=names), theme.Tone.WARNING)
        return document

    def _compare_entries(self, pair: tuple[Entry, Entry]) -> None:
        self._compare(*(_remembered(entry) for entry in pair))

    def _compare_with_front(self, entry: Entry) -> None:
        document = self._tabs.current()
        front = document.compared() if document is not None else None
        if front is None:
            self._panel.show_error(
                InvalidInput(
                    _("There is no open response to compare with."),
                    hint=_("Send the request in the current tab first, or choose a second exchange here."),
                )
            )
            return
        self._compare(_remembered(entry), front)

    def _compare(self, left: Compared, right: Compared) -> None:
        CompareDialog(left, right, self._bridge.work_on, self._window).open_beside()


def _remembered(entry: Entry) -> Compared:
    return Compared(short_words(entry.row), entry.exchange)
