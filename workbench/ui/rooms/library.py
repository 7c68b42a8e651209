"""Collections in the worker: what the window asks of the open ones. Everything here waits for the disk."""

import contextlib
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from workbench.core.collection import Collection, Removed, Stamp
from workbench.core.collection.location import DraftLocation
from workbench.core.collection.names import file_name
from workbench.core.collection.node import Node, NodeKind
from workbench.core.draft import Defaults, Draft
from workbench.core.errors import StorageError, WorkbenchError
from workbench.core.want import Want
from workbench.core.workspace import Opened, Workspace
from workbench.ui.garbage import lasting
from workbench.ui.models.carrying import Move, outermost
from workbench.ui.models.library import OPENABLE, Line, Root, lines_of
from workbench.ui.models.library_news import (
    AgreedFound,
    Conflict,
    DefaultsFound,
    EnvironmentEdit,
    EnvironmentsFound,
    Library,
    Look,
    Opening,
    Saved,
    SecretsFound,
)
from workbench.ui.rooms import environments, looks, requests

_LOOK = "look.json"
_KEPT_DAYS = 30
"""How long what was deleted can still be found in the workspace's folder."""
Removal = tuple[tuple[Path, Removed], ...]


class LibraryRoom:
    """The open collections of a workspace. Every method may raise ``WorkbenchError``."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._trash = workspace.folder / "trash"
        _clear_out(self._trash)
        self._lines: tuple[Line, ...] = ()

    def look(self) -> Look:
        """How the tree looked when it was last kept."""
        return looks.read(self._workspace.folder / _LOOK)

    def keep_look(self, look: Look) -> None:
        """Keep how the tree looks."""
        looks.write(self._workspace.folder / _LOOK, look)

    def library(self, *, by_name: bool) -> Library:
        """Everything as it is on the disk now; what cannot be read is told in its place."""
        began = time.time_ns()
        with lasting():
            roots = tuple(self._root(opened) for opened in self._workspace.opened())
            self._lines = lines_of(roots, self._lines, by_name=by_name)
        return Library(roots, self._lines, self._workspace.remembered(), by_name, began)

    def open(self, folder: Path) -> DraftLocation:
        """Open the collection in ``folder``."""
        return DraftLocation(self._workspace.open_collection(folder).root)

    def create(self, where: Path, name: str) -> DraftLocation:
        """Make an empty collection called ``name`` in a new folder in ``where``."""
        return DraftLocation(self._workspace.new_collection(_new_folder(where, name), name).root)

    def clone(self, source: Path, where: Path, name: str) -> DraftLocation:
        """Copy an open collection to a new folder in ``where``."""
        return DraftLocation(self._workspace.clone_collection(source, _new_folder(where, name), name).root)

    def close(self, folder: Path) -> None:
        """Close a collection; its files stay."""
        self._workspace.close_collection(folder)

    def load(self, spot: DraftLocation) -> Opening:
        """A saved request."""
        return requests.load(self._workspace, spot)

    def save(
        self, spot: DraftLocation, draft: Draft, stamp: Stamp | None, base: Draft, headers: Sequence[str] = ()
    ) -> Saved | Conflict:
        """Write a request that was made from ``base``, without the values of ``headers``."""
        return requests.save(self._workspace, spot, draft, stamp, base, headers)

    def save_new(self, into: DraftLocation, name: str, draft: Draft, headers: Sequence[str] = ()) -> Saved:
        """Write a request to a new file, without the values of ``headers``."""
        return requests.save_new(self._workspace, into, name, draft, headers)

    def find_same(self, folder: Path, paths: Iterable[Path], stamp: Stamp) -> DraftLocation | None:
        """Where a request is that had ``stamp`` before its file was given another name."""
        return requests.find_same(self._workspace, folder, paths, stamp)

    def environments(self, folder: Path) -> EnvironmentsFound:
        """The environments of a collection, to be edited."""
        return environments.read_environments(self._workspace, folder)

    def save_environments(self, edit: EnvironmentEdit) -> EnvironmentEdit:
        """Write environments and secrets; answers what takes that back."""
        return environments.save_environments(self._workspace, edit)

    def choose_environment(self, folder: Path, name: str) -> None:
        """Use an environment from now on; the empty name uses none."""
        self._workspace.choose_environment(folder, name or None)

    def secret(self, folder: Path | None, environment: str, variable: str) -> str | None:
        """The value of a secret variable; the empty environment is none."""
        return self._workspace.secret(folder, environment or None, variable)

    def secrets(self, folder: Path | None) -> SecretsFound:
        """The secrets that belong to no environment."""
        return environments.read_secrets(self._workspace, folder)

    def save_secrets(self, folder: Path | None, values: Mapping[str, str | None]) -> None:
        """Keep and forget some of them."""
        environments.save_secrets(self._workspace, folder, values)

    def agreed(self, folder: Path) -> AgreedFound:
        """Whether a collection is restricted, and what it may use."""
        return AgreedFound(folder, self._workspace.restricted(folder), self._workspace.agreed(folder))

    def agree(self, folder: Path, wants: Sequence[Want]) -> None:
        """Let a collection use these from now on."""
        self._workspace.agree(folder, wants)

    def revoke(self, folder: Path, wants: Sequence[Want]) -> AgreedFound:
        """Let a collection use these no more."""
        self._workspace.revoke(folder, wants)
        return self.agreed(folder)

    def add(self, into: DraftLocation, draft: Draft) -> DraftLocation:
        """Make a request in a folder."""
        return DraftLocation(into.collection, self._collection(into).add(_item(into), draft))

    def add_folder(self, into: DraftLocation, name: str) -> DraftLocation:
        """Make a folder in a folder."""
        return DraftLocation(into.collection, self._collection(into).add_folder(_item(into), name))

    def rename(self, spot: DraftLocation, name: str, file: str = "") -> DraftLocation:
        """Give a request, a folder or a collection another name, and its file ``file`` if it can; where it is then."""
        path = self._collection(spot).rename(_item(spot), name, file)
        return DraftLocation(spot.collection, path) if spot.item is not None else spot

    def duplicate(self, spots: Sequence[DraftLocation]) -> tuple[DraftLocation, ...]:
        """Make a copy of each beside it."""
        return tuple(
            DraftLocation(spot.collection, self._collection(spot).duplicate(spot.item))
            for spot in outermost(spots)
            if spot.item is not None
        )

    def move(self, move: Move) -> tuple[DraftLocation, ...]:
        """Carry out ``move``; where everything is then."""
        if move.copy:
            return tuple(self._copy(spot, move.into) for spot in move.spots)
        collection = self._collection(move.into)
        before = move.before.item if move.before is not None else None
        paths = [spot.item for spot in move.spots if spot.item is not None]
        return tuple(
            DraftLocation(move.into.collection, path) for path in collection.move(paths, _item(move.into), before)
        )

    def remove(self, spots: Sequence[DraftLocation]) -> Removal:
        """Delete files and folders so that ``restore`` can bring them back."""
        removed = []
        for folder in dict.fromkeys(spot.collection for spot in spots):
            paths = [spot.item for spot in spots if spot.collection == folder and spot.item is not None]
            removed.append((folder, self._workspace.collection(folder).remove(paths, self._trash)))
        return tuple(removed)

    def restore(self, removal: Removal) -> tuple[DraftLocation, ...]:
        """Bring back what was deleted; where it is then."""
        return tuple(
            DraftLocation(folder, path)
            for folder, removed in removal
            for path in self._workspace.collection(folder).restore(removed)
        )

    def defaults(self, spot: DraftLocation) -> DefaultsFound:
        """What a collection or folder gives to its requests."""
        defaults, stamp = self._collection(spot).defaults(_item(spot))
        return DefaultsFound(spot, defaults, stamp)

    def save_defaults(self, spot: DraftLocation, defaults: Defaults, stamp: Stamp | None) -> None:
        """Write them. Raises ``ChangedOutside``."""
        self._collection(spot).save_defaults(_item(spot), defaults, stamp)

    def _collection(self, spot: DraftLocation) -> Collection:
        return self._workspace.collection(spot.collection)

    def _root(self, opened: Opened) -> Root:
        chosen = opened.environment or ""
        if opened.collection is None:
            return Root(opened.folder, opened.folder.name, environment=chosen, trouble=opened.error)
        try:
            with self._workspace.reading(opened.folder):
                tree = opened.collection.tree()
                environments = opened.collection.environments()
        except WorkbenchError as error:
            return Root(opened.folder, opened.folder.name, environment=chosen, trouble=error)
        return Root(opened.folder, tree.name, tree, environments, chosen, restricted=self._is_restricted(opened.folder))

    def _is_restricted(self, folder: Path) -> bool:
        try:
            return self._workspace.restricted(folder)
        except StorageError:  # what is wrong is told when something is sent
            return True

    def _copy(self, spot: DraftLocation, into: DraftLocation) -> DraftLocation:
        source, target = self._collection(spot), self._collection(into)
        taken = target.take(source, _item(spot), _item(into))
        if taken is not None:
            return DraftLocation(into.collection, taken)
        node = _find(source.tree(), _item(spot))
        made = target.add_folder(_item(into), node.name) if node.kind is NodeKind.FOLDER else None
        if made is None:
            return DraftLocation(into.collection, target.add(_item(into), source.load(node.path).draft))
        self._copy_defaults(source, node.path, target, made)
        for child in node.children:
            if child.kind is NodeKind.FOLDER or child.kind in OPENABLE:
                self._copy(DraftLocation(spot.collection, child.path), DraftLocation(into.collection, made))
        return DraftLocation(into.collection, made)

    def _copy_defaults(self, source: Collection, path: Path, target: Collection, made: Path) -> None:
        given, _stamp = source.defaults(path)
        _present, stamp = target.defaults(made)
        target.save_defaults(made, given, stamp)


def _item(spot: DraftLocation) -> Path:
    return spot.item if spot.item is not None else Path()


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
