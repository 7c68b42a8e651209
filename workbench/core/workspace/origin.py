"""Where a draft comes from."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Origin:
    """A collection by its folder, and the request's file in it, relative to that folder.

    The file need not be there yet: its folder says what the draft inherits. ``item`` None inherits what the
    collection says and nothing more.
    Where a function takes ``Origin | None``, None is a draft that belongs to no collection.
    """

    collection: Path
    item: Path | None = None
