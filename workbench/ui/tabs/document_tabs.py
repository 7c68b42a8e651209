"""The open documents, a tab each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QTabWidget, QWidget

from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft
from workbench.core.i18n import _
from workbench.core.visible import visible
from workbench.ui.garbage import let_go
from workbench.ui.look.marks import mark_icon
from workbench.ui.look.plain import caption, tip
from workbench.ui.tabs.context import DocumentContext
from workbench.ui.tabs.document import Document
from workbench.ui.tabs.kinds import KINDS, DocumentKind, kind_of
from workbench.ui.tabs.restoring import as_open, opened_from, saved_of
from workbench.ui.widgets.tab_strip import TabStrip

if TYPE_CHECKING:
    from workbench.core.collection import Stamp
    from workbench.core.storage.drafts import OpenTab, OpenTabs


class DocumentTabs(QTabWidget):
    """Opens, closes and moves them, each made by its kind with the ``context`` of the window.

    ``opened`` carries the ``Document`` after it was opened, ``grown`` a part of one that was made later.
    ``tabs_changed``: ``drafts()`` would tell something new. ``front_changed``: another document is in front, or what
    can be done with it has changed. ``unsaved_closed`` carries a tuple of ``OpenTab``: closed with what is saved
    nowhere. ``compare_requested`` carries a ``Document``, ``menu_requested`` a point on the screen.
    """

    opened = Signal(QWidget)
    grown = Signal(QWidget)
    emptied = Signal()
    tabs_changed = Signal()
    front_changed = Signal()
    unsaved_closed = Signal(object)
    compare_requested = Signal(QWidget)
    menu_requested = Signal(QPoint)

    def __init__(self, context: DocumentContext, kinds: Sequence[DocumentKind] = KINDS) -> None:
        super().__init__()
        self._context, self.kinds = context, tuple(kinds)
        self._arrangement = ""
        self._known: dict[Document, OpenTab] = {}
        self._closed: list[tuple[OpenTab, Draft]] = []  # each with what its file held
        strip = TabStrip(self)
        self.setTabBar(strip)
        self.setDocumentMode(True)
        strip.setAccessibleName(_("Open requests"))
        strip.close_requested.connect(self.close_tab)
        strip.menu_requested.connect(self._ask_for_menu)
        strip.tabMoved.connect(self.tabs_changed)
        self.currentChanged.connect(self.front_changed)
        context.bridge.preferred.connect(self.refresh_surroundings)

    def current(self) -> Document | None:
        """The document in front."""
        document = self.currentWidget()
        return document if isinstance(document, Document) else None

    def documents(self) -> tuple[Document, ...]:
        """All of them, left to right."""
        widgets = (self.widget(place) for place in range(self.count()))
        return tuple(document for document in widgets if isinstance(document, Document))

    def saved_at(self, origin: DraftLocation) -> Document | None:
        """The document that is saved at ``origin``."""
        return next((one for one in self.documents() if one.origin == origin and origin.item is not None), None)

    def open(
        self,
        draft: Draft,
        origin: DraftLocation | None = None,
        base: "Stamp | None" = None,
        *,
        saved: Draft | None = None,
        behind: bool = False,
    ) -> Document:
        """Open ``draft`` in a tab, or bring the one to the front that has it open already.

        ``base`` is how its file was when it was read, ``saved`` what that file holds where the draft differs.
        """
        known = self.saved_at(origin) if origin is not None else None
        if known is not None:
            if not behind:
                self.setCurrentWidget(known)
            return known
        document = self._make(draft)
        document.origin, document.stamp = origin, base
        document.show_draft(draft, saved=saved)
        place = self.addTab(document, "")
        self._show_title(document)
        document.refresh_surroundings()
        self.opened.emit(document)
        if not behind:
            self.setCurrentIndex(place)
            document.take_focus()
        self.tabs_changed.emit()
        return document

    def duplicate(self) -> None:
        """Open what the document in front shows once more; the copy is not saved anywhere yet."""
        document = self.current()
        if document is not None:
            origin = DraftLocation(document.origin.collection) if document.origin is not None else None
            self.open(document.draft(), origin)

    def close_tab(self, place: int) -> None:
        """Close one tab; what it had under way is cancelled, what it held can be opened again."""
        document = self.widget(place)
        if isinstance(document, Document):
            self._close([document])

    def close_others(self, place: int) -> None:
        """Close all tabs but one."""
        kept = self.widget(place)
        self._close([document for document in self.documents() if document is not kept])

    def can_reopen(self) -> bool:
        """Whether a document was closed that can be opened again."""
        return bool(self._closed)

    def reopen_closed(self) -> None:
        """Open the document that was closed last."""
        if self._closed:
            self._open_again(*self._closed.pop(0), behind=False)
            self.front_changed.emit()

    def open_again(self, held: "Sequence[OpenTab]", *, behind: bool = False) -> tuple[Document, ...]:
        """Open those of the closed documents that held these; the documents that there are then."""
        found = [pair for pair in reversed(self._closed) if any(pair[0] is one for one in held)]
        self._closed = [pair for pair in self._closed if pair not in found]
        documents = tuple(self._open_again(*pair, behind=behind) for pair in found)
        self.front_changed.emit()
        return documents

    def unsaved_of(self, origin: DraftLocation) -> "OpenTab | None":
        """What the document saved at ``origin`` held that was closed before that was saved."""
        held = (one for one, _saved in self._closed if one.dirty and origin.item is not None)
        return next((one for one in held if (one.collection, one.item) == (origin.collection, origin.item)), None)

    def mark_saved(self, document: Document, draft: Draft, origin: DraftLocation, stamp: "Stamp | None") -> None:
        """``draft`` was written to ``origin``: what the document shows is compared with that from now on."""
        moved = document.origin != origin
        document.show_saved(draft, origin, stamp)
        if moved:
            document.refresh_surroundings()
        self.tabs_changed.emit()

    def drafts(self) -> "OpenTabs":
        """All that is open and was closed, as data."""
        from workbench.core.storage.drafts import OpenTabs

        tabs = tuple(self._remember(document) for document in self.documents())
        return OpenTabs(tabs, self.currentIndex(), self.arrangement(), tuple(one for one, _saved in self._closed))

    def restore(self, kept: "OpenTabs") -> None:
        """Open what was open; nothing that is open already is touched."""
        self._arrangement = kept.split or self._arrangement
        self._closed = [(one, saved_of(one)) for one in kept.closed]
        before = self.count()
        for one in kept.tabs:
            self._open_again(one, saved_of(one), behind=True)
        if before == 0 and 0 <= kept.current < self.count():
            self.setCurrentIndex(kept.current)
        self.front_changed.emit()

    def step(self, by: int) -> None:
        """Go ``by`` tabs on, round the end."""
        if self.count():
            self.setCurrentIndex((self.currentIndex() + by) % self.count())

    def refresh_surroundings(self) -> None:
        """Have every document read anew what is around it."""
        for document in self.documents():
            document.refresh_surroundings()

    def arrangement(self) -> str:
        """How the parts of the document in front are arranged."""
        document = self.current()
        return document.arrangement() if document is not None else self._arrangement

    def arrange(self, state: str) -> None:
        """How the parts of new documents are to be arranged."""
        self._arrangement = state

    def _make(self, draft: Draft) -> Document:
        document = kind_of(draft, self.kinds).make(self._context)
        document.arrange(self._arrangement)
        document.title_changed.connect(lambda: self._show_title(document))
        document.edited.connect(self.tabs_changed)
        document.commands_changed.connect(self.front_changed)
        document.part_made.connect(self.grown)
        document.compare_requested.connect(lambda: self.compare_requested.emit(document))
        return document

    def _close(self, documents: Sequence[Document]) -> None:
        from workbench.core.storage.drafts import CLOSED_LIMIT

        unsaved = []
        for document in documents:
            held = self._remember(document)
            if held.draft != Draft(protocol=held.draft.protocol):
                self._closed = [(held, document.saved), *self._closed][:CLOSED_LIMIT]
                if held.dirty or held.item is None:
                    unsaved.append(held)
            self._known.pop(document, None)
            self._arrangement = document.arrangement()
            document.closed.emit()
            self.removeTab(self.indexOf(document))
            let_go(document)
        self.tabs_changed.emit()
        self.front_changed.emit()
        if not self.count():
            self.emptied.emit()
        if unsaved:
            self.unsaved_closed.emit(tuple(unsaved))

    def _open_again(self, one: "OpenTab", saved: Draft, *, behind: bool) -> Document:
        draft, origin, stamp = opened_from(one)
        document = self.open(draft, origin, stamp, saved=saved, behind=behind)
        document.missing = one.missing
        if one.missing:
            words = _("Not stored while the program was closed: {names}. Enter them again before sending.")
            document.banner.show_words(_("Secrets are missing"), words.format(names=", ".join(one.missing)))
        return document

    def _remember(self, document: Document) -> "OpenTab":
        # One and the same object as long as nothing changes: whoever stores it need not look at it again.
        now = as_open(document)
        if self._known.get(document) != now:
            self._known[document] = now
        return self._known[document]

    def _show_title(self, document: Document) -> None:
        place = self.indexOf(document)
        if place < 0:
            return
        title = document.title()
        self.setTabText(place, caption(title.words) + (" ●" if title.unsaved else ""))
        spoken = _("{title}, unsaved").format(title=title.words) if title.unsaved else title.words
        self.tabBar().setAccessibleTabName(place, visible(spoken))
        url = visible(title.tip)
        self.setTabToolTip(place, tip(_("{url}\nNot saved yet").format(url=url) if title.unsaved else url))
        self.setTabIcon(place, mark_icon(title.mark) if title.mark else QIcon())

    def _ask_for_menu(self, place: int, where: QPoint) -> None:
        self.setCurrentIndex(place)
        self.menu_requested.emit(where)
