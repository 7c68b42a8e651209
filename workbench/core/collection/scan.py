"""The tree of a collection, from the heads of its files.

Ten thousand files are read in well under a second; what has not changed since the last time (by
time, size and inode) is not read again. Files that take a parser get it for a while; when that is
over, those that are left are taken at their word and parsed the next time.

Links to folders are not followed: one that leads out of the collection is told, any other folder is shown where
it is. So every folder is read once, and none outside of the root.
"""

import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path

from workbench.core.collection.encoding import Malformed, decode
from workbench.core.collection.files import read
from workbench.core.collection.format import Format
from workbench.core.collection.head import Head
from workbench.core.collection.node import Node, NodeKind
from workbench.core.collection.problems import BrokenFile, CollectionError, where
from workbench.core.content.work import Work
from workbench.core.files import STAGED, sweep
from workbench.core.i18n import _

_HEAD = 64 * 1024
_DEEPEST = 64
_PATIENCE = 0.5
"""Seconds of one reading that go into parsing whole files."""

MOST = 100_000
"""Files and folders of one collection that are looked at."""

MOST_FOLDERS = 4_000
"""Folders of one collection in which changes are noticed: each takes a watch of the operating system's."""

_MOST_IGNORED = 1_000  # each is tried on every file and folder
_NEVER = frozenset({"node_modules"})


@dataclass(slots=True)
class Scanner:
    """Reads trees of one collection. ``ignored`` are paths relative to the root, or patterns of them."""

    root: Path
    format: Format
    _heads: dict[str, tuple[tuple[int, int, int], Head]] = field(default_factory=dict)
    _spent: float = 0.0

    def tree(self, name: str, ignored: Iterable[str], work: Work) -> Node:
        """The collection as it is on the disk now. Never raises for what is in it, only for a root that is gone.

        ``work`` may be stopped between two files: ``Stopped``.
        """
        walk = _Walk(self, _paths(ignored), work)
        try:
            with os.scandir(self.root):
                pass
        except OSError as error:
            raise CollectionError(
                _("The collection “{name}” no longer exists.").format(name=name),
                detail=f"{self.root}: {error.strerror or error}",
                hint=_("Restore its folder, or close the collection. Unsaved requests can be saved elsewhere."),
            ) from error
        self._spent = 0.0
        root = walk.folder(str(self.root), "", name, 0) or Node(Path(), NodeKind.FOLDER, name)
        self._heads = walk.heads
        return replace(root, error="\n".join(filter(None, (root.error, *walk.notices()))))

    def part(self, folder: Path, ignored: Iterable[str]) -> Node | None:
        """One folder and what is below it, as in the tree; None where there is nothing of a collection."""
        walk = _Walk(self, _paths(ignored), Work(), dict(self._heads))
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
                return key, Head(NodeKind.BROKEN, error=_("It is a device or a pipe, not a file."))
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
    work: Work
    heads: dict[str, tuple[tuple[int, int, int], Head]] = field(default_factory=dict)
    entries: int = 0
    folders: set[tuple[int, int]] = field(default_factory=set)

    def notices(self) -> Iterator[str]:
        """What was left out for being too much."""
        if self.entries > MOST:
            yield _("It contains more than {count} files and folders; the rest are not shown.").format(count=MOST)
        if len(self.folders) > MOST_FOLDERS:
            yield _(
                "It contains more than {count} folders; changes by other programs in the rest are not noticed."
            ).format(count=MOST_FOLDERS)

    def folder(self, path: str, relative: str, name: str, depth: int) -> Node | None:
        """The node of a folder; None for one in which there is nothing of a collection."""
        try:
            facts = os.stat(path)  # noqa: PTH116 - many calls, and the paths are texts
            identity = facts.st_dev, facts.st_ino
            if identity in self.folders or depth > _DEEPEST:
                return None
            with os.scandir(path) as found_entries:
                entries = list(islice(found_entries, MOST - self.entries + 1))
        except OSError as error:
            return Node(Path(relative), NodeKind.FOLDER, name, error=_sentence(error))
        self.folders.add(identity)
        self.entries += len(entries)
        found = self._sorted_out(entries[: max(0, len(entries) - max(0, self.entries - MOST))], relative, depth)
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
            self.work.check()
            below = f"{relative}/{entry.name}" if relative else entry.name
            if entry.name.startswith(STAGED):
                sweep(entry)
            elif is_left_out(entry.name) or self._is_ignored(below):
                found.others = True
            elif is_folder_link(entry):
                outside = self._outside(entry.path)
                found.folders += [Node(Path(below), NodeKind.FOLDER, entry.name, error=outside)] if outside else []
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
        if entry.is_symlink() and (outside := self._outside(entry.path)):
            return Head(NodeKind.BROKEN, error=outside)
        self.heads[entry.path] = found = self.scanner.head(entry.path, entry)
        return found[1]

    def _outside(self, path: str) -> str:
        """What is said of a link that leads out of the collection; nothing of any other."""
        target = os.path.realpath(path)
        root = os.path.realpath(self.scanner.root)
        if target == root or target.startswith(os.path.join(root, "")):  # noqa: PTH118 - the paths are texts
            return ""
        return _("It is a link to {target}, outside of the collection, and is not followed.").format(target=target)

    def _is_own(self, name: str, relative: str) -> bool:
        return name == self.scanner.format.folder_file or (not relative and name == self.scanner.format.root_file)

    def _is_ignored(self, relative: str) -> bool:
        return any(relative == entry or fnmatch(relative, entry) for entry in self.ignored)


def _paths(ignored: Iterable[str]) -> tuple[str, ...]:
    return tuple(entry.strip("/") for entry in islice(ignored, _MOST_IGNORED) if entry.strip("/"))


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
        kind, error = NodeKind.UNSUPPORTED, _("It describes a folder, but is not the folder's own file.")
    return Node(Path(relative), kind, name, head.method, head.seq, error, head.line)


def is_left_out(name: str) -> bool:
    """Whether a folder of this name is none of any collection's: hidden, or other people's code."""
    return name.startswith(".") or name in _NEVER


def is_folder_link(entry: os.DirEntry[str]) -> bool:
    """Whether it is a link to a folder, or what Windows calls a junction."""
    try:
        return (entry.is_symlink() or _is_junction(entry)) and entry.is_dir()
    except OSError:
        return False


def _is_junction(entry: os.DirEntry[str]) -> bool:
    return sys.version_info >= (3, 12) and entry.is_junction()


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _sentence(error: OSError) -> str:
    return f"{error.strerror or error}."
