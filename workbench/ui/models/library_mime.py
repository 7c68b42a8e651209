"""What is dragged, or copied, from one place of a collection to another."""

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from workbench.core.collection.location import DraftLocation
from workbench.core.workspace.collection_state import outermost

MIME = "application/x-mtls-workbench-items"


def write_locations(locations: Sequence[DraftLocation]) -> QMimeData:
    """The outermost of ``locations``, for this program and, as files, for others."""
    data = QMimeData()
    kept = outermost(locations)
    if kept:
        pairs = [[str(location.collection), str(location.item)] for location in kept]
        data.setData(MIME, json.dumps(pairs).encode())
        data.setUrls([QUrl.fromLocalFile(str(location.file)) for location in kept])
    return data


def read_locations(data: QMimeData | None) -> tuple[DraftLocation, ...]:
    """What ``write_locations`` wrote; nothing when that is not what ``data`` holds."""
    if data is None or not data.hasFormat(MIME):  # an empty clipboard has no data at all
        return ()
    try:
        pairs = json.loads(bytes(data.data(MIME).data()))
        return tuple(DraftLocation(Path(collection), Path(item)) for collection, item in pairs)
    except (ValueError, TypeError):
        return ()
