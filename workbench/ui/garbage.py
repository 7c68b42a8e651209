"""When Python's garbage collector works: in the UI thread only, and not over very much that lasts.

Left alone it begins in whatever thread makes the next object, and destroys what it finds there. A window that was
closed and still refers to itself would then end in the worker, its timers with it, and the program would crash.

What is set aside because it lasts is set aside with everything else there is, open tabs among it (``gc.freeze`` knows
no other way). So what closes is not left to the collector: ``let_go`` breaks its cycles.
"""

import gc

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from workbench.ui.lasting import being_made

_ROUND_MS = 500
_DUE = (2_000, 10, 10)  # new objects, rounds over the young, rounds over the middle-aged: as CPython counts


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
    if being_made():
        return
    for generation in reversed(range(len(_DUE))):
        if gc.get_count()[generation] > _DUE[generation]:
            gc.collect(generation)
            return


def let_go(widget: QWidget) -> None:
    """Delete ``widget``, as ``deleteLater`` does, and free it and what it holds without a round of the collector.

    Widgets refer to their parts, and these back to them by slots and columns: with the attributes of all of them taken
    away, once they are deleted, nothing is left to be found by a round. A round may never come: see ``ui.lasting``.
    """
    parts = [widget, *widget.findChildren(QObject)]

    def clear() -> None:
        for part in parts:
            vars(part).clear()

    widget.destroyed.connect(lambda: QTimer.singleShot(0, clear))  # its children go after it has told
    widget.deleteLater()
