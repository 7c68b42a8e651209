"""What is dragged, or copied, from one place of a collection to another."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from workbench.core.collection.location import DraftLocation

MIME = "application/x-mtls-workbench-items"


@dataclass(frozen=True, slots=True)
class Move:
    """Put ``spots`` into the folder or collection ``into``, in front of ``before`` or else at its end."""

    spots: tuple[DraftLocation, ...]
    into: DraftLocation
    before: DraftLocation | None = None
    copy: bool = False


def write_spots(spots: Sequence[DraftLocation]) -> QMimeData:
    """The outermost of ``spots``, for this program and, as files, for others."""
    data = QMimeData()
    kept = outermost(spots)
    if kept:
        pairs = [[str(spot.collection), str(spot.item)] for spot in kept]
        data.setData(MIME, json.dumps(pairs).encode())
        data.setUrls([QUrl.fromLocalFile(str(spot.file)) for spot in kept])
    return data


def read_spots(data: QMimeData | None) -> tuple[DraftLocation, ...]:
    """What ``write_spots`` wrote; nothing when that is not what ``data`` holds."""
    if data is None or not data.hasFormat(MIME):  # an empty clipboard has no data at all
        return ()
    try:
        pairs = json.loads(bytes(data.data(MIME).data()))
        return tuple(DraftLocation(Path(collection), Path(item)) for collection, item in pairs)
    except (ValueError, TypeError):
        return ()


def outermost(spots: Sequence[DraftLocation]) -> tuple[DraftLocation, ...]:
    """``spots`` without those that lie in another one of them, each once, in their order."""
    chosen = dict.fromkeys(spots)
    return tuple(
        spot for spot in chosen if not any(DraftLocation(spot.collection, above) in chosen for above in _above(spot))
    )


def _above(spot: DraftLocation) -> Sequence[Path]:
    return spot.item.parents if spot.item is not None else ()
