"""What the worker tells of collections, and what the window asks of it: plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workbench.core.collection import Stamp
from workbench.core.collection.location import DraftLocation
from workbench.core.collection.node import Node
from workbench.core.draft import Defaults, Draft, Environment
from workbench.core.errors import WorkbenchError
from workbench.core.want import Want
from workbench.ui.models.library import Line, Root


@dataclass(frozen=True, slots=True)
class Library:
    """All open collections, their lines as they are to be shown, and folders of collections opened before.

    ``read_at`` is when reading them began, in nanoseconds since the epoch.
    """

    roots: tuple[Root, ...] = ()
    lines: tuple[Line, ...] = ()
    remembered: tuple[Path, ...] = ()
    by_name: bool = False
    read_at: int = field(default=0, compare=False)

    def root(self, folder: Path | None) -> Root | None:
        """The collection in ``folder``."""
        return next((root for root in self.roots if root.folder == folder), None)

    def has(self, spot: DraftLocation) -> bool:
        """Whether there is such a file or folder, or collection."""
        return self._node(spot) is not None

    def children(self, spot: DraftLocation) -> tuple[Node, ...]:
        """What lies in a folder or collection, in the order of the files."""
        node = self._node(spot)
        return node.children if node is not None else ()

    def _node(self, spot: DraftLocation) -> Node | None:
        root = self.root(spot.collection)
        node = root.tree if root is not None else None
        for part in spot.item.parts if spot.item is not None else ():
            wanted = (node.path / part) if node is not None else None
            node = next((child for child in node.children if child.path == wanted), None) if node is not None else None
        return node


@dataclass(frozen=True, slots=True)
class Look:
    """How the tree looks: the order of its lines, and what is unfolded in the collections that it has ``seen``."""

    by_name: bool = False
    unfolded: frozenset[DraftLocation] = frozenset()
    seen: frozenset[Path] = frozenset()


@dataclass(frozen=True, slots=True)
class Opening:
    """A saved request, read to be shown."""

    spot: DraftLocation
    draft: Draft
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Saved:
    """A request as it is in its file now. ``sealed``: secrets went to the keyring; ``merged``: with others' changes."""

    spot: DraftLocation
    draft: Draft
    stamp: Stamp
    sealed: bool = False
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A request was changed here and in its file. ``theirs`` is what the file says, ``parts`` what both changed."""

    spot: DraftLocation
    theirs: Draft
    stamp: Stamp
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DefaultsFound:
    """What a collection or folder gives to its requests, read to be edited."""

    spot: DraftLocation
    defaults: Defaults
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class AgreedFound:
    """Whether a collection may use only what was agreed to, and what that is."""

    collection: Path
    restricted: bool
    wants: tuple[Want, ...] = ()


@dataclass(frozen=True, slots=True)
class SecretEdit:
    """A secret variable's new value, None to forget it; or it has the value that ``former`` had until now."""

    environment: str
    variable: str
    value: str | None = field(default=None, repr=False)
    former: str = ""


@dataclass(frozen=True, slots=True)
class EnvironmentEdit:
    """Environments of a collection as they are to be: pairs of the former name, empty for a new one, and the whole.

    Only those are named that change. ``secrets`` are told by the environments' new names. ``before`` is what they
    were when editing began. ``chosen`` is the environment to be used from then on, empty for the one that is.
    """

    collection: Path
    environments: tuple[tuple[str, Environment], ...] = ()
    removed: tuple[str, ...] = ()
    secrets: tuple[SecretEdit, ...] = ()
    before: tuple[Environment, ...] = ()
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class EnvironmentsFound:
    """Environments read to be edited, the secrets of each that have a value, and what is wrong with the keyring."""

    collection: Path
    name: str
    environments: tuple[Environment, ...]
    kept: Mapping[str, tuple[str, ...]]
    locked: WorkbenchError | None = None
    broken: tuple[WorkbenchError, ...] = ()


@dataclass(frozen=True, slots=True)
class SecretsFound:
    """Secret variables that are kept on this computer and belong to no environment: those of a collection.

    ``collection`` None means the requests that belong to no collection.
    """

    collection: Path | None
    names: tuple[str, ...] = ()
