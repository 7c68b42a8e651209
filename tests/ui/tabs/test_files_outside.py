"""A collection that names a file from elsewhere: the window asks once, and not about what the person chose there."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.servers.broken import answers, playing
from workbench.core.collection import Collection
from workbench.core.draft import Draft, FileBody, FileChoice
from workbench.core.exchange import Exchange
from workbench.ui.models.library import Spot
from workbench.ui.tabs.request_tab import RequestTab
from workbench.ui.windows.main_window import MainWindow

_PATIENCE = 20_000
_OK = answers(b"HTTP/1.1 204 No Content\r\n\r\n")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text("hush")
    return path


def opened(window: MainWindow, folder: Path, draft: Draft, qtbot: QtBot) -> RequestTab:
    item = Collection.create(folder, "Theirs").add(Path(), draft)
    with qtbot.waitSignal(window.pages.collecting.opening.opened, timeout=_PATIENCE):
        window.open_paths([folder])
    window.pages.files.open(Spot(folder, item))
    requests = window.pages.requests
    qtbot.waitUntil(lambda: requests.current() is not None and requests.current().origin is not None, timeout=_PATIENCE)  # type: ignore[union-attr]
    tab = requests.current()
    assert tab is not None
    return tab


def answered(tab: RequestTab, qtbot: QtBot, *, code: str) -> Exchange:
    def there() -> bool:
        exchange = tab.response.exchange()
        return exchange is not None and (exchange.failure.code if exchange.failure else "") == code

    qtbot.waitUntil(there, timeout=_PATIENCE)
    exchange = tab.response.exchange()
    assert exchange is not None
    return exchange


def test_what_a_collection_names_is_asked_about_once(
    window: MainWindow, tmp_path: Path, secret: Path, qtbot: QtBot
) -> None:
    with playing(_OK) as server:
        url = server.url.replace("https:", "http:")
        draft = Draft(method="POST", url=url, body=FileBody((FileChoice("../secret.txt"),)))
        tab = opened(window, tmp_path / "theirs", draft, qtbot)
        tab.panel.send()
        held = answered(tab, qtbot, code="files-outside")
        assert held.failure is not None
        assert str(secret) in held.failure.detail
        assert held.failure.title in tab.panel.pages.page("body").fault()
        next(one for one in tab.response.findChildren(QPushButton) if one.text() == "Allow and send").click()
        answered(tab, qtbot, code="")
        assert not tab.panel.pages.page("body").fault()
        tab.show_exchange(held)
        tab.panel.send()
        answered(tab, qtbot, code="")


def test_what_the_person_chose_goes_out_at_once(window: MainWindow, tmp_path: Path, secret: Path, qtbot: QtBot) -> None:
    with playing(_OK) as server:
        url = server.url.replace("https:", "http:")
        draft = Draft(method="POST", url=url, body=FileBody((FileChoice("ours.txt"),)))
        tab = opened(window, tmp_path / "theirs", draft, qtbot)
        tab.panel.open_page("body")
        line = next(one for one in tab.findChildren(QLineEdit) if one.accessibleName() == "Body file")
        line.setText(str(secret))
        tab.panel.send()
        answered(tab, qtbot, code="")
