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
from workbench.core.workspace.secret_extraction import telltale_headers
from workbench.ui.bridge.library import LibraryBridge
from workbench.ui.flows.closing import Closing
from workbench.ui.flows.conflicts import ask_which, forget_conflict
from workbench.ui.flows.header_secrets import ask_about_secrets, forget_secrets
from workbench.ui.flows.save_asking import SaveAsking
from workbench.ui.models.library_lines import Library
from workbench.ui.tabs.document import Document
from workbench.ui.tabs.document_tabs import DocumentTabs

Moved = Sequence[tuple[DraftLocation, DraftLocation]]


@dataclass(frozen=True, slots=True)
class _Lost:
    """Where the file of a document was until it vanished, and what it said."""

    origin: DraftLocation
    stamp: Stamp | None
    saved: Draft


class RequestFiles(QObject):
    """What a document holds is never lost: where its file cannot be written or is gone, it says so and keeps it.

    ``collection_requested`` when there is to be a new collection to save in.
    """

    collection_requested = Signal()

    def __init__(self, bridge: LibraryBridge, tabs: DocumentTabs, closing: Closing, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._tabs, self._closing, self._window = bridge, tabs, closing, window
        self._news: frozenset[Path] = frozenset()  # what others changed last
        self._asking = SaveAsking(bridge, window)
        self._lost: WeakKeyDictionary[Document, _Lost] = WeakKeyDictionary()
        self._kept_headers: WeakKeyDictionary[Document, tuple[str, ...]] = WeakKeyDictionary()
        self._asking.saved.connect(self._finish)
        self._asking.collection_requested.connect(self.collection_requested)
        bridge.changed.connect(self._follow)
        bridge.files_changed.connect(self._look_again)

    def open(self, location: DraftLocation, behind: bool = False) -> None:
        """Show a saved request in a document, the one that it is in already if there is one.

        What was closed before it was saved is shown as it was then.
        """
        known = next((one for one in self._tabs.documents() if one.origin == location), None)
        if known is not None:
            self._tabs.open(known.draft(), location, behind=behind)
            return
        unsaved = self._closing.open_unsaved(location, behind=behind)
        if unsaved is not None:
            self._bridge.load(location, partial(self._learn, unsaved), partial(self._refuse_changed, unsaved))
            return
        self._bridge.load(location, partial(self._show, behind))

    def save(self, document: Document) -> None:
        """Write what ``tab`` shows to its file; without one, ask where."""
        if document.origin is None or document.origin.item is None:
            self.save_as(document)
            return
        telling = telltale_headers(document.draft(), document.saved)
        if telling:
            ask_about_secrets(document, telling, partial(self._save, document))
        else:
            self._save(document, ())

    def _save(self, document: Document, headers: tuple[str, ...]) -> None:
        """Write it; the values of ``headers`` go to the keyring."""
        if document.origin is None or document.origin.item is None:
            return
        draft, location = document.draft(), document.origin
        written, failed = partial(self._written, document, draft, headers), partial(self._refuse, document)
        self._bridge.save(location, draft, document.stamp, document.saved, written, failed, headers=headers)

    def save_as(self, document: Document, near: DraftLocation | None = None) -> None:
        """Ask for a name and a folder, and write what ``tab`` shows there."""
        if near is None and document.origin is not None:
            above = document.origin.item.parent if document.origin.item is not None else Path()
            near = DraftLocation(document.origin.collection, above if above != Path() else None)
        self._asking.ask(document, near)

    def follow_moves(self, moved: Moved) -> None:
        """Requests were renamed or moved here: their tabs go with them."""
        for document in self._tabs.documents():
            if document.origin is None or document.origin.item is None:
                continue
            for before, after in moved:
                present = _after(document.origin, before, after)
                if present is not None and present != document.origin:
                    document.origin = present
                    self._read_again(document)
                    document.refresh_surroundings()
                    break

    def _show(self, behind: bool, opening: Opening) -> None:
        self._tabs.open(opening.draft, opening.location, opening.stamp, behind=behind)

    def _written(self, document: Document, sent: Draft, headers: tuple[str, ...], result: Saved | Conflict) -> None:
        if document not in self._tabs.documents():
            return
        if isinstance(result, Conflict):
            self._kept_headers[document] = headers
            self._ask_which(document, result)
        else:
            self._finish(document, sent, result)

    def _finish(self, document: Document, sent: Draft, saved: Saved) -> None:
        if document not in self._tabs.documents():
            return
        forget_conflict(document)
        forget_secrets(document)
        untouched = document.draft() == sent
        if untouched and saved.draft != sent:
            document.show_draft(saved.draft)
        self._tabs.mark_saved(document, saved.draft, saved.location, saved.stamp)
        if saved.extracted:
            document.banner.show_words(
                _("Secrets were moved to the system keyring."),
                _("The file refers to them by variables, so it can be shared."),
            )
        elif saved.merged:
            document.banner.show_words(
                _("Your changes were saved together with them."),
                _("Other parts of the file had been changed by another program."),
            )
        else:
            document.banner.close_quietly()

    def _refuse(self, document: Document, error: WorkbenchError) -> None:
        if document in self._tabs.documents():
            document.banner.show_error(error)

    def _ask_which(self, document: Document, conflict: Conflict) -> None:
        ask_which(
            document,
            conflict,
            keep_mine=partial(self._keep_mine, document, conflict),
            take_theirs=partial(self._take_theirs, document, conflict),
            window=self._window,
        )

    def _keep_mine(self, document: Document, conflict: Conflict) -> None:
        draft, headers = document.draft(), self._kept_headers.pop(document, ())
        written, failed = partial(self._written, document, draft, headers), partial(self._refuse, document)
        self._bridge.save(conflict.location, draft, conflict.stamp, conflict.theirs, written, failed, headers=headers)

    def _take_theirs(self, document: Document, conflict: Conflict) -> None:
        document.show_draft(conflict.theirs)
        self._tabs.mark_saved(document, conflict.theirs, conflict.location, conflict.stamp)

    def _follow(self, library: Library) -> None:
        self._asking.show_library(library)
        for document in self._tabs.documents():
            self._look_for_lost(document, library)
            if document.origin is None or document.origin.item is None:
                continue
            root = library.root(document.origin.collection)
            if root is not None and root.tree is not None and not library.has(document.origin):
                # The tree may be older than what was just saved or moved: only the file itself tells.
                self._bridge.load(
                    document.origin,
                    partial(self._compare, document),
                    partial(self._lose, document, document.origin),
                )

    def _is_at(self, document: Document, origin: DraftLocation) -> bool:
        return document in self._tabs.documents() and document.origin == origin

    def _lose(self, document: Document, origin: DraftLocation, error: WorkbenchError) -> None:
        if (
            document not in self._tabs.documents()
            or document.origin != origin
            or origin.item is None
            or self._bridge.ordering
        ):
            return  # after an order the tree is read anew, and this is looked at again
        if isinstance(error, BrokenFile):
            document.banner.show_error(error)
            return
        if document.stamp is not None:
            given_up = partial(self._find, document, origin)
            self._bridge.find_same(
                origin.collection, self._news - {origin.collection / origin.item}, document.stamp, given_up
            )
        else:
            self._give_up(document, origin)

    def _find(self, document: Document, origin: DraftLocation, found: DraftLocation | None) -> None:
        if not self._is_at(document, origin) or self._bridge.ordering:
            return
        taken = [other.origin for other in self._tabs.documents()]
        if found is None or found in taken:
            self._give_up(document, origin)
            return
        document.origin = found
        document.refresh_surroundings()

    def _give_up(self, document: Document, origin: DraftLocation) -> None:
        self._lost[document] = _Lost(origin, document.stamp, document.saved)
        document.origin, document.stamp = DraftLocation(origin.collection), None
        document.show_draft(document.draft(), saved=Draft(name=document.saved.name))
        document.banner.show_words(
            _("The file of this request no longer exists."),
            _("Another program renamed or removed it. The request stays open here; save it to keep it."),
        )

    def _look_for_lost(self, document: Document, library: Library) -> None:
        """A file that was given up may be there again, as when git changes from one branch to another and back."""
        lost = self._lost.get(document)
        if lost is None:
            return
        if document.origin != DraftLocation(lost.origin.collection):
            del self._lost[document]  # saved elsewhere meanwhile
        elif library.has(lost.origin) and all(other.origin != lost.origin for other in self._tabs.documents()):
            self._bridge.load(lost.origin, partial(self._take_up, document), partial(self._refuse_changed, document))

    def _take_up(self, document: Document, opening: Opening) -> None:
        lost = self._lost.pop(document, None)
        if lost is None or not self._is_at(document, DraftLocation(lost.origin.collection)):
            return
        document.origin, document.stamp = lost.origin, lost.stamp
        document.show_draft(document.draft(), saved=lost.saved)
        document.banner.close_quietly()
        document.refresh_surroundings()
        self._compare(document, opening)

    def _look_again(self, paths: frozenset[Path]) -> None:
        self._news = paths
        for document in self._tabs.documents():
            origin = document.origin
            if origin is not None and origin.item is not None and paths & _files(origin):
                self._read_again(document)
        self._tabs.refresh_surroundings()

    def _read_again(self, document: Document) -> None:
        if document.origin is not None and document.origin.item is not None:
            self._bridge.load(
                document.origin, partial(self._compare, document), partial(self._refuse_changed, document)
            )

    def _refuse_changed(self, document: Document, error: WorkbenchError) -> None:
        if document not in self._tabs.documents() or document.origin is None or document.origin.item is None:
            return
        if isinstance(error, BrokenFile):
            document.banner.show_error(error)
        else:
            self._bridge.refresh()  # a file that is gone is missed there

    def _learn(self, document: Document, opening: Opening) -> None:
        """What was closed is compared with its file again, of which nothing is known after a new start."""
        if document in self._tabs.documents() and document.stamp == opening.stamp:
            document.show_draft(document.draft(), saved=opening.draft)
        else:
            self._compare(document, opening)

    def _compare(self, document: Document, opening: Opening) -> None:
        if not self._is_at(document, opening.location):
            return
        if document.stamp == opening.stamp:
            forget_conflict(document)  # it was, and is no more
            return
        mine = document.draft()
        if not document.unsaved() or opening.draft == mine:
            document.show_draft(opening.draft)
            self._tabs.mark_saved(document, opening.draft, opening.location, opening.stamp)
            return
        merged = merge(document.saved, mine, opening.draft)
        if isinstance(merged, Conflicts):
            self._ask_which(document, Conflict(opening.location, opening.draft, opening.stamp, merged.fields))
            return
        forget_conflict(document)
        document.stamp = opening.stamp
        document.show_draft(merged, saved=opening.draft)
        document.banner.show_words(
            _("Changes to the file by another program were loaded."), _("Your own changes are not saved yet.")
        )


def _files(origin: DraftLocation) -> frozenset[Path]:
    """What tells that a request may have changed: its file, and the collection's folder, which was away."""
    return frozenset({origin.collection, origin.collection / (origin.item or Path())})


def _after(origin: DraftLocation, before: DraftLocation, after: DraftLocation) -> DraftLocation | None:
    """Where the request at ``origin`` is when ``before`` is ``after`` now; None when it did not lie in there."""
    if origin.collection != before.collection or origin.item is None or before.item is None or after.item is None:
        return None
    if origin.item == before.item:
        return DraftLocation(after.collection, after.item)
    if before.item in origin.item.parents:
        return DraftLocation(after.collection, after.item / origin.item.relative_to(before.item))
    return None
