"""Data that lasts, kept out of the garbage collector's rounds. Without Qt: the worker makes such data."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 20_000  # new objects from which on they are set aside
_guard = threading.Lock()
_makers = 0


def being_made() -> bool:
    """Whether something that lasts is being made at this moment."""
    return _makers > 0


@contextmanager
def lasting() -> Iterator[None]:
    """What is made inside is freed when nobody refers to it any more, but rounds no longer look at it.

    Ten thousand saved requests are hundreds of thousands of objects: a full round over them halts every thread for
    longer than a person should wait for a key. They must not refer to themselves: plain data in trees and tables.
    Threads may do this at once.
    """
    _count_makers(1)
    before = gc.get_count()[0]
    try:
        yield
    finally:
        if gc.get_count()[0] - before > _MANY:
            gc.freeze()
        _count_makers(-1)


def _count_makers(more: int) -> None:
    global _makers
    with _guard:
        _makers += more
