"""How the tree of a workspace's collections is shown, kept from one run to the next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.core.collection.location import DraftLocation
from workbench.core.errors import NewerFormat
from workbench.core.files import Format
from workbench.core.i18n import _

_FORMAT = Format(1, newer=_("The state of the tree was stored by a newer version of this program."), unnamed=1)


@dataclass(frozen=True, slots=True)
class TreeState:
    """The order of the tree's lines, and what is unfolded in the collections that it has ``seen``."""

    by_name: bool = False
    unfolded: frozenset[DraftLocation] = frozenset()
    seen: frozenset[Path] = frozenset()


def read(file: Path) -> TreeState:
    """What ``write`` kept; what cannot be read is as if new, since nothing hangs on it."""
    try:
        document = _FORMAT.read(file)
        unfolded = document["unfolded"]
        locations = frozenset(_locations(unfolded))
        return TreeState(document["by_name"] is True, locations, frozenset(map(Path, unfolded)))
    except (OSError, NewerFormat, ValueError, KeyError, TypeError, AttributeError):
        return TreeState()


def write(file: Path, state: TreeState) -> None:
    """Keep it, but not over what a newer version of this program kept. Raises ``StorageError``."""
    try:
        _FORMAT.read(file)
    except NewerFormat:
        return
    except (OSError, ValueError):
        pass  # as if new
    unfolded: dict[str, list[str]] = {str(folder): [] for folder in sorted(state.seen)}
    for location in state.unfolded:
        unfolded.setdefault(str(location.collection), []).append(
            location.item.as_posix() if location.item is not None else ""
        )
    document = {"by_name": state.by_name, "unfolded": {folder: sorted(items) for folder, items in unfolded.items()}}
    _FORMAT.write(file, document)


def _locations(unfolded: Mapping[str, Any]) -> Iterator[DraftLocation]:
    for folder, items in unfolded.items():
        for item in items:
            yield DraftLocation(Path(folder), Path(item) if item else None)
