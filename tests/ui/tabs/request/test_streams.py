"""What comes by and by, from the lab to the real window: event streams and long bodies."""

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from tests.support.keyring import MemoryKeyring
from tests.ui.response.test_pane import named, texts
from tests.ui.windows.test_window import lab_draft, try_the_lab
from workbench.core.exchange import Outcome
from workbench.ui.tabs.request.request_document import RequestDocument
from workbench.ui.widgets.code.long_text import LongText
from workbench.ui.windows.main_window import MainWindow

_PATIENCE = 20_000


@pytest.fixture
def tab(window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot) -> RequestDocument:
    return try_the_lab(window, qtbot)


def send_to(window: MainWindow, tab: RequestDocument, path: str) -> None:
    tab.show_draft(lab_draft(tab.draft().url.replace("order/update", path), trust="lab"))
    window.commands["send"].trigger()


def test_events_are_seen_while_they_come_and_after_cancel(
    window: MainWindow, tab: RequestDocument, qtbot: QtBot
) -> None:
    send_to(window, tab, "events?count=1000&interval=0.05")
    qtbot.waitUntil(lambda: isinstance(named(tab.response, QTableView, "Events"), QTableView), timeout=_PATIENCE)
    table = named(tab.response, QTableView, "Events")
    qtbot.waitUntil(lambda: table.isVisible() and table.model().rowCount() >= 3, timeout=_PATIENCE)
    assert named(tab.response, QLineEdit, "Response status").text().startswith("200 OK · receiving events")
    assert all(table.columnWidth(column) >= table.sizeHintForColumn(column) for column in range(4))
    next(b for b in tab.findChildren(QPushButton) if b.accessibleName() == "Cancel").click()
    qtbot.waitUntil(lambda: tab.response.exchange() is not None, timeout=_PATIENCE)
    exchange = tab.response.exchange()
    assert exchange is not None
    assert exchange.outcome is Outcome.CANCELLED
    assert exchange.response is not None
    came = exchange.response.body.data.count(b"\n\n")
    qtbot.waitUntil(lambda: table.model().rowCount() == came, timeout=_PATIENCE)
    assert [row[3] for row in texts(table.model())] == [str(number) for number in range(1, came + 1)]


def test_a_long_body_is_shown_whole_by_rows(window: MainWindow, tab: RequestDocument, qtbot: QtBot) -> None:
    send_to(window, tab, "bytes/20000000")
    qtbot.waitUntil(lambda: tab.response.findChild(LongText) is not None, timeout=_PATIENCE)
    view = tab.response.findChild(LongText)
    assert isinstance(view, LongText)
    qtbot.waitUntil(lambda: view.lines().count == 20_000_000 // 16, timeout=_PATIENCE)
    assert view.isVisible()
    assert view.accessibleName() == "Response body"
