"""Where things of the tree of collections were before they were moved, and how they get back there."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core.collection.location import DraftLocation
from workbench.ui.models.carrying import Move
from workbench.ui.models.library_news import Library


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was: its folder, and what came after it there."""

    folder: DraftLocation
    following: DraftLocation | None


def places(spots: Sequence[DraftLocation], library: Library) -> tuple[Place, ...]:
    """Where ``spots`` are in their files' order; what comes after them is not itself among them."""
    return tuple(_place(spot, frozenset(spots), library) for spot in spots)


def moves_back(present: Sequence[DraftLocation], before: Sequence[Place]) -> tuple[Move, ...]:
    """One after the other, they bring what is ``present`` back to where it was ``before``."""
    return tuple(Move((spot,), place.folder, place.following) for spot, place in zip(present, before, strict=True))


def _place(spot: DraftLocation, moved: frozenset[DraftLocation], library: Library) -> Place:
    above = spot.item.parent if spot.item is not None else None
    folder = DraftLocation(spot.collection, above if above is not None and above.parts else None)
    siblings = [DraftLocation(spot.collection, node.path) for node in library.children(folder)]
    later = siblings[siblings.index(spot) + 1 :] if spot in siblings else []
    return Place(folder, next((one for one in later if one not in moved), None))
