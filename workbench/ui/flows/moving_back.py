"""Where things of the tree of collections were before they were moved, and how they get back there."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core.collection.location import DraftLocation
from workbench.core.workspace.collection_state import Move
from workbench.ui.models.library_lines import Library


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was: its folder, and what came after it there."""

    folder: DraftLocation
    following: DraftLocation | None


def places(locations: Sequence[DraftLocation], library: Library) -> tuple[Place, ...]:
    """Where ``locations`` are in their files' order; what comes after them is not itself among them."""
    return tuple(_place(location, frozenset(locations), library) for location in locations)


def moves_back(present: Sequence[DraftLocation], before: Sequence[Place]) -> tuple[Move, ...]:
    """One after the other, they bring what is ``present`` back to where it was ``before``."""
    return tuple(Move((one,), place.folder, place.following) for one, place in zip(present, before, strict=True))


def _place(location: DraftLocation, moved: frozenset[DraftLocation], library: Library) -> Place:
    above = location.item.parent if location.item is not None else None
    folder = DraftLocation(location.collection, above if above is not None and above.parts else None)
    siblings = [DraftLocation(location.collection, node.path) for node in library.children(folder)]
    later = siblings[siblings.index(location) + 1 :] if location in siblings else []
    return Place(folder, next((one for one in later if one not in moved), None))
