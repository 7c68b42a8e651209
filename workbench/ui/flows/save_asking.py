"""Asking where a request is to be saved."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft
from workbench.core.i18n import _
from workbench.core.workspace.request_file import Saved
from workbench.core.workspace.secret_extraction import telltale_headers
from workbench.ui.bridge.library import LibraryBridge
from workbench.ui.library.save_dialog import SaveDialog
from workbench.ui.models.library_lines import Library
from workbench.ui.request.url import short_url
from workbench.ui.runner import while_alive
from workbench.ui.tabs.document import Document


class SaveAsking(QObject):
    """``saved`` carries the document, the draft that was saved, and a ``Saved``. One question at a time.

    ``collection_requested`` when there is to be a new collection to save in.
    """

    saved = Signal(object, object, object)
    collection_requested = Signal()

    def __init__(self, bridge: LibraryBridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._window = bridge, window
        self._library = Library()
        self._dialog: SaveDialog | None = None

    def show_library(self, library: Library) -> None:
        """Offer the folders of these collections."""
        self._library = library
        if self._dialog is not None:
            self._dialog.show_roots(library.roots)

    def ask(self, document: Document, near: DraftLocation | None) -> None:
        """Ask where to save what ``tab`` shows."""
        if self._dialog is not None:
            return
        draft = document.draft()
        name = draft.name or short_url(draft.url) or _("New request")
        dialog = self._dialog = SaveDialog(name, self._library.roots, near, self._window)
        telling = telltale_headers(draft, document.saved if document.stamp is not None else None)
        dialog.show_secrets(telling)
        dialog.save_requested.connect(partial(self._save, document, draft, telling))
        dialog.folder_requested.connect(self._add_folder)
        dialog.collection_requested.connect(self.collection_requested)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _save(self, document: Document, draft: Draft, telling: tuple[str, ...], name: str, into: DraftLocation) -> None:
        headers = telling if self._dialog is not None and self._dialog.keeps_secrets() else ()

        tell = while_alive(partial(self.saved.emit, document, draft))

        def done(saved: Saved) -> None:
            if self._dialog is not None:
                self._dialog.accept()
            tell(saved)

        self._bridge.save_new(into, name, draft, done, self._refuse, headers=headers, source=document.origin)

    def _add_folder(self, name: str, into: DraftLocation) -> None:
        def done(location: DraftLocation) -> None:
            if self._dialog is not None:
                self._dialog.choose_when_there(location)

        self._bridge.add_folder(into, name, done, self._refuse)

    def _refuse(self, error: object) -> None:
        from workbench.core.errors import WorkbenchError

        if self._dialog is not None and isinstance(error, WorkbenchError):
            self._dialog.show_error(error)

    def _forget(self) -> None:
        self._dialog = None
