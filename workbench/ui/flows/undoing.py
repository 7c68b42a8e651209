"""Taking back what was done in the tree of collections, the last change first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from workbench.ui.models.carrying import Move
from workbench.ui.models.library import Spot
from workbench.ui.models.library_news import Library

Back = Callable[[], object]
_MOST = 100


class Undoing(QObject):
    """``changed`` tells whether there is something to take back."""

    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backs: list[Back] = []

    def note(self, back: Back) -> None:
        """Something was done that ``back`` takes back."""
        self._backs = [*self._backs, back][-_MOST:]
        self.changed.emit(True)

    def undo(self) -> None:
        """Take the last change back."""
        if self._backs:
            back = self._backs.pop()
            self.changed.emit(bool(self._backs))
            back()


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was: its folder, and what came after it there."""

    folder: Spot
    following: Spot | None


def places(spots: Sequence[Spot], library: Library) -> tuple[Place, ...]:
    """Where ``spots`` are in their files' order; what comes after them is not itself among them."""
    return tuple(_place(spot, frozenset(spots), library) for spot in spots)


def moves_back(present: Sequence[Spot], before: Sequence[Place]) -> tuple[Move, ...]:
    """One after the other, they bring what is ``present`` back to where it was ``before``."""
    return tuple(Move((spot,), place.folder, place.following) for spot, place in zip(present, before, strict=True))


def _place(spot: Spot, moved: frozenset[Spot], library: Library) -> Place:
    above = spot.item.parent if spot.item is not None else None
    folder = Spot(spot.collection, above if above is not None and above.parts else None)
    siblings = [Spot(spot.collection, node.path) for node in library.children(folder)]
    later = siblings[siblings.index(spot) + 1 :] if spot in siblings else []
    return Place(folder, next((one for one in later if one not in moved), None))
