"""What can be done in the open collections of a workspace, by location. Everything here blocks."""

import contextlib
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from workbench.core.collection import Collection, Removed, Stamp
from workbench.core.collection.location import DraftLocation
from workbench.core.collection.names import file_name
from workbench.core.collection.node import Node, NodeKind
from workbench.core.content.work import Stopped, Work
from workbench.core.draft import Defaults, Draft
from workbench.core.errors import StorageError, WorkbenchError
from workbench.core.want import Want
from workbench.core.workspace.collection_state import OPENABLE, AgreedFound, CollectionState, Move, outermost
from workbench.core.workspace.open_collections import Opened
from workbench.core.workspace.request_file import DefaultsFound
from workbench.core.workspace.workspace import Workspace

_KEPT_DAYS = 30
"""How long what was deleted can still be found in the workspace's folder."""
Removal = tuple[tuple[Path, Removed], ...]


class CollectionEditor:
    """The open collections of a workspace. Every method may raise ``WorkbenchError``."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._trash = workspace.folder / "trash"
        _clear_out(self._trash)
        self._last: dict[Path, CollectionState] = {}

    def states(self, work: Work | None = None) -> tuple[CollectionState, ...]:
        """The open collections as they are on the disk now; what cannot be read is told in its place.

        When ``work`` is stopped, those not read by then are as they were the last time. One that never was is told to
        be unread, and is not read again before somebody opens it.
        """
        opened, work = self._workspace.collections.opened(), work or Work()
        states = []
        for number, one in enumerate(opened):
            work.done = number / len(opened)
            states.append(self._state(one, work))
        self._last = {state.folder: state for state in states}
        return tuple(states)

    def open(self, folder: Path) -> DraftLocation:
        """Open the collection in ``folder``."""
        return DraftLocation(self._workspace.collections.open(folder).root)

    def create(self, where: Path, name: str) -> DraftLocation:
        """Make an empty collection called ``name`` in a new folder in ``where``."""
        return DraftLocation(self._workspace.collections.create(_new_folder(where, name), name).root)

    def clone(self, source: Path, where: Path, name: str) -> DraftLocation:
        """Copy an open collection to a new folder in ``where``."""
        return DraftLocation(self._workspace.collections.clone(source, _new_folder(where, name), name).root)

    def agreed(self, folder: Path) -> AgreedFound:
        """Whether a collection is restricted, and what it may use."""
        return AgreedFound(
            folder, self._workspace.agreements.restricted(folder), self._workspace.agreements.agreed(folder)
        )

    def revoke(self, folder: Path, wants: Sequence[Want]) -> AgreedFound:
        """Let a collection use these no more."""
        self._workspace.agreements.revoke(folder, wants)
        return self.agreed(folder)

    def add(self, into: DraftLocation, draft: Draft) -> DraftLocation:
        """Make a request in a folder."""
        return DraftLocation(into.collection, self._collection(into).add(into.path, draft))

    def add_folder(self, into: DraftLocation, name: str) -> DraftLocation:
        """Make a folder in a folder."""
        return DraftLocation(into.collection, self._collection(into).add_folder(into.path, name))

    def rename(self, location: DraftLocation, name: str, file: str = "") -> DraftLocation:
        """Give a request, a folder or a collection another name, and its file ``file`` if it can; where it is then."""
        path = self._collection(location).rename(location.path, name, file)
        return DraftLocation(location.collection, path) if location.item is not None else location

    def duplicate(self, locations: Sequence[DraftLocation]) -> tuple[DraftLocation, ...]:
        """Make a copy of each beside it."""
        return tuple(
            DraftLocation(location.collection, self._collection(location).duplicate(location.item))
            for location in outermost(locations)
            if location.item is not None
        )

    def move(self, move: Move) -> tuple[DraftLocation, ...]:
        """Carry out ``move``; where everything is then."""
        if move.copy:
            for folder in {location.collection for location in move.locations}:
                self._workspace.agreements.note_copied(folder, move.into.collection)
            return tuple(self._copy(location, move.into) for location in move.locations)
        collection = self._collection(move.into)
        before = move.before.item if move.before is not None else None
        paths = [location.item for location in move.locations if location.item is not None]
        return tuple(
            DraftLocation(move.into.collection, path) for path in collection.move(paths, move.into.path, before)
        )

    def remove(self, locations: Sequence[DraftLocation]) -> Removal:
        """Delete files and folders so that ``restore`` can bring them back."""
        removed = []
        for folder in dict.fromkeys(location.collection for location in locations):
            paths = [
                location.item for location in locations if location.collection == folder and location.item is not None
            ]
            removed.append((folder, self._workspace.collections.get(folder).remove(paths, self._trash)))
        return tuple(removed)

    def restore(self, removal: Removal) -> tuple[DraftLocation, ...]:
        """Bring back what was deleted; where it is then."""
        return tuple(
            DraftLocation(folder, path)
            for folder, removed in removal
            for path in self._workspace.collections.get(folder).restore(removed)
        )

    def defaults(self, location: DraftLocation) -> DefaultsFound:
        """What a collection or folder gives to its requests."""
        defaults, stamp = self._collection(location).defaults(location.path)
        return DefaultsFound(location, defaults, stamp)

    def save_defaults(self, location: DraftLocation, defaults: Defaults, stamp: Stamp | None) -> None:
        """Write them. Raises ``ChangedOutside``."""
        self._collection(location).save_defaults(location.path, defaults, stamp)

    def _collection(self, location: DraftLocation) -> Collection:
        return self._workspace.collections.get(location.collection)

    def _state(self, opened: Opened, work: Work) -> CollectionState:
        chosen = opened.environment or ""
        if opened.collection is None:
            return CollectionState(opened.folder, opened.folder.name, environment=chosen, trouble=opened.error)
        try:
            with self._workspace.collections.reading(opened.folder):
                tree = opened.collection.tree(work)
                environments = opened.collection.environments(work)
        except Stopped:
            last = self._last.get(opened.folder)
            if last is not None and last.tree is not None:
                return last
            trouble = self._workspace.collections.leave_unread(opened.folder)
            return CollectionState(opened.folder, opened.folder.name, environment=chosen, trouble=trouble)
        except WorkbenchError as error:
            return CollectionState(opened.folder, opened.folder.name, environment=chosen, trouble=error)
        return CollectionState(
            opened.folder, tree.name, tree, environments, chosen, restricted=self._is_restricted(opened.folder)
        )

    def _is_restricted(self, folder: Path) -> bool:
        try:
            return self._workspace.agreements.restricted(folder)
        except StorageError:  # what is wrong is told when something is sent
            return True

    def _copy(self, location: DraftLocation, into: DraftLocation) -> DraftLocation:
        source, target = self._collection(location), self._collection(into)
        taken = target.take(source, location.path, into.path)
        if taken is not None:
            return DraftLocation(into.collection, taken)
        node = _find(source.tree(), location.path)
        made = target.add_folder(into.path, node.name) if node.kind is NodeKind.FOLDER else None
        if made is None:
            return DraftLocation(into.collection, target.add(into.path, source.load(node.path).draft))
        self._copy_defaults(source, node.path, target, made)
        for child in node.children:
            if child.kind is NodeKind.FOLDER or child.kind in OPENABLE:
                self._copy(DraftLocation(location.collection, child.path), DraftLocation(into.collection, made))
        return DraftLocation(into.collection, made)

    def _copy_defaults(self, source: Collection, path: Path, target: Collection, made: Path) -> None:
        given, _stamp = source.defaults(path)
        _present, stamp = target.defaults(made)
        target.save_defaults(made, given, stamp)


def _find(node: Node, path: Path) -> Node:
    return next(found for found in _every(node) if found.path == path)


def _every(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _every(child)


def _new_folder(where: Path, name: str) -> Path:
    present = [path.name for path in where.iterdir()] if where.is_dir() else []
    return where / file_name(name, taken=present)


def _clear_out(trash: Path) -> None:
    """Let go of what was deleted long ago."""
    for entry in trash.iterdir() if trash.is_dir() else ():
        with contextlib.suppress(OSError):  # next time, then
            if time.time() - entry.stat().st_mtime > _KEPT_DAYS * 86_400:
                shutil.rmtree(entry)
