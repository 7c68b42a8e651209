"""What is chosen counts for what is sent after it, however long the choice takes to be carried out."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.windows.test_window import lab_draft, try_the_lab
from workbench.core.exchange import Exchange
from workbench.ui.bridge import bridge as module
from workbench.ui.bridge.services import Services
from workbench.ui.runner import Runner
from workbench.ui.settings import WindowState
from workbench.ui.windows.main_window import MainWindow


def test_what_is_sent_waits_for_the_orders_before_it(qtbot: QtBot, window: MainWindow) -> None:
    tab, bridge = try_the_lab(window, qtbot), window._bridge
    held, told = threading.Event(), list[str]()

    def order(_room: Services) -> None:
        held.wait(30)
        told.append("order")

    def heard(who: str, exchange: Exchange) -> None:
        assert exchange.response is not None
        told.append(who)

    draft = lab_draft(tab.draft().url, trust="lab")
    bridge.library.order(order)
    bridge.send(
        draft, None, done=lambda one: heard("person", one), failed=pytest.fail, progressed=lambda _progress: None
    )
    # What the program asks for itself does not wait: once it has its answer, the person's request could have had one.
    bridge.ask_service(draft, None, done=lambda one: heard("program", one), failed=pytest.fail)
    qtbot.waitUntil(lambda: told == ["program"], timeout=20_000)
    held.set()
    qtbot.waitUntil(lambda: len(told) == 3, timeout=20_000)
    assert told == ["program", "order", "person"]


def test_a_window_may_close_before_its_workspace_is_open(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, held = threading.Event(), threading.Event()

    def open_slowly(*_given: object) -> object:
        begun.set()
        return held.wait(30)

    monkeypatch.setattr(module, "_open_services", open_slowly)
    opening = module.Bridge(runner)
    opening.open()
    assert begun.wait(30)
    assert opening.close(WindowState())
    held.set()
