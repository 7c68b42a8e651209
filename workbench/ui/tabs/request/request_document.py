"""One HTTP request and its response, one above the other."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from workbench.core.agreement.hand import Ask, hand_chosen
from workbench.core.collection.location import DraftLocation
from workbench.core.credentials import IdentityRow
from workbench.core.draft import Draft
from workbench.core.exchange import Exchange, Outcome, Progress
from workbench.core.i18n import _
from workbench.core.visible import isolated
from workbench.ui.compare.comparison import Compared
from workbench.ui.look import theme
from workbench.ui.look.marks import Mark
from workbench.ui.request.panel import RequestPanel
from workbench.ui.request.request_pages import KINDS
from workbench.ui.request.url import short_url
from workbench.ui.response.pane import ResponsePane
from workbench.ui.response.views import VIEWS
from workbench.ui.tabs.context import DocumentContext
from workbench.ui.tabs.document import Document

if TYPE_CHECKING:
    from workbench.core.assertions import AssertionResult
    from workbench.core.collection import Stamp

_VIEWS = frozenset(kind.name for kind in VIEWS)
_LEAST_HEIGHT = 220  # pixels of the response, so that the window fits on small screens


class RequestDocument(Document):
    """``panel`` says what to send, ``response`` shows what came.

    Made by ``making.request_document``, with who sends it, keeps examples and carries out what the response advises.
    """

    def __init__(self, context: DocumentContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        bridge = self._bridge = context.bridge
        self.panel = RequestPanel(self, bridge.work_on)
        self.response = ResponsePane(bridge.work_on, self)
        self.response.setMinimumHeight(_LEAST_HEIGHT)
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self._brought: frozenset[Ask] = frozenset()
        self._lay_out()
        self.commands |= {
            "url": self.panel.edit_url,
            "format": self.panel.tidy_body,
            "undo": self.panel.undo,
            "redo": self.panel.redo,
            **{f"page-{kind.key}": partial(self.panel.open_page, kind.key) for kind in KINDS},
            **{kind.name: partial(self.response.open_view, kind.name) for kind in VIEWS},
        }
        self._connect(context)

    def draft(self) -> Draft:
        """What is shown."""
        return self.panel.draft()

    def display(self, draft: Draft) -> None:
        """Put ``draft`` into the panel."""
        self.panel.show_draft(draft)

    def heading(self) -> tuple[str, str]:
        """Method and name or else URL; the whole URL."""
        method, url = self.panel.address.method(), self.panel.address.url()
        name = self.saved.name or (short_url(url) if url.strip() else "")
        return f"{method} {isolated(name)}" if name else _("New request"), url

    def take_focus(self) -> None:
        """Put the keyboard into an empty URL, else on Send."""
        self.panel.take_focus()

    def choose_identity(self, name: str) -> None:
        """Offer ``name`` from now on."""
        self.panel.choose_identity(name)

    def choose_trust(self, name: str) -> None:
        """Trust ``name`` too from now on."""
        self.panel.choose_trust(name)

    def can(self, command: str) -> bool:
        """Also whether a view of the response has something to show."""
        return super().can(command) and (command not in _VIEWS or self.response.has_view(command))

    def show_draft(self, draft: Draft, *, saved: Draft | None = None) -> None:
        """Show what to send. What it names was chosen by whoever wrote it, perhaps not by this person."""
        self._brought |= hand_chosen(draft) | hand_chosen(draft if saved is None else saved)
        super().show_draft(draft, saved=saved)

    def show_saved(self, draft: Draft, origin: DraftLocation, stamp: "Stamp | None") -> None:
        """``draft`` was written; what others may have written into the file was not chosen here."""
        self._brought |= hand_chosen(draft) - hand_chosen(self.draft())
        super().show_saved(draft, origin, stamp)

    def chosen_here(self, draft: Draft) -> frozenset[Ask]:
        """What of ``draft`` the person chose in this document themselves: nothing that was ever shown here named it."""
        return hand_chosen(draft) - self._brought

    def compared(self) -> Compared | None:
        """The exchange that is shown."""
        exchange = self.response.exchange()
        return Compared(self.title().words, exchange) if exchange is not None else None

    def refresh_surroundings(self) -> None:
        """Read anew what the request inherits, and the variables around it."""
        self._bridge.surroundings(self.origin, done=self.panel.show_surroundings)

    def arrangement(self) -> str:
        """Where the divider is, and which view of the response is in front."""
        return f"{self.split.saveState().toBase64().toStdString()};{self.response.front_view()}"

    def arrange(self, state: str) -> None:
        """Put the divider where it was, and the view into the front."""
        divider, _semicolon, view = state.partition(";")
        if divider:
            self.split.restoreState(QByteArray.fromBase64(divider.encode()))
        if view in _VIEWS:
            self.response.open_view(view)

    def show_sending(self) -> None:
        """Show that the request is under way."""
        self.panel.show_busy(busy=True)
        self.response.show_sending()
        self.mark = None
        self.title_changed.emit()

    def show_progress(self, progress: Progress) -> None:
        """Show how far it has come."""
        self.response.show_progress(progress)

    def show_exchange(self, exchange: Exchange) -> None:
        """Show what became of it."""
        self.panel.show_busy(busy=False)
        self.response.show_exchange(exchange)
        if exchange.handshake is not None:
            self.panel.show_handshake(exchange.handshake)
        if exchange.failure is not None:
            self.panel.show_fault(exchange.failure)
        self.mark = _mark(exchange)
        self.title_changed.emit()
        self.commands_changed.emit()

    def show_results(self, results: "Sequence[AssertionResult]") -> None:
        """Show what became of the assertions."""
        self.response.show_results(tuple(results))
        self.commands_changed.emit()

    def _connect(self, context: DocumentContext) -> None:
        bridge, panel = context.bridge, self.panel
        panel.show_bundles(context.bundles)
        self._show_identities(context.identities)
        bridge.identities_changed.connect(self._show_identities)
        bridge.bundles_changed.connect(panel.show_bundles)
        bridge.library.revoked.connect(self._forget_choices)
        panel.changed.connect(self.title_changed)
        panel.settled.connect(self.compare_with_saved)
        panel.page_made.connect(self.part_made)
        panel.import_requested.connect(context.import_requested)
        panel.import_trust_requested.connect(context.import_trust_requested)
        self.response.compare_requested.connect(self.compare_requested)
        self.response.cookies_requested.connect(context.cookies_requested)
        self.origin_changed.connect(self._allow_example)

    def _allow_example(self) -> None:
        self.response.allow_example(self.origin is not None and self.origin.item is not None)

    def _show_identities(self, rows: tuple[IdentityRow, ...]) -> None:
        self.panel.show_identities(rows)
        self.response.show_identities(rows)

    def _forget_choices(self, collection: Path, _wants: object) -> None:
        """What the person chose here until now is to be agreed to like anything else."""
        if self.origin is not None and self.origin.collection == collection:
            self._brought |= hand_chosen(self.draft())

    def _lay_out(self) -> None:
        below = QWidget(self)
        frame = QVBoxLayout(below)
        frame.setContentsMargins(theme.SPACE * 2, theme.SPACE // 2, theme.SPACE * 2, theme.SPACE)
        frame.addWidget(self.response)
        self.split.addWidget(self.panel)
        self.split.addWidget(below)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.SPACE)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([280, 420])
        self.add_below_banner(self.split)


def _mark(exchange: Exchange) -> Mark | None:
    if exchange.outcome is Outcome.CANCELLED:
        return None
    if exchange.response is None:
        return Mark.BAD
    return Mark.GOOD if exchange.response.status < 400 else Mark.WARNING
