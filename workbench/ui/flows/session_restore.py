"""What is open outlives the window: brought back when that opens, saved soon after every change and when it closes."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from workbench.core.collection.location import DraftLocation
from workbench.core.draft import SENSITIVE, Draft
from workbench.core.errors import WorkbenchError
from workbench.core.masking import Stripped, without_body
from workbench.core.workspace.request_file import Opening
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.tabs.document import Document
from workbench.ui.tabs.document_tabs import DocumentTabs

if TYPE_CHECKING:
    from workbench.core.storage.drafts import Restored

_PAUSE = 400  # milliseconds from a change to its saving: with the saving itself less than a second


def _with_body(draft: Draft, saved: Draft) -> Draft:
    """A sensitive draft is kept without its body, and takes the file's: saving it must not empty that."""
    kept = without_body(Stripped(saved)).draft.body
    return replace(draft, body=saved.body) if SENSITIVE in draft.tags and draft.body == kept else draft


class SessionRestore(QObject):
    """Begins with ``restore``. Until that has succeeded nothing is saved over what cannot be read."""

    def __init__(self, bridge: Bridge, tabs: DocumentTabs) -> None:
        super().__init__(tabs)
        self._bridge, self._tabs = bridge, tabs
        self._ready = False
        self._saving = False
        self._changed = False
        self._in_trouble = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._save)
        tabs.tabs_changed.connect(self._note)
        tabs.currentChanged.connect(self._note)
        bridge.closing.connect(self._hand_over)

    def restore(self) -> None:
        """Open what was open when the window was last closed, or the program killed."""
        self._bridge.load_open(done=self._restored)

    def _restored(self, restored: "Restored") -> None:
        for trouble in restored.troubles:
            self._bridge.troubled.emit(trouble)
        before = self._tabs.documents()
        self._tabs.restore(restored.tabs)
        for document in self._tabs.documents():
            if document not in before and document.origin is not None and document.origin.item is not None:
                location = DraftLocation(document.origin.collection, document.origin.item)
                self._bridge.library.load(location, partial(self._learn, document), partial(self._miss, document))
        self._ready = True
        self._note()

    def _learn(self, document: Document, opening: Opening) -> None:
        """The file of a request that was open is read: what in the document differs from it is the person's own."""
        if document not in self._tabs.documents():
            return
        if not document.unsaved():  # what the file says now is what is meant
            document.stamp = opening.stamp
            document.show_draft(opening.draft)
        elif document.stamp == opening.stamp:
            document.show_draft(_with_body(document.draft(), opening.draft), saved=opening.draft)

    def _miss(self, document: Document, error: WorkbenchError) -> None:
        if document in self._tabs.documents():
            document.banner.show_error(error)

    def _note(self, _place: int = 0) -> None:
        if not self._ready:
            return
        self._changed = True
        if not self._pause.isActive():
            self._pause.start()

    def _save(self) -> None:
        if self._saving:
            return  # _saved comes back to it
        self._saving, self._changed = True, False
        self._bridge.save_open(self._tabs.drafts(), done=self._saved, failed=self._refused)

    def _saved(self, _nothing: object) -> None:
        self._in_trouble = False
        self._go_on()

    def _refused(self, error: WorkbenchError) -> None:
        if not self._in_trouble:  # told once, until it works again
            self._in_trouble = True
            self._bridge.troubled.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        self._saving = False
        if self._changed and not self._pause.isActive():
            self._pause.start()

    def _hand_over(self) -> None:
        self._pause.stop()
        if self._ready:
            self._bridge.leave_open(self._tabs.drafts())
