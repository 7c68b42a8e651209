"""Preferences and help in dialogs over one window, with what they need from the bridge."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from workbench.core import preferences
from workbench.core.credentials import BundleRow
from workbench.core.i18n import _
from workbench.ui.actions import Actions
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.certificates.trust_page import TrustPage
from workbench.ui.preferences.preferences_dialog import SHORTCUTS, PreferencesDialog
from workbench.ui.preferences.privacy_page import DataClearing
from workbench.ui.preferences.storage_locations import StorageLocation
from workbench.ui.settings import Settings
from workbench.ui.windows.about import AboutDialog, ShortcutsDialog


class PreferencesFlow(QObject):
    """Opens them; one preferences dialog at a time."""

    def __init__(self, bridge: Bridge, settings: Settings, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._settings, self._actions, self._window = bridge, settings, actions, window
        self._bundles: tuple[str, ...] = preferences.TRUST.default  # type: ignore[assignment]  # names, as its kind says
        self._clearings: list[DataClearing] = []
        self._dialog: PreferencesDialog | None = None
        self._moves: list[tuple[str, str]] = []  # what bundles were called, and shall be; nothing for removed ones
        bridge.bundles_changed.connect(self._show_bundles)

    def follow_trust(self, page: TrustPage) -> None:
        """Show on ``page`` which bundles are trusted by default, and take from it which shall be."""
        settings = self._settings

        def show(key: str = preferences.TRUST.key) -> None:
            if key == preferences.TRUST.key:
                page.show_default(settings.value(preferences.TRUST))  # type: ignore[arg-type]  # names, as its kind says

        settings.changed.connect(show)
        page.rename_requested.connect(lambda name, new: self._moves.append((name, new)))
        page.remove_requested.connect(lambda name: self._moves.append((name, "")))
        page.default_chosen.connect(lambda names: settings.choose(preferences.TRUST, names))
        show()

    def add_clearing(self, clearing: DataClearing) -> None:
        """Offer to clear something more on the privacy page."""
        self._clearings.append(clearing)

    def open(self, then: Callable[[PreferencesDialog], object] = lambda _dialog: None) -> None:
        """Show the preferences, and ``then`` what is asked of them."""
        if self._dialog is None:
            self._dialog = PreferencesDialog(
                self._settings, self._actions.commands, _places(), self._clearings, self._window
            )
            self._dialog.show_names(preferences.TRUST.key, self._bundles)
            self._dialog.open_requested.connect(_open_place)
            self._dialog.finished.connect(self._forget)
            self._dialog.open()
        then(self._dialog)
        self._dialog.raise_()

    def open_setting(self, key: str) -> None:
        """Show one setting."""
        self.open(lambda dialog: dialog.show_setting(key))

    def open_page(self, name: str) -> None:
        """Show one page."""
        self.open(lambda dialog: dialog.show_page(name))

    def show_shortcuts(self) -> None:
        """Show which keys do what."""
        dialog = ShortcutsDialog(self._actions, self._window)
        dialog.accepted.connect(lambda: self.open_page(SHORTCUTS))
        dialog.open()

    def show_about(self) -> None:
        """Show what the program is made of."""
        AboutDialog(self.work_on, self._window).open()

    def _forget(self) -> None:
        self._dialog = None

    def _show_bundles(self, rows: tuple[BundleRow, ...]) -> None:
        self._follow({row.name for row in rows})
        self._bundles = tuple(row.name for row in rows if not row.in_memory)
        if self._dialog is not None:
            self._dialog.show_names(preferences.TRUST.key, self._bundles)

    def _follow(self, present: set[str]) -> None:
        """A bundle that was renamed stays trusted by default; one that was removed is not looked for any more."""
        done = [(name, new) for name, new in self._moves if name not in present and (not new or new in present)]
        self._moves.clear()
        for name, new in done:
            before = cast("tuple[str, ...]", self._settings.value(preferences.TRUST))
            after = (new if one == name else one for one in before)
            self._settings.choose(preferences.TRUST, tuple(filter(None, after)))

    def work_on(self, work: Callable[[], Any], done: Callable[[Any], object]) -> object:
        """Do slow work beside the UI thread."""
        return self._bridge.work_on(work, done)


def _places() -> tuple[StorageLocation, ...]:
    from workbench.core.storage import Home

    home = Home.default()
    return (
        (_("Everything"), home.root),
        (_("Identities"), home.identities),
        (_("Trust bundles"), home.trust),
        (_("Workspaces"), home.workspaces),
        (_("Settings"), home.settings),
    )


def _open_place(path: Path) -> None:
    folder = path if path.is_dir() else next((parent for parent in path.parents if parent.is_dir()), path)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
