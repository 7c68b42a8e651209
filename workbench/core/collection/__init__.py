"""Saved requests in folders of the person's own: OpenCollection 1.0 and Bruno's older ``.bru``.

A collection is opened in place and saved back in its own format. A save changes only the lines that
must change; a file that cannot be understood is told with line and reason, and left alone::

    Collection.open(root)      the folder of a collection
      tree() -> Node           names, methods and order, from the heads of the files
      load(path) -> Loaded     a ``Draft`` and the ``Stamp`` of what was read
      save(path, draft, stamp) only if the file is still what the stamp says, else ``ChangedOutside``

Inside, ``yml`` and ``bru`` turn texts into drafts and drafts into changed texts; ``scan`` makes the tree,
``files`` reads and writes. Everything here blocks and belongs into a worker.
"""

from workbench.core.collection.collection import Collection, Loaded
from workbench.core.collection.files import Stamp
from workbench.core.collection.node import Node, NodeKind
from workbench.core.collection.problems import BrokenFile, CollectionError

__all__ = ["BrokenFile", "Collection", "CollectionError", "Loaded", "Node", "NodeKind", "Stamp"]
