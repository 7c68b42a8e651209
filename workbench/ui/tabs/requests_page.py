"""The open requests, a tab each."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QTabWidget, QWidget

from workbench.core.collection.location import DraftLocation
from workbench.core.credentials import BundleRow, IdentityRow
from workbench.core.draft import Draft
from workbench.core.i18n import _
from workbench.core.visible import visible
from workbench.ui.actions import Actions
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.garbage import let_go
from workbench.ui.look.marks import mark_icon
from workbench.ui.look.plain import caption, tip
from workbench.ui.tabs.examples import Examples
from workbench.ui.tabs.open_tabs import as_open, opened_from, saved_of
from workbench.ui.tabs.remedying import Remedying
from workbench.ui.tabs.request_tab import RequestTab, TabTitle
from workbench.ui.tabs.sending import Sending
from workbench.ui.tabs.tab_commands import TabCommands
from workbench.ui.widgets.tab_strip import TabStrip

if TYPE_CHECKING:
    from workbench.core.collection import Stamp
    from workbench.core.storage.drafts import OpenTab, OpenTabs
    from workbench.core.workspace.surroundings import Surroundings


class RequestsPage(QTabWidget):
    """Opens, closes and moves tabs, gives each the stock to choose from, and answers its wishes.

    ``grown`` carries a part of a tab that was made later. ``save_requested`` and ``save_as_requested`` carry the
    ``RequestTab``, ``compare_requested`` two whose responses are to be compared. ``tabs_changed``: ``drafts()`` would
    tell something new. ``unsaved_closed`` carries a tuple of ``OpenTab``: closed with what is saved nowhere.
    """

    opened = Signal(QWidget)
    grown = Signal(QWidget)
    emptied = Signal()
    import_requested = Signal()
    import_trust_requested = Signal()
    identity_requested = Signal(str)
    authority_offered = Signal(object)
    save_requested = Signal(object)
    save_as_requested = Signal(object)
    compare_requested = Signal(object, object)
    tabs_changed = Signal()
    unsaved_closed = Signal(object)

    def __init__(self, bridge: Bridge, actions: Actions) -> None:
        super().__init__()
        self._bridge = bridge
        self._identities: tuple[IdentityRow, ...] = ()
        self._bundles: tuple[BundleRow, ...] = ()
        self._split = ""
        self._sendings: dict[RequestTab, Sending] = {}
        self._known: dict[RequestTab, OpenTab] = {}
        self._closed: list[tuple[OpenTab, Draft]] = []  # each with what its file held
        strip = TabStrip(self)
        self.setTabBar(strip)
        self.setDocumentMode(True)
        strip.setAccessibleName(_("Open requests"))
        strip.close_requested.connect(self.close_tab)
        strip.menu_requested.connect(self._show_menu)
        strip.tabMoved.connect(self.tabs_changed)
        self._show_cookies = actions["cookies"].trigger
        self._commands = TabCommands(self, actions)
        self.setCornerWidget(self._commands.new_button(), Qt.Corner.TopRightCorner)
        self.currentChanged.connect(self._enable_actions)
        self._enable_actions()
        bridge.identities_changed.connect(self._show_identities)
        bridge.bundles_changed.connect(self._show_bundles)
        bridge.library.revoked.connect(self._forget_choices)
        bridge.preferred.connect(lambda: self.refresh_surroundings())

    def current(self) -> RequestTab | None:
        """The tab in front."""
        tab = self.currentWidget()
        return tab if isinstance(tab, RequestTab) else None

    def tabs(self) -> tuple[RequestTab, ...]:
        """All tabs, left to right."""
        widgets = (self.widget(place) for place in range(self.count()))
        return tuple(tab for tab in widgets if isinstance(tab, RequestTab))

    def tab_of(self, origin: DraftLocation) -> RequestTab | None:
        """The tab of the request that is saved at ``origin``."""
        return next((tab for tab in self.tabs() if tab.origin == origin and origin.item is not None), None)

    def open_draft(
        self,
        draft: Draft,
        origin: DraftLocation | None = None,
        base: "Stamp | None" = None,
        *,
        saved: Draft | None = None,
        behind: bool = False,
    ) -> RequestTab:
        """Open a tab for ``draft``, or bring the one to the front that has it open already.

        ``base`` is how its file was when it was read, ``saved`` what that file holds where the draft differs.
        """
        known = self.tab_of(origin) if origin is not None else None
        if known is not None:
            if not behind:
                self.setCurrentWidget(known)
            return known
        tab = self._make_tab()
        tab.origin, tab.stamp = origin, base
        tab.show_draft(draft, saved=saved)
        place = self.addTab(tab, "")
        self._show_title(tab, tab.title())
        self.refresh_surroundings(tab)
        self.opened.emit(tab)
        if not behind:
            self.setCurrentIndex(place)
            tab.panel.take_focus()
        self.tabs_changed.emit()
        return tab

    def open_new(self) -> None:
        """Open an empty request."""
        self.open_draft(Draft())

    def duplicate(self) -> None:
        """Open what the tab in front shows once more; the copy is not saved anywhere yet."""
        tab = self.current()
        if tab is not None:
            origin = DraftLocation(tab.origin.collection) if tab.origin is not None else None
            self.open_draft(tab.draft(), origin)

    def close_tab(self, place: int) -> None:
        """Close one tab; what it had under way is cancelled, what it held can be opened again."""
        tab = self.widget(place)
        if isinstance(tab, RequestTab):
            self._close([tab])

    def close_others(self, place: int) -> None:
        """Close all tabs but one."""
        kept = self.widget(place)
        self._close([tab for tab in self.tabs() if tab is not kept])

    def reopen_closed(self) -> None:
        """Open the tab that was closed last."""
        if self._closed:
            self._open_again(*self._closed.pop(0), behind=False)
            self._enable_actions()

    def open_again(self, held: "Sequence[OpenTab]", *, behind: bool = False) -> tuple[RequestTab, ...]:
        """Open those of the closed tabs that held these; the tabs that there are then."""
        found = [pair for pair in reversed(self._closed) if any(pair[0] is one for one in held)]
        self._closed = [pair for pair in self._closed if pair not in found]
        tabs = tuple(self._open_again(*pair, behind=behind) for pair in found)
        self._enable_actions()
        return tabs

    def unsaved_of(self, origin: DraftLocation) -> "OpenTab | None":
        """What a tab of the request saved at ``origin`` held that was closed before that was saved."""
        held = (one for one, _saved in self._closed if one.dirty and origin.item is not None)
        return next((one for one in held if (one.collection, one.item) == (origin.collection, origin.item)), None)

    def mark_saved(self, tab: RequestTab, draft: Draft, origin: DraftLocation, stamp: "Stamp | None") -> None:
        """``draft`` was written to ``origin``: what the tab shows is compared with that from now on."""
        moved = tab.origin != origin
        tab.show_saved(draft, origin, stamp)
        if moved:
            self.refresh_surroundings(tab)
        self.tabs_changed.emit()

    def drafts(self) -> "OpenTabs":
        """All that is open and was closed, as data."""
        from workbench.core.storage.drafts import OpenTabs

        tabs = tuple(self._remember(tab) for tab in self.tabs())
        return OpenTabs(tabs, self.currentIndex(), self.split_state(), tuple(one for one, _saved in self._closed))

    def restore(self, kept: "OpenTabs") -> None:
        """Open what was open; nothing that is open already is touched."""
        self._split = kept.split or self._split
        self._closed = [(one, saved_of(one)) for one in kept.closed]
        before = self.count()
        for one in kept.tabs:
            self._open_again(one, saved_of(one), behind=True)
        if before == 0 and 0 <= kept.current < self.count():
            self.setCurrentIndex(kept.current)
        self._enable_actions()

    def step(self, by: int) -> None:
        """Go ``by`` tabs on, round the end."""
        if self.count():
            self.setCurrentIndex((self.currentIndex() + by) % self.count())

    def send_and_save(self, tab: RequestTab) -> None:
        """Send what ``tab`` shows, then ask where to save the response's body."""
        self._sendings[tab].and_save()

    def sign_in_anew(self, tab: RequestTab) -> None:
        """Forget the access tokens, and say so in ``tab``."""
        title = _("The access tokens that were fetched are forgotten.")
        words = _("The next request that needs one signs in anew.")
        self._bridge.forget_tokens(done=lambda _nothing: tab.banner.show_words(title, words))

    def cancel(self, tab: RequestTab) -> None:
        """Stop what ``tab`` has under way."""
        self._sendings[tab].cancel()

    def refresh_surroundings(self, wanted: RequestTab | None = None) -> None:
        """Find out anew what is around one request or all of them."""
        for tab in self.tabs() if wanted is None else (wanted,):
            self._bridge.surroundings(tab.origin, done=partial(self._show_surroundings, tab))

    def restore_split(self, state: str) -> None:
        """Where dividers of new tabs are to be."""
        self._split = state

    def split_state(self) -> str:
        """Where the divider of the tab in front is."""
        tab = self.current()
        return tab.split_state() if tab is not None else self._split

    def _close(self, tabs: Sequence[RequestTab]) -> None:
        from workbench.core.storage.drafts import CLOSED_LIMIT

        unsaved = []
        for tab in tabs:
            held = self._remember(tab)
            if held.draft != Draft():
                self._closed = [(held, tab.saved), *self._closed][:CLOSED_LIMIT]
                if held.dirty or held.item is None:
                    unsaved.append(held)
            self._sendings.pop(tab).cancel()
            self._known.pop(tab, None)
            self._split = tab.split_state()
            self.removeTab(self.indexOf(tab))
            let_go(tab)
        self.tabs_changed.emit()
        if not self.count():
            self.emptied.emit()
        if unsaved:
            self.unsaved_closed.emit(tuple(unsaved))

    def _make_tab(self) -> RequestTab:
        tab = RequestTab(self._bridge.work_on)
        tab.panel.show_identities(self._identities)
        tab.response.show_identities(self._identities)
        tab.panel.show_bundles(self._bundles)
        tab.restore_split(self._split)
        sending = self._sendings[tab] = Sending(self._bridge, tab)
        sending.changed.connect(self._enable_actions)
        Examples(self._bridge, tab)
        tab.title_changed.connect(lambda title: self._show_title(tab, title))
        tab.edited.connect(self.tabs_changed)
        tab.panel.page_made.connect(self.grown.emit)
        tab.panel.sign_in_requested.connect(lambda: self.sign_in_anew(tab))
        tab.panel.import_requested.connect(self.import_requested)
        tab.panel.import_trust_requested.connect(self.import_trust_requested)
        tab.response.compare_requested.connect(lambda: self._commands.compare(tab))
        remedying = Remedying(tab, sending)
        remedying.import_requested.connect(self.import_requested)
        remedying.import_trust_requested.connect(self.import_trust_requested)
        remedying.identity_requested.connect(self.identity_requested)
        remedying.authority_offered.connect(self.authority_offered)
        tab.response.cookies_requested.connect(self._show_cookies)
        return tab

    def _open_again(self, one: "OpenTab", saved: Draft, *, behind: bool) -> RequestTab:
        draft, origin, stamp = opened_from(one)
        tab = self.open_draft(draft, origin, stamp, saved=saved, behind=behind)
        tab.missing = one.missing
        if one.missing:
            words = _("Not kept while the program was closed: {names}. Enter it again before sending.")
            tab.banner.show_words(_("Secrets are missing"), words.format(names=", ".join(one.missing)))
        return tab

    def _remember(self, tab: RequestTab) -> "OpenTab":
        # One and the same object as long as nothing changes: whoever stores it need not look at it again.
        now = as_open(tab)
        if self._known.get(tab) != now:
            self._known[tab] = now
        return self._known[tab]

    def _show_surroundings(self, tab: RequestTab, found: "Surroundings") -> None:
        if tab in self._sendings:  # it may have been closed meanwhile
            tab.panel.show_surroundings(found)

    def _forget_choices(self, collection: Path, _wants: object) -> None:
        for tab in self.tabs():
            if tab.origin is not None and tab.origin.collection == collection:
                tab.forget_choices()

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
        if place < 0:
            return
        self.setTabText(place, caption(title.words) + (" ●" if title.unsaved else ""))
        spoken = _("{title}, unsaved").format(title=title.words) if title.unsaved else title.words
        self.tabBar().setAccessibleTabName(place, visible(spoken))
        url = visible(title.tip)
        self.setTabToolTip(place, tip(_("{url}\nNot saved yet").format(url=url) if title.unsaved else url))
        self.setTabIcon(place, mark_icon(title.mark) if title.mark else QIcon())

    def _enable_actions(self) -> None:
        tab = self.current()
        busy = tab is not None and self._sendings[tab].busy
        self._commands.enable(busy=busy, closed=bool(self._closed))

    def _show_menu(self, place: int, where: QPoint) -> None:
        self.setCurrentIndex(place)
        self._commands.show_menu(where)
