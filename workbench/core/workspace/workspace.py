"""``Workspace``: what belongs together on a desk — collections, environments, secrets, cookies — and sends drafts."""

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from workbench.core.agreement import Agreements, Want
from workbench.core.auth import Browser, Tokens
from workbench.core.cancelling import CancelScope
from workbench.core.collection.location import DraftLocation
from workbench.core.cookies import Jar
from workbench.core.draft import Draft, Environment
from workbench.core.errors import KeyringUnavailable, StorageError, WorkbenchError
from workbench.core.exchange import Exchange, Progress
from workbench.core.request import Request
from workbench.core.session import Session
from workbench.core.storage import Home, Passwords
from workbench.core.variables import Scope
from workbench.core.workspace import registry, sealing
from workbench.core.workspace.gate import Consent, Gate
from workbench.core.workspace.lock import Lock
from workbench.core.workspace.scoping import Surroundings, surroundings
from workbench.core.workspace.secrets import Secrets
from workbench.core.workspace.sending import Journal, Sender
from workbench.core.workspace.shelf import Opened, Shelf, absolute
from workbench.core.workspace.vault import Vault

if TYPE_CHECKING:
    from workbench.core.collection import Collection as Requests

COOKIES = "cookies.json"
_FALLBACK = Request()
_NO_CONSENT = Consent()
_NO_PROCESS: Mapping[str, str] = MappingProxyType({})


class Workspace:
    """A workspace that this process has open, and no other has (``open``), or looks into (``visit``).

    Its ``folder`` is for whatever belongs to it: ``workspace.json``, ``cookies.json``, and what others put there.
    Everything blocks but ``send``, and may be used from any thread.
    """

    def __init__(
        self,
        home: Home,
        session: Session,
        keyring: Passwords,
        workspace: str,
        *,
        lock: Lock | None,
        browser: Browser | None = None,
        process: Mapping[str, str] = _NO_PROCESS,
        journal: Callable[[Path], Journal] | None = None,
    ) -> None:
        """Meant for ``open``, which holds ``lock``, and for ``visit``, which has none."""
        self.folder = home.workspaces / workspace
        self.id = workspace
        self._home = home
        self._lock = lock
        self._process = process
        self._shelf = Shelf(self.folder, write=lock is not None)
        self._secrets = Secrets(self.id, keyring)
        self._vault = Vault(self._shelf, self._secrets)
        self.cookies = Jar.load(self.folder / COOKIES) if lock is not None else Jar.copy(self.folder / COOKIES)
        self._unkept: StorageError | None = None
        self._agreements = Agreements(home)
        self._gate = Gate(self._agreements, self.cookies, process, self.folder)
        self._sender = Sender(session, self.cookies, Tokens(browser), self._begin(journal))

    @classmethod
    def open(
        cls,
        home: Home,
        session: Session,
        keyring: Passwords,
        *,
        workspace: str = registry.DEFAULT,
        browser: Browser | None = None,
        process: Mapping[str, str] = _NO_PROCESS,
        journal: Callable[[Path], Journal] | None = None,
    ) -> "Workspace":
        """Open the workspace whose id is ``workspace``; the default one is made when it is not there.

        ``browser`` opens a URL for the person, where an authorization needs it. ``process`` is what
        ``{{process.env.NAME}}`` may read. ``journal`` makes the history that lies in the workspace's folder.
        Raises ``WorkspaceBusy`` and tells who has it, ``StorageError``.
        """
        folder = home.workspaces / workspace
        if workspace == registry.DEFAULT:
            registry.make(home, workspace, registry.default_name())
        lock = Lock(folder / registry.LOCK)
        lock.take()
        try:
            return cls(home, session, keyring, workspace, lock=lock, browser=browser, process=process, journal=journal)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def visit(
        cls,
        home: Home,
        session: Session,
        keyring: Passwords,
        *,
        workspace: str = registry.DEFAULT,
        browser: Browser | None = None,
        process: Mapping[str, str] = _NO_PROCESS,
    ) -> "Workspace":
        """Look into a workspace that another process may have open, as a script does beside a window.

        Secrets are read where that one keeps them. Cookies begin as they are kept. What changes lasts as long
        as this object, and nothing in the workspace's folder is written. Raises ``StorageError``.
        """
        return cls(home, session, keyring, workspace, lock=None, browser=browser, process=process)

    def close(self) -> None:
        """Save the cookies, forget tokens and secrets, close the history, and let others have it."""
        try:
            self.cookies.save()
        finally:
            self._sender.tokens.forget()
            self._secrets.forget()
            if self.journal is not None:
                self.journal.close()
            if self._lock is not None:
                self._lock.release()

    @property
    def name(self) -> str:
        """What people call it."""
        return self._shelf.record.name

    def rename(self, name: str) -> None:
        """Call it something else. Raises ``InvalidInput`` for a name that is taken or cannot be, ``StorageError``."""
        self._shelf.rename(registry.check_free(self._home, self.id, name))

    @property
    def journal(self) -> Journal | None:
        """The history that ``open`` was given, None without one; it is closed with the workspace."""
        return self._sender.journal

    @property
    def tokens(self) -> Tokens:
        """Access tokens fetched so far: to be forgotten when the person wants to sign in anew."""
        return self._sender.tokens

    @property
    def problems(self) -> tuple[StorageError, ...]:
        """What could not be read when it was opened and is done without: cookies, history."""
        return tuple(one for one in (self.cookies.problem, self._unkept) if one is not None)

    # Collections

    def opened(self) -> tuple[Opened, ...]:
        """The open collections in the person's order, with their chosen environments; broken ones with their error."""
        return self._shelf.opened()

    @contextlib.contextmanager
    def reading(self, folder: Path) -> Iterator[None]:
        """Read all of an open collection within: where that hangs or crashes, the next start does not do it again."""
        with self._shelf.attempts.during(folder):
            yield
        self._shelf.attempts.survived(folder)

    def remembered(self) -> tuple[Path, ...]:
        """Folders of collections that were open once and are not now, the last one first."""
        return self._shelf.remembered()

    def collection(self, folder: Path) -> "Requests":
        """The open collection in ``folder``. Raises ``InvalidInput`` when it is not open, ``WorkbenchError``."""
        return self._shelf.collection(folder)

    def open_collection(self, folder: Path) -> "Requests":
        """Open the collection in ``folder``, or give it again. Raises ``WorkbenchError``."""
        return self._shelf.open(folder)

    def new_collection(self, folder: Path, name: str) -> "Requests":
        """Make an empty collection in ``folder`` and open it. Raises ``WorkbenchError``."""
        from workbench.core.collection import Collection as Requests

        made = Requests.create(absolute(folder), name)
        self._agreements.add_made(made.root)
        return self._shelf.open(folder)

    def clone_collection(self, source: Path, target: Path, name: str) -> "Requests":
        """Copy the open collection in ``source`` to ``target`` and open the copy, called ``name``.

        Secrets are not copied: they belong to the one that they were given to. The copy of a restricted one is
        restricted, and agreements are not copied either. Raises ``WorkbenchError``.
        """
        copy = self._shelf.collection(source).clone(target, name)
        if not self.restricted(source):
            self._agreements.add_made(copy.root)
        return self._shelf.open(target)

    def close_collection(self, folder: Path) -> None:
        """Close it. Nothing is deleted; opened again, it finds its environment and secrets."""
        self._shelf.close(folder)

    def restricted(self, folder: Path) -> bool:
        """Whether the collection was not made here and may use only what was agreed to. Raises ``StorageError``."""
        return self._agreements.restricted(absolute(folder))

    def note_copied(self, source: Path, target: Path) -> None:
        """Requests of ``source`` come into ``target``: if that one is restricted, so is this one from now on.

        Raises ``StorageError``.
        """
        if self.restricted(source) and not self.restricted(target):
            self._agreements.add_foreign(absolute(target))

    def agreed(self, folder: Path) -> tuple[Want, ...]:
        """What the collection may use because the person agreed to it. Raises ``StorageError``."""
        return self._agreements.agreed(absolute(folder))

    def agree(self, folder: Path, wants: Collection[Want]) -> None:
        """The collection may use ``wants`` from now on, in every workspace. Raises ``StorageError``."""
        self._agreements.agree(absolute(folder), wants)

    def revoke(self, folder: Path, wants: Collection[Want]) -> None:
        """The collection may not use ``wants`` any more. Raises ``StorageError``."""
        self._agreements.revoke(absolute(folder), wants)

    # Environments and secrets

    def environments(self, collection: Path) -> tuple[Environment, ...]:
        """The environments of an open collection. Raises ``WorkbenchError``."""
        return self._shelf.collection(collection).environments()

    def chosen_environment(self, collection: Path) -> str | None:
        """The name of the environment in force, None for none."""
        return self._shelf.membership(collection).environment

    def choose_environment(self, collection: Path, name: str | None) -> None:
        """Use the environment ``name`` from now on; None uses none."""
        self._shelf.choose(collection, name)

    def environment_renamed(self, collection: Path, old: str, new: str) -> None:
        """The environment's file has been renamed: the choice and the secrets go with it."""
        self._shelf.rename_environment(collection, old, new)

    def secret(self, collection: Path | None, environment: str | None, variable: str) -> str | None:
        """The value, None when this computer has none. Raises ``KeyringUnavailable``.

        ``environment`` None means: of the collection's drafts in whatever environment; ``collection`` None as well:
        of drafts that belong to no collection. So it is with the next four.
        """
        return self._vault.read(collection, environment, variable)

    def secret_names(self, collection: Path | None, environment: str | None) -> tuple[str, ...]:
        """The variables whose values are kept on this computer. Asks no keyring."""
        return self._vault.names(collection, environment)

    def set_secret(self, collection: Path | None, environment: str | None, variable: str, value: str) -> None:
        """Keep a secret variable's value in the keyring. Raises ``KeyringUnavailable`` with nothing changed."""
        self._vault.keep(collection, environment, {variable: value})

    def remove_secret(self, collection: Path | None, environment: str | None, variable: str) -> None:
        """Forget a secret variable's value. Raises ``KeyringUnavailable`` with nothing changed."""
        self._vault.remove(collection, environment, variable)

    def remove_secrets(self, collection: Path | None, environment: str | None) -> None:
        """Forget all of an environment that is no more. Raises ``KeyringUnavailable``."""
        self._vault.clear(collection, environment)

    # Drafts

    def scope(self, draft: Draft, location: DraftLocation | None) -> Scope:
        """The variables that ``draft`` sees; secrets that the keyring does not give are marked as missing."""
        return self._surroundings(draft, location).scope

    def seal(self, draft: Draft, location: DraftLocation | None, headers: Collection[str] = ()) -> Draft:
        """``draft`` as it may be written to a file: secrets typed into it become variables kept in the keyring.

        They become secret variables of the chosen environment, and where none is chosen of the collection on
        this computer. Header fields are treated so when ``headers`` names them (``telltale_headers`` are worth
        offering). What stands in the file already stays. Raises ``KeyringUnavailable`` with nothing changed.
        """
        saved = self._saved(location)
        found = sealing.secrets_of(draft, saved, headers)
        if not found:
            return draft
        scope = self.scope(draft, location)
        try:
            given = self._vault.keep_found(found, location.collection if location is not None else None, scope)
        except KeyringUnavailable as error:
            raise sealing.unkept(error) from error
        return sealing.seal(draft, given.get, headers)

    async def send(
        self,
        draft: Draft,
        location: DraftLocation | None,
        *,
        fallback: Request = _FALLBACK,
        keep_body: bool = True,
        remember: bool = True,
        progress: Callable[[Progress], None] | None = None,
        consent: Consent = _NO_CONSENT,
        scope: CancelScope | None = None,
    ) -> Exchange:
        """Send ``draft`` with its variables, authorization and cookies, and remember what became of it.

        ``fallback`` says what nobody chose (the person's preferences). Never raises for what goes wrong on the
        way, not even before: that is the exchange's ``failure``. A draft tagged ``sensitive`` leaves its bodies out
        of the history, whatever ``keep_body`` says; ``remember`` False leaves all of it out, for what the program
        asks for itself. What a restricted collection wants and neither ``consent`` nor an earlier agreement allows
        ends in the failure ``not-agreed``, which lists it in ``wants`` too. ``scope`` is for cancelling it on purpose,
        as in ``Session.send``.
        """
        return await self._sender.send(
            draft,
            location,
            lambda: self._guarded_surroundings(draft, location),
            lambda around: self._gate.clear(draft, location, around, fallback, consent),
            fallback,
            keep_body=keep_body,
            remember=remember,
            progress=progress,
            scope=scope or CancelScope(),
        )

    def _begin(self, journal: Callable[[Path], Journal] | None) -> Journal | None:
        try:
            return journal(self.folder) if journal is not None else None
        except StorageError as error:  # a workspace without a history is better than none
            self._unkept = error
            return None

    def _surroundings(self, draft: Draft, location: DraftLocation | None) -> Surroundings:
        return surroundings(draft, location, self._shelf, self._secrets, self._process)

    def _guarded_surroundings(self, draft: Draft, location: DraftLocation | None) -> Surroundings:
        if location is None or not self.restricted(location.collection):
            return self._surroundings(draft, location)
        around = surroundings(draft, location, self._shelf, self._secrets, _NO_PROCESS)
        return replace(around, restricted=True)

    def _saved(self, location: DraftLocation | None) -> Draft | None:
        if location is None or location.item is None:
            return None
        try:
            return self._shelf.collection(location.collection).load(location.item).draft
        except WorkbenchError:  # gone or broken: nothing that it may hold already
            return None
