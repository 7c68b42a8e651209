"""Several windows, each on its own workspace, and finding one's way in them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.keyring import MemoryKeyring
from workbench.core import preferences
from workbench.core.errors import WorkbenchError
from workbench.core.storage import Home
from workbench.core.workspace import new_workspace
from workbench.ui import declared
from workbench.ui.look import theme
from workbench.ui.palette.rows import HIT
from workbench.ui.settings import DEFAULT_WORKSPACE, Settings
from workbench.ui.windows import windows
from workbench.ui.windows.instance import Instance, Order, enter
from workbench.ui.windows.main_window import MainWindow
from workbench.ui.windows.windows import Windows
from workbench.ui.windows.workspace_dialog import WorkspaceDialog

_PATIENCE = 20_000


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    runtime = tmp_path / "r"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    return Home.default().root


@pytest.fixture
def several(qapp: QApplication, home: Path, keyring: MemoryKeyring) -> Iterator[Windows]:
    made = Windows(Settings(), home)
    yield made
    for window in list(made._windows.values()):
        window.close()


def open_default(several: Windows, home: Path, qtbot: QtBot) -> MainWindow:
    lock = enter(home, DEFAULT_WORKSPACE, Order())
    assert lock is not None
    window = several.open(DEFAULT_WORKSPACE, Instance(lock))
    qtbot.waitUntil(lambda: bool(several._known), timeout=_PATIENCE)
    return window


def offered(window: MainWindow) -> dict[str, bool]:
    menu = window.commands["open-workspace"].menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return {action.text(): action.isChecked() for action in menu.actions() if action.isCheckable()}


def test_each_workspace_has_its_window(several: Windows, home: Path, qtbot: QtBot) -> None:
    new_workspace(Home.default(), "Payments")
    first = open_default(several, home, qtbot)
    assert first.windowTitle() == "mTLS Workbench"
    assert offered(first) == {"Workspace": True, "Payments": False}
    menu = first.commands["open-workspace"].menu()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "Payments").trigger()
    qtbot.waitUntil(lambda: len(several._windows) == 2, timeout=_PATIENCE)
    second = next(window for window in several._windows.values() if window is not first)
    assert second.windowTitle() == "mTLS Workbench — Payments"
    second.show_collection("Orders")
    assert second.windowTitle() == "mTLS Workbench — Payments — Orders"
    qtbot.waitUntil(lambda: second._furnished, timeout=_PATIENCE)
    assert offered(second) == {"Workspace": True, "Payments": True}
    second.search.open("workspace")
    palette = second.search.palette
    found = palette.list.model()
    details = [found.index(row, 0).data(HIT).entry.detail for row in range(found.rowCount())]
    assert "already open" in details
    palette.close_quietly()
    second.close()
    assert list(several._windows.values()) == [first]
    assert first.isVisible()
    assert offered(first) == {"Workspace": True, "Payments": False}


def names(window: MainWindow) -> list[str]:
    return [row.name for row in window.pages.identities.model.rows()]


def test_an_identity_of_one_window_is_there_in_the_others(several: Windows, home: Path, qtbot: QtBot) -> None:
    new_workspace(Home.default(), "Payments")
    first = open_default(several, home, qtbot)
    several.show(windows.resolve("Payments"), first)
    qtbot.waitUntil(lambda: len(several._windows) == 2, timeout=_PATIENCE)
    second = next(window for window in several._windows.values() if window is not first)
    qtbot.waitUntil(lambda: second._furnished and second.pages.trust.model.rowCount() > 0, timeout=_PATIENCE)
    assert names(second) == []
    first.try_the_lab()
    qtbot.waitUntil(lambda: "alice" in names(second), timeout=_PATIENCE)
    assert "lab" in [row.name for row in second.pages.trust.model.rows()]
    second.pages.identities.rename_requested.emit("alice", "carol")
    qtbot.waitUntil(lambda: "carol" in names(first), timeout=_PATIENCE)


def test_a_window_may_close_before_it_is_whole(several: Windows, home: Path, qtbot: QtBot) -> None:
    lock = enter(home, DEFAULT_WORKSPACE, Order())
    assert lock is not None
    window = several.open(DEFAULT_WORKSPACE, Instance(lock))
    with qtbot.waitSignal(window.painted):
        window.repaint()
    gone: list[bool] = []
    window.destroyed.connect(lambda: gone.append(True))
    window.close()
    assert not several._windows
    qtbot.waitUntil(lambda: bool(gone))
    again = enter(home, DEFAULT_WORKSPACE, Order())  # the workspace is free at once
    assert again is not None
    again.release()


def test_a_new_workspace_is_made_and_shown(several: Windows, home: Path, qtbot: QtBot) -> None:
    first = open_default(several, home, qtbot)
    first.commands["new-window"].trigger()
    dialog = first.findChildren(WorkspaceDialog)[0]
    button = next(b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == "Open")
    assert not button.isEnabled()
    dialog.findChildren(QLineEdit)[0].setText("Tests")
    button.click()
    qtbot.waitUntil(lambda: len(several._windows) == 2, timeout=_PATIENCE)
    second = next(window for window in several._windows.values() if window is not first)
    assert second.windowTitle() == "mTLS Workbench — Tests"
    assert windows.resolve("Tests") in several._windows
    qtbot.waitUntil(lambda: second._furnished, timeout=_PATIENCE)


def test_a_name_that_is_taken_is_told_in_the_window(several: Windows, home: Path, qtbot: QtBot) -> None:
    new_workspace(Home.default(), "Tests")
    first = open_default(several, home, qtbot)
    first.commands["new-window"].trigger()
    dialog = first.findChildren(WorkspaceDialog)[0]
    assert dialog.findChildren(QListWidget)[0].item(0).text() == "Tests"
    dialog.findChildren(QLineEdit)[0].setText("tests")
    dialog.accept()
    qtbot.waitUntil(first._banner.isVisible, timeout=_PATIENCE)
    assert "already" in first._banner.accessibleName()


def test_another_start_is_carried_out_here(several: Windows, home: Path, qtbot: QtBot) -> None:
    first = open_default(several, home, qtbot)
    first.showMinimized()
    several._answer(first, Order(token="from-the-display"))
    assert not first.isMinimized()
    assert os.environ.pop("XDG_ACTIVATION_TOKEN") == "from-the-display"


def test_a_workspace_that_is_not_there(home: Path) -> None:
    assert windows.resolve(DEFAULT_WORKSPACE) == DEFAULT_WORKSPACE
    with pytest.raises(WorkbenchError, match="Nowhere"):
        windows.resolve("Nowhere")


def test_everything_is_found_by_the_palette(window: MainWindow, qtbot: QtBot) -> None:
    window.commands["new"].trigger()
    window.commands["palette"].trigger()
    palette = window.search.palette
    QTest.keyClicks(palette.field, ">lab")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isHidden()
    assert window.commands["lab"].isChecked()
    window.search.open("maximum tls")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    dialog = window.preferences._dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()
    window.search.open("@mozilla")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.commands["trust"].isChecked()
    window.search.open("/")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.commands["requests"].isChecked()


def test_preferences_reach_what_is_sent(window: MainWindow, qtbot: QtBot) -> None:
    window._settings.choose(preferences.FOLLOW_REDIRECTS, True)
    assert window._bridge._preferences.fallback_request().follow_redirects


def test_colours_are_chosen_in_menu_and_preferences_alike(window: MainWindow, qtbot: QtBot) -> None:
    window.commands["dark"].trigger()
    assert theme.is_dark()
    assert window._settings.value(declared.SCHEME) == "dark"
    window._settings.choose(declared.SCHEME, "light")
    assert window.commands["light"].isChecked()
    assert not theme.is_dark()


def test_icons_of_all_buttons_take_the_new_colours(window: MainWindow, qtbot: QtBot) -> None:
    button = next(b for b in window.pages.identities.findChildren(QPushButton) if "Import" in b.text())
    light = button.icon().pixmap(16, 16).toImage()
    window.commands["dark"].trigger()
    dark = button.icon().pixmap(16, 16).toImage()
    places = [(x, y) for x in range(16) for y in range(16) if light.pixelColor(x, y).alpha() > 200]
    assert places
    for x, y in places:
        assert light.pixelColor(x, y).lightness() < 128 < dark.pixelColor(x, y).lightness()


def test_keys_that_are_chosen_work_in_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window._settings.choose_shortcuts({"trust": ("F9",)})
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert window.commands["trust"].isChecked()
    assert window.commands["trust"].toolTip() == "Trust (F9)"


def test_history_and_cookies_are_cleared_from_the_privacy_page(window: MainWindow, qtbot: QtBot) -> None:
    window.commands["preferences"].trigger()
    dialog = window.preferences._dialog
    assert dialog is not None
    words = {button.text() for button in dialog.findChildren(QPushButton)}
    assert {"Clear History…", "Clear Cookies…"} <= words
    for clearing in window.preferences._clearings:
        clearing.run()
    qtbot.waitUntil(lambda: not window._bridge.busy, timeout=_PATIENCE)
    dialog.reject()
