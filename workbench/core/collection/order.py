"""The order of siblings, written with as few changes as it takes."""

from collections.abc import Sequence
from pathlib import Path

from workbench.core.collection.node import Node, NodeKind


def with_moved(siblings: Sequence[Node], moved: Sequence[Node], before: Path | None) -> list[Node]:
    """``siblings`` with those that were ``moved`` before the one at ``before``, at the end for None."""
    paths = {node.path for node in moved}
    rest = [node for node in siblings if node.path not in paths]
    place = next((at for at, node in enumerate(rest) if node.path == before), len(rest))
    return [*rest[:place], *moved, *rest[place:]]


def renumbered(order: Sequence[Node], moved: Sequence[Node]) -> dict[Path, int]:
    """The new numbers of those whose number must change for ``order`` to be the order.

    A folder's number is its place among the folders; requests only need rising numbers.
    """
    paths = {node.path for node in moved}
    changed: dict[Path, int] = {}
    last = 0
    for place, node in enumerate(order, 1):
        present = int(node.seq) if node.seq is not None and node.seq == int(node.seq) else None
        if node.kind is NodeKind.FOLDER:
            wanted = place
        elif node.path in paths or present is None or present <= last:
            wanted = last + 1
        else:
            wanted = present
        if wanted != present:
            changed[node.path] = wanted
        last = wanted
    return changed


def find(root: Node, path: Path) -> Node | None:
    """The node at a path."""
    if root.path == path:
        return root
    for child in root.children:
        if child.path == path or child.path in path.parents:
            return find(child, path)
    return None
