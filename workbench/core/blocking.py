"""Calls that may block for long (name servers, keyrings, disks), off the loop and never in the way of the end."""

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")
_Job = Callable[[], Callable[[], None]]
"""Does the work, and returns what tells the result."""

_KEPT = 5.0
"""Seconds that a thread without work is kept: to start one takes as long as many a call."""


async def call(function: Callable[[], _T], name: str = "blocking call") -> _T:
    """Run ``function`` on a daemon thread and return what it returns, or raise what it raises.

    Not the loop's executor: that one keeps the program from ending while a name server or a keyring
    that waits for a person does not answer, and has only so many threads. A cancelled call is left behind.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[_T] = loop.create_future()

    def settle(set_answer: Callable[[], None]) -> None:
        if not answer.done():
            set_answer()

    def run() -> Callable[[], None]:
        set_answer: Callable[[], None]
        try:
            result = function()
            set_answer = lambda: answer.set_result(result)  # noqa: E731 -- bound to this result
        except BaseException as error:  # noqa: BLE001 -- raised again where it is awaited
            caught = error
            set_answer = lambda: answer.set_exception(caught)  # noqa: E731

        def tell() -> None:
            with contextlib.suppress(RuntimeError):  # the loop has closed, and nobody waits any more
                loop.call_soon_threadsafe(settle, set_answer)

        return tell

    _worker().give(run, name)
    return await answer


class _Worker:
    """A thread that does one job after another, as long as there are any."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[tuple[_Job, str]] = queue.SimpleQueue()
        threading.Thread(target=self._serve, name="idle worker", daemon=True).start()

    def give(self, job: _Job, name: str) -> None:
        """Do ``job`` next, as the thread ``name``."""
        self._jobs.put((job, name))

    def _serve(self) -> None:
        while self._do_next():
            pass

    def _do_next(self) -> bool:
        thread = threading.current_thread()
        try:
            job, name = self._jobs.get(timeout=_KEPT)
        except queue.Empty:
            try:
                _idle.remove(self)
            except ValueError:  # somebody has just taken this one: the job is on its way
                return True
            return False
        thread.name = name
        tell = job()
        thread.name = "idle worker"
        _idle.append(self)  # first, so that whoever hears of the result can have the next call done here
        tell()
        return True


_idle: list[_Worker] = []


def _worker() -> _Worker:
    try:
        return _idle.pop()
    except IndexError:
        return _Worker()
