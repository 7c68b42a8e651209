"""``Workspace``: collections, secrets and cookies that belong together, and the drafts that are sent with them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from workbench.core.agreement import Agreements
from workbench.core.auth import Browser, Tokens
from workbench.core.cancelling import CancelScope
from workbench.core.collection.location import DraftLocation
from workbench.core.cookies import Jar
from workbench.core.draft import Draft
from workbench.core.errors import KeyringUnavailable, StorageError, WorkbenchError
from workbench.core.exchange import Exchange, Progress
from workbench.core.request import Request
from workbench.core.session import Session
from workbench.core.storage import Home, Passwords
from workbench.core.variables import Scope
from workbench.core.workspace import registry, secret_extraction
from workbench.core.workspace.gate import Consent, Gate
from workbench.core.workspace.keyring_secrets import KeyringSecrets
from workbench.core.workspace.lock import Lock
from workbench.core.workspace.open_collections import OpenCollections
from workbench.core.workspace.scoping import DraftContext, context_of
from workbench.core.workspace.secret_variables import SecretVariables
from workbench.core.workspace.sending import Journal, Sender

COOKIES = "cookies.json"
_FALLBACK = Request()
_NO_CONSENT = Consent()
_NO_PROCESS: Mapping[str, str] = MappingProxyType({})


class Workspace:
    """A workspace that this process has open, and no other has (``open``), or reads only (``open_read_only``).

    ``collections`` are the open ones, ``agreements`` what those from elsewhere may use, ``secrets`` the values of
    secret variables, ``cookies`` the jar. Its ``folder`` is for whatever belongs to it: ``workspace.json``,
    ``cookies.json``, and what others put there.
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
        """Meant for ``open``, which holds ``lock``, and for ``open_read_only``, which has none."""
        self.folder = home.workspaces / workspace
        self.id = workspace
        self._home = home
        self._lock = lock
        self._process = process
        self.agreements = Agreements(home)
        self.collections = OpenCollections(self.folder, self.agreements, write=lock is not None)
        self._values = KeyringSecrets(self.id, keyring)
        self.secrets = SecretVariables(self.collections, self._values)
        self.cookies = Jar.load(self.folder / COOKIES) if lock is not None else Jar.copy(self.folder / COOKIES)
        self._unkept: StorageError | None = None
        self._gate = Gate(self.agreements, self.cookies, process, self.folder)
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
    def open_read_only(
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

        KeyringSecrets are read where that one keeps them. Cookies begin as they are kept. What changes lasts as long
        as this object, and nothing in the workspace's folder is written. Raises ``StorageError``.
        """
        return cls(home, session, keyring, workspace, lock=None, browser=browser, process=process)

    def close(self) -> None:
        """Save the cookies, forget tokens and secrets, close the history, and let others have it."""
        try:
            self.cookies.save()
        finally:
            self._sender.tokens.forget()
            self._values.forget()
            if self.journal is not None:
                self.journal.close()
            if self._lock is not None:
                self._lock.release()

    @property
    def name(self) -> str:
        """What people call it."""
        return self.collections.record.name

    def rename(self, name: str) -> None:
        """Call it something else. Raises ``InvalidInput`` for a name that is taken or cannot be, ``StorageError``."""
        self.collections.rename(registry.check_free(self._home, self.id, name))

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

    def scope(self, draft: Draft, location: DraftLocation | None, environment: str | None = None) -> Scope:
        """The variables that ``draft`` sees in ``environment``, None for none.

        Secrets that the keyring does not give are marked as missing.
        """
        return self._context(draft, location, environment, self._process).scope

    def extract_secrets(
        self,
        draft: Draft,
        location: DraftLocation | None,
        environment: str | None = None,
        *,
        headers: Collection[str] = (),
    ) -> Draft:
        """``draft`` as it may be written to a file: secrets typed into it become variables kept in the keyring.

        They become secret variables of ``environment``, and where that is None of the collection on this computer.
        Header fields are treated so when ``headers`` names them (``telltale_headers`` are worth offering). What stands
        in the file already stays. Raises ``KeyringUnavailable`` with nothing changed.
        """
        saved = self._saved(location)
        found = secret_extraction.secrets_of(draft, saved, headers)
        if not found:
            return draft
        scope = self.scope(draft, location, environment)
        collection = location.collection if location is not None else None
        try:
            given = self.secrets.keep_found(found, collection, environment, scope)
        except KeyringUnavailable as error:
            raise secret_extraction.unkept(error) from error
        return secret_extraction.extract(draft, given.get, headers)

    async def send(
        self,
        draft: Draft,
        location: DraftLocation | None,
        environment: str | None = None,
        *,
        fallback: Request = _FALLBACK,
        keep_body: bool = True,
        remember: bool = True,
        progress: Callable[[Progress], None] | None = None,
        consent: Consent = _NO_CONSENT,
        scope: CancelScope | None = None,
    ) -> Exchange:
        """Send ``draft`` with its variables, authorization and cookies, and remember what became of it.

        ``environment`` is the name of the one whose variables count, None for none; several may be sent in at once.

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
            lambda: self._guarded_context(draft, location, environment),
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

    def _context(
        self, draft: Draft, location: DraftLocation | None, environment: str | None, process: Mapping[str, str]
    ) -> DraftContext:
        return context_of(draft, location, environment, self.collections, self._values, process)

    def _guarded_context(self, draft: Draft, location: DraftLocation | None, environment: str | None) -> DraftContext:
        if location is None or not self.agreements.restricted(location.collection):
            return self._context(draft, location, environment, self._process)
        return replace(self._context(draft, location, environment, _NO_PROCESS), restricted=True)

    def _saved(self, location: DraftLocation | None) -> Draft | None:
        if location is None or location.item is None:
            return None
        try:
            return self.collections.get(location.collection).load(location.item).draft
        except WorkbenchError:  # gone or broken: nothing that it may hold already
            return None
