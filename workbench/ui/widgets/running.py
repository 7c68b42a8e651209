"""How a panel has slow work done without knowing who does it."""

from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Run(Protocol):
    """Does ``work`` somewhere else and calls ``done`` with its result in the UI thread.

    ``done`` is not called when the panel is gone by then (see ``runner.while_alive``).
    """

    def __call__(self, work: Callable[[], T], done: Callable[[T], None], /) -> object:
        """Begin; the result, if any, is of no interest."""


def run_now(work: Callable[[], T], done: Callable[[T], None], /) -> None:
    """Do it here and now: for tests and for small things."""
    done(work())
