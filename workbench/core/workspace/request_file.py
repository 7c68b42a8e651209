"""A saved request as it is read and written, as data."""

from dataclasses import dataclass

from workbench.core.collection import Stamp
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Defaults, Draft


@dataclass(frozen=True, slots=True)
class Opening:
    """A saved request, read to be shown."""

    location: DraftLocation
    draft: Draft
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Saved:
    """A request as it is in its file now.

    ``extracted``: secrets of it went to the keyring. ``merged``: it was merged with what others changed.
    """

    location: DraftLocation
    draft: Draft
    stamp: Stamp
    extracted: bool = False
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A request was changed here and in its file. ``theirs`` is what the file says, ``parts`` what both changed."""

    location: DraftLocation
    theirs: Draft
    stamp: Stamp
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DefaultsFound:
    """What a collection or folder gives to its requests, read to be edited."""

    location: DraftLocation
    defaults: Defaults
    stamp: Stamp
