"""What the palette of one window offers: its commands, pages, tabs, stock and settings."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workbench.core.credentials import BundleRow, IdentityRow
from workbench.core.i18n import _
from workbench.core.preferences import Setting
from workbench.ui import declared
from workbench.ui.actions import Actions, Command
from workbench.ui.look.words import validity_words
from workbench.ui.palette.entry import Entry, Kind
from workbench.ui.palette.palette import Palette, Provider
from workbench.ui.preferences.preferences_dialog import PRIVACY, SHORTCUTS
from workbench.ui.windows.about import keys_words
from workbench.ui.windows.pages import Pages
from workbench.ui.windows.preferences_flow import PreferencesFlow


class SearchProviders(QObject):
    """``add_source`` lets others offer what they have; ``open`` shows the palette."""

    def __init__(self, window: QWidget, actions: Actions, pages: Pages, preferences: PreferencesFlow) -> None:
        super().__init__(window)
        self._actions, self._pages, self._preferences = actions, pages, preferences
        self._palette = Palette(window, preferences.work_on)
        self.add_source("tabs", self._tabs)
        self.add_source("actions", self._commands)
        self.add_source("identities", self._identities)
        self.add_source("bundles", self._bundles)
        self.add_source("settings", self._settings)

    @property
    def palette(self) -> Palette:
        """The palette itself."""
        return self._palette

    def add_source(self, name: str, provider: Provider, *, in_worker: bool = False) -> None:
        """Offer also what ``provider`` answers when the palette opens; it must not wait unless asked ``in_worker``."""
        self._palette.add_source(name, provider, in_worker=in_worker)

    def open(self, typed: str = "") -> None:
        """Show the palette."""
        self._palette.open(typed)

    def _commands(self) -> list[Entry]:
        return [
            self._command(command)
            for command in self._actions.commands
            if command.id != "palette" and self._is_plain(command)
        ]

    def _is_plain(self, command: Command) -> bool:
        return self._actions[command.id].menu() is None

    def _command(self, command: Command) -> Entry:
        action = self._actions[command.id]
        return Entry(
            Kind.ACTION,
            command.words,
            command.menu.replace("&", ""),
            action.trigger,
            keys=keys_words(self._actions.keys(command.id)[:1]),
            icon=command.icon or "",
            unavailable="" if action.isEnabled() else command.needs or _("not available now"),
        )

    def _tabs(self) -> list[Entry]:
        documents = self._pages.documents.documents()
        return [
            Entry(Kind.TAB, document.title().words, document.title().tip, partial(self._show_tab, place))
            for place, document in enumerate(documents)
        ]

    def _show_tab(self, place: int) -> None:
        self._pages.page_requested.emit("requests")
        self._pages.documents.setCurrentIndex(place)

    def _identities(self) -> list[Entry]:
        def entry(row: IdentityRow) -> Entry:
            show = self._shown("identities", partial(self._pages.identities.choose, row.name))
            return Entry(Kind.IDENTITY, row.name, f"{row.certificate.common_name} · {_left(row)}", show)

        return [entry(row) for row in self._pages.identities.model.rows()]

    def _bundles(self) -> list[Entry]:
        def entry(row: BundleRow) -> Entry:
            show = self._shown("trust", partial(self._pages.trust.choose, row.name))
            words = _("{count} CAs").format(count=len(row.certificates))
            return Entry(Kind.BUNDLE, row.name, words, show)

        return [entry(row) for row in self._pages.trust.model.rows()]

    def _shown(self, page: str, choose: Callable[[], object]) -> Callable[[], object]:
        def show() -> None:
            self._pages.page_requested.emit(page)
            choose()

        return show

    def _settings(self) -> list[Entry]:
        def entry(setting: Setting) -> Entry:
            show = partial(self._preferences.open_setting, setting.key)
            return Entry(Kind.SETTING, setting.title, declared.page_title(setting.page), show)

        pages = ((SHORTCUTS, _("Keyboard shortcuts")), (PRIVACY, _("Privacy")))
        extra = [Entry(Kind.SETTING, words, "", partial(self._preferences.open_page, name)) for name, words in pages]
        return [*map(entry, declared.SETTINGS), *extra]


def _left(row: IdentityRow) -> str:
    return validity_words(row.certificate)
