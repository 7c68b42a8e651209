"""The shell: navigation, pages, menus. It is painted first and furnished after."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QActionGroup, QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.core.visible import isolated
from workbench.ui import declared
from workbench.ui.actions import Actions, with_commands
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.look import theme
from workbench.ui.look.icons import icon
from workbench.ui.palette.button import SearchButton
from workbench.ui.response.views import VIEWS
from workbench.ui.settings import DEFAULT_WORKSPACE, Settings, WindowState
from workbench.ui.tabs.kinds import KINDS
from workbench.ui.widgets.menu_row import MenuRow
from workbench.ui.widgets.navigation import Navigation
from workbench.ui.windows.error_banner import ErrorBanner
from workbench.ui.windows.page_kinds import PAGES
from workbench.ui.windows.start_page import StartPage

TITLE = "mTLS Workbench"
COMMANDS = with_commands((*(kind.new for kind in KINDS), *(kind.command for kind in (*PAGES, *VIEWS))))
_NAMES = tuple(kind.name for kind in PAGES)
SCHEMES = {"system": "system-colours", "light": "light", "dark": "dark"}


class MainWindow(QMainWindow):
    """One workspace. ``painted`` is emitted once, when there is something to see; ``furnish`` then brings in the rest.

    ``closed`` is emitted last, when everything under way has ended.
    """

    painted = Signal()
    closed = Signal()

    def __init__(self, bridge: Bridge, settings: Settings | None = None, workspace: str = DEFAULT_WORKSPACE) -> None:
        super().__init__()
        self._bridge = bridge
        self._settings = settings or Settings(parent=self)
        self._state = WindowState(workspace)
        self._names = {"workspace": "", "collection": ""}
        self._seen = False
        self._furnished = False
        self.commands = Actions(self, COMMANDS)
        self._start = StartPage(self)
        self._banner = ErrorBanner(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._start)
        self.setWindowTitle(TITLE)
        self.setWindowIcon(icon("trust", theme.Tone.GOOD))
        self.resize(1180, 800)
        self._lay_out()
        self._connect()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell when the window was first painted."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how the window is left, and end everything that is under way."""
        self._bridge.close(self.state())
        super().closeEvent(event)
        self.closed.emit()

    def furnish(self) -> None:
        """Make the pages that need the core's data types, and load the stock."""
        if self._furnished:
            return
        self._furnished = True
        from workbench.ui.windows.clearing import offer_clearings
        from workbench.ui.windows.collection_providers import offer_collections
        from workbench.ui.windows.pages import Pages
        from workbench.ui.windows.preferences_flow import PreferencesFlow
        from workbench.ui.windows.search_providers import SearchProviders

        self.pages = Pages(self._bridge, self.commands, self)
        self.preferences = PreferencesFlow(self._bridge, self._settings, self.commands, self)
        self.preferences.follow_trust(self.pages.trust)
        self.search = SearchProviders(self, self.commands, self.pages, self.preferences)
        offer_clearings(self.preferences, self.pages, self._bridge)
        offer_collections(self.search, self.pages)
        for page in self.pages.all():
            self._stack.addWidget(page)
        self.pages.workplace.take_start(self._start)
        self.add_to_corner(self.pages.environment)
        self.pages.page_requested.connect(self.show_page)
        self.pages.collection_shown.connect(self.show_collection)
        self._bridge.library.changed.connect(lambda library: self._start.show_recent(library.remembered))
        self._start.recent_requested.connect(lambda folder: self.pages.bring([folder]))
        self._bridge.lab_changed.connect(lambda _state: self._start.show_starting(starting=False))
        self._bridge.troubled.connect(lambda _error: self._start.show_starting(starting=False))
        self.pages.restore(self._state)
        self.show_page(self._state.page if self._state.page in _NAMES else "requests")
        if self._settings.trouble is not None:
            self._banner.show_error(self._settings.trouble)
        self._bridge.open()

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Bring in what was named on the command line."""
        self.furnish()
        self.pages.bring(paths)

    def try_the_lab(self) -> None:
        """Start the lab and open a request to it."""
        self.furnish()
        self._start.show_starting(starting=True)
        self.pages.try_the_lab()

    def show_page(self, name: str) -> None:
        """Show one of ``PAGES``. The column beside the open requests stays as it is when they are in front already."""
        self.furnish()
        page = self.pages.page(name)
        before = self._stack.currentWidget()
        self._stack.setCurrentWidget(page)
        if page is not self.pages.workplace:
            self.commands[name].setChecked(True)
        elif page is before:
            self.commands[self.pages.workplace.column()].setChecked(True)
        else:
            self.pages.workplace.show_column(name)
            self.commands[name].setChecked(True)

    def _navigate(self, name: str) -> None:
        self.furnish()
        page = self.pages.page(name)
        if page is self.pages.workplace:
            self.pages.workplace.show_column(name, fold=self._stack.currentWidget() is page)
        self.show_page(name)
        if page is self.pages.workplace:
            self.pages.workplace.focus_column()
        else:
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_as(self, state: WindowState) -> None:
        """Appear as the window was left."""
        self._state = state
        if state.geometry:
            self.restoreGeometry(QByteArray.fromBase64(state.geometry.encode()))
        self._take_settings()
        self.show()

    def state(self) -> WindowState:
        """How the window looks now."""
        if not self._furnished:
            return self._state
        geometry = self.saveGeometry().toBase64().toStdString()
        page = next((name for name in _NAMES if self.commands[name].isChecked()), "")
        return self.pages.state(replace(self._state, geometry=geometry, page=page))

    def show_workspace(self, name: str) -> None:
        """Name the workspace in the title."""
        self._names["workspace"] = name
        self._show_title()

    def show_collection(self, name: str) -> None:
        """Name the collection of what is in front in the title."""
        self._names["collection"] = name
        self._show_title()

    def work_on(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """Do slow work beside the UI thread; what goes wrong is told in the window."""
        self._bridge.work_on(work, done)

    def add_to_corner(self, widget: QWidget) -> None:
        """Place ``widget`` at the top right, before the search."""
        self._menus.add(widget)

    def _lay_out(self) -> None:
        self._menus = MenuRow(SearchButton(self.commands["palette"]), self)
        self.commands.fill(self._menus.bar)
        self.setMenuWidget(self._menus)
        navigation = Navigation([self.commands[name] for name in _NAMES], _("Pages"), self)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._banner)
        right.addWidget(self._stack, 1)
        inside = QWidget(self)
        layout = QHBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(navigation)
        layout.addLayout(right, 1)
        self.setCentralWidget(inside)

    def _connect(self) -> None:
        for names in (_NAMES, tuple(SCHEMES.values())):
            group = QActionGroup(self)
            for name in names:
                self.commands[name].setCheckable(True)
                group.addAction(self.commands[name])
        for name in _NAMES:
            self.commands[name].triggered.connect(lambda _on, name=name: self._navigate(name))
        for scheme, command in SCHEMES.items():
            choose = partial(self._settings.choose, declared.SCHEME, scheme)
            self.commands[command].triggered.connect(lambda _on, choose=choose: choose())
        self.commands["requests"].setChecked(True)
        self.commands["quit"].triggered.connect(QApplication.closeAllWindows)
        for name, slot in self._answers().items():
            self.commands[name].triggered.connect(lambda _on, slot=slot: self._do(slot))
        self._settings.shortcuts_changed.connect(self._take_settings)
        self._settings.changed.connect(self._take_settings)
        self._settings.troubled.connect(self._banner.show_error)
        self._start.lab_requested.connect(self.try_the_lab)
        self._start.import_requested.connect(self.commands["import"].trigger)
        self._start.new_requested.connect(self.commands["new"].trigger)
        self._start.collection_requested.connect(self.commands["open-collection"].trigger)
        self._bridge.troubled.connect(self._banner.show_error)

    def _answers(self) -> dict[str, Callable[[], object]]:
        return {
            "import": lambda: self.pages.importing.choose(),
            "palette": lambda: self.search.open(),
            "preferences": lambda: self.preferences.open(),
            "keyboard": lambda: self.preferences.show_shortcuts(),
            "about": lambda: self.preferences.show_about(),
        }

    def _do(self, slot: Callable[[], object]) -> None:
        self.furnish()
        slot()

    def _take_settings(self) -> None:
        self._bridge.prefer(self._settings.preferences())
        self.commands.choose_keys(self._settings.shortcuts())
        self.commands[SCHEMES[str(self._settings.value(declared.SCHEME))]].setChecked(True)

    def _show_title(self) -> None:
        names = [name for name in self._names.values() if name]
        self.setWindowTitle(" — ".join((TITLE, *map(isolated, names))))
