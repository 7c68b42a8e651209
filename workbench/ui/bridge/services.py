"""The worker's side of the bridge: storage, session, workspace and lab. Everything here may block."""

import asyncio
import contextlib
import os
import threading
import webbrowser
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import workbench.core.doctor.sentence  # noqa: F401 - loaded here, so that the first exchange is painted at once
from workbench.core.errors import (
    IdentityError,
    InvalidInput,
    KeyMismatch,
    KeyringUnavailable,
    PasswordNeeded,
    StorageError,
    TrustError,
    WorkbenchError,
    WrongPassword,
)
from workbench.core.formats import load_source, read_bundle, read_identity
from workbench.core.history import History, Limits
from workbench.core.http.spool import sweep
from workbench.core.i18n import _
from workbench.core.preferences import Preferences
from workbench.core.session import Session
from workbench.core.storage import Home, IdentityStore, Keyring, PasswordKept, TrustLibrary, names
from workbench.core.storage.drafts import Drafts
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.identity import Identity
from workbench.core.tls.trust import MOZILLA, SYSTEM, Bundle, TrustStore
from workbench.core.workspace import DEFAULT, Workspace
from workbench.lab import Lab
from workbench.lab.identities import is_from_a_lab
from workbench.ui.models.found import Found, LabState
from workbench.ui.models.stock import BundleRow, IdentityRow, Kept, Removed
from workbench.ui.rooms.cookies import CookieRoom
from workbench.ui.rooms.history import HistoryRoom
from workbench.ui.rooms.library import LibraryRoom

_HISTORY, _DRAFTS = "history.sqlite", "drafts.json"
_T = TypeVar("_T")
_PREFERENCES = Preferences()


def _named(memory: Mapping[str, _T], name: str) -> _T | None:
    """What is held under a name that counts as the same: stored ones are found whatever the case too."""
    return next((held for known, held in memory.items() if names.key(known) == names.key(name)), None)


class Identities:
    """Stored identities and those held in memory: what the session opens by name."""

    def __init__(self, store: IdentityStore) -> None:
        self._store = store
        self.memory: dict[str, Identity] = {}
        self._aside: list[Removed] = []

    def open(self, name: str) -> Identity:
        """The identity called ``name``. Raises ``IdentityError`` or ``KeyringUnavailable``."""
        held = _named(self.memory, name)
        return held if held is not None else self._store.open(name)

    def rows(self) -> tuple[IdentityRow, ...]:
        """All of them, by name."""
        kept = {PasswordKept.KEYRING: Kept.KEYRING, PasswordKept.ASK: Kept.ASK}
        stored = [IdentityRow(item.name, item.chain, kept[item.password]) for item in self._store.list()]
        held = [IdentityRow(name, identity.chain, Kept.MEMORY) for name, identity in self.memory.items()]
        shadowed = {names.key(row.name) for row in held}
        rows = (*held, *(row for row in stored if names.key(row.name) not in shadowed))
        return tuple(sorted(rows, key=lambda row: names.key(row.name)))

    def unreadable(self) -> tuple[WorkbenchError, ...]:
        """What is wrong with stored identities that cannot be read."""
        return self._store.unreadable()

    def unlock(self, name: str, password: str) -> None:
        """Check and remember a password. Raises ``WrongPassword``."""
        self._store.unlock(name, password)

    def set_password(self, name: str, old: str | None, new: str | None, *, ask: bool) -> None:
        """Encrypt the key anew. Raises ``WrongPassword``, ``PasswordNeeded``, ``KeyringUnavailable``."""
        self._store.set_password(name, old=old, new=new, keep=PasswordKept.ASK if ask else PasswordKept.KEYRING)

    def rename(self, name: str, new: str) -> None:
        """Call it something else."""
        if name not in self.memory:
            self._store.rename(name, new)
            return
        new = names.checked(new)
        if any(names.key(row.name) == names.key(new) for row in self.rows() if row.name != name):
            raise InvalidInput(
                _("There is already an identity called “{name}”.").format(name=new), hint=_("Choose another name.")
            )
        self.memory[new] = replace(self.memory.pop(name), name=new)

    def remove(self, name: str) -> Removed:
        """Remove it with its key, so that it can be taken back until ``forget``."""
        held = self.memory.pop(name, None)
        if held is not None:
            return Removed(name, held=held)
        removed = Removed(name, self._store.set_aside(name))
        self._aside.append(removed)
        return removed

    def take_back(self, removed: Removed) -> str:
        """Bring it back; answers its name, which is another one when that is taken by now."""
        if isinstance(removed.held, Identity):
            name = names.free(removed.name, {names.key(row.name) for row in self.rows()})
            self.memory[name] = replace(removed.held, name=name)
            return name
        self._aside.remove(removed)
        return self._store.take_back(removed.id).name

    def tidy(self) -> None:
        """Delete what was removed long ago, by a window that was killed."""
        self._store.tidy()

    def forget(self) -> None:
        """Delete all that was removed, with its keys and passwords."""
        while self._aside:
            self._store.forget(self._aside.pop().id)

    def find(self, name: str) -> IdentityRow | None:
        """The row of ``name``, or None."""
        return next((row for row in self.rows() if row.name == name), None)

    def add(self, identity: Identity, password: str | None, kept: PasswordKept, *, renewed: bool = False) -> None:
        """Store it. Raises ``KeyringUnavailable`` and, unless ``renewed``, ``InvalidInput`` when the name is taken."""
        self._store.add(identity, password=password, keep=kept, replace=renewed)


class Trust:
    """Stored bundles, the built-in ones, and those held in memory: what the session opens by name."""

    def __init__(self, library: TrustLibrary) -> None:
        self._library = library
        self.memory: dict[str, Bundle] = {}
        self._aside: list[Removed] = []

    def open(self, wanted: Sequence[str]) -> TrustStore:
        """The bundles called ``wanted``, in that order. Raises ``TrustError``."""
        bundles: list[Bundle] = []
        for name in wanted:
            held = _named(self.memory, name)
            bundles += [held] if held is not None else self._library.open([name]).bundles
        return TrustStore(tuple(bundles))

    def rows(self) -> tuple[BundleRow, ...]:
        """All of them: held, stored, built in. A built-in one that this system lacks is left out."""
        held = [BundleRow(name, bundle.certificates, in_memory=True) for name, bundle in self.memory.items()]
        stored = [BundleRow(b.name, b.certificates) for b in self._library.list() if not _named(self.memory, b.name)]
        return (*held, *stored, *self._built_in())

    def rename(self, name: str, new: str) -> None:
        """Call it something else."""
        self._library.rename(name, new)

    def remove(self, name: str) -> Removed:
        """Remove it, so that it can be taken back until ``forget``."""
        held = self.memory.pop(name, None)
        if held is not None:
            return Removed(name, held=held)
        removed = Removed(name, self._library.set_aside(name))
        self._aside.append(removed)
        return removed

    def take_back(self, removed: Removed) -> str:
        """Bring it back; answers its name, which is another one when that is taken by now."""
        if isinstance(removed.held, Bundle):
            name = names.free(removed.name, {names.key(row.name) for row in self.rows()})
            self.memory[name] = replace(removed.held, name=name)
            return name
        self._aside.remove(removed)
        return self._library.take_back(removed.id).name

    def tidy(self) -> None:
        """Delete what was removed long ago, by a window that was killed."""
        self._library.tidy()

    def forget(self) -> None:
        """Delete all that was removed."""
        while self._aside:
            self._library.forget(self._aside.pop().id)

    def add(self, name: str, certificates: Sequence[Certificate], *, renewed: bool = False) -> None:
        """Store it. Raises ``TrustError`` when the name is taken, unless ``renewed``."""
        self._library.add(name, certificates, replace=renewed)

    def _built_in(self) -> list[BundleRow]:
        rows = []
        for name in (SYSTEM, MOZILLA):
            try:
                rows.append(BundleRow(name, self._library.builtin(name).certificates, built_in=True))
            except TrustError:
                continue
        return rows


class Services:
    """Everything that the window can have done. Blocking, but for ``session`` and ``close``."""

    def __init__(self, workspace: str = DEFAULT, preferences: Preferences = _PREFERENCES) -> None:
        self._preferences = preferences
        self._home, self._keyring, self._id = Home.default(), Keyring(), workspace
        self.identities = Identities(IdentityStore(self._home, self._keyring))
        self.trust = Trust(TrustLibrary(self._home))
        self.session = Session(self.identities, self.trust)
        sweep()
        self._opening, self._switching = threading.Lock(), threading.Lock()
        self._workspace: Workspace | None = None
        self._library: LibraryRoom | None = None
        self._drafts: Drafts | None = None
        self._lab: Lab | None = None
        self._lab_state = LabState()

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

    def prefer(self, preferences: Preferences) -> None:
        """Keep no more history than is preferred from now on. Raises ``StorageError``."""
        self._preferences = preferences
        if isinstance(journal := self.workspace.journal, History):
            journal.keep_within(_limits(preferences))

    def _open_history(self, folder: Path) -> History:
        return History.open(folder / _HISTORY, _limits(self._preferences))

    @property
    def library(self) -> LibraryRoom:
        """Its collections."""
        workspace = self.workspace
        with self._opening:
            if self._library is None:
                self._library = LibraryRoom(workspace)
            return self._library

    @property
    def history(self) -> HistoryRoom:
        """Its history. Raises ``StorageError`` when that could not be opened."""
        journal = self.workspace.journal
        if not isinstance(journal, History):
            raise StorageError(
                _("This workspace has no history."),
                hint=_("The file could not be opened; what is sent is not remembered until the program starts anew."),
            )
        return HistoryRoom(journal)

    @property
    def cookies(self) -> CookieRoom:
        """Its cookies."""
        return CookieRoom(self.workspace.cookies)

    @property
    def drafts(self) -> Drafts:
        """Where what is open in the window is kept."""
        workspace = self.workspace
        with self._opening:
            if self._drafts is None:
                self._drafts = Drafts(workspace.folder / _DRAFTS)
            return self._drafts

    def read(self, paths: Sequence[Path], password: str | None, *, trust: bool) -> Found:
        """What the files hold together. Raises ``WorkbenchError``, ``PasswordNeeded`` among them."""
        sources = [load_source(path) for path in paths]
        stem = paths[0].stem
        if trust:
            authorities = [c for source in sources for c in read_bundle(source, password)]
            return Found(stem, authorities=tuple(dict.fromkeys(authorities)))
        try:
            identity = read_identity(sources, password)
        except (PasswordNeeded, WrongPassword, KeyMismatch):
            raise
        except IdentityError as error:
            try:
                found = self.read(paths, password, trust=True)
            except WorkbenchError:
                raise error from None  # the first answer says what an identity lacks
            if not any(certificate.is_ca for certificate in found.authorities):
                raise error from None  # somebody's certificate without its key
            return found
        return Found(identity.identity.name or stem, identity=identity)

    def store(self, found: Found, name: str, password: str | None, *, ask: bool) -> str:
        """Keep what was found under ``name``; ``password`` protects the private key."""
        if found.identity is None:
            self.trust.add(name, found.authorities)
        else:
            kept = PasswordKept.ASK if ask else PasswordKept.KEYRING
            self.identities.add(replace(found.identity.identity, name=name), password, kept)
        return name

    def start_lab(self) -> LabState:
        """Start the lab, unless it is on, and put its identity alice and its authority within reach."""
        with self._switching:
            if self._lab is None:
                lab = Lab.start()
                try:
                    self._lab_state = self._install(lab)
                except BaseException:
                    lab.stop()
                    raise
                self._lab = lab
            return self._lab_state

    def stop_lab(self) -> LabState:
        """Stop it. What was stored stays; what was in memory for it leaves, since its authority is gone."""
        with self._switching:
            lab, self._lab, self._lab_state = self._lab, None, LabState()
            if lab is not None:
                lab.stop()
                lent = {identity.certificate for identity in lab.identities.values()}
                held = self.identities.memory
                for name in [name for name, identity in held.items() if identity.certificate in lent]:
                    del held[name]
            return self._lab_state

    def tidy(self) -> None:
        """Remove what a window that was killed had removed, or had not stored whole."""
        self.identities.tidy()
        self.trust.tidy()

    def forget_removed(self) -> None:
        """Nobody takes back any more what was removed."""
        self.identities.forget()
        self.trust.forget()

    async def close(self) -> None:
        """Close connections and stop the lab; what was removed is gone for good."""
        await self.session.aclose()
        await asyncio.to_thread(self.stop_lab)
        with contextlib.suppress(StorageError):  # the next start tries again
            await asyncio.to_thread(self.forget_removed)
        if self._workspace is not None:
            await asyncio.to_thread(self._workspace.close)

    def _install(self, lab: Lab) -> LabState:
        trust = self._install_bundle(lab.bundle)
        identity, in_memory = self._install_identity(lab.identities["alice"])
        self._install_rest(lab)
        return LabState(tuple(lab.urls.items()), identity, trust, in_memory)

    def _install_identity(self, identity: Identity) -> tuple[str, bool]:
        """Its name, and whether it is in memory only."""
        present = self.identities.find(identity.name)
        ours = present is None or is_from_a_lab(present.certificate)
        identity = identity if ours else replace(identity, name=f"lab-{identity.name}")
        try:
            self.identities.add(identity, None, PasswordKept.KEYRING, renewed=True)
        except KeyringUnavailable:
            self.identities.memory[identity.name] = identity
            return identity.name, True
        return identity.name, False

    def _install_rest(self, lab: Lab) -> None:
        # The other identities are for trying what goes wrong: there while the window is, stored nowhere.
        for name, identity in lab.identities.items():
            label = f"lab-{name}"
            if name != "alice":
                self.identities.memory[label] = replace(identity, name=label)

    def _install_bundle(self, bundle: Bundle) -> str:
        present = next((row for row in self.trust.rows() if row.name == bundle.name), None)
        if present is not None and not all(is_from_a_lab(certificate) for certificate in present.certificates):
            self.trust.memory[f"{bundle.name}-ca"] = replace(bundle, name=f"{bundle.name}-ca")
            return f"{bundle.name}-ca"
        self.trust.add(bundle.name, bundle.certificates, renewed=True)
        return bundle.name


def _browse(url: str) -> None:
    webbrowser.open(url)


def _limits(preferences: Preferences) -> Limits:
    return Limits(size=preferences.history_size * 1_000_000, days=preferences.history_days)
