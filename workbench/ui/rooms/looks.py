"""How the tree of a workspace's collections looked, from one run to the next."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workbench.core.collection.location import DraftLocation
from workbench.core.errors import NewerFormat
from workbench.core.files import Format
from workbench.core.i18n import _
from workbench.ui.models.library_news import Look

_FORMAT = Format(1, newer=_("How the tree looked was stored by a newer version of this program."), unnamed=1)


def read(file: Path) -> Look:
    """What ``write`` kept; what cannot be read is as if new, since nothing hangs on it."""
    try:
        document = _FORMAT.read(file)
        unfolded = document["unfolded"]
        spots = frozenset(_spots(unfolded))
        return Look(document["by_name"] is True, spots, frozenset(map(Path, unfolded)))
    except (OSError, NewerFormat, ValueError, KeyError, TypeError, AttributeError):
        return Look()


def write(file: Path, look: Look) -> None:
    """Keep it, but not over what a newer version of this program kept. Raises ``StorageError``."""
    try:
        _FORMAT.read(file)
    except NewerFormat:
        return
    except (OSError, ValueError):
        pass  # as if new
    unfolded: dict[str, list[str]] = {str(folder): [] for folder in sorted(look.seen)}
    for spot in look.unfolded:
        unfolded.setdefault(str(spot.collection), []).append(spot.item.as_posix() if spot.item is not None else "")
    document = {"by_name": look.by_name, "unfolded": {folder: sorted(items) for folder, items in unfolded.items()}}
    _FORMAT.write(file, document)


def _spots(unfolded: Mapping[str, Any]) -> Iterator[DraftLocation]:
    for folder, items in unfolded.items():
        for item in items:
            yield DraftLocation(Path(folder), Path(item) if item else None)
