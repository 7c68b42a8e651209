"""When Python's garbage collector works: in the UI thread only, and not over very much that lasts.

Left alone it begins in whatever thread makes the next object, and destroys what it finds there. A window that was
closed and still refers to itself would then end in the worker, its timers with it, and the program would crash.

What is set aside because it lasts is set aside with everything else there is, open tabs among it (``gc.freeze`` knows
no other way). So what closes is not left to the collector: ``let_go`` breaks its cycles.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

_ROUND_MS = 500
_DUE = (2_000, 10, 10)  # new objects, rounds over the young, rounds over the middle-aged: as CPython counts
_MANY = 20_000  # new objects from which on they are set aside
_guard = threading.Lock()
_makers = 0


class Collector(QObject):
    """From its making on garbage is collected in its thread, at most one round every half a second."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._round = QTimer(self, interval=_ROUND_MS)
        self._round.timeout.connect(collect)
        self._round.start()


def collect() -> None:
    """One round over the oldest generation that is due; none while something that lasts is being made."""
    if _makers:
        return
    for generation in reversed(range(len(_DUE))):
        if gc.get_count()[generation] > _DUE[generation]:
            gc.collect(generation)
            return


def let_go(widget: QWidget) -> None:
    """Delete ``widget``, as ``deleteLater`` does, and free it and what it holds without a round of the collector.

    Widgets refer to their parts, and these back to them by slots and columns: with the attributes of all of them taken
    away, once they are deleted, nothing is left to be found by a round. A round may never come: see ``lasting``.
    """
    parts = [widget, *widget.findChildren(QObject)]

    def clear() -> None:
        for part in parts:
            vars(part).clear()

    widget.destroyed.connect(lambda: QTimer.singleShot(0, clear))  # its children go after it has told
    widget.deleteLater()


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
