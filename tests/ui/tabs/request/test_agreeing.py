"""A collection from elsewhere wants something: the window asks once, and never about what the person chose in it."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from tests.support.documents import as_request
from tests.support.servers.broken import answers, playing
from tests.ui.flows.test_collections_in_the_window import bring, choose, dialog_of, open_request, press
from workbench.core.agreement import Agreements
from workbench.core.collection import Collection
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft, FileBody, FileChoice, Variable
from workbench.core.exchange import Exchange
from workbench.core.storage import Home
from workbench.ui.library.agreements_page import AgreementsPage
from workbench.ui.library.defaults_dialog import DefaultsDialog
from workbench.ui.tabs.request.request_document import RequestDocument
from workbench.ui.widgets.agreement_dialog import AgreementDialog
from workbench.ui.windows.main_window import MainWindow

_PATIENCE = 20_000
_OK = answers(b"HTTP/1.1 204 No Content\r\n\r\n")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text("hush")
    return path


def opened(window: MainWindow, folder: Path, draft: Draft, qtbot: QtBot) -> RequestDocument:
    item = Collection.create(folder, "Theirs").add(Path(), draft)
    bring(window, folder, qtbot)
    return open_request(window, DraftLocation(folder, item), qtbot)


def answered(tab: RequestDocument, qtbot: QtBot, *, code: str) -> Exchange:
    def there() -> bool:
        exchange = tab.response.exchange()
        return exchange is not None and (exchange.failure.code if exchange.failure else "") == code

    qtbot.waitUntil(there, timeout=_PATIENCE)
    exchange = tab.response.exchange()
    assert exchange is not None
    return exchange


def asked(tab: QWidget, qtbot: QtBot) -> AgreementDialog:
    qtbot.waitUntil(lambda: tab.findChild(AgreementDialog) is not None, timeout=_PATIENCE)
    dialog = tab.findChild(AgreementDialog)
    assert isinstance(dialog, AgreementDialog)
    return dialog


def gone() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def shown(dialog: QWidget) -> list[list[str]]:
    model = next(iter(dialog.findChildren(QTableView))).model()
    return [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]


def posting(url: str, file: str, *variables: Variable) -> Draft:
    return Draft(
        method="POST",
        url=url.replace("https:", "http:"),
        body=FileBody((FileChoice(file),)) if file else None,
        variables=variables,
    )


def test_what_a_collection_wants_is_listed_and_asked_about_once(
    window: MainWindow, tmp_path: Path, secret: Path, qtbot: QtBot
) -> None:
    with playing(_OK) as server:
        draft = posting(server.url, "../secret.txt")
        tab = opened(window, tmp_path / "theirs", draft, qtbot)
        tab.panel.send()
        dialog = asked(tab, qtbot)
        ((what, host, source),) = shown(dialog)
        assert str(secret) in what
        assert host == f"http://localhost:{server.port}"
        assert source.startswith("request ")
        assert any("Theirs" in label.text() for label in dialog.findChildren(QLabel))
        press(dialog, "Agree and Send")
        answered(tab, qtbot, code="")
        gone()
        before = tab.response.exchange()
        tab.panel.send()
        qtbot.waitUntil(lambda: tab.response.exchange() not in (None, before), timeout=_PATIENCE)
        answered(tab, qtbot, code="")
        assert tab.findChild(AgreementDialog) is None


def test_cancelling_sends_nothing_and_can_be_thought_over(
    window: MainWindow, tmp_path: Path, secret: Path, qtbot: QtBot
) -> None:
    with playing(_OK) as server:
        tab = opened(window, tmp_path / "theirs", posting(server.url, str(secret)), qtbot)
        tab.panel.send()
        asked(tab, qtbot).reject()
        held = answered(tab, qtbot, code="not-agreed")
        assert not held.hops
        gone()
        press(tab.response, "Show What It Wants…")
        press(asked(tab, qtbot), "Agree and Send")
        answered(tab, qtbot, code="")


def test_what_the_person_chose_goes_out_at_once(window: MainWindow, tmp_path: Path, secret: Path, qtbot: QtBot) -> None:
    with playing(_OK) as server:
        tab = opened(window, tmp_path / "theirs", posting(server.url, "ours.txt"), qtbot)
        tab.panel.open_page("body")
        line = next(one for one in tab.findChildren(QLineEdit) if one.accessibleName() == "Body file")
        line.setText(str(secret))
        tab.panel.send()
        answered(tab, qtbot, code="")


def test_a_file_stays_the_collection_s_when_its_request_goes_away(
    window: MainWindow, tmp_path: Path, secret: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "theirs"
    tab = opened(window, folder, posting("http://localhost:1/", str(secret)), qtbot)
    assert tab.origin is not None
    assert tab.origin.item is not None
    (folder / tab.origin.item).unlink()
    qtbot.waitUntil(lambda: tab.origin is not None and tab.origin.item is None, timeout=_PATIENCE)
    tab.panel.send()
    asked(tab, qtbot).reject()
    assert not answered(tab, qtbot, code="not-agreed").hops


def test_a_file_stays_the_collection_s_in_a_tab_that_is_opened_again(
    window: MainWindow, tmp_path: Path, secret: Path, qtbot: QtBot
) -> None:
    tab = opened(window, tmp_path / "theirs", posting("http://localhost:1/", str(secret)), qtbot)
    tab.panel.address.show_url("http://localhost:1/edited")
    documents = window.pages.documents
    kept = documents.drafts()
    assert kept.tabs[-1].dirty
    documents.close_tab(documents.indexOf(tab))
    documents.restore(kept)
    again = as_request(documents.documents()[-1])
    again.panel.send()
    asked(again, qtbot).reject()
    assert not answered(again, qtbot, code="not-agreed").hops


def test_a_file_that_others_put_into_the_request_meanwhile_is_asked_about(
    window: MainWindow, tmp_path: Path, secret: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "theirs"
    tab = opened(window, folder, posting("http://localhost:1/", ""), qtbot)
    assert tab.origin is not None
    assert tab.origin.item is not None
    theirs = posting("http://localhost:1/", str(secret))
    Collection.open(folder).save(tab.origin.item, replace(theirs, name=tab.saved.name), None)
    window.pages.files._read_again(tab)
    qtbot.waitUntil(lambda: tab.draft().body == theirs.body, timeout=_PATIENCE)
    tab.panel.send()
    asked(tab, qtbot).reject()
    assert not answered(tab, qtbot, code="not-agreed").hops


def test_another_collection_at_the_same_place_is_asked_about_anew(
    window: MainWindow, tmp_path: Path, secret: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "theirs"
    with playing(_OK) as server:
        draft = posting(server.url, str(secret))
        tab = opened(window, folder, draft, qtbot)
        tab.panel.send()
        press(asked(tab, qtbot), "Agree and Send")
        answered(tab, qtbot, code="")
        gone()
        shutil.move(folder, tmp_path / "aside")
        Collection.create(folder, "Others").add(Path(), draft)
        tab.panel.send()
        asked(tab, qtbot).reject()
        answered(tab, qtbot, code="not-agreed")


def test_a_tab_that_closes_takes_its_question_along(
    window: MainWindow, tmp_path: Path, secret: Path, qtbot: QtBot
) -> None:
    tab = opened(window, tmp_path / "theirs", posting("http://localhost:1/", str(secret)), qtbot)
    tab.panel.send()
    dialog = asked(tab, qtbot)
    press(dialog, "Agree and Send")  # what comes of it reaches nobody
    window.pages.documents.close_tab(window.pages.documents.indexOf(tab))
    gone()
    agreements = Agreements(Home.default())
    qtbot.waitUntil(lambda: bool(agreements.agreed(tmp_path / "theirs")), timeout=_PATIENCE)


def test_agreements_are_listed_in_the_collection_s_defaults_and_revoked_there(
    window: MainWindow, tmp_path: Path, secret: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "theirs"
    with playing(_OK) as server:
        tab = opened(window, folder, posting(server.url, "ours.txt"), qtbot)
        tab.panel.open_page("body")
        line = next(one for one in tab.findChildren(QLineEdit) if one.accessibleName() == "Body file")
        line.setText(str(secret))
        tab.panel.send()
        answered(tab, qtbot, code="")
        choose(window, DraftLocation(folder))
        window.commands["defaults"].trigger()
        dialog = dialog_of(window, DefaultsDialog, qtbot)
        assert isinstance(dialog, DefaultsDialog)
        qtbot.waitUntil(lambda: dialog.findChild(AgreementsPage) is not None, timeout=_PATIENCE)
        page = dialog.findChild(AgreementsPage)
        assert isinstance(page, AgreementsPage)
        assert [str(secret) in row[0] for row in shown(page)] == [True]
        press(page, "Revoke")
        qtbot.waitUntil(lambda: shown(page) == [], timeout=_PATIENCE)
        dialog.reject()
        tab.panel.send()  # what was chosen in the tab before does not count any more
        asked(tab, qtbot).reject()
        answered(tab, qtbot, code="not-agreed")


def test_the_tree_says_that_a_collection_is_restricted(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    opened(window, tmp_path / "theirs", Draft(url="http://localhost:1/"), qtbot)
    made: list[DraftLocation] = []
    window._bridge.library.create(tmp_path, "Ours", made.append, pytest.fail)
    model = window.pages.library.model
    qtbot.waitUntil(lambda: bool(made) and model.find(made[0]).isValid(), timeout=_PATIENCE)
    theirs, ours = model.find(DraftLocation(tmp_path / "theirs")), model.find(made[0])
    assert theirs.data() == "Theirs · restricted"
    assert theirs.data(Qt.ItemDataRole.EditRole) == "Theirs"
    assert theirs.data(Qt.ItemDataRole.AccessibleTextRole) == "collection Theirs, restricted"
    assert "cannot use anything of yours" in theirs.data(Qt.ItemDataRole.ToolTipRole)
    assert (ours.data(), ours.data(Qt.ItemDataRole.AccessibleTextRole)) == ("Ours", "collection Ours")
