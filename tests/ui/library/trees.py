"""Collections made up for the tests of the tree."""

from pathlib import Path

from workbench.core.collection.location import DraftLocation
from workbench.core.collection.node import Node, NodeKind
from workbench.core.workspace.collection_state import CollectionState

ROOT = Path("/collections/payments")


def request(path: str, method: str = "GET", name: str = "") -> Node:
    return Node(Path(path), NodeKind.REQUEST, name or Path(path).stem, method)


def folder(path: str, *children: Node, name: str = "") -> Node:
    return Node(Path(path), NodeKind.FOLDER, name or Path(path).name, children=children)


def collection(*children: Node, at: Path = ROOT, name: str = "Payments") -> CollectionState:
    return CollectionState(at, name, Node(Path(), NodeKind.FOLDER, name, children=children))


def location(path: str, at: Path = ROOT) -> DraftLocation:
    return DraftLocation(at, Path(path) if path else None)


def large(count: int, folders: int = 50) -> CollectionState:
    each = count // folders
    made = (
        folder(f"f{f}", *(request(f"f{f}/r{r}.yml", "POST" if r % 3 else "GET") for r in range(each)))
        for f in range(folders)
    )
    return collection(*made)


def sample() -> CollectionState:
    return collection(
        request("health.yml"),
        folder("orders", request("orders/create.yml", "POST"), request("orders/list.yml"), folder("orders/deep")),
        folder("users", request("users/list-users.yml", name="List users")),
        Node(Path("broken.yml"), NodeKind.BROKEN, "broken.yml", error="Line 3, column 7: not YAML.", line=3),
        Node(Path("socket.yml"), NodeKind.UNSUPPORTED, "Socket", error="It is a WebSocket."),
    )
