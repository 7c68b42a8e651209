"""Sending one request: progress, cancel, the password that may be missing, and what follows a response."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from workbench.core.draft import Draft
from workbench.core.errors import WorkbenchError
from workbench.core.exchange import Exchange, Failure, Outcome
from workbench.core.i18n import _
from workbench.core.request import Request
from workbench.core.variables import resolve
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.runner import Job
from workbench.ui.tabs.request.agreeing import Agreeing
from workbench.ui.tabs.request.request_document import RequestDocument
from workbench.ui.widgets.password_dialog import PasswordDialog

PASSWORD_NEEDED = "password-needed"  # noqa: S105 - a failure code


class Sending(QObject):
    """Lives with its document; the job under way lives with the runner and is cancelled when that closes."""

    def __init__(self, bridge: Bridge, document: RequestDocument) -> None:
        super().__init__(document)
        self._bridge, self._document = bridge, document
        self._draft = Draft()
        self._body_to: tuple[str, ...] = ()
        self._saving = False
        self._job: Job | None = None
        self._exchange: Exchange | None = None
        self._dialog: PasswordDialog | None = None
        self._agreeing = Agreeing(bridge, document, lambda: self.start(self._draft, self._body_to), self._forget_saving)
        document.panel.send_requested.connect(self.start)
        document.panel.kept_back.connect(self._forget_saving)
        document.panel.cancel_requested.connect(self.cancel)
        document.panel.schema_requested.connect(self.fetch_schema)
        document.panel.generated_requested.connect(self.preview)
        document.panel.sign_in_requested.connect(self.sign_in_anew)
        document.closed.connect(self.cancel)
        document.commands |= {
            "send": document.panel.send,
            "send-and-save": self.and_save,
            "cancel": self.cancel,
            "sign-in-anew": self.sign_in_anew,
        }

    def start(self, draft: Draft, body_to: Sequence[str] = ()) -> None:
        """Send ``draft`` unless one is under way. ``body_to`` are the origins that a redirect may take the body to."""
        if self._job is not None:
            return
        self._draft, self._body_to = draft, tuple(body_to)
        self._document.show_sending()
        self._job = self._bridge.send(
            draft,
            self._document.origin,
            self._document.chosen_here(draft),
            self._body_to,
            done=self._arrive,
            failed=self._fail,
            progressed=self._document.show_progress,
        )
        self._document.set_busy(busy=True)

    def and_save(self) -> None:
        """Send what the document shows now, then ask where to save the body that comes."""
        self._saving = True
        self._document.panel.send()

    def again(self) -> None:
        """Send what the document shows now."""
        self._document.panel.send()

    def agree(self) -> None:
        """Ask whether the collection may use what the request that is shown wants."""
        exchange = self._document.response.exchange()
        if exchange is not None and exchange.failure is not None and exchange.failure.wants:
            self._agreeing.ask(exchange.failure)

    def with_body_to(self, origin: str) -> None:
        """Send what was sent last, and let redirects take the body to ``origin`` too."""
        self.start(self._draft, (*self._body_to, origin))

    def cancel(self) -> None:
        """Stop what is under way; the document then shows how far it came."""
        if self._job is not None:
            self._job.cancel()

    def sign_in_anew(self) -> None:
        """Forget the access tokens, and say so."""
        title = _("The access tokens were deleted.")
        words = _("The next request that needs one signs in again.")
        banner = self._document.banner
        self._bridge.forget_tokens(done=lambda _nothing: banner.show_words(title, words))

    def unlock(self) -> None:
        """Ask for the password of the request's identity, then send it again."""
        name = self._identity()
        if not name or self._dialog is not None:
            return
        self._dialog = PasswordDialog(name, self._document.window())
        self._dialog.entered.connect(self._try_password)
        self._dialog.rejected.connect(self._give_up)
        self._dialog.finished.connect(self._forget_dialog)
        self._dialog.open()

    def fetch_schema(self, draft: Draft) -> None:
        """Ask the service of ``draft`` for its GraphQL schema, the way the draft is sent."""
        from workbench.ui.request.body.schema import introspection, schema_of

        show = self._document.panel.show_schema

        def arrived(exchange: Exchange) -> None:
            if exchange.response is None:
                why = exchange.failure.title if exchange.failure is not None else _("No response was received.")
                show("", why)
            else:
                response = exchange.response
                self._bridge.work_on(lambda: schema_of(response), lambda found: show(*found))

        self._bridge.ask_service(
            introspection(draft),
            self._document.origin,
            self._document.chosen_here(draft),
            done=arrived,
            failed=lambda error: show("", error.title),
        )

    def preview(self, draft: Draft) -> None:
        """Find out which headers will be added to ``draft`` when it is sent."""
        self._bridge.preview(
            draft, self._document.origin, done=lambda found: self._document.panel.show_generated(*found)
        )

    def _identity(self) -> str | None:
        request = self._exchange.request if self._exchange is not None else None
        return request.identity if request is not None else self._document.panel.identity()

    def _arrive(self, exchange: Exchange) -> None:
        self._job = None
        self._document.set_busy(busy=False)
        if exchange.failure is not None and exchange.failure.code == PASSWORD_NEEDED and exchange.request.identity:
            self._exchange = exchange
            self.unlock()
            return
        self._document.show_exchange(exchange)
        self._assert(exchange)
        if exchange.failure is not None and exchange.failure.wants:
            self._agreeing.ask(exchange.failure)
            return
        saving, self._saving = self._saving, False
        if saving and exchange.response is not None:
            self._document.response.save_body()

    def _forget_saving(self) -> None:
        self._saving = False

    def _assert(self, exchange: Exchange) -> None:
        assertions, scope = self._draft.assertions, self._document.panel.variables.scope()
        if not assertions or exchange.outcome is Outcome.CANCELLED:
            self._document.show_results(())
            return
        from workbench.core.assertions import evaluate

        self._bridge.work_on(
            lambda: evaluate(assertions, exchange, lambda text: resolve(text, scope)), self._document.show_results
        )

    def _fail(self, error: WorkbenchError) -> None:
        failure = Failure(error.code, error.title, error.detail, error.hint)
        request = Request(self._draft.method, self._draft.url)
        self._arrive(Exchange(request, Outcome.FAILURE, failure=failure))

    def _try_password(self, password: str) -> None:
        name = self._identity() or ""
        self._bridge.unlock(name, password, done=self._unlocked, failed=self._refused)

    def _unlocked(self, _nothing: object) -> None:
        if self._dialog is not None:
            self._dialog.accept()
            self.start(self._draft, self._body_to)

    def _refused(self, error: WorkbenchError) -> None:
        if self._dialog is not None:
            self._dialog.show_error(error)

    def _give_up(self) -> None:
        self._saving = False
        if self._exchange is not None:
            self._document.show_exchange(self._exchange)

    def _forget_dialog(self) -> None:
        self._dialog = None
        self._exchange = None
