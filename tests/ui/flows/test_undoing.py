"""Nothing of one's own is lost: what is closed or removed in the window comes back, whole."""

import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support import authority
from tests.support.documents import as_request
from tests.support.keyring import MemoryKeyring
from tests.ui.flows.test_collections_in_the_window import bring, dialog_of, location, open_request, type_url
from tests.ui.windows.test_window import press
from workbench.core.collection import Collection
from workbench.core.draft import Draft, Environment, Variable
from workbench.core.storage import Home, IdentityStore
from workbench.core.workspace.environment_edit import EnvironmentEdit
from workbench.ui.library.environments_dialog import EnvironmentsDialog
from workbench.ui.windows.main_window import MainWindow

_PATIENCE = 20_000


def said(window: MainWindow) -> str:
    return window.pages.undoing.toast.words()


def undo(window: MainWindow) -> None:
    press(window.pages.undoing.toast, "Undo")


def a_collection(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> Path:
    made = Collection.create(tmp_path / "payments", "Payments")
    made.add(Path(), Draft(name="Health", url="https://localhost/health"))
    bring(window, made.root, qtbot)
    return made.root


def test_a_tab_closed_with_unsaved_changes_comes_back(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    folder = a_collection(window, tmp_path, qtbot)
    documents = window.pages.documents
    tab = open_request(window, location(folder, "Health.yml"), qtbot)
    saved = tab.saved
    window.commands["close"].trigger()
    assert said(window) == "", "nothing was lost"
    tab = open_request(window, location(folder, "Health.yml"), qtbot)
    type_url(tab, "https://localhost/typed")
    window.commands["close"].trigger()
    assert said(window) == "Closed “Health” with unsaved changes."
    undo(window)
    back = as_request(documents.current())
    assert (back.draft().url, back.saved, back.unsaved()) == ("https://localhost/typed", saved, True)


def test_a_request_closed_with_changes_is_opened_with_them(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    folder = a_collection(window, tmp_path, qtbot)
    tab = open_request(window, location(folder, "Health.yml"), qtbot)
    type_url(tab, "https://localhost/typed")
    window.commands["close"].trigger()
    window.pages.undoing.toast.dismiss()
    tab = open_request(window, location(folder, "Health.yml"), qtbot)
    assert tab.draft().url == "https://localhost/typed"
    assert said(window) == "“Health” was closed with unsaved changes. They have been restored."
    press(window.pages.undoing.toast, "Discard Changes")
    assert tab.draft().url == "https://localhost/health"
    assert not tab.unsaved()
    undo(window)
    assert tab.draft().url == "https://localhost/typed"


def test_all_that_were_closed_together_come_back_together(window: MainWindow) -> None:
    documents = window.pages.documents
    for number in range(3):
        documents.open(Draft(url=f"https://localhost/{number}"))
    window.commands["close-others"].trigger()
    assert said(window) == "Closed 2 unsaved requests."
    undo(window)
    assert sorted(tab.draft().url[-1] for tab in documents.documents()) == ["0", "1", "2"]
    window.commands["new"].trigger()
    window.commands["close"].trigger()
    assert said(window) == "", "an empty one is no loss"


def stored(window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot, *names: str) -> Path:
    credential = authority.client(authority.root(), "client")
    for name in names:
        IdentityStore(Home.default(), keyring).add(credential.identity(name))
    window._bridge.refresh_stock()
    page = window.pages.identities
    qtbot.waitUntil(lambda: all(page.model.place(name) >= 0 for name in names), timeout=_PATIENCE)
    return Path(os.environ["MTLS_WORKBENCH_HOME"]) / "identities"


def remove(window: MainWindow, name: str, qtbot: QtBot) -> None:
    page = window.pages.identities
    page.choose(name)
    press(page, "Remove")
    qtbot.waitUntil(lambda: said(window) == f"Removed the identity “{name}”.", timeout=_PATIENCE)
    qtbot.waitUntil(lambda: page.model.place(name) < 0, timeout=_PATIENCE)


def test_a_removed_identity_comes_back_with_key_and_password(
    window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot
) -> None:
    stored(window, keyring, qtbot, "mine")
    entries = dict(keyring.entries)
    remove(window, "mine", qtbot)
    undo(window)
    qtbot.waitUntil(lambda: window.pages.identities.model.place("mine") >= 0, timeout=_PATIENCE)
    assert keyring.entries == entries
    assert IdentityStore(Home.default(), keyring).open("mine").key is not None
    assert said(window) == ""


def test_it_is_deleted_when_nobody_took_it_back(window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot) -> None:
    folder = stored(window, keyring, qtbot, "one", "two")
    remove(window, "one", qtbot)
    remove(window, "two", qtbot)
    assert len(list(folder.iterdir())) == len(keyring.entries) == 2
    window.pages.undoing.toast.dismiss()
    qtbot.waitUntil(lambda: not list(folder.iterdir()) and not keyring.entries, timeout=_PATIENCE)
    assert not window.commands["take-back"].isEnabled()


def test_it_is_deleted_when_the_window_closes(window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot) -> None:
    folder = stored(window, keyring, qtbot, "mine")
    remove(window, "mine", qtbot)
    window.close()
    assert not list(folder.iterdir())
    assert not keyring.entries


def test_the_keyboard_takes_back_too(window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot) -> None:
    stored(window, keyring, qtbot, "mine")
    window.show_page("identities")
    remove(window, "mine", qtbot)
    table = window.pages.identities.table
    window.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    QTest.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.pages.identities.model.place("mine") >= 0, timeout=_PATIENCE)


def test_an_imported_identity_is_offered_to_the_request(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "mine.pem"
    file.write_bytes(authority.pem(authority.client(authority.root(), "mine")))
    tab = as_request(window.pages.documents.open(Draft(url="https://localhost")))
    before = tab.draft()
    window.pages.importing.start([file])
    dialog = window.pages.importing._dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.action.isVisible, timeout=_PATIENCE)
    with qtbot.waitSignal(window.pages.importing.identity_stored, timeout=_PATIENCE):
        dialog.action.click()
    assert tab.draft() == before
    assert said(window) == "Imported the identity “mine”."
    qtbot.waitUntil(lambda: window.pages.identities.model.place("mine") >= 0, timeout=_PATIENCE)
    press(window.pages.undoing.toast, "Use for This Request")
    assert tab.panel.identity() == "mine"


def test_a_name_in_the_stock_is_taken_back(window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot) -> None:
    stored(window, keyring, qtbot, "mine")
    model = window.pages.identities.model
    model.setData(model.index(model.place("mine"), 0), "ours")
    qtbot.waitUntil(window.commands["take-back"].isEnabled, timeout=_PATIENCE)
    qtbot.waitUntil(lambda: model.place("ours") >= 0, timeout=_PATIENCE)
    window.commands["take-back"].trigger()
    qtbot.waitUntil(lambda: model.place("mine") >= 0, timeout=_PATIENCE)


def test_saved_environments_are_taken_back(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    folder = a_collection(window, tmp_path, qtbot)
    window.commands["environments"].trigger()
    dialog = dialog_of(window, EnvironmentsDialog, qtbot)
    assert isinstance(dialog, EnvironmentsDialog)
    dialog.save_requested.emit(EnvironmentEdit(folder, (("", Environment("Test", (Variable("a", "b"),))),)))
    qtbot.waitUntil(lambda: said(window) == "Saved the environments of “Payments”.", timeout=_PATIENCE)
    assert [one.name for one in Collection.open(folder).environments()] == ["Test"]
    undo(window)
    qtbot.waitUntil(lambda: not Collection.open(folder).environments(), timeout=_PATIENCE)
