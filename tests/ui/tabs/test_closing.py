"""What a closed tab held goes with it at once, also when all there was had been set aside from the collector."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.support.documents import as_request
from tests.ui.tabs.test_document_tabs import type_url
from workbench.core.draft import Assertion, Draft, Field, Param, RawBody, Variable
from workbench.core.exchange import Body, Exchange, Outcome, Response
from workbench.core.request import Request
from workbench.ui.compare.compare_dialog import CompareDialog
from workbench.ui.compare.comparison import Compared
from workbench.ui.response.body.body_view import BodyView
from workbench.ui.tabs.request.request_document import RequestDocument
from workbench.ui.windows.main_window import MainWindow

_PATIENCE = 20_000
_PAGES = ("params", "headers", "auth", "body", "tls", "variables", "assertions", "docs")
_DRAFT = Draft(
    method="POST",
    url="https://localhost/{{name}}?a=1",
    headers=(Field("A", "1"),),
    params=(Param("a", "1"),),
    body=RawBody(text='{"a": 1}'),
    variables=(Variable("name", "x"),),
    assertions=(Assertion("status", "eq", "200"),),
)


class Watched(Response):
    """One that can be seen to go."""


@pytest.fixture
def set_aside() -> Iterator[None]:
    yield
    gc.unfreeze()


def answer(content: bytes) -> Exchange:
    body = Body(content, size=len(content))
    response = Watched(200, "OK", headers=(("content-type", "application/json"),), body=body)
    return Exchange(Request(url="https://localhost"), Outcome.RESPONSE, response=response)


def worked_in(window: MainWindow, qtbot: QtBot) -> RequestDocument:
    """A tab in which every page and form of the body was looked at, and something typed."""
    tab = as_request(window.pages.documents.open(_DRAFT))
    tab.show_exchange(answer(b'[{"a": 1, "b": "two"}, {"a": 3, "b": "four"}]'))
    for page in _PAGES:
        tab.panel.open_page(page)
    body = tab.findChild(BodyView)
    assert isinstance(body, BodyView)
    qtbot.waitUntil(lambda: len(body._bar._views) > 3, timeout=_PATIENCE)
    for place in range(len(body._bar._views)):
        body._bar._forms.setCurrentIndex(place)
        qtbot.waitUntil(lambda: not window._bridge.busy, timeout=_PATIENCE)
    type_url(tab, "https://localhost/typed", qtbot)
    return tab


def test_nothing_of_a_closed_tab_is_left(window: MainWindow, qtbot: QtBot, set_aside: None) -> None:
    tab = worked_in(window, qtbot)
    exchange = tab.response.exchange()
    assert exchange is not None
    assert exchange.response is not None
    alive: list[weakref.ref[object]] = [weakref.ref(exchange.response), weakref.ref(tab)]
    alive += [weakref.ref(part) for part in tab.findChildren(QObject)]
    assert len(alive) > 1000
    del tab, exchange
    gc.freeze()
    window.commands["close"].trigger()
    qtbot.waitUntil(lambda: not any(one() is not None for one in alive))


def test_nothing_of_a_closed_comparison_is_left(window: MainWindow, qtbot: QtBot, set_aside: None) -> None:
    one, other = (Compared(str(number), answer(b'{"a": %d}' % number)) for number in range(2))
    assert one.exchange.response is not None
    dialog = CompareDialog(one, other, window._bridge.work_on, window)
    alive: list[weakref.ref[object]] = [weakref.ref(one.exchange.response), weakref.ref(dialog)]
    dialog.open_beside()
    del one, other
    qtbot.waitUntil(lambda: not window._bridge.busy, timeout=_PATIENCE)
    gc.freeze()
    dialog.close()
    del dialog
    qtbot.waitUntil(lambda: not any(one() is not None for one in alive))
