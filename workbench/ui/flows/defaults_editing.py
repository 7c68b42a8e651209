"""Editing what a collection or a folder gives to its requests."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workbench.core.collection import ChangedOutside, Stamp
from workbench.core.collection.location import DraftLocation
from workbench.core.credentials import BundleRow, IdentityRow
from workbench.core.draft import Defaults
from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _
from workbench.core.visible import isolated
from workbench.core.want import Want
from workbench.core.workspace.request_file import DefaultsFound
from workbench.core.workspace.surroundings import Surroundings
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.library.defaults_dialog import DefaultsDialog
from workbench.ui.runner import while_alive

Stock = Callable[[], tuple[tuple[IdentityRow, ...], tuple[BundleRow, ...]]]


class DefaultsEditing(QObject):
    """One dialog at a time. ``changed`` when requests inherit something else than before."""

    changed = Signal()

    def __init__(self, bridge: Bridge, stock: Stock, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._stock, self._window = bridge, stock, window
        self._dialog: DefaultsDialog | None = None
        self._stamp: Stamp | None = None

    def edit(self, location: DraftLocation) -> None:
        """Read what ``location`` gives, and show it."""
        if self._dialog is None:
            self._bridge.library.defaults(location, self._open)

    def _open(self, found: DefaultsFound) -> None:
        if self._dialog is not None:
            return
        title = _("Settings of “{name}”").format(name=isolated(found.defaults.name))
        self._stamp = found.stamp
        dialog = self._dialog = DefaultsDialog(title, found.defaults, self._window)
        dialog.show_stock(*self._stock())
        dialog.save_requested.connect(partial(self._save, dialog, found))
        dialog.finished.connect(self._forget)
        # What is further out, as a request beside the folder would see it.
        outside = found.location if found.location.item is not None else None
        if outside is not None:
            self._bridge.surroundings(outside, done=self._show_surroundings)
        else:
            dialog.revoke_requested.connect(partial(self._revoke, dialog, found.location))
            self._bridge.library.agreed(found.location.collection, dialog.show_agreed)
        dialog.open()

    def _save(self, dialog: DefaultsDialog, found: DefaultsFound, defaults: Defaults) -> None:
        close = while_alive(dialog.accept)  # it may be closed by now; requests see other values all the same

        def done(_nothing: object) -> None:
            close()
            self.changed.emit()

        def refuse(error: WorkbenchError) -> None:
            dialog.show_error(error)
            if isinstance(error, ChangedOutside):  # it was said; whoever saves again replaces what others did
                self._stamp = error.stamp

        self._bridge.library.save_defaults(found.location, defaults, self._stamp, done, refuse)

    def _revoke(self, dialog: DefaultsDialog, location: DraftLocation, wants: tuple[Want, ...]) -> None:
        self._bridge.library.revoke(location.collection, wants, dialog.show_agreed, dialog.show_error)

    def _show_surroundings(self, around: Surroundings) -> None:
        if self._dialog is not None:
            self._dialog.show_surroundings(around)

    def _forget(self) -> None:
        self._dialog = None
