"""Unfolding many folders of a tree, a few at a time: each line that comes into a view takes its time there."""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QTreeView

from workbench.core.collection.location import DraftLocation
from workbench.ui.models.library_lines import LibraryLine
from workbench.ui.models.library_tree import LibraryTree

_SLICE = 700  # lines that come into the view at a time


class Unfolding(QObject):
    """Begins at once and goes on when there is nothing else to do; ``finished`` tells the end, also of a short one."""

    finished = Signal()

    def __init__(self, tree: QTreeView, lines: LibraryTree) -> None:
        super().__init__(tree)
        self._tree, self._lines = tree, lines
        self._waiting: Iterator[DraftLocation] = iter(())
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)

    @property
    def is_under_way(self) -> bool:
        """Whether folders are still to be unfolded."""
        return self._next.isActive()

    def begin(self, locations: Iterable[DraftLocation]) -> None:
        """Unfold these instead of what may still wait; what lies in others comes after them."""
        self._waiting = iter(locations)
        self._go_on()

    def stop(self) -> None:
        """Leave the rest folded."""
        self._next.stop()
        self._waiting = iter(())

    def waiting(self) -> frozenset[DraftLocation]:
        """What is still to be unfolded."""
        rest = tuple(self._waiting)
        self._waiting = iter(rest)
        return frozenset(rest)

    def _go_on(self) -> None:
        self._tree.executeDelayedItemsLayout()
        shown = 0
        for location in self._waiting:
            index = self._lines.find(location)
            if index.isValid():
                self._tree.expand(index)
                shown += self._lines.rowCount(index)
            if shown >= _SLICE:
                self._next.start()
                return
        self._next.stop()
        self.finished.emit()


def outer_first(locations: Iterable[DraftLocation]) -> Sequence[DraftLocation]:
    """So that what is unfolded is in a folder that is unfolded already."""
    return sorted(locations, key=lambda location: len(location.item.parts) if location.item is not None else 0)


def with_lines(lines: Iterable[LibraryLine]) -> Iterator[DraftLocation]:
    """Everything that can be unfolded in ``lines``, each before what lies in it."""
    for line in lines:
        if line.lines:
            yield line.location
            yield from with_lines(line.lines)
