"""Tabs and dialogs close while their jobs are under way: the answers that come later reach nobody, and break nothing.

Answers are told in the UI thread when it is idle. Whatever is closed and deleted before that has missed them.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.support import authority
from tests.support.documents import as_request
from tests.support.keyring import MemoryKeyring
from tests.ui.flows.test_collections_in_the_window import bring, choose, dialog_of, location, open_request, press
from workbench.core.collection import Collection
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft, RawBody
from workbench.core.exchange import Body, Exchange, Outcome, Response
from workbench.core.request import Request
from workbench.ui.certificates.import_dialog import ImportDialog
from workbench.ui.library.collection_dialog import CollectionDialog
from workbench.ui.library.defaults_dialog import DefaultsDialog
from workbench.ui.library.environments_dialog import EnvironmentsDialog
from workbench.ui.library.secrets_dialog import SecretsDialog
from workbench.ui.tabs.request.request_document import RequestDocument
from workbench.ui.windows.main_window import MainWindow

_PATIENCE = 20_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = Collection.create(tmp_path / "payments", "Payments")
    made.add(Path(), Draft(name="Health", url="https://localhost/health"))
    return made.root


def gone() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _send(window: MainWindow, _tab: RequestDocument) -> None:
    window.commands["send"].trigger()


def _save(window: MainWindow, tab: RequestDocument) -> None:
    tab.show_draft(Draft(name="Health", url="https://localhost/2"), saved=tab.saved)
    window.commands["save"].trigger()


def _sign_in_anew(window: MainWindow, _tab: RequestDocument) -> None:
    window.commands["sign-in-anew"].trigger()


def _fetch_schema(_window: MainWindow, tab: RequestDocument) -> None:
    tab.panel.schema_requested.emit(tab.draft())


def _preview(_window: MainWindow, tab: RequestDocument) -> None:
    tab.panel.generated_requested.emit(tab.draft())


def _look_around(_window: MainWindow, tab: RequestDocument) -> None:
    tab.refresh_surroundings()


def _keep_example(_window: MainWindow, tab: RequestDocument) -> None:
    response = Response(200, "OK", headers=(("content-type", "text/plain"),), body=Body(b"yes", size=3))
    tab.show_exchange(Exchange(Request(url="https://localhost/health"), Outcome.RESPONSE, response=response))
    tab.response.example_requested.emit()


def _check_body(_window: MainWindow, tab: RequestDocument) -> None:
    tab.show_draft(Draft(url="https://localhost", body=RawBody(text='{"a": [1, 2}')))
    tab.panel.open_page("body")
    tab.panel.tidy_body()


TABS = [_send, _save, _sign_in_anew, _fetch_schema, _preview, _look_around, _keep_example, _check_body]


@pytest.mark.parametrize("act", TABS)
def test_a_tab_closes_before_its_answer_comes(
    window: MainWindow, folder: Path, qtbot: QtBot, act: Callable[[MainWindow, RequestDocument], None]
) -> None:
    bring(window, folder, qtbot)
    tab = open_request(window, location(folder, "Health.yml"), qtbot)
    act(window, tab)
    assert window._bridge.busy
    window.commands["close"].trigger()
    gone()
    qtbot.waitUntil(lambda: not _working(window), timeout=_PATIENCE)


def _working(window: MainWindow) -> bool:
    return len(window._bridge._runner._jobs) > len(window._bridge.library._watch._jobs)


def _reveal_secret(window: MainWindow, folder: Path, qtbot: QtBot) -> QDialog:
    window._bridge.library.save_secrets(folder, {"pin": "4711"}, lambda _nothing: None, pytest.fail)
    qtbot.waitUntil(lambda: not _working(window), timeout=_PATIENCE)
    dialog = _secrets(window, folder, qtbot)
    dialog._list.setCurrentRow(0)
    dialog._strip._reveal.click()
    return dialog


def _save_secrets(window: MainWindow, folder: Path, qtbot: QtBot) -> QDialog:
    dialog = _secrets(window, folder, qtbot)
    QTest.keyClicks(dialog._new, "pin")
    dialog._add.click()
    QTest.keyClicks(dialog._strip._value, "4711")
    dialog.action.click()
    return dialog


def _secrets(window: MainWindow, folder: Path, qtbot: QtBot) -> SecretsDialog:
    choose(window, location(folder))
    window.pages._secrets.edit(folder)
    dialog = dialog_of(window, SecretsDialog, qtbot)
    assert isinstance(dialog, SecretsDialog)
    return dialog


def _save_environments(window: MainWindow, folder: Path, qtbot: QtBot) -> QDialog:
    choose(window, location(folder))
    window.commands["environments"].trigger()
    dialog = dialog_of(window, EnvironmentsDialog, qtbot)
    assert isinstance(dialog, EnvironmentsDialog)
    press(dialog, "New")
    press(dialog, "Save")
    return dialog


def _reveal_variable(window: MainWindow, folder: Path, qtbot: QtBot) -> QDialog:
    choose(window, location(folder))
    window.commands["environments"].trigger()
    dialog = dialog_of(window, EnvironmentsDialog, qtbot)
    assert isinstance(dialog, EnvironmentsDialog)
    dialog.reveal_requested.emit("Local", "token")
    return dialog


def _save_defaults(window: MainWindow, folder: Path, qtbot: QtBot) -> QDialog:
    choose(window, location(folder))
    window.commands["defaults"].trigger()
    dialog = dialog_of(window, DefaultsDialog, qtbot)
    assert isinstance(dialog, DefaultsDialog)
    dialog._identity.show_choice("alice")
    press(dialog, "Save")
    return dialog


def _create_collection(window: MainWindow, folder: Path, qtbot: QtBot) -> QDialog:
    window.commands["new-collection"].trigger()
    dialog = dialog_of(window, CollectionDialog, qtbot)
    assert isinstance(dialog, CollectionDialog)
    dialog.create_requested.emit("Second", folder.parent)
    return dialog


def _read_files(window: MainWindow, folder: Path, qtbot: QtBot) -> QDialog:
    file = folder.parent / "roots.pem"
    file.write_bytes(authority.chain_pem(authority.root()))
    window.pages.importing.start([file])
    dialog = dialog_of(window, ImportDialog, qtbot)
    assert isinstance(dialog, ImportDialog)
    return dialog


DIALOGS = [
    _reveal_secret,
    _save_secrets,
    _save_environments,
    _reveal_variable,
    _save_defaults,
    _create_collection,
    _read_files,
]


@pytest.mark.parametrize("act", DIALOGS)
def test_a_dialog_closes_before_its_answer_comes(
    window: MainWindow,
    folder: Path,
    keyring: MemoryKeyring,
    qtbot: QtBot,
    act: Callable[[MainWindow, Path, QtBot], QDialog],
) -> None:
    bring(window, folder, qtbot)
    dialog = act(window, folder, qtbot)
    assert _working(window)
    dialog.reject()
    gone()
    qtbot.waitUntil(lambda: not _working(window), timeout=_PATIENCE)


def test_requests_hear_of_secrets_also_when_the_dialog_is_gone(
    window: MainWindow, folder: Path, keyring: MemoryKeyring, qtbot: QtBot
) -> None:
    bring(window, folder, qtbot)
    tab = as_request(window.pages.documents.open(Draft(url="https://{{pin}}"), DraftLocation(folder)))
    dialog = _save_secrets(window, folder, qtbot)
    dialog.reject()
    gone()
    qtbot.waitUntil(lambda: tab.panel.variables.scope().find("pin") is not None, timeout=_PATIENCE)
