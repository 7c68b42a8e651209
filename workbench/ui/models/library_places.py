"""Where the lines of the collections' tree hang: each place has a number, which is never used again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.core.collection.location import DraftLocation
from workbench.ui.models.library_lines import LibraryLine
from workbench.ui.models.tree_base import TreePlace


@dataclass(slots=True, eq=False)
class LibraryPlace(TreePlace):
    """A line where it hangs. Only the root has no line.

    ``below`` is None until somebody asks for the lines below: most folders stay folded.
    """

    line: LibraryLine | None
    number: int = 0
    below: list["LibraryPlace"] | None = None

    @property
    def location(self) -> DraftLocation:
        """The location of its line."""
        assert self.line is not None  # noqa: S101  # only the root, which hangs nowhere, has none
        return self.line.location


class LibraryPlaces:
    """All places by number and by location."""

    def __init__(self) -> None:
        self._last = 0
        self.root = LibraryPlace(None, below=[])
        self.numbered: dict[int, LibraryPlace] = {}
        self._spots: dict[DraftLocation, LibraryPlace] = {}

    def begin_anew(self, lines: Sequence[LibraryLine]) -> None:
        """Forget everything and hang ``lines`` on the root."""
        self.numbered, self._spots = {}, {}
        self.root = LibraryPlace(None)
        self.root.below = self.hang(lines, self.root)

    def below(self, place: LibraryPlace) -> list[LibraryPlace]:
        """The places below, made when they are first asked for."""
        if place.below is None:
            place.below = self.hang(place.line.lines if place.line is not None else (), place)
        return place.below

    def hang(self, lines: Sequence[LibraryLine], parent: LibraryPlace) -> list[LibraryPlace]:
        """Places for ``lines``, not yet among those below ``parent``."""
        made = []
        for row, line in enumerate(lines):
            self._last += 1
            place = self.numbered[self._last] = self._spots[line.location] = LibraryPlace(
                line, self._last, parent=parent, row=row
            )
            made.append(place)
        return made

    def find(self, location: DraftLocation) -> LibraryPlace | None:
        """Where ``location`` hangs; None when it is not shown."""
        if location not in self._spots and location.item is not None:
            above = location.item.parent
            parent = self.find(DraftLocation(location.collection, above if above.parts else None))
            if parent is not None:
                self.below(parent)
        return self._spots.get(location)

    def forget(self, place: LibraryPlace) -> None:
        """Let go of it and of what hangs below."""
        self.numbered.pop(place.number, None)
        if place.line is not None and self._spots.get(place.line.location) is place:
            del self._spots[place.line.location]
        for below in place.below or ():
            self.forget(below)


def count(place: LibraryPlace) -> int:
    """How many lines hang below."""
    if place.below is not None:
        return len(place.below)
    return len(place.line.lines) if place.line is not None else 0


def number_rows(places: Sequence[LibraryPlace], first: int) -> None:
    """Tell those from ``first`` on in which row they hang."""
    for row in range(first, len(places)):
        places[row].row = row


def runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbours; ``rows`` ascend."""
    first = last = -1
    for row in rows:
        if first >= 0 and row == last + 1:
            last = row
            continue
        if first >= 0:
            yield first, last
        first = last = row
    if first >= 0:
        yield first, last
