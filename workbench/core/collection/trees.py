"""A whole collection in memory: read from its folder, and written to a new one."""

import shutil
import uuid
from pathlib import Path

from workbench.core.collection import files
from workbench.core.collection.collection import Collection
from workbench.core.collection.node import Node, NodeKind
from workbench.core.collection.problems import CollectionError
from workbench.core.draft import Draft, Environment
from workbench.core.draft_tree import DraftFolder, DraftTree
from workbench.core.i18n import _

_LOADED = (NodeKind.REQUEST, NodeKind.GRAPHQL)


def read_tree(collection: Collection) -> DraftTree:
    """All of ``collection`` as it is on the disk now. Raises ``CollectionError`` for what cannot be read of it.

    Requests of protocols that are not known here are not in it.
    """
    for problem in collection.broken_environments():
        raise problem
    return DraftTree(_read(collection, collection.tree()), collection.environments())


def write_tree(tree: DraftTree, root: Path) -> Collection:
    """A new collection (OpenCollection 1.0) at ``root``, a folder that is not there yet or empty.

    It appears whole: what fails half-way leaves nothing behind. Values of secret variables are not written. Raises
    ``CollectionError``, also for two environments of one name.
    """
    root = root.absolute()
    with files.mapped(root):
        root.parent.mkdir(parents=True, exist_ok=True)
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise CollectionError(
                _("“{folder}” is not empty.").format(folder=root.name),
                detail=str(root),
                hint=_("Choose an empty folder, or a name that is not taken."),
            )
    # Beside it, so that it is on the same file system and a rename puts it in place.
    made = root.with_name(f".{root.name}.{uuid.uuid4().hex[:8]}")
    try:
        _write(tree, made)
        with files.mapped(root):
            if root.exists():
                root.rmdir()
            made.rename(root)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return Collection.open(root)


def _read(collection: Collection, node: Node) -> DraftFolder:
    drafts: list[Draft] = []
    folders: list[DraftFolder] = []
    for child in node.children:
        if child.kind is NodeKind.FOLDER:
            folders.append(_read(collection, child))
        elif child.kind in _LOADED or child.kind is NodeKind.BROKEN:
            drafts.append(collection.load(child.path).draft)
    return DraftFolder(collection.defaults(node.path)[0], tuple(drafts), tuple(folders))


def _write(tree: DraftTree, root: Path) -> None:
    collection = Collection.create(root, tree.name)
    for environment in tree.environments:
        _check_new(collection, environment)
        collection.save_environment(environment, None)
    _fill(collection, tree.root, Path())


def _check_new(collection: Collection, environment: Environment) -> None:
    if any(one.name == environment.name for one in collection.environments()):
        raise CollectionError(
            _("There are two environments called “{name}”.").format(name=environment.name),
            hint=_("Give one of them another name."),
        )


def _fill(collection: Collection, folder: DraftFolder, path: Path) -> None:
    present, stamp = collection.defaults(path)
    if present != folder.defaults:
        collection.save_defaults(path, folder.defaults, stamp)
    for below in folder.folders:
        _fill(collection, below, collection.add_folder(path, below.name))
    for draft in folder.drafts:
        collection.add(path, draft)
