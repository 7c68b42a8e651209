"""The environment of the request in front: chosen at the top right, edited in a dialog."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workbench.core.credentials import BundleRow, IdentityRow
from workbench.core.errors import KeyringUnavailable, WorkbenchError
from workbench.core.i18n import _
from workbench.core.visible import isolated
from workbench.core.workspace.environment_edit import EnvironmentEdit, EnvironmentsFound
from workbench.ui.bridge.library import LibraryBridge
from workbench.ui.library.environment_choice import EnvironmentChoice
from workbench.ui.library.environments_dialog import EnvironmentsDialog
from workbench.ui.models.library_lines import Library
from workbench.ui.runner import while_alive
from workbench.ui.tabs.document_tabs import DocumentTabs
from workbench.ui.widgets.undoing import Undoing

Stock = Callable[[], tuple[tuple[IdentityRow, ...], tuple[BundleRow, ...]]]


class EnvironmentEditing(QObject):
    """``collection_shown`` carries the name of the collection of what is in front, empty for none.

    ``changed`` when requests see other variables than before.
    """

    collection_shown = Signal(str)
    changed = Signal()

    def __init__(
        self,
        bridge: LibraryBridge,
        tabs: DocumentTabs,
        choice: EnvironmentChoice,
        stock: Stock,
        undoing: Undoing,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._bridge, self._tabs, self._choice = bridge, tabs, choice
        self._stock, self._undoing, self._window = stock, undoing, window
        self._library = Library()
        self._dialog: EnvironmentsDialog | None = None
        self._beside: Path | None = None  # the collection chosen in the sidebar
        choice.chosen.connect(self.choose)
        choice.edit_requested.connect(self.edit)
        tabs.currentChanged.connect(self._show)
        tabs.tabs_changed.connect(self._show)
        bridge.changed.connect(self._learn)

    def collection(self) -> Path | None:
        """The collection of the request in front; without one the chosen, or the only one."""
        document = self._tabs.current()
        if document is not None:
            return document.origin.collection if document.origin is not None else None
        if self._library.root(self._beside) is not None:
            return self._beside
        return self._library.roots[0].folder if len(self._library.roots) == 1 else None

    def show_chosen(self, folder: Path | None) -> None:
        """Without a request in front, the environment of this collection is meant."""
        self._beside = folder
        self._show()

    def edit(self, folder: Path | None = None) -> None:
        """Edit the environments of a collection, or else of the one that is meant now."""
        wanted = folder or self.collection()
        if wanted is not None and self._dialog is None:
            self._bridge.environments(wanted, self._open)

    def choose(self, name: str) -> None:
        """Use an environment of the collection that is meant now; the empty name uses none."""
        folder = self.collection()
        if folder is not None:
            self._bridge.choose_environment(folder, name)

    def _learn(self, library: Library) -> None:
        before, self._library = self._library, library
        self._show()
        known = {root.folder: (root.environments, root.environment) for root in before.roots}
        if any(known.get(root.folder) != (root.environments, root.environment) for root in library.roots):
            self.changed.emit()

    def _show(self) -> None:
        root = self._library.root(self.collection())
        if root is None:
            self._choice.show_environments((), "", of="")
        else:
            self._choice.show_environments(root.environments, root.environment, of=root.name)
        self.collection_shown.emit(root.name if root is not None else "")

    def _open(self, found: EnvironmentsFound) -> None:
        if self._dialog is not None:
            return
        dialog = self._dialog = EnvironmentsDialog(
            found.collection, found.name, found.environments, found.kept, self._window
        )
        dialog.show_stock(*self._stock())
        dialog.show_keyring(found.locked)
        for error in found.broken:
            dialog.show_error(error)
        root = self._library.root(found.collection)
        if root is not None:
            dialog.choose(root.environment)
        dialog.save_requested.connect(partial(self._save, dialog, found.name))
        dialog.reveal_requested.connect(partial(self._reveal, dialog, found.collection))
        dialog.finished.connect(self._forget)
        dialog.open()

    def _save(self, dialog: EnvironmentsDialog, collection: str, edit: EnvironmentEdit) -> None:
        close = while_alive(dialog.accept)  # it may be closed by now; requests see other values all the same

        def done(back: EnvironmentEdit) -> None:
            close()
            self.changed.emit()
            words = _("Saved the environments of “{name}”.").format(name=isolated(collection))
            self._undoing.note(partial(self._take_back, back), words)

        self._bridge.save_environments(edit, done, dialog.show_error)

    def _take_back(self, back: EnvironmentEdit) -> None:
        self._bridge.save_environments(back, lambda _forth: self.changed.emit(), self._bridge.troubled.emit)

    def _reveal(self, dialog: EnvironmentsDialog, folder: Path, environment: str, variable: str) -> None:
        def show(value: str | None) -> None:
            if value is None:
                dialog.show_keyring(WorkbenchError(_("The keyring has no value for “{name}”.").format(name=variable)))
            else:
                dialog.show_secret(environment, variable, value)

        def refuse(error: WorkbenchError) -> None:
            dialog.show_keyring(error if isinstance(error, KeyringUnavailable) else None)

        self._bridge.secret(folder, environment, variable, show, refuse)

    def _forget(self) -> None:
        self._dialog = None
