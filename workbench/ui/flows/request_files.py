"""Requests and their files: opened in tabs, saved, and kept in step with what others do to the files."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workbench.core.collection import BrokenFile, Conflicts, Stamp, merge
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft
from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _
from workbench.core.workspace.request_file import Conflict, Opening, Saved
from workbench.core.workspace.sealing import telltale_headers
from workbench.ui.bridge.library import LibraryBridge
from workbench.ui.flows.closing import Closing
from workbench.ui.flows.conflict_asking import ConflictAsking
from workbench.ui.flows.header_asking import HeaderAsking
from workbench.ui.flows.save_asking import SaveAsking
from workbench.ui.models.library import Library
from workbench.ui.tabs.request_tab import RequestTab
from workbench.ui.tabs.requests_page import RequestsPage

Moved = Sequence[tuple[DraftLocation, DraftLocation]]


@dataclass(frozen=True, slots=True)
class _Lost:
    """Where the file of a tab was until it vanished, and what it said."""

    origin: DraftLocation
    stamp: Stamp | None
    saved: Draft


class RequestFiles(QObject):
    """What a tab holds is never lost: where its file cannot be written or is gone, the tab says so and keeps it.

    ``collection_requested`` when there is to be a new collection to save in.
    """

    collection_requested = Signal()

    def __init__(self, bridge: LibraryBridge, requests: RequestsPage, closing: Closing, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._requests, self._closing = bridge, requests, closing
        self._news: frozenset[Path] = frozenset()  # what others changed last
        self._asking = SaveAsking(bridge, window)
        self._conflicts = ConflictAsking(window)
        self._headers = HeaderAsking(window)
        self._headers.answered.connect(self._save)
        self._lost: WeakKeyDictionary[RequestTab, _Lost] = WeakKeyDictionary()
        self._kept_headers: WeakKeyDictionary[RequestTab, tuple[str, ...]] = WeakKeyDictionary()
        requests.save_requested.connect(self.save)
        requests.save_as_requested.connect(self.save_as)
        self._asking.saved.connect(self._finish)
        self._asking.collection_requested.connect(self.collection_requested)
        self._conflicts.kept_mine.connect(self._keep_mine)
        self._conflicts.took_theirs.connect(self._take_theirs)
        bridge.changed.connect(self._follow)
        bridge.files_changed.connect(self._look_again)

    def open(self, location: DraftLocation, behind: bool = False) -> None:
        """Show a saved request in a tab, the one that it is in already if there is one.

        What was closed before it was saved is shown as it was then.
        """
        known = next((tab for tab in self._requests.tabs() if tab.origin == _origin(location)), None)
        if known is not None:
            self._requests.open_draft(known.draft(), _origin(location), behind=behind)
            return
        unsaved = self._closing.open_unsaved(_origin(location), behind=behind)
        if unsaved is not None:
            self._bridge.load(location, partial(self._learn, unsaved), partial(self._refuse_changed, unsaved))
            return
        self._bridge.load(location, partial(self._show, behind))

    def save(self, tab: RequestTab) -> None:
        """Write what ``tab`` shows to its file; without one, ask where."""
        if tab.origin is None or tab.origin.item is None:
            self.save_as(tab)
            return
        telling = telltale_headers(tab.draft(), tab.saved)
        if telling:
            self._headers.ask(tab, telling)
        else:
            self._save(tab, ())

    def _save(self, tab: RequestTab, headers: tuple[str, ...]) -> None:
        """Write it; the values of ``headers`` go to the keyring."""
        if tab.origin is None or tab.origin.item is None:
            return
        draft, location = tab.draft(), _spot(tab.origin)
        written, failed = partial(self._written, tab, draft, headers), partial(self._refuse, tab)
        self._bridge.save(location, draft, tab.stamp, tab.saved, written, failed, headers=headers)

    def save_as(self, tab: RequestTab, near: DraftLocation | None = None) -> None:
        """Ask for a name and a folder, and write what ``tab`` shows there."""
        if near is None and tab.origin is not None:
            above = tab.origin.item.parent if tab.origin.item is not None else Path()
            near = DraftLocation(tab.origin.collection, above if above != Path() else None)
        self._asking.ask(tab, near)

    def follow_moves(self, moved: Moved) -> None:
        """Requests were renamed or moved here: their tabs go with them."""
        for tab in self._requests.tabs():
            if tab.origin is None or tab.origin.item is None:
                continue
            for before, after in moved:
                present = _after(tab.origin, before, after)
                if present is not None and present != tab.origin:
                    tab.origin = present
                    self._read_again(tab)
                    self._requests.refresh_surroundings(tab)
                    break

    def _show(self, behind: bool, opening: Opening) -> None:
        self._requests.open_draft(opening.draft, _origin(opening.location), opening.stamp, behind=behind)

    def _written(self, tab: RequestTab, sent: Draft, headers: tuple[str, ...], result: Saved | Conflict) -> None:
        if tab not in self._requests.tabs():
            return
        if isinstance(result, Conflict):
            self._kept_headers[tab] = headers
            self._conflicts.ask(tab, result)
        else:
            self._finish(tab, sent, result)

    def _finish(self, tab: RequestTab, sent: Draft, saved: Saved) -> None:
        if tab not in self._requests.tabs():
            return
        self._conflicts.forget(tab)
        self._headers.forget(tab)
        untouched = tab.draft() == sent
        if untouched and saved.draft != sent:
            tab.show_draft(saved.draft)
        self._requests.mark_saved(tab, saved.draft, _origin(saved.location), saved.stamp)
        if saved.extracted:
            tab.banner.show_words(
                _("Secrets were put into the system keyring."),
                _("The file names variables in their place, so that it can be shared."),
            )
        elif saved.merged:
            tab.banner.show_words(
                _("Saved together with what was changed outside."), _("Other parts of the file had been changed.")
            )
        else:
            tab.banner.close_quietly()

    def _refuse(self, tab: RequestTab, error: WorkbenchError) -> None:
        if tab in self._requests.tabs():
            tab.banner.show_error(error)

    def _keep_mine(self, tab: RequestTab, conflict: Conflict) -> None:
        draft, headers = tab.draft(), self._kept_headers.pop(tab, ())
        written, failed = partial(self._written, tab, draft, headers), partial(self._refuse, tab)
        self._bridge.save(conflict.location, draft, conflict.stamp, conflict.theirs, written, failed, headers=headers)

    def _take_theirs(self, tab: RequestTab, conflict: Conflict) -> None:
        tab.show_draft(conflict.theirs)
        self._requests.mark_saved(tab, conflict.theirs, _origin(conflict.location), conflict.stamp)

    def _follow(self, library: Library) -> None:
        self._asking.show_library(library)
        for tab in self._requests.tabs():
            self._look_for_lost(tab, library)
            if tab.origin is None or tab.origin.item is None:
                continue
            root = library.root(tab.origin.collection)
            if root is not None and root.tree is not None and not library.has(_spot(tab.origin)):
                # The tree may be older than what was just saved or moved: only the file itself tells.
                self._bridge.load(_spot(tab.origin), partial(self._compare, tab), partial(self._lose, tab, tab.origin))

    def _lose(self, tab: RequestTab, origin: DraftLocation, error: WorkbenchError) -> None:
        if tab not in self._requests.tabs() or tab.origin != origin or origin.item is None or self._bridge.ordering:
            return  # after an order the tree is read anew, and this is looked at again
        if isinstance(error, BrokenFile):
            tab.banner.show_error(error)
            return
        if tab.stamp is not None:
            given_up = partial(self._find, tab, origin)
            self._bridge.find_same(
                origin.collection, self._news - {origin.collection / origin.item}, tab.stamp, given_up
            )
        else:
            self._give_up(tab, origin)

    def _find(self, tab: RequestTab, origin: DraftLocation, found: DraftLocation | None) -> None:
        if tab not in self._requests.tabs() or tab.origin != origin or self._bridge.ordering:
            return
        taken = [other.origin for other in self._requests.tabs()]
        if found is None or _origin(found) in taken:
            self._give_up(tab, origin)
            return
        tab.origin = _origin(found)
        self._requests.refresh_surroundings(tab)

    def _give_up(self, tab: RequestTab, origin: DraftLocation) -> None:
        self._lost[tab] = _Lost(origin, tab.stamp, tab.saved)
        tab.origin, tab.stamp = DraftLocation(origin.collection), None
        tab.show_draft(tab.draft(), saved=Draft(name=tab.saved.name))
        tab.banner.show_words(
            _("The file of this request is not there any more."),
            _("It was renamed or removed outside of this window. What is here stays; save it to keep it."),
        )

    def _look_for_lost(self, tab: RequestTab, library: Library) -> None:
        """A file that was given up may be there again, as when git changes from one branch to another and back."""
        lost = self._lost.get(tab)
        if lost is None:
            return
        if tab.origin != DraftLocation(lost.origin.collection):
            del self._lost[tab]  # saved elsewhere meanwhile
        elif library.has(_spot(lost.origin)) and all(other.origin != lost.origin for other in self._requests.tabs()):
            self._bridge.load(_spot(lost.origin), partial(self._take_up, tab), partial(self._refuse_changed, tab))

    def _take_up(self, tab: RequestTab, opening: Opening) -> None:
        lost = self._lost.pop(tab, None)
        if lost is None or tab not in self._requests.tabs() or tab.origin != DraftLocation(lost.origin.collection):
            return
        tab.origin, tab.stamp = lost.origin, lost.stamp
        tab.show_draft(tab.draft(), saved=lost.saved)
        tab.banner.close_quietly()
        self._requests.refresh_surroundings(tab)
        self._compare(tab, opening)

    def _look_again(self, paths: frozenset[Path]) -> None:
        self._news = paths
        for tab in self._requests.tabs():
            origin = tab.origin
            if origin is not None and origin.item is not None and paths & _files(origin):
                self._read_again(tab)
        self._requests.refresh_surroundings()

    def _read_again(self, tab: RequestTab) -> None:
        if tab.origin is not None and tab.origin.item is not None:
            self._bridge.load(_spot(tab.origin), partial(self._compare, tab), partial(self._refuse_changed, tab))

    def _refuse_changed(self, tab: RequestTab, error: WorkbenchError) -> None:
        if tab not in self._requests.tabs() or tab.origin is None or tab.origin.item is None:
            return
        if isinstance(error, BrokenFile):
            tab.banner.show_error(error)
        else:
            self._bridge.refresh()  # a file that is gone is missed there

    def _learn(self, tab: RequestTab, opening: Opening) -> None:
        """What a tab was closed with is compared with its file again, of which nothing is known after a new start."""
        if tab in self._requests.tabs() and tab.stamp == opening.stamp:
            tab.show_draft(tab.draft(), saved=opening.draft)
        else:
            self._compare(tab, opening)

    def _compare(self, tab: RequestTab, opening: Opening) -> None:
        if tab not in self._requests.tabs() or tab.origin != _origin(opening.location):
            return
        if tab.stamp == opening.stamp:
            self._conflicts.forget(tab)  # it was, and is no more
            return
        mine = tab.draft()
        if not tab.unsaved() or opening.draft == mine:
            tab.show_draft(opening.draft)
            self._requests.mark_saved(tab, opening.draft, _origin(opening.location), opening.stamp)
            return
        merged = merge(tab.saved, mine, opening.draft)
        if isinstance(merged, Conflicts):
            self._conflicts.ask(tab, Conflict(opening.location, opening.draft, opening.stamp, merged.fields))
            return
        self._conflicts.forget(tab)
        tab.stamp = opening.stamp
        tab.show_draft(merged, saved=opening.draft)
        tab.banner.show_words(
            _("What was changed in the file outside is here now too."), _("Your own changes are still to be saved.")
        )


def _files(origin: DraftLocation) -> frozenset[Path]:
    """What tells that a request may have changed: its file, and the collection's folder, which was away."""
    return frozenset({origin.collection, origin.collection / (origin.item or Path())})


def _origin(location: DraftLocation) -> DraftLocation:
    return DraftLocation(location.collection, location.item)


def _spot(origin: DraftLocation) -> DraftLocation:
    return DraftLocation(origin.collection, origin.item)


def _after(origin: DraftLocation, before: DraftLocation, after: DraftLocation) -> DraftLocation | None:
    """Where the request at ``origin`` is when ``before`` is ``after`` now; None when it did not lie in there."""
    if origin.collection != before.collection or origin.item is None or before.item is None or after.item is None:
        return None
    if origin.item == before.item:
        return DraftLocation(after.collection, after.item)
    if before.item in origin.item.parents:
        return DraftLocation(after.collection, after.item / origin.item.relative_to(before.item))
    return None
