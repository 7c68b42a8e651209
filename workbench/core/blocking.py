"""Calls that may block for long (name servers, keyrings, disks), off the loop and never in the way of the end."""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


async def call(function: Callable[[], _T], name: str = "blocking call") -> _T:
    """Run ``function`` on a daemon thread and return what it returns, or raise what it raises.

    Not the loop's executor: that one keeps the program from ending while a name server or a keyring
    that waits for a person does not answer. A cancelled call is left behind.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[_T] = loop.create_future()

    def settle(set_answer: Callable[[], None]) -> None:
        if not answer.done():
            set_answer()

    def run() -> None:
        set_answer: Callable[[], None]
        try:
            result = function()
            set_answer = lambda: answer.set_result(result)  # noqa: E731 -- bound to this result
        except BaseException as error:  # noqa: BLE001 -- raised again where it is awaited
            caught = error
            set_answer = lambda: answer.set_exception(caught)  # noqa: E731
        with contextlib.suppress(RuntimeError):  # the loop has closed, and nobody waits any more
            loop.call_soon_threadsafe(settle, set_answer)

    threading.Thread(target=run, name=name, daemon=True).start()
    return await answer
