"""Sending one tab's request: progress, cancel, and the password that may be missing."""

from PySide6.QtCore import QObject, Signal

from workbench.core.errors import WorkbenchError
from workbench.core.exchange import Exchange, Failure, Outcome
from workbench.core.request import Request
from workbench.ui.desk import Desk
from workbench.ui.request_tab import RequestTab
from workbench.ui.runner import Job
from workbench.ui.widgets.password_dialog import PasswordDialog

PASSWORD_NEEDED = "password-needed"  # noqa: S105 - a failure code


class Sending(QObject):
    """Lives with its tab; the job under way lives with the runner and is cancelled when the tab closes."""

    changed = Signal()

    def __init__(self, desk: Desk, tab: RequestTab) -> None:
        super().__init__(tab)
        self._desk, self._tab = desk, tab
        self._request = Request()
        self._job: Job | None = None
        self._exchange: Exchange | None = None
        self._dialog: PasswordDialog | None = None
        tab.panel.send_requested.connect(self.start)
        tab.panel.cancel_requested.connect(self.cancel)

    def start(self, request: Request) -> None:
        """Send ``request`` unless one is under way."""
        if self._job is not None:
            return
        self._request = request
        self._tab.show_sending()
        self._job = self._desk.send(request, done=self._arrive, failed=self._fail, progressed=self._tab.show_progress)
        self.changed.emit()

    @property
    def busy(self) -> bool:
        """Whether a request is under way."""
        return self._job is not None

    def again(self) -> None:
        """Send what the tab shows now."""
        self._tab.panel.send()

    def cancel(self) -> None:
        """Stop what is under way; the tab then shows how far it came."""
        if self._job is not None:
            self._job.cancel()

    def unlock(self) -> None:
        """Ask for the password of the request's identity, then send it again."""
        name = self._request.identity
        if name is None or self._dialog is not None:
            return
        self._dialog = PasswordDialog(name, self._tab.window())
        self._dialog.entered.connect(self._try_password)
        self._dialog.rejected.connect(self._give_up)
        self._dialog.finished.connect(self._forget_dialog)
        self._dialog.open()

    def _arrive(self, exchange: Exchange) -> None:
        self._job = None
        self.changed.emit()
        if exchange.failure is not None and exchange.failure.code == PASSWORD_NEEDED and self._request.identity:
            self._exchange = exchange
            self.unlock()
            return
        self._tab.show_exchange(exchange)

    def _fail(self, error: WorkbenchError) -> None:
        failure = Failure(error.code, error.title, error.detail, error.hint)
        self._arrive(Exchange(self._request, Outcome.FAILURE, failure=failure))

    def _try_password(self, password: str) -> None:
        name = self._request.identity or ""
        self._desk.unlock(name, password, done=self._unlocked, failed=self._refused)

    def _unlocked(self, _nothing: object) -> None:
        if self._dialog is not None:
            self._dialog.accept()
            self.start(self._request)

    def _refused(self, error: WorkbenchError) -> None:
        if self._dialog is not None:
            self._dialog.show_error(error)

    def _give_up(self) -> None:
        if self._exchange is not None:
            self._tab.show_exchange(self._exchange)

    def _forget_dialog(self) -> None:
        self._dialog = None
        self._exchange = None
