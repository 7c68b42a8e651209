"""What the tree needs to know of a file."""

from dataclasses import dataclass

from workbench.core.collection.node import NodeKind


@dataclass(frozen=True, slots=True)
class Head:
    """Of a request's or folder's file: what it is, and where it stands among its siblings."""

    kind: NodeKind
    name: str = ""
    method: str = ""
    seq: float | None = None
    error: str = ""
    line: int = 0
