"""One request and its response, one above the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from workbench.core.agreement.hand import Ask, hand_chosen
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft
from workbench.core.exchange import Exchange, Outcome, Progress
from workbench.core.i18n import _
from workbench.core.visible import isolated
from workbench.ui.look import theme
from workbench.ui.look.marks import Mark
from workbench.ui.request.panel import RequestPanel
from workbench.ui.request.url import short_url
from workbench.ui.response.pane import ResponsePane
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.running import Run

if TYPE_CHECKING:
    from workbench.core.assertions import AssertionResult
    from workbench.core.collection import Stamp

_LEAST_HEIGHT = 220  # pixels of the response, so that the window fits on small screens


@dataclass(frozen=True, slots=True)
class TabTitle:
    """What stands on the tab: words, the whole URL as tip, how the last exchange went, whether it is to be saved."""

    words: str
    tip: str
    mark: Mark | None = None
    unsaved: bool = False


class RequestTab(QWidget):
    """``panel`` says what to send, ``response`` what came; the tab passes the one's wishes and the other's news on.

    ``origin`` is where the draft is saved, ``stamp`` how its file was when it was read or written, ``saved`` the
    draft as it is there, or as it was opened.
    """

    title_changed = Signal(object)
    edited = Signal()

    def __init__(self, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = RequestPanel(self, run)
        self.response = ResponsePane(run, self)
        self.banner = Banner(self)
        self._origin: DraftLocation | None = None
        self.stamp: Stamp | None = None
        self.saved = Draft()
        self.missing: tuple[str, ...] = ()
        self._brought: frozenset[Ask] = frozenset()
        self.response.setMinimumHeight(_LEAST_HEIGHT)
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self._mark: Mark | None = None
        self._unsaved = False
        self._lay_out()
        self.panel.changed.connect(self._tell_title)
        self.panel.settled.connect(self._compare)

    @property
    def origin(self) -> DraftLocation | None:
        """Where the draft is saved; without an ``item``, which collection it belongs to."""
        return self._origin

    @origin.setter
    def origin(self, origin: DraftLocation | None) -> None:
        self._origin = origin
        self.response.allow_example(origin is not None and origin.item is not None)

    def draft(self) -> Draft:
        """What is shown."""
        return self.panel.draft()

    def unsaved(self) -> bool:
        """Whether what is shown differs from what was opened or saved last."""
        return self.draft() != self.saved

    def title(self) -> TabTitle:
        """What should stand on the tab."""
        method, url = self.panel.address.method(), self.panel.address.url()
        name = self.saved.name or (short_url(url) if url.strip() else "")
        words = f"{method} {isolated(name)}" if name else _("New request")
        return TabTitle(words, url, self._mark, self._unsaved)

    def chosen_here(self, draft: Draft) -> frozenset[Ask]:
        """What of ``draft`` the person chose in this tab themselves: nothing that was ever shown here named it."""
        return hand_chosen(draft) - self._brought

    def forget_choices(self) -> None:
        """What the person chose here until now is to be agreed to like anything else."""
        self._brought |= hand_chosen(self.draft())

    def show_draft(self, draft: Draft, *, saved: Draft | None = None) -> None:
        """Show what to send; ``saved`` is that draft as it is in its file, where it was changed since."""
        self.saved = draft if saved is None else saved
        self._brought |= hand_chosen(draft) | hand_chosen(self.saved)
        self.panel.show_draft(draft)
        self._compare()

    def show_saved(self, draft: Draft, origin: DraftLocation, stamp: "Stamp | None") -> None:
        """``draft`` was written to ``origin``; what was typed meanwhile stays and is still to be saved."""
        before, self.saved = self.saved, draft
        self.origin, self.stamp, self.missing = origin, stamp, ()
        shown = self.draft()
        self._brought |= hand_chosen(draft) - hand_chosen(shown)  # others may have written it
        if shown != draft and shown == before:
            self.panel.show_draft(draft)
        self._compare()

    def show_sending(self) -> None:
        """Show that the request is under way."""
        self.panel.show_busy(busy=True)
        self.response.show_sending()
        self._mark = None
        self._tell_title()

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
        self._mark = _mark(exchange)
        self._tell_title()

    def show_results(self, results: "Sequence[AssertionResult]") -> None:
        """Show what became of the assertions."""
        self.response.show_results(tuple(results))

    def restore_split(self, state: str) -> None:
        """Put the divider where it was."""
        if state:
            self.split.restoreState(QByteArray.fromBase64(state.encode()))

    def split_state(self) -> str:
        """Where the divider is."""
        return self.split.saveState().toBase64().toStdString()

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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self.split, 1)

    def _compare(self) -> None:
        self._unsaved = self.unsaved()
        self._tell_title()
        self.edited.emit()

    def _tell_title(self) -> None:
        self.title_changed.emit(self.title())


def _mark(exchange: Exchange) -> Mark | None:
    if exchange.outcome is Outcome.CANCELLED:
        return None
    if exchange.response is None:
        return Mark.BAD
    return Mark.GOOD if exchange.response.status < 400 else Mark.WARNING
