"""Panel, bridge, worker and a real history together."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.core.history.examples import SERVER, exchange
from tests.ui.history.test_panel import look_for
from workbench.core.draft import Draft
from workbench.core.history import Entry, History
from workbench.core.history.queries import PAGE, HistoryQueries
from workbench.ui.flows.history_browsing import HistoryBrowsing
from workbench.ui.history.clearing import Clearing
from workbench.ui.history.panel import HistoryPanel
from workbench.ui.runner import Job, Runner
from workbench.ui.widgets.banner import Banner


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    made = History.open(tmp_path / "history.sqlite3")
    yield made
    made.close()


@pytest.fixture
def bridge(qtbot: QtBot, runner: Runner, history: History) -> tuple[HistoryBrowsing, HistoryPanel]:
    panel, room = HistoryPanel(), HistoryQueries(history)
    qtbot.addWidget(panel)
    panel.resize(300, 400)
    panel.show()

    def ask(question: Callable[[HistoryQueries], object], done: Any, failed: Any) -> Job:
        return runner.run_blocking(lambda: question(room), done=done, failed=failed)

    return HistoryBrowsing(ask, panel, panel), panel


def test_it_is_searched_and_comes_page_by_page(
    qtbot: QtBot, history: History, bridge: tuple[HistoryBrowsing, HistoryPanel]
) -> None:
    for number in range(PAGE + 50):
        history.add(Draft(), exchange(f"https://host{number % 2}.example/{number}"))
    served, panel = bridge
    served.refresh()
    qtbot.waitUntil(lambda: len(panel.model.rows()) == PAGE)
    panel.list.scrollToBottom()
    qtbot.waitUntil(lambda: len(panel.model.rows()) == PAGE + 50)
    look_for(panel, "host:host1")
    qtbot.waitUntil(lambda: len(panel.model.rows()) == PAGE // 2 + 25)
    history.add(Draft(), exchange("https://host1.example/new"))
    served.refresh()
    qtbot.waitUntil(lambda: panel.model.rows()[0].path == "/new")


def test_every_wish_is_served(qtbot: QtBot, history: History, bridge: tuple[HistoryBrowsing, HistoryPanel]) -> None:
    served, panel = bridge
    first = history.add(Draft(method="PUT"), exchange("https://a.example/1"))
    second = history.add(Draft(), exchange("https://b.example/2"))
    assert first
    assert second
    served.refresh()
    qtbot.waitUntil(lambda: len(panel.model.rows()) == 2)
    with qtbot.waitSignal(served.opened) as opened:
        panel.open_requested.emit(first)
    assert isinstance(opened.args[0], Entry)
    assert opened.args[0].draft.method == "PUT"
    with qtbot.waitSignal(served.sent_again):
        panel.send_requested.emit(first)
    with qtbot.waitSignal(served.compared) as compared:
        panel.compare_requested.emit(first, second)
    assert [entry.row.id for entry in compared.args[0]] == [first, second]
    panel.thumbprints_requested.emit(first)
    qtbot.waitUntil(lambda: SERVER.certificate.sha256 in QGuiApplication.clipboard().text())
    panel.remove_requested.emit((first,))
    qtbot.waitUntil(lambda: [row.id for row in panel.model.rows()] == [second])
    panel.clear_requested.emit(Clearing(host="b.example"))
    qtbot.waitUntil(lambda: not panel.model.rows())


def test_what_was_cleared_meanwhile_is_told(
    qtbot: QtBot, history: History, bridge: tuple[HistoryBrowsing, HistoryPanel]
) -> None:
    _served, panel = bridge
    panel.open_requested.emit(99)
    banner = panel.findChild(Banner)
    assert isinstance(banner, Banner)
    qtbot.waitUntil(lambda: "no longer" in banner.accessibleName())
