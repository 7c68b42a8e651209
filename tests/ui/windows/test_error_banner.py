"""Nothing that went wrong is hidden by what went wrong after it."""

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.keyring import MemoryKeyring
from workbench.core.errors import StorageError
from workbench.core.storage import Home
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.runner import Runner
from workbench.ui.settings import Settings, WindowState
from workbench.ui.windows.error_banner import ErrorBanner
from workbench.ui.windows.main_window import MainWindow


def test_closing_the_last_brings_back_the_one_before(qtbot: QtBot) -> None:
    banner = ErrorBanner()
    qtbot.addWidget(banner)
    for title in ("First", "Second", "First"):
        banner.show_error(StorageError(title))
    assert banner.accessibleName() == "First"
    banner.close_quietly()
    assert banner.accessibleName() == "Second"
    assert not banner.isHidden()
    banner.close_quietly()
    assert banner.isHidden()
    banner.close_quietly()
    banner.show_error(StorageError("Third"))
    assert banner.accessibleName() == "Third"


@pytest.fixture
def workspace(keyring: MemoryKeyring) -> Path:
    assert not keyring.entries
    folder = Home.default().workspaces / "default"
    folder.mkdir(parents=True)
    (folder / "workspace.json").write_text(
        json.dumps({"format": 1, "name": "Workspace", "collections": [], "secrets": None})
    )
    return folder


@pytest.mark.parametrize("name", ["cookies.json", "history.sqlite"])
def test_what_could_not_be_read_is_told_when_the_window_opens(qtbot: QtBot, workspace: Path, name: str) -> None:
    (workspace / name).write_bytes(b"neither JSON nor SQLite, but somebody's own")
    window = MainWindow(Bridge(Runner()), Settings())
    qtbot.addWidget(window)
    window.show_as(WindowState())
    window.furnish()
    wanted = {"cookies.json": "cookies", "history.sqlite": "history"}[name]
    qtbot.waitUntil(lambda: wanted in window._banner.accessibleName().lower(), timeout=20_000)
    kept = [path for path in workspace.iterdir() if path.name.startswith(Path(name).stem)]
    assert any(path.read_bytes().startswith(b"neither JSON") for path in kept)
    qtbot.waitUntil(lambda: window.pages.trust.model.rowCount() > 0, timeout=20_000)
    window.close()
