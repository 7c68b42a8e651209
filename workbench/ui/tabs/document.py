"""What a tab holds, whatever its protocol: a draft, where it is saved, what a person is told and asked about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft
from workbench.core.exchange import Exchange
from workbench.ui.compare.comparison import Compared
from workbench.ui.library.conflict_bar import ConflictBar
from workbench.ui.look.marks import Mark
from workbench.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from workbench.core.collection import Stamp

_WHILE_IDLE = ("send", "send-and-save")


@dataclass(frozen=True, slots=True)
class DocumentTitle:
    """What stands on the tab: words, a tool tip, how the last exchange went, whether there is something to save."""

    words: str
    tip: str
    mark: Mark | None = None
    unsaved: bool = False


class Document(QWidget):
    """One draft in a tab. Each kind of document (see ``kinds``) is a subclass that shows drafts of its type.

    A kind implements what raises ``NotImplementedError`` here, fills ``commands``, emits ``title_changed`` while a
    person types and calls ``compare_with_saved`` when they pause.

    - ``commands`` is what the commands of the window do in this document, by their ids; others are disabled.
    - ``origin`` is where the draft is saved; without an ``item``, the collection that it belongs to.
    - ``stamp`` is how the file was when it was read or written, ``saved`` the draft as it is there or was opened.
    - ``missing`` names secrets that were not kept and have to be entered again.
    - ``mark`` tells on the tab how the last exchange went.

    ``edited`` comes when what is typed has settled, ``commands_changed`` when ``can`` says something else than before,
    and ``closed`` once, before the document is deleted. ``part_made`` carries a widget that was made
    after the document. ``compare_requested``: what it received is to be compared with another document's.
    """

    title_changed = Signal()
    origin_changed = Signal()
    edited = Signal()
    commands_changed = Signal()
    closed = Signal()
    part_made = Signal(QWidget)
    compare_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner(self)
        self.commands: dict[str, Callable[[], object]] = {}
        self.stamp: Stamp | None = None
        self.saved = Draft()
        self.missing: tuple[str, ...] = ()
        self.mark: Mark | None = None
        self._origin: DraftLocation | None = None
        self._busy = False
        self._unsaved = False
        self._questions: dict[str, ConflictBar] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.banner)

    def draft(self) -> Draft:
        """What is shown."""
        raise NotImplementedError

    def display(self, draft: Draft) -> None:
        """Put ``draft`` into the editor."""
        raise NotImplementedError

    def heading(self) -> tuple[str, str]:
        """The words and the tool tip of the tab."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the keyboard where it is needed first."""
        raise NotImplementedError

    def choose_identity(self, name: str) -> None:
        """Offer the identity called ``name`` from now on."""
        raise NotImplementedError

    def choose_trust(self, name: str) -> None:
        """Trust the bundle called ``name`` too from now on."""
        raise NotImplementedError

    def show_exchange(self, exchange: Exchange) -> None:
        """Show what became of the draft, now or when it is opened from the history."""
        raise NotImplementedError

    def compared(self) -> Compared | None:
        """The exchange that is shown, to be compared; None where there is none yet."""
        return None

    def refresh_surroundings(self) -> None:
        """Read anew what the draft inherits, and the variables around it: they have changed, or may have."""

    def arrangement(self) -> str:
        """How the parts of the document are arranged, for ``arrange``."""
        return ""

    def arrange(self, state: str) -> None:
        """Arrange the parts as they were when ``arrangement`` gave ``state``; the empty one changes nothing."""

    @property
    def origin(self) -> DraftLocation | None:
        """Where the draft is saved; without an ``item``, the collection that it belongs to."""
        return self._origin

    @origin.setter
    def origin(self, origin: DraftLocation | None) -> None:
        self._origin = origin
        self.origin_changed.emit()

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._busy

    def set_busy(self, *, busy: bool) -> None:
        """Something has begun or ended."""
        self._busy = busy
        self.commands_changed.emit()

    def can(self, command: str) -> bool:
        """Whether ``command`` is one of this document's that can be carried out now."""
        idle = command not in _WHILE_IDLE or not self._busy
        return command in self.commands and idle and (self._busy or command != "cancel")

    def unsaved(self) -> bool:
        """Whether what is shown differs from what was opened or saved last."""
        return self.draft() != self.saved

    def title(self) -> DocumentTitle:
        """What should stand on the tab."""
        return DocumentTitle(*self.heading(), self.mark, self._unsaved)

    def show_draft(self, draft: Draft, *, saved: Draft | None = None) -> None:
        """Show ``draft``; ``saved`` is that draft as it is in its file, where it was changed since."""
        self.saved = draft if saved is None else saved
        self.display(draft)
        self.compare_with_saved()

    def show_saved(self, draft: Draft, origin: DraftLocation, stamp: "Stamp | None") -> None:
        """``draft`` was written to ``origin``; what was typed meanwhile stays and is still to be saved."""
        before, self.saved = self.saved, draft
        self.origin, self.stamp, self.missing = origin, stamp, ()
        shown = self.draft()
        if shown != draft and shown == before:
            self.display(draft)
        self.compare_with_saved()

    def compare_with_saved(self) -> None:
        """Tell whether there is something to save."""
        self._unsaved = self.unsaved()
        self.title_changed.emit()
        self.edited.emit()

    def ask(
        self, key: str, title: str, detail: str, answers: Sequence[tuple[str, str]], answered: Callable[[str], object]
    ) -> ConflictBar:
        """Ask across the top, in place of an older question with the same ``key``.

        ``answers`` are names with the texts of their buttons; ``answered`` gets the name that is chosen. The question
        stays until it is withdrawn.
        """
        self.withdraw(key)
        bar = self._questions[key] = ConflictBar(title, detail, answers, self)
        self._column.insertWidget(0, bar)
        bar.answered.connect(answered)
        return bar

    def withdraw(self, key: str) -> None:
        """Take a question away that was answered, or need not be."""
        bar = self._questions.pop(key, None)
        if bar is not None:
            bar.close_quietly()

    def add_below_banner(self, widget: QWidget) -> None:
        """Give ``widget`` all the room below messages and questions."""
        self._column.addWidget(widget, 1)
