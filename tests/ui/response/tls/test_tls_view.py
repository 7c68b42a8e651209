"""The two proofs side by side, and what was agreed on, whatever the room."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QTableView, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.response import exchanges
from tests.ui.response.test_pane import named
from workbench.ui.response.tls.tls_view import TLSView


@pytest.fixture
def view(qtbot: QtBot) -> TLSView:
    made = TLSView()
    qtbot.addWidget(made)
    made.show_exchange(exchanges.succeeded())
    made.show()
    return made


def in_short(view: TLSView) -> QLabel:
    return next(label for label in view.findChildren(QLabel) if label.accessibleName() == "Negotiated, in short")


def left_edges(view: TLSView) -> list[int]:
    parts = (
        named(view, QTreeView, "Peer chain"),
        named(view, QTableView, "TLS facts"),
        named(view, QTreeView, "Client proof"),
    )
    return [part.mapTo(view, part.rect().topLeft()).x() for part in parts]


def resize(view: TLSView, lines: int) -> None:
    view.resize(lines * view.fontMetrics().height(), 30 * view.fontMetrics().height())


def test_what_was_agreed_on_stands_between_the_proofs_where_there_is_room(view: TLSView) -> None:
    resize(view, 90)
    peer, facts, client = left_edges(view)
    assert peer < facts < client
    assert not in_short(view).isVisible()


def test_with_less_room_the_proofs_share_the_width_and_the_facts_come_first_in_short(view: TLSView) -> None:
    resize(view, 60)
    peer, facts, client = left_edges(view)
    assert peer == facts < client
    words = "TLSv1.3 · TLS_AES_256_GCM_SHA384 · X25519MLKEM768"
    assert in_short(view).isVisible()
    assert in_short(view).text().startswith(words)
    assert named(view, QTableView, "TLS facts").isVisible()


def test_with_little_room_all_stands_one_above_the_other(view: TLSView) -> None:
    for lines in (90, 60, 36):
        resize(view, lines)
    assert len(set(left_edges(view))) == 1
    resize(view, 90)
    assert len(set(left_edges(view))) == 3


def test_nothing_is_agreed_on_without_a_handshake(view: TLSView) -> None:
    resize(view, 60)
    view.show_exchange(replace(exchanges.succeeded(), handshake=None))
    assert not in_short(view).isVisible()


def test_nothing_is_moved_sideways(view: TLSView, qtbot: QtBot) -> None:
    for lines in (60, 90):
        resize(view, lines)
        for name in ("Peer chain", "Client proof"):
            header, room = named(view, QTreeView, name).header(), named(view, QTreeView, name).viewport()
            qtbot.waitUntil(lambda header=header, room=room: bool(header.length() <= room.width()))  # type: ignore[misc]


def test_the_keyboard_goes_as_the_eye_does_and_stops_nowhere_without_a_name(view: TLSView) -> None:
    resize(view, 60)
    pin = next(button for button in view.findChildren(QPushButton) if button.text() == "Pin This Server")
    assert named(view, QTreeView, "Peer chain") is pin.nextInFocusChain()
    stops: list[QWidget] = []
    one = view.nextInFocusChain()
    while one is not None and one is not view:
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisibleTo(view) and view.isAncestorOf(one):
            stops.append(one)
        one = one.nextInFocusChain()
    nameless = [stop for stop in stops if isinstance(stop, QScrollArea) and not stop.accessibleName()]
    assert nameless == []
    order = [stop.accessibleName() for stop in stops if stop.accessibleName() in ("Peer chain", "Client proof")]
    assert order == ["Peer chain", "Client proof"]
