"""The open requests, a tab each."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QTabWidget, QToolButton, QWidget

from workbench.core.exchange import Exchange
from workbench.core.i18n import _
from workbench.core.request import Request
from workbench.core.tls.certificate import Certificate
from workbench.ui.actions import Actions, tip
from workbench.ui.desk import Desk
from workbench.ui.marks import mark_icon
from workbench.ui.models.stock import BundleRow, IdentityRow
from workbench.ui.request_tab import RequestTab, TabTitle
from workbench.ui.response import remedies
from workbench.ui.sending import Sending
from workbench.ui.widgets.tab_strip import TabStrip


class RequestsPage(QTabWidget):
    """Opens, closes and moves tabs, gives each the stock to choose from, and answers its wishes."""

    opened = Signal(QWidget)
    emptied = Signal()
    import_requested = Signal()
    import_trust_requested = Signal()
    identity_requested = Signal(str)
    authority_offered = Signal(object)

    def __init__(self, desk: Desk, actions: Actions) -> None:
        super().__init__()
        self._desk = desk
        self._identities: tuple[IdentityRow, ...] = ()
        self._bundles: tuple[BundleRow, ...] = ()
        self._split = ""
        self._sendings: dict[RequestTab, Sending] = {}
        strip = TabStrip(self)
        self.setTabBar(strip)
        self.setDocumentMode(True)
        strip.setAccessibleName(_("Open requests"))
        strip.close_requested.connect(self.close_tab)
        self.setCornerWidget(self._corner(actions["new"]), Qt.Corner.TopRightCorner)
        for name, slot in (
            ("new", self.open_new),
            ("send", self._send),
            ("cancel", self._cancel),
            ("url", self._edit_url),
            ("duplicate", self.duplicate),
            ("close", self._close_current),
            ("next", lambda: self._step(1)),
            ("previous", lambda: self._step(-1)),
        ):
            actions[name].triggered.connect(slot)
        self._actions = actions
        self.currentChanged.connect(self._enable_actions)
        self._enable_actions()
        desk.identities_changed.connect(self._show_identities)
        desk.bundles_changed.connect(self._show_bundles)

    def current(self) -> RequestTab | None:
        """The tab in front."""
        tab = self.currentWidget()
        return tab if isinstance(tab, RequestTab) else None

    def tabs(self) -> tuple[RequestTab, ...]:
        """All tabs, left to right."""
        widgets = (self.widget(place) for place in range(self.count()))
        return tuple(tab for tab in widgets if isinstance(tab, RequestTab))

    def open_request(self, request: Request) -> RequestTab:
        """Open a tab for ``request`` and put it in front."""
        tab = RequestTab(self._desk.work_on)
        tab.panel.show_identities(self._identities)
        tab.response.show_identities(self._identities)
        tab.panel.show_bundles(self._bundles)
        tab.show_request(request)
        tab.restore_split(self._split)
        sending = self._sendings[tab] = Sending(self._desk, tab)
        sending.changed.connect(self._enable_actions)
        tab.title_changed.connect(lambda title: self._show_title(tab, title))
        tab.panel.import_requested.connect(self.import_requested)
        tab.panel.import_trust_requested.connect(self.import_trust_requested)
        tab.response.action_requested.connect(lambda action: self._act(tab, action))
        self.setCurrentIndex(self.addTab(tab, ""))
        self._show_title(tab, tab.title())
        self.opened.emit(tab)
        tab.panel.take_focus()
        return tab

    def open_new(self) -> None:
        """Open an empty request."""
        self.open_request(Request())

    def duplicate(self) -> None:
        """Open what the tab in front shows once more."""
        tab = self.current()
        if tab is not None:
            self.open_request(tab.panel.request())

    def close_tab(self, place: int) -> None:
        """Close one tab; what it had under way is cancelled."""
        tab = self.widget(place)
        if not isinstance(tab, RequestTab):
            return
        self._sendings.pop(tab).cancel()
        self._split = tab.split_state()
        self.removeTab(place)
        tab.deleteLater()
        if not self.count():
            self.emptied.emit()

    def restore_split(self, state: str) -> None:
        """Where dividers of new tabs are to be."""
        self._split = state

    def split_state(self) -> str:
        """Where the divider of the tab in front is."""
        tab = self.current()
        return tab.split_state() if tab is not None else self._split

    def _show_identities(self, rows: tuple[IdentityRow, ...]) -> None:
        self._identities = rows
        for tab in self.tabs():
            tab.panel.show_identities(rows)
            tab.response.show_identities(rows)

    def _show_bundles(self, rows: tuple[BundleRow, ...]) -> None:
        self._bundles = rows
        for tab in self.tabs():
            tab.panel.show_bundles(rows)

    def _show_title(self, tab: RequestTab, title: TabTitle) -> None:
        place = self.indexOf(tab)
        self.setTabText(place, title.words.replace("&", "&&"))
        self.setTabToolTip(place, title.tip)
        self.setTabIcon(place, mark_icon(title.mark) if title.mark else QIcon())

    def _enable_actions(self) -> None:
        tab = self.current()
        busy = tab is not None and self._sendings[tab].busy
        for name in ("url", "duplicate", "close", "next", "previous"):
            self._actions[name].setEnabled(tab is not None)
        self._actions["send"].setEnabled(tab is not None and not busy)
        self._actions["cancel"].setEnabled(busy)

    def _act(self, tab: RequestTab, action: str) -> None:
        sending = self._sendings[tab]
        answers: dict[str, Callable[[], object]] = {
            remedies.CHOOSE_IDENTITY: tab.panel.open_identities,
            remedies.CHOOSE_TRUST: tab.panel.open_trust,
            remedies.SEND_AGAIN: sending.again,
            remedies.UNLOCK_IDENTITY: sending.unlock,
            remedies.IMPORT_IDENTITY: self.import_requested.emit,
            remedies.IMPORT_TRUST: self.import_trust_requested.emit,
            remedies.OPEN_IDENTITY: lambda: self.identity_requested.emit(tab.panel.request().identity or ""),
        }
        if action in answers:
            answers[action]()
        elif action.startswith(remedies.TRUST_AUTHORITY):
            authority = _presented(tab.response.exchange(), action.removeprefix(remedies.TRUST_AUTHORITY))
            if authority is not None:
                self.authority_offered.emit(authority)
        elif action.startswith(remedies.PIN):
            tab.panel.pin(action.removeprefix(remedies.PIN))
        elif action.startswith(remedies.USE_IDENTITY):
            tab.panel.choose_identity(action.removeprefix(remedies.USE_IDENTITY))

    def _send(self) -> None:
        tab = self.current()
        if tab is not None:
            tab.panel.send()

    def _cancel(self) -> None:
        tab = self.current()
        if tab is not None:
            self._sendings[tab].cancel()

    def _edit_url(self) -> None:
        tab = self.current()
        if tab is not None:
            tab.panel.edit_url()

    def _close_current(self) -> None:
        self.close_tab(self.currentIndex())

    def _step(self, by: int) -> None:
        if self.count():
            self.setCurrentIndex((self.currentIndex() + by) % self.count())

    def _corner(self, new: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(new)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setToolTip(tip(new))
        return button


def _presented(exchange: Exchange | None, sha256: str) -> Certificate | None:
    handshake = exchange.handshake if exchange is not None else None
    certificates = handshake.peer.presented if handshake is not None else ()
    return next((certificate for certificate in certificates if certificate.sha256 == sha256), None)
