"""A redirect that would take the body to another server: the window asks, and one click sends it there."""

import socket

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.support.documents import as_request
from tests.support.servers import broken
from tests.support.servers.broken import playing
from tests.ui.flows.test_collections_in_the_window import press
from tests.ui.tabs.request.test_agreeing import answered
from workbench.core.draft import Draft, RawBody, RawKind, Settings
from workbench.ui.windows.main_window import MainWindow


def test_a_body_that_is_wanted_elsewhere(window: MainWindow, qtbot: QtBot) -> None:
    got: list[bytes] = []

    def takes(peer: socket.socket) -> None:
        received = broken.read_head(peer)
        while not received.endswith(b"hush"):
            received += peer.recv(65536)
        got.append(received)
        peer.sendall(broken.head("Content-Length: 0", status="204 No Content"))

    def leads(peer: socket.socket) -> None:
        broken.read_head(peer)
        peer.sendall(broken.head(f"Location: {there}/", "Content-Length: 0", status="307 Temporary Redirect"))

    with playing(takes) as away:
        there = f"http://localhost:{away.port}"
        with playing(leads) as home:
            body, settings = RawBody(RawKind.TEXT, "hush"), Settings(follow_redirects=True)
            draft = Draft(method="POST", url=f"http://localhost:{home.port}/", body=body, settings=settings)
            tab = as_request(window.pages.documents.open(draft))
            window.commands["send"].trigger()
            held = answered(tab, qtbot, code="")
            assert held.body_wanted_at == there
            assert got == []
            press(tab, "Send There Too")
            qtbot.waitUntil(lambda: bool(got), timeout=20_000)
            qtbot.waitUntil(lambda: tab.response.exchange() not in (None, held), timeout=20_000)
    exchange = tab.response.exchange()
    assert exchange is not None
    assert [hop.status for hop in exchange.hops] == [307, 204]
    offers = [one for one in tab.response.findChildren(QPushButton) if one.text() == "Send There Too"]
    assert not any(one.isVisible() for one in offers)
