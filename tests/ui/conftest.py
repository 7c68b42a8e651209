"""The whole window over the real core: own folder, keyring in memory, everything ended afterwards."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.keyring import MemoryKeyring
from workbench.ui import declared
from workbench.ui.bridge import services
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.runner import Runner
from workbench.ui.settings import Settings, WindowState
from workbench.ui.windows.appearance import Appearance
from workbench.ui.windows.main_window import MainWindow


@pytest.fixture
def runner(qapp: object) -> Iterator[Runner]:
    made = Runner()
    yield made
    assert made.stop(), "the worker thread did not end"


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    made = MemoryKeyring()
    monkeypatch.setattr(services, "Keyring", lambda: made)
    return made


@pytest.fixture
def window(qtbot: QtBot, runner: Runner, keyring: MemoryKeyring) -> Iterator[MainWindow]:
    settings = Settings()
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    appearance = Appearance(application, settings)
    made = MainWindow(Bridge(runner), settings)
    qtbot.addWidget(made)
    made.show_as(WindowState())
    made.furnish()
    qtbot.waitUntil(lambda: made.pages.trust.model.rowCount() > 0, timeout=20_000)
    yield made
    made.close()
    for setting in declared.LOOK:
        settings.reset(setting)
    appearance.deleteLater()
