"""Adding, naming, moving, copying and removing requests and folders."""

import shutil
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workbench.core.collection import files
from workbench.core.collection.names import copy_name, file_name
from workbench.core.collection.node import Node, NodeKind
from workbench.core.collection.order import find, renumbered, with_moved
from workbench.core.collection.problems import CollectionError
from workbench.core.collection.texts import Texts, broken
from workbench.core.draft import Draft
from workbench.core.i18n import _

_NAMELESS: Final = frozenset({NodeKind.BROKEN, NodeKind.UNSUPPORTED})
"""Kinds of files that are not written into."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What was removed: where it was, and where in the trash it is now."""

    places: tuple[tuple[Path, Path], ...]


@dataclass(frozen=True, slots=True)
class Organiser:
    """Changes where things are. ``part`` reads a folder anew. Every call raises ``CollectionError``."""

    texts: Texts
    part: Callable[[Path], Node | None]

    def add(self, folder: Path, draft: Draft) -> Path:
        """A new request at the end of a folder."""
        siblings = self._folder(folder).children
        seq = 1 + max((int(node.seq or 0) for node in siblings if node.kind is not NodeKind.FOLDER), default=0)
        path = folder / self._free(folder, draft.name, self.texts.format.suffixes[0])
        with broken(self.texts.root / path):
            text = self.texts.format.new_item(draft, seq)
        self.texts.create(path, text)
        return path

    def add_folder(self, parent: Path, name: str) -> Path:
        """A new folder at the end of the folders."""
        folders = [node for node in self._folder(parent).children if node.kind is NodeKind.FOLDER]
        path = parent / self._free(parent, name)
        full = files.inside(self.texts.root, path)
        with files.mapped(full):
            full.mkdir()
        self.texts.create(self.texts.own_file(path), self.texts.format.new_folder(name, len(folders) + 1))
        return path

    def rename(self, path: Path, name: str, file: str = "") -> Path:
        """Another name for a request or folder, for its file too: ``file`` if that is free, else one like the name.

        The collection's folder keeps its own.
        """
        node = self._node(path)
        if not path.parts:
            marker = Path(self.texts.format.marker)
            self.texts.change(marker, lambda text: self.texts.format.renamed_marker(text, name))
            return path
        suffix = "" if node.kind is NodeKind.FOLDER else path.suffix
        wanted = path.with_name(file or path.name)
        if not file or (wanted != path and (self.texts.root / wanted).exists()):
            wanted = path.with_name(self._free(path.parent, name, suffix, besides=path.name))
        target = wanted
        self._move(path, target)
        try:
            self._name(target, node.kind, name)
        except CollectionError:
            self._move(target, path)
            raise
        return target

    def duplicate(self, path: Path) -> Path:
        """A copy beside the original, “X copy”, all that it holds included."""
        node, parent = self._node(path), self._folder(path.parent)
        name = copy_name(node.name, [sibling.name for sibling in parent.children])
        suffix = "" if node.kind is NodeKind.FOLDER else path.suffix
        target = path.with_name(self._free(path.parent, name, suffix))
        source, full = files.inside(self.texts.root, path), files.inside(self.texts.root, target)
        if node.kind is NodeKind.FOLDER:
            with files.mapped(full):
                shutil.copytree(source, full, symlinks=True)
        else:
            files.create(full, files.read(source)[0])
        self._name(target, node.kind, name)
        siblings = [sibling.path for sibling in _alike(parent.children, node.kind)]
        after = siblings.index(path) + 1
        self._arrange([target], path.parent, siblings[after] if after < len(siblings) else None)
        return target

    def move(self, paths: Sequence[Path], into: Path, before: Path | None = None) -> tuple[Path, ...]:
        """Move into a folder, before a sibling or to the end; answers the new paths."""
        self._folder(into)
        chosen = [path for path in dict.fromkeys(paths) if path.parts and not set(path.parents) & set(paths)]
        for path in chosen:
            self._node(path)
            if path == into or path in into.parents:
                raise CollectionError(
                    _("A folder cannot be moved into itself."),
                    detail=f"{path} → {into}",
                    hint=_("Choose a folder outside of it."),
                )
        moved: list[Path] = []
        for path in chosen:
            try:
                moved.append(self._moved(path, into))
            except CollectionError:  # all of them or none
                for before_it, target in reversed(list(zip(chosen, moved, strict=False))):
                    self._move(target, before_it)
                raise
        self._arrange(moved, into, before)
        return tuple(moved)

    def take(self, source: Path, into: Path) -> Path:
        """A copy of a file or folder from anywhere, whole as it is, at the end of a folder."""
        siblings = self._folder(into).children
        suffix = "" if source.is_dir() else source.suffix
        target = into / self._free(into, source.name.removesuffix(suffix), suffix)
        full = files.inside(self.texts.root, target)
        if suffix:
            files.create(full, files.read(source)[0])
        else:
            with files.mapped(full):
                shutil.copytree(source, full, symlinks=True, ignore=_besides(full))
        node = self._node(target)
        if node.name in {sibling.name for sibling in siblings} and node.kind not in _NAMELESS:
            self._name(target, node.kind, copy_name(node.name, [sibling.name for sibling in siblings]))
        self._arrange([target], into, None)
        return target

    def sort(self, folder: Path) -> None:
        """Put requests and folders of a folder in the order of their names."""
        children = self._folder(folder).children
        for kind in (NodeKind.FOLDER, NodeKind.REQUEST):
            named = sorted(_alike(children, kind), key=lambda node: (node.name.casefold(), node.name))
            self._number(renumbered(named, named), named)

    def remove(self, paths: Iterable[Path], trash: Path) -> Removed:
        """Put into the trash, a folder outside of the collection."""
        places: list[tuple[Path, Path]] = []
        for path in dict.fromkeys(paths):
            full = files.inside(self.texts.root, path)
            if not path.parts or any(path.is_relative_to(gone) for gone, _place in places):
                continue
            place = trash / uuid.uuid4().hex / path.name
            try:
                with files.mapped(full):
                    place.parent.mkdir(parents=True)
                    shutil.move(full, place)
            except CollectionError:
                self.restore(Removed(tuple(places)))  # all of them or none
                raise
            files.remember(full.parent.resolve() / full.name, None)
            places.append((path, place))
        return Removed(tuple(places))

    def restore(self, removed: Removed) -> tuple[Path, ...]:
        """Bring back what was removed, under another file name where the old one is taken by now."""
        restored: list[Path] = []
        for path, place in removed.places:
            parent = files.inside(self.texts.root, path.parent)
            with files.mapped(place):
                parent.mkdir(parents=True, exist_ok=True)
                target = path
                if (self.texts.root / path).exists():
                    suffix = path.suffix if place.is_file() else ""
                    target = path.with_name(self._free(path.parent, path.name.removesuffix(suffix), suffix))
                shutil.move(place, self.texts.root / target)
                place.parent.rmdir()
            restored.append(target)
        return tuple(restored)

    def _node(self, path: Path) -> Node:
        files.inside(self.texts.root, path)
        above = self.part(path.parent)
        node = find(above, path) if above is not None else None
        if node is None:
            raise CollectionError(
                _("“{path}” is no longer in the collection.").format(path=path),
                detail=str(self.texts.root / path),
                hint=_("Reload the collection; another program may have moved or removed it."),
            )
        return node

    def _folder(self, path: Path) -> Node:
        there = self.part(path) if files.inside(self.texts.root, path).is_dir() else None
        node = there or self._node(path)
        if node.kind is not NodeKind.FOLDER:
            raise CollectionError(
                _("“{path}” is not a folder.").format(path=path), detail=str(self.texts.root / path), hint=""
            )
        return node

    def _moved(self, path: Path, into: Path) -> Path:
        if path.parent == into:
            return path
        suffix = "" if (self.texts.root / path).is_dir() else path.suffix
        stem = path.name.removesuffix(suffix) if suffix else path.name
        target = into / self._free(into, stem, suffix)
        self._move(path, target)
        return target

    def _free(self, folder: Path, name: str, suffix: str = "", *, besides: str = "") -> str:
        full = files.inside(self.texts.root, folder)
        with files.mapped(full):
            taken = [entry.name for entry in full.iterdir() if entry.name != besides]
        return file_name(name, suffix, taken)

    def _move(self, source: Path, target: Path) -> None:
        if source != target:
            files.move(files.inside(self.texts.root, source), files.inside(self.texts.root, target))

    def _name(self, path: Path, kind: NodeKind, name: str) -> None:
        own = self._own(path, kind)
        if self.texts.has(own):
            self.texts.change(own, lambda text: self.texts.format.renamed(text, name))
        elif kind is NodeKind.FOLDER and path.name != name:
            self.texts.create(own, self.texts.format.new_folder(name, None))

    def _own(self, path: Path, kind: NodeKind) -> Path:
        return self.texts.own_file(path) if kind is NodeKind.FOLDER else path

    def _arrange(self, moved: Sequence[Path], folder: Path, before: Path | None) -> None:
        children = self._folder(folder).children
        for kind in (NodeKind.FOLDER, NodeKind.REQUEST):
            siblings = _alike(children, kind)
            chosen = [node for path in moved for node in siblings if node.path == path]
            if chosen:
                order = with_moved(siblings, chosen, before)
                self._number(renumbered(order, chosen), order)

    def _number(self, numbers: dict[Path, int], nodes: Iterable[Node]) -> None:
        for node in nodes:
            number = numbers.get(node.path)
            if number is None or node.kind in _NAMELESS:
                continue
            own = self._own(node.path, node.kind)
            if self.texts.has(own):
                self.texts.change(own, lambda text, number=number: self.texts.format.placed(text, number))  # type: ignore[misc]
            else:
                self.texts.create(own, self.texts.format.new_folder(node.name, number))


def _besides(target: Path) -> Callable[[str, list[str]], set[str]]:
    """Leaves out ``target`` itself, which may lie in what is copied."""
    return lambda folder, names: {name for name in names if Path(folder, name) == target}


def _alike(children: Iterable[Node], kind: NodeKind) -> list[Node]:
    return [node for node in children if (node.kind is NodeKind.FOLDER) is (kind is NodeKind.FOLDER)]
