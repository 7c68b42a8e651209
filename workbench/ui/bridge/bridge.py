"""The bridge between window and core: everything that waits goes through here, and news comes back as signals."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from workbench.core.cancelling import CancelScope
from workbench.core.errors import WorkbenchError
from workbench.core.preferences import Preferences
from workbench.ui.bridge.library import LibraryBridge
from workbench.ui.runner import Job, Report, Runner, in_thread, while_alive
from workbench.ui.settings import DEFAULT_WORKSPACE, WindowState

if TYPE_CHECKING:
    import asyncio

    from workbench.core.agreement import Ask
    from workbench.core.collection.location import DraftLocation
    from workbench.core.cookies.editor import CookieEditor
    from workbench.core.credentials import Removed
    from workbench.core.draft import Draft
    from workbench.core.exchange import Response
    from workbench.core.formats import Imported
    from workbench.core.history.queries import HistoryQueries
    from workbench.core.storage.drafts import OpenTabs
    from workbench.core.workspace import Consent
    from workbench.ui.bridge.services import Services

Slot = Callable[[Any], object]
_log = logging.getLogger(__name__)


class Bridge(QObject):
    """Orders go in as plain data; ``Services`` carries them out in the worker, where it is also imported.

    ``identities_changed`` carries ``tuple[IdentityRow, ...]``, ``bundles_changed`` ``tuple[BundleRow, ...]``,
    ``lab_changed`` a ``LabState`` and ``troubled`` a ``WorkbenchError`` that belongs to no particular request,
    ``exchanged`` every ``Exchange`` after whoever sent it was told. ``closing`` is the last moment to ``leave_open``.
    ``stock_changed`` tells that this bridge has changed identities or bundles, which other windows show too.
    ``preferred``: what requests go by that say nothing has changed.
    """

    identities_changed = Signal(object)
    bundles_changed = Signal(object)
    lab_changed = Signal(object)
    troubled = Signal(object)
    exchanged = Signal(object)
    closing = Signal()
    preferred = Signal()
    stock_changed = Signal()

    def __init__(self, runner: Runner, workspace: str = DEFAULT_WORKSPACE) -> None:
        super().__init__()
        self._runner = runner
        self._workspace = workspace
        self._preferences = Preferences()
        self._opened = False
        self.library = LibraryBridge(self._ask, self._carry_out, runner.run, self)
        self.library.troubled.connect(self.troubled)
        self._left_open: OpenTabs | None = None
        self._under_way: set[asyncio.Future[None]] = set()  # orders; touched in the worker only
        self._opening: asyncio.Future[Services] | None = None  # touched in the worker only

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return self._runner.busy

    def open(self) -> None:
        """Load the stock of identities and bundles; the core is imported now."""
        self._opened = True
        self._refresh_identities()
        self._refresh_bundles()
        self._ask(lambda services: services.tidy(), lambda _nothing: None, lambda _told_with_the_stock: None)
        self._ask(lambda services: services.workspace.problems, self._tell_each, lambda _told_by_the_library: None)
        self.library.begin()

    def prefer(self, preferences: Preferences) -> None:
        """What requests and the history go by from now on."""
        if preferences != self._preferences:
            self._preferences = preferences
            if self._opened:
                self.preferred.emit()
                self._ask(lambda services: services.prefer(preferences), lambda _nothing: None, self.troubled.emit)

    def close(self, state: WindowState) -> bool:
        """Cancel everything, stop the lab, remember ``state``; False when something would not end."""
        self.closing.emit()
        self.library.stop_reading()
        return self._runner.stop(lambda: self._wind_up(state))

    def work_on(self, work: Callable[[], Any], done: Slot, /) -> Job:
        """Do slow work on data beside the UI thread; ``done`` gets the result."""
        return self._runner.run_blocking(work, done=done, failed=self.troubled.emit)

    def send(
        self,
        draft: "Draft",
        location: "DraftLocation | None",
        own: "frozenset[Ask]" = frozenset(),
        body_to: Sequence[str] = (),
        *,
        done: Slot,
        failed: Slot,
        progressed: Slot,
    ) -> Job:
        """Send one draft; ``done`` gets the ``Exchange``, also when that failed or was cancelled.

        ``own`` is what the person chose for it themselves; it counts as agreed to from then on. ``body_to`` are the
        origins that redirects may take the body to.
        """
        preferred, scope = self._preferences, CancelScope()

        async def work(report: Report) -> object:
            with scope:
                await self._orders_given()
                services = await self._services()
                workspace = await in_thread(lambda: services.workspace)
                return await workspace.send(
                    draft,
                    location,
                    services.environment(location),
                    fallback=replace(preferred.fallback_request(), body_origins=tuple(body_to)),
                    keep_body=preferred.keep_bodies,
                    progress=report,
                    consent=_consent(own),
                    scope=scope,
                )
            return None  # cancelled before there was anything to tell

        job = self._runner.run(work, done=done, failed=failed, progressed=progressed, cancel=scope.cancel)
        job.done.connect(self.exchanged)
        return job

    def ask_service(
        self,
        draft: "Draft",
        location: "DraftLocation | None",
        own: "frozenset[Ask]" = frozenset(),
        *,
        done: Slot,
        failed: Slot,
    ) -> Job:
        """Send what the program asks for itself, as ``draft`` would go; the history does not hear of it."""
        preferred = self._preferences

        async def work(_report: Report) -> object:
            services = await self._services()
            workspace = await in_thread(lambda: services.workspace)
            fallback = preferred.fallback_request()
            return await workspace.send(
                draft,
                location,
                services.environment(location),
                fallback=fallback,
                remember=False,
                consent=_consent(own),
            )

        return self._runner.run(work, done=done, failed=failed)

    def surroundings(self, location: "DraftLocation | None", *, done: Slot) -> None:
        """What is around a request there; ``done`` gets the ``Surroundings``."""
        from workbench.core.workspace.inheritance import surroundings_of  # imports the core

        fallback = self._preferences.fallback_request()
        self._ask(
            lambda services: surroundings_of(services.workspace, location, services.environment(location), fallback),
            done,
            self.troubled.emit,
        )

    def keep_example(
        self, draft: "Draft", response: "Response", location: "DraftLocation", *, done: Slot, failed: Slot
    ) -> None:
        """Put a response into the file of its request; ``done`` gets the file's ``Stamp``."""
        from workbench.core.workspace.examples import keep_example  # imports the core

        self._ask(lambda services: keep_example(services.workspace, location, draft, response), done, failed)

    def examples(self, location: "DraftLocation", *, done: Slot, failed: Slot) -> None:
        """The examples in the file of a request; ``done`` gets a tuple of ``KeptExample``."""
        from workbench.core.workspace.examples import kept_examples  # imports the core

        self._ask(lambda services: kept_examples(services.workspace, location), done, failed)

    def preview(self, draft: "Draft", location: "DraftLocation | None", *, done: Slot) -> None:
        """The headers that will be added to ``draft``, and words why there are none; ``done`` gets the two."""
        from workbench.core.workspace.previews import added_fields  # imports the core

        fallback = self._preferences.fallback_request()
        self._ask(
            lambda services: added_fields(
                services.workspace, draft, location, services.environment(location), fallback
            ),
            done,
            self.troubled.emit,
        )

    def load_open(self, *, done: Slot) -> None:
        """What was open when the window was last closed; ``done`` gets a ``Restored``."""
        self._ask(lambda services: services.drafts.load(), done, self.troubled.emit)

    def save_open(self, tabs: "OpenTabs", *, done: Slot, failed: Slot) -> None:
        """Keep what is open, in case that nobody closes the window."""
        self._ask(lambda services: services.drafts.save(tabs), done, failed)

    def leave_open(self, tabs: "OpenTabs") -> None:
        """Keep what is open when everything has ended."""
        self._left_open = tabs

    def read_files(self, paths: Sequence[Path], password: str | None, *, trust: bool, done: Slot, failed: Slot) -> Job:
        """Find out what files hold, storing nothing; ``done`` gets a ``Imported``. ``trust``: authorities are meant."""
        chosen = tuple(paths)
        return self._ask(lambda services: services.read(chosen, password, trust=trust), done, failed)

    def store(self, found: "Imported", name: str, password: str | None, *, ask: bool, done: Slot, failed: Slot) -> Job:
        """Store what was found; ``done`` gets the name. ``ask``: keep no password, ask for it each time."""
        return self._ask(lambda services: services.store(found, name, password, ask=ask), self._changed(done), failed)

    def unlock(self, name: str, password: str, *, done: Slot, failed: Slot) -> Job:
        """Check the password of an identity and remember it until the window closes."""
        return self._ask(lambda services: services.identities.unlock(name, password), done, failed)

    def set_password(self, name: str, old: str | None, new: str | None, *, ask: bool, done: Slot, failed: Slot) -> Job:
        """Encrypt an identity's key anew; without ``new`` under a random password. ``ask``: keep no password."""
        return self._ask(
            lambda services: services.identities.set_password(name, old, new, ask=ask), self._changed(done), failed
        )

    def rename_identity(self, name: str, new: str, done: Slot) -> None:
        """Give an identity another name."""
        self._carry_out(lambda services: services.identities.rename(name, new), self._changed(done), self.troubled.emit)

    def remove_identity(self, name: str, done: Slot) -> None:
        """Remove an identity with its private key and password; ``done`` gets the ``Removed``."""
        self._carry_out(lambda services: services.identities.remove(name), self._changed(done), self.troubled.emit)

    def take_back_identity(self, removed: "Removed") -> None:
        """Bring an identity back that was removed."""
        self._order(lambda services: services.identities.take_back(removed), self._tell_stock)

    def rename_bundle(self, name: str, new: str, done: Slot) -> None:
        """Give a trust bundle another name."""
        self._carry_out(lambda services: services.bundles.rename(name, new), self._changed(done), self.troubled.emit)

    def remove_bundle(self, name: str, done: Slot) -> None:
        """Remove a trust bundle; ``done`` gets the ``Removed``."""
        self._carry_out(lambda services: services.bundles.remove(name), self._changed(done), self.troubled.emit)

    def take_back_bundle(self, removed: "Removed", done: Slot) -> None:
        """Bring a trust bundle back that was removed; ``done`` gets its name."""
        self._carry_out(lambda services: services.bundles.take_back(removed), self._changed(done), self.troubled.emit)

    def forget_removed(self) -> None:
        """Nobody takes back any more what was removed: delete it."""
        self._order(lambda services: services.forget_removed(), lambda: None)

    def start_lab(self, *, done: Slot | None = None) -> None:
        """Start the lab, install its identity and authority; ``done`` gets the ``LabState``."""
        self._ask(lambda services: services.lab.start(), self._changed(self._lab_told(done)), self.troubled.emit)

    def stop_lab(self) -> None:
        """Stop the lab's servers; identities that were lent for it leave."""
        self._ask(lambda services: services.lab.stop(), self._changed(self._lab_told(None)), self.troubled.emit)

    def refresh_stock(self) -> None:
        """Read identities and bundles anew: another window has changed them."""
        if self._opened:
            self._refresh_identities()
            self._refresh_bundles()

    def _refresh_identities(self) -> None:
        self._ask(lambda services: services.identities.rows(), self.identities_changed.emit, self.troubled.emit)
        self._ask(lambda services: services.identities.unreadable(), self._tell_each, self.troubled.emit)

    def _refresh_bundles(self) -> None:
        self._ask(lambda services: services.bundles.rows(), self.bundles_changed.emit, self.troubled.emit)

    def _tell_stock(self) -> None:
        self._refresh_identities()
        self._refresh_bundles()
        self.stock_changed.emit()

    def _tell_each(self, errors: Sequence[object]) -> None:
        for error in errors:
            self.troubled.emit(error)

    def _changed(self, done: Slot) -> Slot:
        then = while_alive(done)

        def told(result: object) -> None:
            self._tell_stock()
            then(result)

        return told

    def _lab_told(self, done: Slot | None) -> Slot:
        then = while_alive(done) if done is not None else None

        def told(state: object) -> None:
            self.lab_changed.emit(state)
            if then is not None:
                then(state)

        return told

    def _order(self, order: "Callable[[Services], object]", then: Callable[[], object]) -> None:
        self._carry_out(order, lambda _result: then(), self.troubled.emit)

    def _ask(self, question: "Callable[[Services], object]", done: Slot, failed: Slot) -> Job:
        async def work(_report: Report) -> object:
            return await in_thread(question, await self._services())

        return self._runner.run(work, done=done, failed=failed)

    def _carry_out(self, order: "Callable[[Services], object]", done: Slot, failed: Slot) -> Job:
        """As ``_ask``, and what is sent later is sent as the order leaves things: in another environment, say."""

        async def work(_report: Report) -> object:
            from asyncio import get_running_loop

            ended = get_running_loop().create_future()
            self._under_way.add(ended)
            try:
                return await in_thread(order, await self._services())
            finally:
                self._under_way.discard(ended)
                ended.set_result(None)

        return self._runner.run(work, done=done, failed=failed)

    async def _orders_given(self) -> None:
        if self._under_way:
            from asyncio import wait

            await wait(tuple(self._under_way))

    def forget_tokens(self, *, done: Slot) -> None:
        """Forget all access tokens of the workspace; who needs one signs in anew."""
        self._ask(lambda services: services.workspace.tokens.forget(), done, self.troubled.emit)

    def clear_cookies(self) -> None:
        """Forget all cookies of the workspace."""

        def clear(services: "Services") -> None:
            services.workspace.cookies.clear()
            services.workspace.cookies.save()

        self._order(clear, lambda: None)

    def ask_history(self, question: "Callable[[HistoryQueries], object]", done: Slot, failed: Slot) -> Job:
        """Have something found out in the history."""
        return self._ask(lambda services: question(services.history), done, failed)

    def ask_cookies(self, question: "Callable[[CookieEditor], object]", done: Slot, failed: Slot) -> Job:
        """Have something done with the cookies."""
        return self._ask(lambda services: question(services.cookies), done, failed)

    async def _services(self) -> "Services":
        from asyncio import ensure_future, shield

        if self._opening is None or (self._opening.done() and self._opening.exception() is not None):
            self._opening = ensure_future(in_thread(_open_services, self._workspace, self._preferences))
        return await shield(self._opening)

    async def _wind_up(self, state: WindowState) -> None:
        await _keep_at_last(state.save)
        opening = self._opening  # cancelled when the window closes before it is through
        if opening is not None and opening.done() and not opening.cancelled() and opening.exception() is None:
            services, tabs = opening.result(), self._left_open
            if tabs is not None:
                await _keep_at_last(lambda: services.drafts.save(tabs))
            await services.close()


def _consent(own: "frozenset[Ask]") -> "Consent":
    from workbench.core.workspace import Consent

    return Consent(own=own, keep=True)


async def _keep_at_last(save: Callable[[], None]) -> None:
    try:
        await in_thread(save)
    except WorkbenchError as error:  # no window is left to say it in
        _log.warning("%s %s", error.title, error.detail)


def _open_services(workspace: str, preferences: Preferences) -> "Services":
    from workbench.ui.bridge.services import Services

    return Services(workspace, preferences)
