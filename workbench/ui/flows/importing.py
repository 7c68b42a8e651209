"""Bringing files in: choose, read, perhaps ask for a password, show what was found, store."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.core.errors import WorkbenchError
from workbench.core.formats import Imported
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.certificates.import_dialog import ImportDialog

_FILTER = _("Keys and certificates (*.p12 *.pfx *.pem *.crt *.cer *.key *.der *.p8 *.p7b *.p7c *.jks);;All files (*)")


class Importing(QObject):
    """One import at a time. ``identity_stored`` and ``bundle_stored`` carry the new name.

    ``authority_stored`` does so for an authority that was offered in a response, and is to be believed there.
    """

    identity_stored = Signal(str)
    bundle_stored = Signal(str)
    authority_stored = Signal(str)

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._window = bridge, window
        self._paths: tuple[Path, ...] = ()
        self._trust = False
        self._offered = False
        self._found: Imported | None = None
        self._dialog: ImportDialog | None = None

    def choose(self, *, trust: bool = False) -> None:
        """Let the person choose files; ``trust``: files with authorities."""
        self._trust = trust
        self._open_chooser(self.start)

    def start(self, paths: Sequence[str | Path]) -> None:
        """Read these files and show what they hold."""
        if self._dialog is None and paths:
            self._offered = False
            self._paths = tuple(Path(path) for path in paths)
            self._open_dialog(self._names())
            self._read("")

    def offer(self, authority: Certificate) -> None:
        """Show an authority that a server presented, to be trusted from now on."""
        if self._dialog is None:
            self._offered = True
            self._found = Imported(authority.common_name, authorities=(authority,))
            self._open_dialog([_("the chain from the server")]).show_presented(authority)

    def drop(self, paths: Sequence[Path]) -> None:
        """Files were dropped: find out what they are."""
        self._trust = False
        self.start(paths)

    def _open_dialog(self, sources: Sequence[str]) -> ImportDialog:
        self._dialog = ImportDialog(sources, self._window)
        self._dialog.read_requested.connect(self._read)
        self._dialog.more_requested.connect(self._choose_more)
        self._dialog.store_requested.connect(self._store)
        self._dialog.finished.connect(self._forget_dialog)
        self._dialog.open()
        return self._dialog

    def _names(self) -> list[str]:
        return [path.name for path in self._paths]

    def _open_chooser(self, slot: Callable[[list[str]], None]) -> None:
        chooser = QFileDialog(self._window, _("Choose files to import"), "", _FILTER)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.filesSelected.connect(slot)
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def _choose_more(self) -> None:
        self._open_chooser(self._add)

    def _add(self, paths: Sequence[str]) -> None:
        if self._dialog is not None:
            self._paths = (*self._paths, *(Path(path) for path in paths))
            self._dialog.show_files(self._names())
            self._read(self._dialog.password() or "")

    def _read(self, password: str) -> None:
        self._bridge.read_files(
            self._paths, password or None, trust=self._trust, done=self._show_found, failed=self._show_error
        )

    def _show_found(self, found: Imported) -> None:
        if self._dialog is None:
            return
        self._found = found
        if found.identity is not None:
            self._dialog.show_identity(found.name, found.identity)
        else:
            self._dialog.show_authorities(found.name, found.authorities)

    def _show_error(self, error: WorkbenchError) -> None:
        if self._dialog is not None:
            self._dialog.show_error(error)

    def _store(self, name: str, password: str | None, ask: bool) -> None:
        if self._found is not None:
            self._bridge.store(self._found, name, password, ask=ask, done=self._tell_stored, failed=self._show_error)

    def _tell_stored(self, name: str) -> None:
        found = self._found
        if self._dialog is not None:
            self._dialog.accept()
        bundle = self.authority_stored if self._offered else self.bundle_stored
        (self.identity_stored if found is not None and found.identity else bundle).emit(name)

    def _forget_dialog(self) -> None:
        self._dialog = None
