"""Garbage goes in the UI thread and nowhere else; much that lasts is set aside, little is not, nothing kept alive."""

import gc
import threading
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from workbench.ui.garbage import Collector, collect
from workbench.ui.lasting import lasting


@dataclass(eq=False)
class Leaf:
    name: str


class Turning(QObject):
    """Refers to itself, and a timer of its own runs: what must not end in another thread."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self
        self._timer = QTimer(self, interval=1_000_000)
        self._timer.start()


def make(count: int) -> list[Leaf]:
    with lasting():
        return [Leaf(str(number)) for number in range(count)]


def make_cycles() -> None:
    for _number in range(30_000):
        itself: list[object] = []
        itself.append(itself)


@pytest.fixture
def collecting() -> Iterator[None]:
    gc.enable()
    yield
    gc.disable()  # as it is for all tests


def test_a_closed_part_of_the_window_ends_in_the_ui_thread(qtbot: QtBot, collecting: None) -> None:
    collector = Collector()
    ended_in: list[threading.Thread] = []
    weakref.finalize(Turning(), lambda: ended_in.append(threading.current_thread()))
    worker = threading.Thread(target=make_cycles)
    worker.start()
    worker.join()
    assert not ended_in
    qtbot.waitUntil(lambda: bool(ended_in), timeout=20_000)
    assert ended_in == [threading.main_thread()]
    collector.deleteLater()


def test_what_has_grown_old_is_collected_too() -> None:
    gone: list[bool] = []
    old = Turning()
    weakref.finalize(old, lambda: gone.append(True))
    gc.collect()
    gc.collect()
    del old
    for _round in range(200):
        make_cycles()
        collect()
    assert gone


def test_nothing_is_collected_while_what_lasts_is_made() -> None:
    gone: list[bool] = []
    with lasting():
        weakref.finalize(Turning(), lambda: gone.append(True))
        kept = [Leaf(str(number)) for number in range(5_000)]
        collect()
        assert not gone
    collect()
    assert gone
    assert kept


def test_much_is_set_aside_and_still_goes_when_nobody_wants_it() -> None:
    gc.unfreeze()
    leaves = make(50_000)
    set_aside = gc.get_freeze_count()
    assert set_aside >= 50_000
    last = weakref.ref(leaves[-1])
    leaves.clear()
    assert last() is None
    assert gc.get_freeze_count() <= set_aside - 50_000


def test_little_stays_where_the_collector_looks() -> None:
    gc.unfreeze()
    leaves = make(100)
    assert not gc.get_freeze_count()
    assert leaves


def test_it_goes_on_collecting_after_a_failure_and_when_the_last_of_several_is_done() -> None:
    def fail() -> None:
        with lasting():
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with ThreadPoolExecutor(4) as threads:
        assert sum(len(leaves) for leaves in threads.map(make, [5_000] * 8)) == 40_000
    gone: list[bool] = []
    weakref.finalize(Turning(), lambda: gone.append(True))
    make_cycles()
    collect()
    assert gone
