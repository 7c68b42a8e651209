"""The windows of this process, one for each workspace that is open in it."""

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.look.plain import caption
from workbench.ui.runner import Runner
from workbench.ui.settings import DEFAULT_WORKSPACE, Settings
from workbench.ui.windows.instance import Instance, Order, enter
from workbench.ui.windows.loading import Loading
from workbench.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from workbench.core.workspace import Known
    from workbench.ui.palette.entry import Entry


class Windows(QObject):
    """Opens them, each with a worker of its own, and brings to the front what is open already."""

    def __init__(self, settings: Settings, home: Path) -> None:
        super().__init__()
        self._settings, self._home = settings, home
        self._windows: dict[str, MainWindow] = {}
        self._bridges: dict[str, Bridge] = {}
        self._known: tuple[Known, ...] = ()

    def open(self, workspace: str, instance: Instance | None, order: Order = Order()) -> MainWindow:  # noqa: B008 - frozen
        """Open the window of ``workspace``, which ``instance`` holds, and do what ``order`` asks."""
        bridge = Bridge(Runner(), workspace)
        window = MainWindow(bridge, self._settings, workspace)
        self._windows[workspace], self._bridges[workspace] = window, bridge
        bridge.stock_changed.connect(lambda: self._tell_others(bridge))
        if workspace != DEFAULT_WORKSPACE:
            window.show_workspace(self._name(workspace))
        window.closed.connect(lambda: self._forget(workspace, instance))
        self._offer(window)
        if instance is not None:
            instance.called.connect(lambda later: self._answer(window, later))

        def begin() -> None:
            if self._windows.get(workspace) is not window:
                return  # closed before it was whole
            window.furnish()
            window.search.add_source("workspaces", lambda: self._entries(window))
            if instance is not None and not instance.listen():
                sys.stderr.write(_("Other instances of the program cannot reach this window.") + "\n")
            self._carry_out(window, order)
            self._look_up(window)

        # After the paint event has been answered, so that the person sees the window first.
        window.painted.connect(lambda: Loading(window, begin))
        window.show_as(self._settings.window(workspace))
        return window

    def show(self, workspace: str, asking: MainWindow) -> None:
        """Bring the window of ``workspace`` to the front, here or in another process, or open it."""
        if workspace in self._windows:
            self._raise(self._windows[workspace])
            return
        order = Order.of((), with_lab=False)
        asking.work_on(
            lambda: enter(self._home, workspace, order),
            lambda lock: lock is not None and self.open(workspace, Instance(lock)),
        )

    def _name(self, workspace: str) -> str:
        return next((known.name for known in self._known if known.id == workspace), workspace)

    def _carry_out(self, window: MainWindow, order: Order) -> None:
        if order.paths:
            window.open_paths(order.paths)
        if order.with_lab:
            window.try_the_lab()

    def _answer(self, window: MainWindow, order: Order) -> None:
        if order.token:
            os.environ["XDG_ACTIVATION_TOKEN"] = order.token  # Qt takes it from there
        self._raise(window)
        self._carry_out(window, order)

    def _raise(self, window: MainWindow) -> None:
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def _forget(self, workspace: str, instance: Instance | None) -> None:
        if instance is not None:
            instance.close()
        del self._bridges[workspace]
        self._windows.pop(workspace).deleteLater()

    def _tell_others(self, changed: Bridge) -> None:
        """Identities and trust bundles are one stock for all workspaces."""
        for bridge in self._bridges.values():
            if bridge is not changed:
                bridge.refresh_stock()

    def _look_up(self, window: MainWindow) -> None:
        window.work_on(_known_workspaces, self._learn)

    def _learn(self, known: "tuple[Known, ...]") -> None:
        self._known = known
        for workspace, window in self._windows.items():
            if workspace != DEFAULT_WORKSPACE:
                window.show_workspace(self._name(workspace))

    def _offer(self, window: MainWindow) -> None:
        menu = QMenu(window)
        menu.aboutToShow.connect(lambda: self._fill(menu, window))
        window.commands["open-workspace"].setMenu(menu)
        window.commands["new-window"].triggered.connect(lambda: self._ask(window))

    def _fill(self, menu: QMenu, window: MainWindow) -> None:
        menu.clear()
        for known in self._known:
            action = QAction(caption(known.name), menu, checkable=True)
            action.setChecked(known.id in self._windows)
            action.triggered.connect(lambda _on, workspace=known.id: self.show(workspace, window))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(_("&New Workspace…"), lambda: self._ask(window))

    def _entries(self, window: MainWindow) -> list["Entry"]:
        from workbench.ui.palette.entry import Entry, Kind

        open_here, elsewhere = _("already open"), _("open its window")
        return [
            Entry(
                Kind.WORKSPACE,
                known.name,
                open_here if known.id in self._windows else elsewhere,
                partial(self.show, known.id, window),
            )
            for known in self._known
            if self._windows.get(known.id) is not window
        ]

    def _ask(self, window: MainWindow) -> None:
        from workbench.ui.windows.workspace_dialog import WorkspaceDialog

        dialog = WorkspaceDialog([known for known in self._known if known.id not in self._windows], window)
        dialog.chosen.connect(lambda workspace: self.show(workspace, window))
        dialog.named.connect(lambda name: self._make(name, window))
        dialog.open()

    def _make(self, name: str, window: MainWindow) -> None:
        def made(known: "Known") -> None:
            self._known = (*self._known, known)
            self.show(known.id, window)

        window.work_on(lambda: _new_workspace(name), made)


def _known_workspaces() -> "tuple[Known, ...]":
    from workbench.core.storage import Home
    from workbench.core.workspace import list_workspaces

    return list_workspaces(Home.default())


def _new_workspace(name: str) -> "Known":
    from workbench.core.storage import Home
    from workbench.core.workspace import new_workspace

    return new_workspace(Home.default(), name)


def resolve(name: str) -> str:
    """The id of the workspace called ``name``. Raises ``WorkbenchError`` when there is none."""
    found = next((known for known in _known_workspaces() if name in (known.id, known.name)), None)
    if found is None:
        raise WorkbenchError(
            _("There is no workspace named “{name}”.").format(name=name),
            hint=_("Create it in the window: File, New Window."),
        )
    return found.id
