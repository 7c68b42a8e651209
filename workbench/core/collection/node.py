"""What the tree of a collection is made of."""

import enum
from dataclasses import dataclass, field
from pathlib import Path


class NodeKind(enum.Enum):
    """What a file or folder of a collection is."""

    FOLDER = "folder"
    REQUEST = "request"
    GRAPHQL = "graphql"
    UNSUPPORTED = "unsupported"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Node:
    """A folder or a file. ``path`` is relative to the collection's root, which is ``.`` itself.

    ``error`` says what is wrong with a BROKEN file (whole sentences, with line and column) or with a
    folder's own file, and for an UNSUPPORTED one what it is. ``line`` is where, 0 when not known.
    """

    path: Path
    kind: NodeKind
    name: str
    method: str = ""
    seq: float | None = None
    error: str = ""
    line: int = 0
    children: tuple["Node", ...] = field(default=(), repr=False)
