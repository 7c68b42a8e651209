"""How a panel has slow work done without knowing who does it."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

T = TypeVar("T")


class Run(Protocol):
    """Does ``work`` somewhere else and calls ``done`` with its result in the UI thread."""

    def __call__(self, work: Callable[[], T], done: Callable[[T], None], /) -> object:
        """Begin; the result, if any, is of no interest."""


def run_now(work: Callable[[], T], done: Callable[[T], None], /) -> None:
    """Do it here and now: for tests and for small things."""
    done(work())


def while_alive(owner: QObject, run: Run) -> Run:
    """``run``, but nobody is told of results that come when ``owner`` is gone: its tab was closed."""

    def begin(work: Callable[[], T], done: Callable[[T], None], /) -> object:
        return run(work, lambda result: done(result) if isValid(owner) else None)

    return begin
