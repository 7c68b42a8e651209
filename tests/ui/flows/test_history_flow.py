"""Exchanges of the history in tabs and in windows of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from tests.core.history.examples import exchange, failed
from tests.support.documents import as_request
from tests.support.keyring import MemoryKeyring
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import BearerAuth, Draft, Variable
from workbench.core.exchange import Exchange
from workbench.core.history import Circumstances
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.compare.compare_dialog import CompareDialog
from workbench.ui.flows.history_flow import HistoryFlow
from workbench.ui.history.panel import HistoryPanel
from workbench.ui.runner import Runner
from workbench.ui.settings import WindowState
from workbench.ui.tabs.context import DocumentContext
from workbench.ui.tabs.document_tabs import DocumentTabs
from workbench.ui.widgets.banner import Banner


class Place:
    """A window with nothing in it but tabs and history."""

    def __init__(self, qtbot: QtBot, runner: Runner) -> None:
        self.qtbot = qtbot
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.bridge, self.panel = Bridge(runner), HistoryPanel(self.window)
        self.documents = DocumentTabs(DocumentContext(self.bridge, self.window))
        self.documents.setParent(self.window)
        self.flow = HistoryFlow(self.bridge, self.panel, self.documents, self.window)

    def add(self, draft: Draft, sent: Exchange, circumstances: Circumstances | None = None) -> int:
        """Put an exchange into the history behind the bridge."""
        made: list[int] = []
        self.bridge.ask_history(
            lambda room: room._history.add(draft, sent, circumstances, keep_body=False), made.append, pytest.fail
        )
        self.qtbot.waitUntil(lambda: bool(made))
        return made[0]

    def dialogs(self) -> list[CompareDialog]:
        """The comparisons that are shown."""
        return [one for one in self.window.findChildren(CompareDialog) if "Comparing" not in one.view.summary()]


@pytest.fixture
def place(qtbot: QtBot, runner: Runner, keyring: MemoryKeyring) -> Iterator[Place]:
    made = Place(qtbot, runner)
    yield made
    assert made.bridge.close(WindowState())


def test_an_exchange_opens_in_a_tab_of_its_own(place: Place) -> None:
    sent = exchange()
    draft = Draft(name="Orders", method="PUT", url=sent.request.url, auth=BearerAuth("secret"))
    entry = place.add(draft, sent, Circumstances(collection=Path("/open"), item=Path("orders.yml")))
    place.panel.open_requested.emit(entry)
    place.qtbot.waitUntil(lambda: place.documents.count() == 1)
    tab = as_request(place.documents.current())
    assert tab.draft().method == "PUT"
    assert tab.origin is not None
    assert (tab.origin.collection, tab.origin.item) == (Path("/open"), None)
    assert tab.missing == ("token of the authorization",)
    assert "token of the authorization" in tab.banner.accessibleDescription()
    shown = tab.response.exchange()
    assert shown is not None
    assert [finding.code for finding in shown.findings][-1] == "body-not-kept"


def test_what_a_collection_sent_that_is_closed_now_is_not_sent_without_it(place: Place) -> None:
    draft = Draft(url="https://taker.example/", variables=(Variable("mtls.identity", "alice"),))
    place.panel.send_requested.emit(place.add(draft, failed(), Circumstances(collection=Path("/closed"))))
    place.qtbot.waitUntil(lambda: place.documents.count() == 1)
    tab = as_request(place.documents.current())
    assert tab.origin == DraftLocation(Path("/closed"))
    place.qtbot.waitUntil(lambda: tab.response.exchange() is not None)
    sent = tab.response.exchange()
    assert sent is not None
    assert sent.failure is not None
    assert "collection is not open" in sent.failure.title
    assert not sent.hops


def test_two_of_the_history_are_compared_beside_the_window(place: Place) -> None:
    one, other = place.add(Draft(), exchange()), place.add(Draft(), exchange(status=404))
    place.panel.compare_requested.emit(one, other)
    place.qtbot.waitUntil(lambda: bool(place.dialogs()))
    assert "1 / " in place.dialogs()[0].view.summary()


def test_one_is_compared_with_what_is_in_front(place: Place) -> None:
    entry = place.add(Draft(), exchange())
    banner = place.panel.findChild(Banner)
    assert isinstance(banner, Banner)
    place.panel.compare_with_open_requested.emit(entry)
    place.qtbot.waitUntil(lambda: "no open response" in banner.accessibleName())
    place.documents.open(Draft(method="GET", url="https://api.example.org/")).show_exchange(exchange(status=500))
    place.panel.compare_with_open_requested.emit(entry)
    place.qtbot.waitUntil(lambda: bool(place.dialogs()))


def test_two_open_responses_are_compared(place: Place) -> None:
    tabs = [place.documents.open(Draft(url=f"https://{number}/")) for number in range(2)]
    for tab, status in zip(tabs, (200, 404), strict=True):
        tab.show_exchange(exchange(status=status))
    place.flow.compare_documents(*tabs)
    place.qtbot.waitUntil(lambda: bool(place.dialogs()))


def test_what_lacks_a_secret_is_not_sent_again(place: Place) -> None:
    entry = place.add(Draft(url="https://127.0.0.1:1/", auth=BearerAuth("secret")), exchange())
    place.panel.send_requested.emit(entry)
    place.qtbot.waitUntil(lambda: place.documents.count() == 1)
    assert not as_request(place.documents.documents()[0]).response.exchange()


def test_sent_again_is_in_the_history_again(place: Place) -> None:
    entry = place.add(Draft(method="GET", url="https://127.0.0.1:1/"), exchange())
    place.panel.send_requested.emit(entry)
    place.qtbot.waitUntil(lambda: len(place.panel.model.rows()) == 2, timeout=15_000)
    assert place.panel.model.rows()[0].failure
