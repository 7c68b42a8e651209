"""The response pane: two doors in, ``show_exchange`` and ``show_progress``, and one signal out."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from workbench.core.credentials import IdentityRow
from workbench.core.exchange import Exchange, Outcome, Progress, Response
from workbench.core.i18n import _
from workbench.core.messages import Messages
from workbench.ui.look import theme
from workbench.ui.look.marks import Mark
from workbench.ui.response.body.body_view import BodyView
from workbench.ui.response.failure_view import FailureView
from workbench.ui.response.findings_list import FindingsList
from workbench.ui.response.halves import Halves
from workbench.ui.response.headers_view import HeadersView
from workbench.ui.response.quiet_pages import EmptyPage, SendingPage
from workbench.ui.response.remedies import Remedy, RemedyAction
from workbench.ui.response.results_view import ResultsView
from workbench.ui.response.status_line import StatusLine, arriving_words, size_tip, status_mark, status_words
from workbench.ui.response.tls.tls_sentence import tls_sentence
from workbench.ui.response.tls.tls_view import TLSView
from workbench.ui.response.view import ResponseView, There, ViewKind
from workbench.ui.response.views import VIEWS
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.running import Run, run_now

if TYPE_CHECKING:
    from workbench.core.assertions import AssertionResult

OneView = TypeVar("OneView", bound=ResponseView)

_SOON = 150  # milliseconds that a pane was there before its views are made unasked


class ResponsePane(QWidget):
    """Shows one exchange, or that there is none yet, or that one is under way.

    ``run`` does slow work elsewhere (see ``running.Run``). ``remedy_requested`` carries what a button asks for.
    ``example_requested`` and ``compare_requested``: the exchange that is shown is to become an example of its
    request, or to be compared with another; ``examples_requested``: to be compared with an example.
    ``cookies_requested``: the cookies of the workspace are to be shown.
    """

    remedy_requested = Signal(Remedy)
    example_requested = Signal()
    examples_requested = Signal()
    compare_requested = Signal()
    cookies_requested = Signal()

    def __init__(self, run: Run = run_now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._exchange: Exchange | None = None
        self._identities: Sequence[IdentityRow] = ()
        self._example_allowed = False
        self._busy = False
        self._status = StatusLine()
        self._status.tls_requested.connect(self._show_tls_tab)
        self._empty, self._sending = EmptyPage(), SendingPage()
        self._pages = QStackedWidget()
        for page in (self._empty, self._sending):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._status)
        column.addWidget(self._pages, 1)
        self._left: QWidget | None = None
        self._views: dict[str, ResponseView] = {}
        self._front = ""  # the view to begin with
        self._steps: list[Callable[[], None]] = [self._make_rest, *(partial(self._make_view, kind) for kind in VIEWS)]
        self._steps.append(self._put_together)
        self._soon = QTimer(self, interval=_SOON, singleShot=True)
        self._soon.timeout.connect(self._make_more)
        self.clear()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the views while nobody waits for them, one at a time: they take longer than all the rest of a tab."""
        super().showEvent(event)
        if self._steps:
            self._soon.start(_SOON)

    def _make_more(self) -> None:
        self._steps.pop(0)()
        if self._steps:
            self._soon.start(0)

    def _make(self) -> None:
        self._soon.stop()
        while self._steps:
            self._steps.pop(0)()

    def _make_rest(self) -> None:
        self._question = Banner()
        self._question.accepted.connect(self._allow_body)
        self._findings, self._failure = FindingsList(), FailureView()

    def _make_view(self, kind: ViewKind) -> None:
        self._views[kind.name] = kind.make(self._run)

    def _only(self, kind: type[OneView]) -> OneView:
        (view,) = (view for view in self._views.values() if isinstance(view, kind))
        return view

    def _put_together(self) -> None:
        self._body, self._headers = self._only(BodyView), self._only(HeadersView)
        self._tls, self._results = self._only(TLSView), self._only(ResultsView)
        self._tabs = QTabWidget(documentMode=True)
        for kind in VIEWS:
            self._tabs.addTab(self._views[kind.name], kind.title)
            self._tabs.setTabVisible(self._tabs.count() - 1, kind.there is not There.WHEN_TOLD)
            self._views[kind.name].remedy_requested.connect(self.remedy_requested)
        if self._front in self._views:
            self._tabs.setCurrentWidget(self._views[self._front])
        self._tabs.setAccessibleName(_("Response"))
        self._shown = self._exchange_page()
        self._pages.addWidget(self._shown)
        self._headers.cookies_requested.connect(self.cookies_requested)
        self._body.example_requested.connect(self.example_requested)
        self._body.examples_requested.connect(self.examples_requested)
        self._body.compare_requested.connect(self.compare_requested)
        self._failure.remedy_requested.connect(self.remedy_requested)
        self._tls.trust_requested.connect(
            lambda certificate: self._ask_for(RemedyAction.TRUST_AUTHORITY, certificate.sha256)
        )
        self._tls.pin_requested.connect(lambda sha256: self._ask_for(RemedyAction.PIN, sha256))
        self._tls.identity_requested.connect(lambda name: self._ask_for(RemedyAction.USE_IDENTITY, name))
        self._tls.show_identities(self._identities)
        self._body.allow_example(self._example_allowed)

    def _show_tls_tab(self) -> None:
        if not self._steps:
            self._tabs.setCurrentWidget(self._tls)

    def has_view(self, name: str) -> bool:
        """Whether the view of this name can be shown now."""
        if self._steps or self._pages.currentWidget() is not self._shown:
            return False
        return self._tabs.isTabVisible(self._tabs.indexOf(self._views[name]))

    def open_view(self, name: str) -> None:
        """Bring a view to the front and give it the keyboard; one that cannot be shown now is the first to be seen."""
        self._front = name
        if self._steps or not self._tabs.isTabVisible(self._tabs.indexOf(self._views[name])):
            return
        self._tabs.setCurrentWidget(self._views[name])
        if self.has_view(name):
            self._views[name].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def front_view(self) -> str:
        """Name of the view in front."""
        if self._steps:
            return self._front
        return next((name for name, view in self._views.items() if view is self._tabs.currentWidget()), "")

    def exchange(self) -> Exchange | None:
        """What is shown."""
        return self._exchange

    def save_body(self) -> None:
        """Ask where to save the body, and save it there."""
        if not self._steps:
            self._body.ask_where()

    def show_identities(self, rows: Sequence[IdentityRow]) -> None:
        """Compare these with what the server asked for."""
        self._identities = rows
        if not self._steps:
            self._tls.show_identities(rows)

    def allow_example(self, allowed: bool) -> None:
        """Whether there is a saved request that the response can become an example of."""
        self._example_allowed = allowed
        if not self._steps:
            self._body.allow_example(allowed)

    def show_results(self, results: "Sequence[AssertionResult]") -> None:
        """Show what became of the request's assertions; without any there is no such tab."""
        if not results and self._steps:
            return
        self._make()
        self._results.show_results(results)
        place = self._tabs.indexOf(self._results)
        self._tabs.setTabVisible(place, bool(results))
        passed = sum(result.passed for result in results)
        self._tabs.setTabText(place, _("Results {passed}/{all}").format(passed=passed, all=len(results)))
        self._tabs.tabBar().setAccessibleTabName(place, _("Results"))

    def clear(self) -> None:
        """Show that there is nothing yet."""
        self.show_exchange(None)

    def show_sending(self) -> None:
        """Show that a request is under way."""
        self._busy = True
        self._sending.begin()
        self._status.say(Mark.NONE, _("Sending…"))
        self._pages.setCurrentWidget(self._sending)

    def show_progress(self, progress: Progress) -> None:
        """Show how far the request that is under way has come; without one, nothing."""
        if not self._busy:
            return  # news that was still queued when the exchange came
        self._sending.show_progress(progress)
        head = progress.head
        if head is None:
            self._status.say(Mark.NONE, self._sending.text())
            return
        self._status.say(status_mark(head.status), arriving_words(head, progress))
        if progress.messages is not None:
            self._show_stream(head, progress.messages)

    def _show_stream(self, head: Response, messages: Messages) -> None:
        """What comes of an event stream is shown while it comes."""
        self._make()
        if self._pages.currentWidget() is self._sending:
            self._failure.hide()
            self._question.hide()
            self._findings.show_findings(())
            self._headers.show_headers(head.headers)
            for place, kind in enumerate(VIEWS):
                self._tabs.setTabVisible(place, kind.there is There.WITH_RESPONSE)
            self._name_tab(self._tabs.indexOf(self._headers), _("Headers"), len(head.headers))
            self._tabs.setCurrentWidget(self._body)
            self._pages.setCurrentWidget(self._shown)
        self._body.show_messages(head, messages)

    def show_exchange(self, exchange: Exchange | None) -> None:
        """Show all of ``exchange``; None shows that there is nothing yet."""
        self._exchange = exchange
        self._busy = False
        if exchange is not None:
            self._make()
        if not self._steps:
            self._body.show_exchange(exchange)
        if exchange is None:
            self._status.say(Mark.NONE, _("No response yet"))
            self._pages.setCurrentWidget(self._empty)
            return
        self._show_status(exchange)
        self._findings.show_findings(exchange.findings)
        self._ask_about_body(exchange.body_wanted_at)
        for place, kind in enumerate(VIEWS):
            if self._views[kind.name] is not self._body:  # which shows that there is nothing, too
                self._views[kind.name].show_exchange(exchange)
            if kind.there is There.ALWAYS:
                self._tabs.setTabVisible(place, True)
            if kind.there is not There.WHEN_TOLD:
                self._name_tab(place, kind.title, kind.count(exchange))
        self._show_failure(exchange)
        self._pages.setCurrentWidget(self._shown)

    def _show_status(self, exchange: Exchange) -> None:
        sentence = tls_sentence(exchange)
        tip = size_tip(exchange.response) if exchange.response else ""
        self._status.say(*status_words(exchange), f"⇄ {sentence}" if exchange.handshake else sentence, tip)

    def _show_failure(self, exchange: Exchange) -> None:
        there_is = exchange.response is not None
        front = self._tabs.currentWidget()
        for place, kind in enumerate(VIEWS):
            if kind.there is There.WITH_RESPONSE:
                self._tabs.setTabVisible(place, there_is)
        failed = exchange.outcome is Outcome.FAILURE and exchange.failure is not None
        if exchange.failure is not None and failed:
            self._failure.show_failure(exchange, exchange.failure)
        self._failure.setVisible(failed)
        self._halves.share()
        if not there_is and front in (self._body, self._headers):
            self._left = front
            self._tabs.setCurrentWidget(self._tls)
        elif there_is and self._left is not None:  # back to where the failure came in between
            if front is self._tls:
                self._tabs.setCurrentWidget(self._left)
            self._left = None

    def _ask_about_body(self, origin: str | None) -> None:
        self._question.setVisible(origin is not None)
        if origin is not None:
            self._question.show_words(
                _("Send the body of this request to {origin}?").format(origin=origin),
                _("A redirect to it was not followed, because the body was meant for another server."),
                theme.Tone.WARNING,
                _("Send There Too"),
            )

    def _allow_body(self) -> None:
        if self._exchange is not None and self._exchange.body_wanted_at is not None:
            self._ask_for(RemedyAction.SEND_BODY_TO, self._exchange.body_wanted_at)

    def _ask_for(self, action: RemedyAction, about: str) -> None:
        self.remedy_requested.emit(Remedy(action, about))

    def _name_tab(self, index: int, name: str, count: int) -> None:
        self._tabs.setTabText(index, f"{name} {count}" if count else name)
        self._tabs.tabBar().setAccessibleTabName(index, name)

    def _exchange_page(self) -> QWidget:
        self._halves = Halves(self._failure, self._tabs)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._question)
        column.addWidget(self._findings)
        column.addWidget(self._halves, 1)
        return page
