"""Files that survive a crash: written whole or not at all, and documents that say which version wrote them.

::

    write_private(path, content)   a file of the program's own, for its owner's eyes only
    write_in_place(path, pieces)   a file of the person's: it keeps its mode, a link is written through
    make_private(folder)           a folder of the program's own
    Format                         a kind of JSON document: ``read``, ``write``, and newer ones refused
    set_aside(path)                another name for what cannot be read, so that nothing overwrites it

Everything here blocks. Nothing else in the program opens a file for writing without a reason of its own.
"""

from workbench.core.files.documents import Damaged, Format
from workbench.core.files.writing import (
    STAGED,
    create_private,
    make_private,
    set_aside,
    sweep,
    sync,
    told,
    write_in_place,
    write_private,
)

__all__ = [
    "STAGED",
    "Damaged",
    "Format",
    "create_private",
    "make_private",
    "set_aside",
    "sweep",
    "sync",
    "told",
    "write_in_place",
    "write_private",
]
