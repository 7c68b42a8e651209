"""Where in a collection something lies."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DraftLocation:
    """A collection by its folder, and the request's file or the folder in it, relative to that folder.

    ``item`` None is the collection itself. The file need not be there yet: its folders say what a draft there inherits.
    Where a function takes ``DraftLocation | None``, None is a draft that belongs to no collection.
    """

    collection: Path
    item: Path | None = None

    @property
    def file(self) -> Path:
        """Where it lies on the disk."""
        return self.collection if self.item is None else self.collection / self.item

    @property
    def path(self) -> Path:
        """``item``, and ``.`` for the collection itself: as ``Collection`` names its items."""
        return Path() if self.item is None else self.item
