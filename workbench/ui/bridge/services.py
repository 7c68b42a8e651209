"""The worker's side of the bridge: storage, session, workspace and lab. Everything here may block."""

import asyncio
import contextlib
import os
import threading
import time
import webbrowser
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import workbench.core.doctor.sentence  # noqa: F401 - loaded here, so that the first exchange is painted at once
from workbench.core.collection.location import DraftLocation
from workbench.core.content.work import Work
from workbench.core.cookies.editor import CookieEditor
from workbench.core.errors import (
    InvalidInput,
    StorageError,
)
from workbench.core.files.spool import sweep
from workbench.core.formats import Imported, Wanted, import_sources, load_source
from workbench.core.history import History, Limits
from workbench.core.history.queries import HistoryQueries
from workbench.core.i18n import _
from workbench.core.preferences import Preferences
from workbench.core.session import Session
from workbench.core.storage import Home, IdentityStore, Keyring, PasswordKept, TrustLibrary
from workbench.core.storage.available import AvailableBundles, AvailableIdentities
from workbench.core.storage.drafts import Drafts
from workbench.core.workspace import DEFAULT, Workspace, tree_state
from workbench.core.workspace.collection_editor import CollectionEditor
from workbench.core.workspace.environment_files import EnvironmentFiles
from workbench.core.workspace.saved_requests import SavedRequests
from workbench.core.workspace.tree_state import TreeState
from workbench.ui.bridge.lab import WindowLab
from workbench.ui.lasting import lasting
from workbench.ui.models.library_lines import Library, LibraryLine, lines_of

_HISTORY, _DRAFTS, _TREE = "history.sqlite", "drafts.json", "look.json"
_PREFERENCES = Preferences()


class Services:
    """What a window works with, made when it is first asked for. Everything blocks but ``session`` and ``close``."""

    def __init__(self, workspace: str = DEFAULT, preferences: Preferences = _PREFERENCES) -> None:
        self._preferences = preferences
        self._home, self._keyring, self._id = Home.default(), Keyring(), workspace
        self.identities = AvailableIdentities(IdentityStore(self._home, self._keyring))
        self.bundles = AvailableBundles(TrustLibrary(self._home))
        self.session = Session(self.identities, self.bundles)
        self.lab = WindowLab(self.identities, self.bundles)
        sweep()
        self._opening = threading.Lock()
        self._workspace: Workspace | None = None
        self._editor: CollectionEditor | None = None
        self._drafts: Drafts | None = None
        self._lines: tuple[LibraryLine, ...] = ()

    @property
    def workspace(self) -> Workspace:
        """The workspace, opened when it is first asked for. Raises ``WorkspaceBusy``, ``StorageError``."""
        with self._opening:
            if self._workspace is None:
                self._workspace = Workspace.open(
                    self._home,
                    self.session,
                    self._keyring,
                    workspace=self._id,
                    browser=_browse,
                    process=os.environ,
                    journal=self._open_history,
                )
            return self._workspace

    def environment(self, location: DraftLocation | None) -> str | None:
        """The environment that the person chose for what lies at ``location``, None for none."""
        if location is None:
            return None
        try:
            return self.workspace.collections.chosen_environment(location.collection)
        except InvalidInput:  # not open; whoever sends or reads it is told so
            return None

    def prefer(self, preferences: Preferences) -> None:
        """Keep no more history than is preferred from now on. Raises ``StorageError``."""
        self._preferences = preferences
        if isinstance(journal := self.workspace.journal, History):
            journal.keep_within(_limits(preferences))

    def _open_history(self, folder: Path) -> History:
        return History.open(folder / _HISTORY, _limits(self._preferences))

    @property
    def editor(self) -> CollectionEditor:
        """What changes its collections."""
        workspace = self.workspace
        with self._opening:
            if self._editor is None:
                self._editor = CollectionEditor(workspace)
            return self._editor

    def library(self, work: Work | None = None, *, by_name: bool) -> Library:
        """All collections as they are on the disk now, and the lines to be shown of them. ``work`` may be stopped."""
        began = time.time_ns()
        with lasting():
            states = self.editor.states(work)
            self._lines = lines_of(states, self._lines, by_name=by_name)
        return Library(states, self._lines, self.workspace.collections.remembered(), by_name, began)

    @property
    def requests(self) -> SavedRequests:
        """The requests in them."""
        return SavedRequests(self.workspace)

    @property
    def environments(self) -> EnvironmentFiles:
        """The environments in them."""
        return EnvironmentFiles(self.workspace)

    def tree(self) -> TreeState:
        """How the tree of the collections was shown when that was last kept."""
        return tree_state.read(self.workspace.folder / _TREE)

    def keep_tree(self, state: TreeState) -> None:
        """Keep how it is shown."""
        tree_state.write(self.workspace.folder / _TREE, state)

    @property
    def history(self) -> HistoryQueries:
        """Its history. Raises ``StorageError`` when that could not be opened."""
        journal = self.workspace.journal
        if not isinstance(journal, History):
            raise StorageError(
                _("This workspace has no history."),
                hint=_(
                    "The file could not be opened; what you send is not recorded until the program is started again."
                ),
            )
        return HistoryQueries(journal)

    @property
    def cookies(self) -> CookieEditor:
        """Its cookies."""
        return CookieEditor(self.workspace.cookies)

    @property
    def drafts(self) -> Drafts:
        """Where what is open in the window is kept."""
        workspace = self.workspace
        with self._opening:
            if self._drafts is None:
                self._drafts = Drafts(workspace.folder / _DRAFTS)
            return self._drafts

    def read(self, paths: Sequence[Path], password: str | None, *, trust: bool) -> Imported:
        """What the files hold together. Raises ``WorkbenchError``, ``PasswordNeeded`` among them."""
        wanted = Wanted.AUTHORITIES if trust else Wanted.ANYTHING
        return import_sources([load_source(path) for path in paths], password, wanted)

    def store(self, found: Imported, name: str, password: str | None, *, ask: bool) -> str:
        """Keep what was found under ``name``; ``password`` protects the private key."""
        if found.identity is None:
            self.bundles.add(name, found.authorities)
        else:
            kept = PasswordKept.ASK if ask else PasswordKept.KEYRING
            self.identities.add(replace(found.identity.identity, name=name), password, kept)
        return name

    def tidy(self) -> None:
        """Remove what a window that was killed had removed, or had not stored whole."""
        self.identities.tidy()
        self.bundles.tidy()

    def forget_removed(self) -> None:
        """Nobody takes back any more what was removed."""
        self.identities.forget()
        self.bundles.forget()

    async def close(self) -> None:
        """Close connections and stop the lab; what was removed is gone for good."""
        await self.session.aclose()
        await asyncio.to_thread(self.lab.stop)
        with contextlib.suppress(StorageError):  # the next start tries again
            await asyncio.to_thread(self.forget_removed)
        if self._workspace is not None:
            await asyncio.to_thread(self._workspace.close)


def _browse(url: str) -> None:
    webbrowser.open(url)


def _limits(preferences: Preferences) -> Limits:
    return Limits(size=preferences.history_size * 1_000_000, days=preferences.history_days)
