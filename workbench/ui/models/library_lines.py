"""The open collections as one tree of lines, filtered and sorted: plain data, made anew and compared."""

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbench.core.collection.location import DraftLocation
from workbench.core.collection.node import Node, NodeKind
from workbench.core.i18n import _
from workbench.core.workspace.collection_state import OPENABLE, CollectionState

_GAP = 3  # letters that may stand between two typed ones
_NUMBERS = re.compile(r"(\d+)")
CONTAINERS = (NodeKind.FOLDER,)


@dataclass(frozen=True, slots=True)
class LibraryLine:
    """One line of the tree. ``node`` is None for a collection itself, ``trouble`` what is wrong with it.

    ``away``: nothing of a collection can be read. ``by_name`` is the order of the lines below. ``restricted``: as
    ``CollectionState`` has it.
    """

    location: DraftLocation
    name: str
    node: Node | None = None
    trouble: str = ""
    lines: tuple["LibraryLine", ...] = ()
    by_name: bool = False
    away: bool = False
    restricted: bool = False

    @property
    def is_container(self) -> bool:
        """Whether others can lie in it."""
        return self.node is None or self.node.kind in CONTAINERS

    @property
    def takes(self) -> bool:
        """Whether something can be put into it."""
        return not self.away if self.is_root else self.is_container and not self.trouble

    @property
    def is_openable(self) -> bool:
        """Whether it is a request that can be shown in a tab."""
        return self.node is not None and self.node.kind in OPENABLE

    @property
    def is_root(self) -> bool:
        """Whether it is a collection."""
        return self.location.item is None


@dataclass(frozen=True, slots=True)
class Library:
    """All open collections, their lines as they are to be shown, and folders of collections opened before.

    ``read_at`` is when reading them began, in nanoseconds since the epoch.
    """

    roots: tuple[CollectionState, ...] = ()
    lines: tuple[LibraryLine, ...] = ()
    remembered: tuple[Path, ...] = ()
    by_name: bool = False
    read_at: int = field(default=0, compare=False)

    def root(self, folder: Path | None) -> CollectionState | None:
        """The collection in ``folder``."""
        return next((root for root in self.roots if root.folder == folder), None)

    def has(self, location: DraftLocation) -> bool:
        """Whether there is such a file or folder, or collection."""
        return self._node(location) is not None

    def children(self, location: DraftLocation) -> tuple[Node, ...]:
        """What lies in a folder or collection, in the order of the files."""
        node = self._node(location)
        return node.children if node is not None else ()

    def _node(self, location: DraftLocation) -> Node | None:
        root = self.root(location.collection)
        node = root.tree if root is not None else None
        for part in location.item.parts if location.item is not None else ():
            wanted = (node.path / part) if node is not None else None
            node = next((child for child in node.children if child.path == wanted), None) if node is not None else None
        return node


def lines_of(
    roots: Sequence[CollectionState], before: Sequence[LibraryLine] = (), *, by_name: bool = False
) -> tuple[LibraryLine, ...]:
    """The lines of ``roots``, by their names or as the files order them.

    Lines among ``before`` that are still true are used again, so that whoever compares has little to compare.
    """
    known = {line.location: line for line in before}
    return tuple(_root_line(root, known.get(DraftLocation(root.folder)), by_name=by_name) for root in roots)


def matching(lines: Sequence[LibraryLine], wanted: str) -> tuple[LibraryLine, ...]:
    """The lines that match every word of ``wanted``, with what lies in them, and the folders on the way to them."""
    words = wanted.split()
    if not words:
        return tuple(lines)
    between = f".{{0,{_GAP}}}?"
    # One pattern for all words, wherever they stand: it is tried on each of ten thousand lines.
    ahead = "".join(f"(?=.*?{between.join(map(re.escape, word))})" for word in words)
    matches = re.compile(ahead, re.IGNORECASE | re.DOTALL).match
    return tuple(found for line in lines if (found := _matching(line, matches)) is not None)


def folder_lines(roots: Sequence[CollectionState]) -> tuple[LibraryLine, ...]:
    """Only what requests can be saved in."""
    return tuple(_containers(line) for line in lines_of(roots) if line.takes)


def _containers(line: LibraryLine) -> LibraryLine:
    return replace(line, lines=tuple(_containers(below) for below in line.lines if below.is_container))


def _root_line(root: CollectionState, before: LibraryLine | None, *, by_name: bool) -> LibraryLine:
    known = before.lines if before is not None else ()
    below = _below(root.folder, root.tree, known, by_name=by_name) if root.tree is not None else ()
    own = root.tree.error if root.tree is not None else ""
    trouble = str(root.trouble) if root.trouble is not None else own
    away = root.tree is None
    made = LibraryLine(
        DraftLocation(root.folder), root.name, trouble=trouble, lines=below, away=away, restricted=root.restricted
    )
    return made if before is None or not _same(made, before) else before


def _below(root: Path, node: Node, before: Sequence[LibraryLine], *, by_name: bool) -> tuple[LibraryLine, ...]:
    known = {line.node.path: line for line in before if line.node is not None}
    children = sorted(node.children, key=_by_name) if by_name else node.children
    made = tuple(_line(root, child, known.get(child.path), by_name=by_name) for child in children)
    if len(made) == len(before) and all(map(operator.is_, made, before)):
        return tuple(before)
    return made


def _line(root: Path, node: Node, before: LibraryLine | None, *, by_name: bool) -> LibraryLine:
    if before is not None and before.node == node and (not node.children or before.by_name is by_name):
        return before
    known = before.lines if before is not None else ()
    below = _below(root, node, known, by_name=by_name)
    return LibraryLine(DraftLocation(root, node.path), node.name, node, node.error, below, by_name)


def _same(one: LibraryLine, other: LibraryLine) -> bool:
    return looks(one) == looks(other) and one.lines is other.lines


def looks(line: LibraryLine) -> tuple[str, str, bool, bool]:
    """What of a collection's line is seen, besides the lines below."""
    return line.name, line.trouble, line.away, line.restricted


def _by_name(node: Node) -> tuple[bool, list[tuple[int, str]]]:
    # Folders first; "item 9" before "item 10".
    parts = _NUMBERS.split(node.name.casefold())
    return node.kind not in CONTAINERS, [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def _matching(line: LibraryLine, matches: Callable[[str], object]) -> LibraryLine | None:
    if matches(said(line)):
        return line
    kept = tuple(found for below in line.lines if (found := _matching(below, matches)) is not None)
    return replace(line, lines=kept) if kept else None


def said(line: LibraryLine) -> str:
    """Method and name, as a person would call the line."""
    method = method_of(line)
    return f"{method} {line.name}" if method else line.name


def method_of(line: LibraryLine) -> str:
    """What stands on the badge: the method of a request, else nothing."""
    if line.node is None or line.node.kind not in OPENABLE:
        return ""
    return _("GQL") if line.node.kind is NodeKind.GRAPHQL else line.node.method or "GET"


def spoken(line: LibraryLine) -> str:
    """The whole line for assistive technology."""
    if line.trouble:
        kind = {NodeKind.UNSUPPORTED: _("not supported here"), None: _("unreadable collection")}
        words = kind.get(line.node.kind if line.node is not None else None, _("damaged file"))
        return f"{line.name}, {words}: {line.trouble}"
    if line.node is None:
        words = _("collection {name}, restricted") if line.restricted else _("collection {name}")
        return words.format(name=line.name)
    if line.node.kind in CONTAINERS:
        return _("folder {name}").format(name=line.name)
    return said(line)
