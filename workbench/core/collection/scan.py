"""The tree of a collection, from the heads of its files.

Ten thousand files are read in well under a second; what has not changed since the last time (by
time, size and inode) is not read again. Files that take a parser get it for a while; when that is
over, those that are left are taken at their word and parsed the next time.
"""

import os
import stat
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path

from workbench.core.collection.encoding import Malformed, decode
from workbench.core.collection.files import read
from workbench.core.collection.format import Format
from workbench.core.collection.head import Head
from workbench.core.collection.node import Node, NodeKind
from workbench.core.collection.problems import BrokenFile, CollectionError, where
from workbench.core.files import STAGED, sweep
from workbench.core.i18n import _

_HEAD = 64 * 1024
_DEEPEST = 64
_PATIENCE = 0.5
"""Seconds of one reading that go into parsing whole files."""

_NEVER = frozenset({"node_modules"})


@dataclass(slots=True)
class Scanner:
    """Reads trees of one collection. ``ignored`` are paths relative to the root, or patterns of them."""

    root: Path
    format: Format
    _heads: dict[str, tuple[tuple[int, int, int], Head]] = field(default_factory=dict)
    _spent: float = 0.0

    def tree(self, name: str, ignored: Iterable[str]) -> Node:
        """The collection as it is on the disk now. Never raises for what is in it, only for a root that is gone."""
        walk = _Walk(self, _paths(ignored))
        try:
            with os.scandir(self.root):
                pass
        except OSError as error:
            raise CollectionError(
                _("The collection “{name}” is not there any more.").format(name=name),
                detail=f"{self.root}: {error.strerror or error}",
                hint=_(
                    "Bring its folder back, or close the collection. What is open and unsaved can be saved elsewhere."
                ),
            ) from error
        self._spent = 0.0
        root = walk.folder(str(self.root), "", name, 0)
        self._heads = walk.heads
        return root or Node(Path(), NodeKind.FOLDER, name)

    def part(self, folder: Path, ignored: Iterable[str]) -> Node | None:
        """One folder and what is below it, as in the tree; None where there is nothing of a collection."""
        walk = _Walk(self, _paths(ignored), dict(self._heads))
        self._spent = 0.0
        node = walk.folder(str(self.root / folder), folder.as_posix(), folder.name, len(folder.parts))
        self._heads = walk.heads
        return node

    def head(self, path: str, entry: os.DirEntry[str]) -> tuple[tuple[int, int, int], Head]:
        """The head of one file, remembered or read."""
        try:
            facts = entry.stat()
            key = (facts.st_mtime_ns, facts.st_size, facts.st_ino)
            known = self._heads.get(path)
            if known is not None and known[0] == key:
                return known
            if not stat.S_ISREG(facts.st_mode):
                return key, Head(NodeKind.BROKEN, error=_("It is no file, but a device or a pipe."))
            head, is_sure = self._read(path, facts.st_size)
            return key if is_sure else (0, 0, 0), head
        except OSError as error:
            return (0, 0, 0), Head(NodeKind.BROKEN, error=_sentence(error))

    def _read(self, path: str, size: int) -> tuple[Head, bool]:
        """The head of a file, and whether all of the file was looked at."""
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
        try:
            data = os.read(descriptor, _HEAD)
        finally:
            os.close(descriptor)
        whole = size <= len(data)
        try:
            if not whole:
                data = data[: data.rfind(b"\n") + 1] or data
            text = decode(data)[0]
            head = self.format.plain_head(text, whole=whole)
            if head is not None:
                return head, True
            if self._spent > _PATIENCE and (head := self.format.hasty_head(text)):
                return head, False
            return self._parsed(path), True
        except Malformed as error:
            return Head(NodeKind.BROKEN, error=where(error), line=error.line), True
        except BrokenFile as error:
            return Head(NodeKind.BROKEN, error=error.reason, line=error.line), True
        except CollectionError as error:
            return Head(NodeKind.BROKEN, error=error.detail), True

    def _parsed(self, path: str) -> Head:
        began = time.monotonic()
        try:
            return self.format.head(decode(read(Path(path))[0])[0])
        finally:
            self._spent += time.monotonic() - began


@dataclass(slots=True)
class _Found:
    own: Head | None = None
    folders: list[Node] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    others: bool = False


@dataclass(slots=True)
class _Walk:
    scanner: Scanner
    ignored: tuple[str, ...]
    heads: dict[str, tuple[tuple[int, int, int], Head]] = field(default_factory=dict)
    above: list[tuple[int, int]] = field(default_factory=list)

    def folder(self, path: str, relative: str, name: str, depth: int) -> Node | None:
        """The node of a folder; None for one in which there is nothing of a collection."""
        try:
            facts = os.stat(path)  # noqa: PTH116 - many calls, and the paths are texts
            identity = facts.st_dev, facts.st_ino
            if identity in self.above or depth > _DEEPEST:
                return None
            entries = list(os.scandir(path))
        except OSError as error:
            return Node(Path(relative), NodeKind.FOLDER, name, error=_sentence(error))
        self.above.append(identity)
        try:
            found = self._sorted_out(entries, relative, depth)
        finally:
            self.above.pop()
        if relative and found.own is None and found.others and not found.folders and not found.items:
            return None
        children = (*arranged(found.folders), *sorted(found.items, key=_by_seq))
        node = Node(Path(relative), NodeKind.FOLDER, name, children=children)
        own = found.own
        if own is None:
            return node
        if relative and own.kind is not NodeKind.BROKEN:
            node = replace(node, name=own.name or name, seq=own.seq)
        return replace(node, error=own.error, line=own.line)

    def _sorted_out(self, entries: Iterable[os.DirEntry[str]], relative: str, depth: int) -> "_Found":
        found = _Found()
        own_name = self.scanner.format.folder_file if relative else self.scanner.format.root_file
        for entry in entries:
            below = f"{relative}/{entry.name}" if relative else entry.name
            if entry.name.startswith(STAGED):
                sweep(entry)
            elif entry.name.startswith(".") or self._is_ignored(below, entry.name):
                found.others = True
            elif _is_folder(entry):
                child = None if below == "environments" else self.folder(entry.path, below, entry.name, depth + 1)
                found.folders += [child] if child else []
                found.others = found.others or child is None
            elif entry.name == own_name:
                found.own = self._head(entry)
            elif entry.name.endswith(self.scanner.format.suffixes) and not self._is_own(entry.name, relative):
                found.items.append(_node(below, self._head(entry), entry.name))
            else:
                found.others = True
        return found

    def _head(self, entry: os.DirEntry[str]) -> Head:
        self.heads[entry.path] = found = self.scanner.head(entry.path, entry)
        return found[1]

    def _is_own(self, name: str, relative: str) -> bool:
        return name == self.scanner.format.folder_file or (not relative and name == self.scanner.format.root_file)

    def _is_ignored(self, relative: str, name: str) -> bool:
        if name in _NEVER:
            return True
        return any(relative == entry or fnmatch(relative, entry) for entry in self.ignored)


def _paths(ignored: Iterable[str]) -> tuple[str, ...]:
    return tuple(entry.strip("/") for entry in ignored if entry.strip("/"))


def arranged(folders: Iterable[Node]) -> list[Node]:
    """Folders by name, those with a place of their own put there."""
    named = sorted(folders, key=lambda node: (node.name.casefold(), node.name))
    result = [node for node in named if not _has_place(node)]
    placed = sorted((node for node in named if _has_place(node)), key=lambda node: node.seq or 0)
    for node in placed:
        place = int(node.seq or 0) - 1
        while place < len(result) and result[place].seq == node.seq:
            place += 1
        result.insert(place, node)
    return result


def _has_place(node: Node) -> bool:
    return node.seq is not None and node.seq >= 1


def _by_seq(node: Node) -> tuple[bool, float, str, str]:
    return node.seq is None, node.seq or 0, node.name.casefold(), node.name


def _node(relative: str, head: Head, file: str) -> Node:
    name = head.name or file.rpartition(".")[0]
    kind, error = head.kind, head.error
    if kind is NodeKind.FOLDER:
        kind, error = NodeKind.UNSUPPORTED, _("It describes a folder, but is no folder's own file.")
    return Node(Path(relative), kind, name, head.method, head.seq, error, head.line)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _sentence(error: OSError) -> str:
    return f"{error.strerror or error}."
