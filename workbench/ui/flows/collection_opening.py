"""Bringing collections in: a new one, one from anywhere on the disk, a copy, one of those opened before."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from workbench.core.collection.location import DraftLocation
from workbench.core.i18n import _
from workbench.core.visible import isolated
from workbench.ui.bridge.library import LibraryBridge
from workbench.ui.library.collection_dialog import CollectionDialog
from workbench.ui.look.plain import caption

_MOST = 10


class CollectionOpening(QObject):
    """``opened`` carries the ``DraftLocation`` of a collection that was brought in."""

    opened = Signal(object)

    def __init__(self, bridge: LibraryBridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._window = bridge, window
        self._near = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        self._recent = QMenu(_("Open &Recent Collection"), window)
        self.show_remembered(())

    def recent_menu(self) -> QMenu:
        """Collections that were open before."""
        return self._recent

    def show_remembered(self, folders: Sequence[Path]) -> None:
        """Offer these to be opened again."""
        self._recent.clear()
        for folder in folders[:_MOST]:
            words = f"{isolated(folder.name)} — {isolated(str(folder.parent))}"
            self._recent.addAction(caption(words)).triggered.connect(partial(self._reopen, folder))
        self._recent.setEnabled(bool(folders))

    def _reopen(self, folder: Path, _checked: bool = False) -> None:
        self.open([folder])

    def open(self, folders: Sequence[Path]) -> None:
        """Open the collections in these folders, one after the other, so that they stand in this order."""
        if not folders:
            return
        first, rest = folders[0], tuple(folders[1:])
        self._near = first.parent

        def done(location: DraftLocation) -> None:
            self.opened.emit(location)
            self.open(rest)

        def failed(error: object) -> None:
            self._bridge.troubled.emit(error)
            self.open(rest)

        self._bridge.open(first, done, failed)

    def choose(self) -> None:
        """Let the person choose a folder."""
        chooser = QFileDialog(self._window, _("Choose the folder of a collection"), str(self._near))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.fileSelected.connect(lambda folder: self.open([Path(folder)]))
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def create(self) -> None:
        """Ask for a name and a place, and make a collection."""
        dialog = CollectionDialog(_("New Collection"), "", self._near, self._window)
        dialog.create_requested.connect(
            lambda name, where: self._bridge.create(
                where, name, lambda location: self._finish(dialog, location), dialog.show_error
            )
        )
        dialog.open()

    def clone(self, source: Path, name: str) -> None:
        """Ask for a name and a place, and copy the collection in ``source``."""
        wanted = _("{name} copy").format(name=name)
        dialog = CollectionDialog(
            _("Copy of “{name}”").format(name=isolated(name)), wanted, source.parent, self._window
        )
        dialog.create_requested.connect(
            lambda new, where: self._bridge.clone(
                source, where, new, lambda location: self._finish(dialog, location), dialog.show_error
            )
        )
        dialog.open()

    def _finish(self, dialog: CollectionDialog, location: DraftLocation) -> None:
        self._near = location.collection.parent
        dialog.accept()
        self.opened.emit(location)
