"""Blocking calls: off the loop, at once as many as there are, on threads that are used again."""

import asyncio
import threading

import pytest

from workbench.core import blocking


def who() -> threading.Thread:
    return threading.current_thread()


def test_a_thread_is_used_again() -> None:
    async def plan() -> list[threading.Thread]:
        return [await blocking.call(who) for _number in range(5)]

    threads = asyncio.run(plan())
    assert len(set(threads)) == 1
    assert threads[0].daemon
    assert threads[0] is not threading.main_thread()


def test_calls_at_once_do_not_wait_for_each_other() -> None:
    both = threading.Barrier(3, timeout=30)

    def work() -> int:
        return both.wait()

    async def plan() -> list[int]:
        return await asyncio.gather(*(blocking.call(work) for _number in range(3)))

    assert sorted(asyncio.run(plan())) == [0, 1, 2]


def test_a_call_that_is_given_up_is_left_behind() -> None:
    go = threading.Event()

    async def plan() -> None:
        left = asyncio.create_task(blocking.call(lambda: go.wait(30)))
        await asyncio.sleep(0)
        left.cancel()
        with pytest.raises(asyncio.CancelledError):
            await left
        assert await blocking.call(lambda: 7) == 7
        go.set()

    asyncio.run(plan())


def test_what_goes_wrong_is_raised() -> None:
    def work() -> None:
        raise KeyError("gone")

    with pytest.raises(KeyError, match="gone"):
        asyncio.run(blocking.call(work))


def test_a_thread_without_work_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocking, "_idle", [])
    monkeypatch.setattr(blocking, "_KEPT", 0.01)
    thread = asyncio.run(blocking.call(who))
    thread.join(30)
    assert not thread.is_alive()
    assert not blocking._idle
    assert asyncio.run(blocking.call(who)) is not thread
