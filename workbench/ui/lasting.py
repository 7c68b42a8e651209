"""Making very much that lasts, without the garbage collector's rounds over it, which stop every thread at once.

Ten thousand saved requests are hundreds of thousands of objects. A full round over them takes longer than a person
should wait for a key, in whatever thread it happens to begin.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 20_000  # new objects from which on they are set aside
_guard = threading.Lock()
_makers = 0


@contextmanager
def lasting() -> Iterator[None]:
    """What is made inside is freed when nobody refers to it any more, but rounds no longer look at it.

    So it must not refer to itself: plain data in trees and tables. Threads may do this at once.
    """
    gc.collect(1)  # what is rubbish already should not be set aside; the young ones are quickly looked at
    _begin()
    before = gc.get_count()[0]
    try:
        yield
    finally:
        _end(many=gc.get_count()[0] - before > _MANY)


def _begin() -> None:
    global _makers
    with _guard:
        _makers += 1
        gc.disable()


def _end(*, many: bool) -> None:
    global _makers
    with _guard:
        if many:
            gc.freeze()
        _makers -= 1
        if not _makers:
            gc.enable()
