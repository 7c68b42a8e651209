"""Much that lasts is set aside from the collector, little is not, and nothing of it is kept alive."""

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from workbench.ui.lasting import lasting


@dataclass(eq=False)
class Leaf:
    name: str


def make(count: int) -> list[Leaf]:
    with lasting():
        return [Leaf(str(number)) for number in range(count)]


def test_much_is_set_aside_and_still_goes_when_nobody_wants_it() -> None:
    gc.unfreeze()
    leaves = make(50_000)
    assert gc.isenabled()
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
    assert gc.isenabled()
    with ThreadPoolExecutor(4) as threads:
        assert sum(len(leaves) for leaves in threads.map(make, [5_000] * 8)) == 40_000
    assert gc.isenabled()
