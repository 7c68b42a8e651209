"""Everything that says what to send: the address bar, identity and trust, and a page for each part of a draft."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.core.choices import read
from workbench.core.credentials import BundleRow, IdentityRow
from workbench.core.draft import Defaults, Draft
from workbench.core.exchange import Failure, Spot
from workbench.core.i18n import _
from workbench.core.tls.handshake import Handshake
from workbench.core.url_params import params_of, url_with
from workbench.core.variables import Scope, layers_of
from workbench.core.workspace.surroundings import AddedField, Surroundings
from workbench.ui.look import theme
from workbench.ui.request.address_bar import AddressBar
from workbench.ui.request.draft_history import DraftHistory
from workbench.ui.request.faults import words_of
from workbench.ui.request.request_page import RequestPage, Wish
from workbench.ui.request.request_pages import KINDS, RequestPages
from workbench.ui.request.tls import tls_fields
from workbench.ui.request.tls.proof_bar import ProofBar
from workbench.ui.request.undoing import UndoBeyond
from workbench.ui.request.url import complete_url, faulty_variable, url_trouble
from workbench.ui.widgets.running import Run, run_now
from workbench.ui.widgets.variables import Variables

if TYPE_CHECKING:
    from workbench.ui.request.body.body_page import BodyPage
    from workbench.ui.request.headers_page import HeadersPage
    from workbench.ui.request.tls.tls_page import TLSPage

_SETTLED_MS = 150


class RequestPanel(QWidget):
    """``draft()`` and ``show_draft()``; ``send_requested`` only with a draft that can be sent, else ``kept_back``.

    ``changed`` comes with every key, ``settled`` when a person pauses. ``schema_requested`` and
    ``generated_requested`` carry the draft and are answered by ``show_schema`` and ``show_generated``.
    """

    send_requested = Signal(Draft)
    kept_back = Signal()
    cancel_requested = Signal()
    changed = Signal()
    settled = Signal()
    import_requested = Signal()
    import_trust_requested = Signal()
    schema_requested = Signal(Draft)
    generated_requested = Signal(Draft)
    sign_in_requested = Signal()
    page_made = Signal(RequestPage)

    def __init__(self, parent: QWidget | None = None, run: Run = run_now) -> None:
        super().__init__(parent)
        self.variables = Variables(self)
        self._surroundings = Surroundings()
        self._base = Draft()
        self._history = DraftHistory(self._base)
        self._showing = False
        self._asked_by: str | None = None  # the server whose wishes sort the identities
        width = max(self.fontMetrics().horizontalAdvance(word) for word in (_("Method"), _("Identity"))) + 2
        self.address = AddressBar(self.variables, width, self)
        self.proof = ProofBar(width, self)
        self.pages = RequestPages(KINDS, self.variables, run, self)
        self._pause = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE * 2, theme.SPACE + 4, theme.SPACE * 2, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.address)
        layout.addWidget(self.proof)
        layout.addWidget(self.pages, 1)
        self._connect()
        self.show_draft(Draft())

    def draft(self) -> Draft:
        """What is shown, as data. Parts that nobody changed are those that were shown."""
        draft = self._base
        if (self.address.method(), self.address.url()) != (draft.method, draft.url):
            draft = replace(draft, method=self.address.method(), url=self.address.url())
        for page in self.pages.there():
            draft = page.fill(draft)
        return self.proof.fill(draft)

    def show_draft(self, draft: Draft) -> None:
        """Show ``draft``; nothing of before can be undone. Another request has the page in front that says most."""
        same = bool(draft.url) and draft.url == self.draft().url
        self._take(draft)
        self._history.begin(draft)
        if not same:
            self.pages.go_to("body" if draft.body is not None else "params" if draft.params else "headers")

    def show_surroundings(self, surroundings: Surroundings) -> None:
        """Show what the request has around it."""
        self._surroundings = surroundings
        self.proof.show_surroundings(surroundings)
        for page in self.pages.there():
            page.show_surroundings(surroundings)
        self._refresh_scope()

    def show_identities(self, rows: Sequence[IdentityRow]) -> None:
        """Offer these identities."""
        self.proof.show_identities(rows)

    def show_bundles(self, rows: Sequence[BundleRow]) -> None:
        """Offer these trust bundles."""
        self.proof.show_bundles(rows)

    def show_handshake(self, handshake: Handshake) -> None:
        """Put identities first that fit what the server asked for, until the URL is another server's."""
        self._asked_by = _server(self.address.url())
        self.proof.show_handshake(handshake)

    def show_schema(self, sdl: str, words: str) -> None:
        """What came of the wish for a GraphQL schema: the schema, or words why there is none."""
        self._body().show_schema(sdl, words)

    def show_generated(self, fields: Sequence[AddedField], why: str = "") -> None:
        """The fields that will be added when this is sent; ``why`` it cannot be sent yet."""
        self._headers().show_generated(fields, why)

    def show_fault(self, failure: Failure) -> None:
        """Say what keeps the request from being sent where that is, and put the keyboard there."""
        spot = failure.spot
        if spot is None:
            return
        if spot.part in (kind.key for kind in KINDS):
            self.pages.go_to(spot.part).show_fault(failure, spot)
        else:
            self.address.show_fault(words_of(failure), spot)

    def pin(self, sha256: str) -> None:
        """Accept only the server whose certificate or public key has this SHA-256, and show where that is said."""
        self.pages.go_to("tls")
        self._tls().show_pin(sha256)

    def identity(self) -> str | None:
        """Name of the identity that will be offered, chosen or inherited; None offers none."""
        return self.proof.identity.identity()

    def trust(self) -> tuple[str, ...]:
        """Names of the bundles that will be believed, chosen or inherited."""
        return self.proof.trust.trust()

    def choose_identity(self, name: str) -> None:
        """Offer ``name`` from now on."""
        self.proof.choose_identity(name)

    def choose_trust(self, name: str) -> None:
        """Believe ``name`` too from now on."""
        self.proof.trust.add(name)

    def show_busy(self, *, busy: bool) -> None:
        """Whether a request is under way; what was wrong with the one before is said no more."""
        if busy:
            self._forget_faults()
        self.address.show_busy(busy=busy)

    def take_focus(self) -> None:
        """Put the keyboard where it is needed next: in an empty URL, else on Send."""
        self.address.take_focus()

    def edit_url(self) -> None:
        """Put the cursor into the URL."""
        self.address.edit_url()

    def open_identities(self) -> None:
        """Show the choice of identities."""
        self.proof.open_identities()

    def open_trust(self) -> None:
        """Show the choice of trust bundles."""
        self.proof.open_trust()

    def open_page(self, key: str) -> None:
        """Show a page of ``pages.KINDS`` and put the keyboard into it."""
        self.pages.go_to(key).enter()

    def tidy_body(self) -> None:
        """Lay the body's text out anew."""
        self.pages.go_to("body")
        self._body().tidy()

    def undo(self) -> None:
        """Take the last step back."""
        self._history.note(self.draft())
        draft = self._history.undo()
        if draft is not None:
            self._go_back_to(draft)

    def redo(self) -> None:
        """Take the step again."""
        self._history.note(self.draft())
        draft = self._history.redo()
        if draft is not None:
            self._go_back_to(draft)

    def send(self) -> None:
        """Send what is shown, or say at its place what keeps it from being sent."""
        if not self.address.can_send():
            return
        if self.address.url() != self._base.url:
            self.address.show_url(complete_url(self.address.url()))
        self._settle()
        self._forget_faults()
        trouble = url_trouble(self.address.url(), self.variables.scope())
        draft = self.draft()
        if trouble:
            self.address.show_fault(trouble, Spot("url", variable=faulty_variable(draft.url, self.variables.scope())))
        elif self._has_tls_trouble(draft):
            self.pages.go_to("tls").go_to_trouble()
        else:
            self.proof.with_identity(draft, self.send_requested.emit, self.kept_back.emit)
            return
        self.kept_back.emit()

    def _has_tls_trouble(self, draft: Draft) -> bool:
        if self.pages.has("tls"):
            return bool(self.pages.page("tls").trouble())
        around = self._surroundings
        return bool(tls_fields.trouble(read(draft.variables), around.choices, around.fallback))

    def _forget_faults(self) -> None:
        self.address.show_trouble("")
        for page in self.pages.there():
            page.forget_fault()

    def _connect(self) -> None:
        self.address.sent.connect(self.send)
        self.address.cancelled.connect(self.cancel_requested)
        self.address.url_edited.connect(self._follow_url)
        self.address.edited.connect(self._notice)
        self.proof.edited.connect(self._notice)
        self.proof.import_requested.connect(self.import_requested)
        self.proof.import_trust_requested.connect(self.import_trust_requested)
        self.pages.made.connect(self._welcome)
        for keys, slot in ((QKeySequence.StandardKey.Undo, self.undo), (QKeySequence.StandardKey.Redo, self.redo)):
            shortcut = QShortcut(self)  # a text field that has something to take back has them first
            shortcut.setKeys(keys)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        UndoBeyond(self)
        self._pause.timeout.connect(self._settle)

    def _want_schema(self) -> None:
        why = _("Not fetched: no identity was chosen.")
        self.proof.with_identity(self.draft(), self.schema_requested.emit, lambda: self.show_schema("", why))

    def _post(self) -> None:
        if self.address.method() == "GET":
            self.address.show_address("POST", self.address.url())

    def _welcome(self, page: RequestPage) -> None:
        self._showing = True
        page.show_surroundings(self._surroundings)
        page.show_draft(self.draft())
        self._showing = False
        page.changed.connect(lambda: self._follow_page(page))
        page.wished.connect(self._grant)
        self.page_made.emit(page)

    def _grant(self, wish: Wish) -> None:
        match wish:
            case Wish.SCHEMA:
                self._want_schema()
            case Wish.POST:
                self._post()
            case Wish.SIGN_IN:
                self.sign_in_requested.emit()
            case Wish.GENERATED_FIELDS:
                self.generated_requested.emit(self.draft())

    def _take(self, draft: Draft) -> None:
        self._showing = True
        self._base = draft
        self.address.show_address(draft.method, draft.url)
        self._forget_faults()
        self.proof.show_draft(draft)
        for page in self.pages.there():
            page.show_draft(draft)
        self._showing = False
        self.pages.show_badges(draft)
        self._refresh_scope()
        self.changed.emit()

    def _go_back_to(self, draft: Draft) -> None:
        self._take(draft)
        self._pause.start()

    def _follow_page(self, page: RequestPage) -> None:
        if self._showing:
            return
        if self.pages.has("params") and page is self.pages.page("params"):
            self._showing = True
            self.address.show_url(url_with(self.address.url(), page.fill(self._base).params))
            self._showing = False
        self._notice()

    def _follow_url(self) -> None:
        if self._showing:
            return
        draft = self.draft()
        if self._asked_by is not None and _server(draft.url) != self._asked_by:
            self._asked_by = None
            self.proof.show_handshake(Handshake())
        params = params_of(draft.url, draft.params)
        if params != draft.params:
            self._base = replace(self._base, params=params)
            if self.pages.has("params"):
                self._showing = True
                self.pages.page("params").show_draft(self._base)
                self._showing = False

    def _notice(self) -> None:
        if not self._showing:
            self._pause.start()
            self.changed.emit()

    def _settle(self) -> None:
        self._pause.stop()
        draft = self.draft()
        self._history.note(draft)
        self.pages.show_badges(draft)
        self._refresh_scope()
        self._refresh_generated()
        self.settled.emit()

    # The classes of the pages are not imported before a page is needed: hence the casts.
    def _headers(self) -> "HeadersPage":
        return cast("HeadersPage", self.pages.page("headers"))

    def _body(self) -> "BodyPage":
        return cast("BodyPage", self.pages.page("body"))

    def _tls(self) -> "TLSPage":
        return cast("TLSPage", self.pages.page("tls"))

    def _refresh_generated(self) -> None:
        if self.pages.has("headers"):
            self._headers().refresh_generated()

    def _refresh_scope(self) -> None:
        own, around = layers_of(Defaults(), (), (), self.draft()), self._surroundings.scope
        scope = Scope((*own.layers, *around.layers), around.process)
        self.variables.show_scope(scope)
        self.proof.show_scope(scope)


def _server(url: str) -> str:
    """Scheme, host and port as they stand in ``url``, variables included."""
    scheme, _slashes, rest = url.strip().partition("//")
    return f"{scheme}//{rest.partition('/')[0].partition('?')[0]}".lower()
