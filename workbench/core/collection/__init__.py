"""Saved requests in folders of the person's own: OpenCollection 1.0 and Bruno's older ``.bru``.

A collection is opened in place and saved back in its own format. A save changes only the lines that
must change; a file that cannot be understood is told with line and reason, and left alone::

    Collection.open(root)      the folder of a collection
      tree() -> Node           names, methods and order, from the heads of the files
      load(path) -> Loaded     a ``Draft`` and the ``Stamp`` of what was read
      save(path, draft, stamp) only if the file is still what the stamp says, else ``ChangedOutside``

    read_tree(collection) -> DraftTree          all of it in memory (``core.draft_tree``)
    write_tree(tree, root) -> Collection        a new one, whole or not at all

Inside, upper on lower: ``collection`` is what others use; ``organising`` and ``environments`` work on the
``texts``, which reads and changes ``files`` as texts; ``yml`` and ``bru`` are the formats, which turn texts
into drafts and drafts into changed texts; ``scan`` makes the tree. Everything blocks and belongs into a worker.
"""

from typing import TYPE_CHECKING

from workbench.core.collection.location import DraftLocation
from workbench.core.collection.node import Node, NodeKind
from workbench.core.lazily import lazily

if TYPE_CHECKING:
    from workbench.core.collection.collection import Collection, Loaded
    from workbench.core.collection.example import Example
    from workbench.core.collection.merging import Conflicts, merge
    from workbench.core.collection.organising import Removed
    from workbench.core.collection.problems import BrokenFile, ChangedOutside, CollectionError
    from workbench.core.collection.stamp import Stamp
    from workbench.core.collection.trees import read_tree, write_tree
    from workbench.core.collection.watching import awaited, changes

__all__ = [
    "BrokenFile",
    "ChangedOutside",
    "Collection",
    "CollectionError",
    "Conflicts",
    "DraftLocation",
    "Example",
    "Loaded",
    "Node",
    "NodeKind",
    "Removed",
    "Stamp",
    "awaited",
    "changes",
    "merge",
    "read_tree",
    "write_tree",
]

# A window that shows a tree needs its nodes, and none of what reads and writes files.
_MODULES = {
    "BrokenFile": "problems",
    "ChangedOutside": "problems",
    "Collection": "collection",
    "CollectionError": "problems",
    "Conflicts": "merging",
    "Example": "example",
    "Loaded": "collection",
    "Removed": "organising",
    "Stamp": "stamp",
    "awaited": "watching",
    "changes": "watching",
    "merge": "merging",
    "read_tree": "trees",
    "write_tree": "trees",
}
__getattr__ = lazily(__name__, _MODULES)
