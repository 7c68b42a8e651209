"""The shell: navigation, pages, menus. It is painted first and furnished after."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QActionGroup, QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

import workbench
from workbench.core.i18n import _
from workbench.ui import theme
from workbench.ui.actions import Actions
from workbench.ui.desk import Desk
from workbench.ui.icons import icon
from workbench.ui.settings import WindowState
from workbench.ui.start_page import StartPage
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.navigation import Navigation

TITLE = "mTLS Workbench"
PAGES = ("requests", "identities", "trust", "lab")
SCHEMES = {"system": "system-colours", "light": "light", "dark": "dark"}
_SCHEMES = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


class MainWindow(QMainWindow):
    """``painted`` is emitted once, when there is something to see; then ``furnish`` brings in the rest."""

    painted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._state = WindowState()
        self._seen = False
        self._furnished = False
        self.commands = Actions(self)
        self._start = StartPage(self)
        self._banner = Banner(self)
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
        self._desk.close(self.state())
        super().closeEvent(event)

    def furnish(self) -> None:
        """Make the pages that need the core's data types, and load the stock."""
        if self._furnished:
            return
        self._furnished = True
        from workbench.ui.pages import Pages

        self.pages = Pages(self._desk, self.commands, self)
        for page in self.pages.all():
            self._stack.addWidget(page)
        self.pages.page_requested.connect(self.show_page)
        self.pages.requests.emptied.connect(self._show_requests)
        self._desk.lab_changed.connect(lambda _state: self._start.show_starting(starting=False))
        self._desk.troubled.connect(lambda _error: self._start.show_starting(starting=False))
        self.pages.restore(self._state)
        self._desk.open()

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Bring in what was named on the command line."""
        self.furnish()
        self.pages.importing.start(paths)

    def try_the_lab(self) -> None:
        """Start the lab and open a request to it."""
        self.furnish()
        self._start.show_starting(starting=True)
        self.pages.try_the_lab()

    def show_page(self, name: str) -> None:
        """Show one of ``PAGES``; without an open request, ``requests`` is the start page."""
        self.furnish()
        page = self.pages.page(name)
        self._stack.setCurrentWidget(self._start if page is self.pages.requests and not page.count() else page)
        self.commands[name].setChecked(True)

    def show_as(self, state: WindowState) -> None:
        """Appear as the window was left."""
        self._state = state
        if state.geometry:
            self.restoreGeometry(QByteArray.fromBase64(state.geometry.encode()))
        self._choose_scheme(state.scheme if state.scheme in SCHEMES else "system")
        self.show()

    def state(self) -> WindowState:
        """How the window looks now."""
        if not self._furnished:
            return self._state
        scheme = next(name for name, command in SCHEMES.items() if self.commands[command].isChecked())
        geometry = self.saveGeometry().toBase64().toStdString()
        return self.pages.state(WindowState(geometry=geometry, scheme=scheme))

    def _lay_out(self) -> None:
        self.commands.fill(self.menuBar())
        navigation = Navigation([self.commands[name] for name in PAGES], _("Pages"), self)
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
        for names in (PAGES, tuple(SCHEMES.values())):
            group = QActionGroup(self)
            for name in names:
                self.commands[name].setCheckable(True)
                group.addAction(self.commands[name])
        for name in PAGES:
            self.commands[name].triggered.connect(lambda _on, name=name: self.show_page(name))
        for scheme, command in SCHEMES.items():
            self.commands[command].triggered.connect(lambda _on, scheme=scheme: self._choose_scheme(scheme))
        self.commands["requests"].setChecked(True)
        self.commands["quit"].triggered.connect(self.close)
        self.commands["import"].triggered.connect(self._import)
        self.commands["about"].triggered.connect(self._show_about)
        self._start.lab_requested.connect(self.try_the_lab)
        self._start.import_requested.connect(self._import)
        self._start.new_requested.connect(self.commands["new"].trigger)
        self._desk.troubled.connect(self._banner.show_error)

    def _show_requests(self) -> None:
        self.show_page("requests")

    def _import(self) -> None:
        self.furnish()
        self.pages.importing.choose()

    def _choose_scheme(self, name: str) -> None:
        self.commands[SCHEMES[name]].setChecked(True)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.apply(application, _SCHEMES[name])
            self.commands.tint()

    def _show_about(self) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(_("About mTLS Workbench"))
        box.setText(_("mTLS Workbench {version}").format(version=workbench.__version__))
        box.setInformativeText(_("Client identities, requests over mutual TLS, and what TLS did."))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
