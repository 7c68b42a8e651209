"""The open collections as they are on the disk at one moment, and moves among them, as data."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbench.core.collection.location import DraftLocation
from workbench.core.collection.node import Node, NodeKind
from workbench.core.draft import Environment
from workbench.core.errors import WorkbenchError
from workbench.core.want import Want

OPENABLE = (NodeKind.REQUEST, NodeKind.GRAPHQL)
"""What can be loaded as a draft."""


@dataclass(frozen=True, slots=True)
class CollectionState:
    """One open collection, its environments and the name of the chosen one, empty for none.

    ``tree`` is None when its folder cannot be read; then ``trouble`` says why. ``restricted``: it was not made here and
    uses nothing of the person's unless they agreed.
    """

    folder: Path
    name: str
    tree: Node | None = None
    environments: tuple[Environment, ...] = ()
    environment: str = ""
    trouble: WorkbenchError | None = field(default=None, compare=False)
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class AgreedFound:
    """Whether a collection may use only what was agreed to, and what that is."""

    collection: Path
    restricted: bool
    wants: tuple[Want, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """Put what is at ``locations`` into the folder or collection ``into``, before ``before`` or else at its end."""

    locations: tuple[DraftLocation, ...]
    into: DraftLocation
    before: DraftLocation | None = None
    copy: bool = False


def outermost(locations: Sequence[DraftLocation]) -> tuple[DraftLocation, ...]:
    """``locations`` without those that lie in another one of them, each once, in their order."""
    chosen = dict.fromkeys(locations)
    return tuple(
        one
        for one in chosen
        if not any(DraftLocation(one.collection, above) in chosen for above in (one.item.parents if one.item else ()))
    )
