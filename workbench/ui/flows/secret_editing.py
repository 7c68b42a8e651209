"""Secret variables that belong to no environment, seen, set and forgotten in a dialog."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _
from workbench.core.visible import isolated
from workbench.core.workspace.environment_edit import SecretsFound
from workbench.ui.bridge.library import LibraryBridge
from workbench.ui.library.secrets_dialog import SecretsDialog
from workbench.ui.runner import while_alive


class SecretEditing(QObject):
    """``changed`` when requests see other values than before."""

    changed = Signal()

    def __init__(self, bridge: LibraryBridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._window = bridge, window

    def edit(self, folder: Path | None) -> None:
        """Edit the secrets of the collection in ``folder``; None means requests that belong to no collection."""
        self._bridge.secrets(folder, self._open)

    def _open(self, found: SecretsFound) -> None:
        if found.collection is not None:
            title = _("Secrets of “{name}” on this computer").format(name=isolated(found.collection.name))
        else:
            title = _("Secrets of requests without a collection")
        dialog = SecretsDialog(title, found.names, self._window)
        dialog.reveal_requested.connect(partial(self._reveal, dialog, found.collection))
        dialog.save_requested.connect(partial(self._save, dialog, found.collection))
        dialog.open()

    def _save(self, dialog: SecretsDialog, folder: Path | None, values: Mapping[str, str | None]) -> None:
        close = while_alive(dialog.accept)  # it may be closed by now; requests see other values all the same

        def done(_nothing: object) -> None:
            close()
            self.changed.emit()

        self._bridge.save_secrets(folder, values, done, dialog.show_error)

    def _reveal(self, dialog: SecretsDialog, folder: Path | None, name: str) -> None:
        def show(value: str | None) -> None:
            if value is None:
                dialog.show_error(
                    WorkbenchError(_("The keyring has no value for “{name}”.").format(name=isolated(name)))
                )
            else:
                dialog.show_secret(name, value)

        self._bridge.secret(folder, "", name, show, dialog.show_error)
