"""The pages of the window, each declared once: its command, its shortcut and how it is made.

Navigation, menus, shortcuts, the palette and what is remembered of a page follow from its line in ``PAGES``. The
function that makes a page also connects it with what it needs of the window.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from workbench.core.i18n import _
from workbench.ui.actions import VIEW, Actions, Command

if TYPE_CHECKING:
    from workbench.ui.bridge.bridge import Bridge
    from workbench.ui.tabs.document_tabs import DocumentTabs
    from workbench.ui.widgets.undoing import Undoing


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page may need of its window."""

    bridge: "Bridge"
    actions: Actions
    documents: "DocumentTabs"
    undoing: "Undoing"
    window: QWidget


@dataclass(frozen=True, slots=True)
class PageKind:
    """A page. ``command`` shows it; its ``id`` is also the name of the page.

    ``make`` imports what the page consists of: nothing of it is there before the first paint. A page ``beside`` the
    open documents shares the window with them, as a column; the others fill it.
    """

    command: Command
    make: Callable[[PageContext], QWidget]
    beside: bool = False

    @property
    def name(self) -> str:
        """What the page is called by."""
        return self.command.id


@runtime_checkable
class Divided(Protocol):
    """A page with a divider, whose place is remembered."""

    def restore_split(self, state: str) -> None:
        """Put the divider where it was."""

    def split_state(self) -> str:
        """Where the divider is."""


def _collections(_context: PageContext) -> QWidget:
    from workbench.ui.library.sidebar import LibrarySidebar

    return LibrarySidebar()


def _identities(_context: PageContext) -> QWidget:
    from workbench.ui.certificates.identities_page import IdentitiesPage

    return IdentitiesPage()


def _trust(_context: PageContext) -> QWidget:
    from workbench.ui.certificates.trust_page import TrustPage

    return TrustPage()


def _history(_context: PageContext) -> QWidget:
    from workbench.ui.history.panel import HistoryPanel

    return HistoryPanel()


def _lab(_context: PageContext) -> QWidget:
    from workbench.ui.windows.lab_page import LabPage

    return LabPage()


PAGES = (
    PageKind(Command("requests", _("&Collections"), VIEW, "Ctrl+1", "collections", group=1), _collections, beside=True),
    PageKind(Command("identities", _("&Identities"), VIEW, "Ctrl+2", "identity", group=1), _identities),
    PageKind(Command("trust", _("&Trust"), VIEW, "Ctrl+3", "trust", group=1), _trust),
    PageKind(Command("history", _("&History"), VIEW, "Ctrl+4", "history", group=1), _history, beside=True),
    PageKind(Command("lab", _("&Lab"), VIEW, "Ctrl+5", "lab", group=1), _lab),
)
