"""A collection's files on the disk: read whole, written whole or not at all, never outside of the root."""

import contextlib
import errno
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

from workbench.core.collection.encoding import TooLarge, check_size
from workbench.core.collection.problems import BrokenFile
from workbench.core.collection.stamp import Stamp, stamp_of
from workbench.core.errors import CollectionError
from workbench.core.files import sync, write_in_place
from workbench.core.i18n import _

_MOST_REMEMBERED = 4096
_own: dict[str, bytes | None] = {}
_own_lock = threading.Lock()


def read(path: Path) -> tuple[bytes, Stamp]:
    """A file's content. Raises ``CollectionError``, ``BrokenFile`` for one that is too large."""
    with mapped(path):
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise CollectionError(
                _("“{file}” is not a file.").format(file=path.name),
                detail=str(path),
                hint=_("Move away what is in its place."),
            )
        try:
            check_size(facts.st_size)
        except TooLarge as error:
            raise BrokenFile(path, error) from error
        content = path.read_bytes()
        return content, stamp_of(content, facts.st_mtime_ns)


class Overtaken(Exception):
    """Others changed a file while something was made of what it had said; nothing was written."""


def write(path: Path, content: bytes, over: Stamp | None = None) -> Stamp:
    """Write a file whole or not at all; it keeps its mode. A link is written through. Raises ``CollectionError``.

    Raises ``Overtaken`` when ``over`` is given and is not what the file says at the last moment.
    """
    with mapped(path):
        modified = write_in_place(path, (content,), last=lambda real: _check_still(real, over))
        stamp = stamp_of(content, modified)
        remember(Path(os.path.realpath(path)), stamp)
        return stamp


def _check_still(path: Path, over: Stamp | None) -> None:
    if over is not None and (not path.exists() or stamp_of(path.read_bytes()) != over):
        raise Overtaken


def remember(path: Path, stamp: Stamp | None) -> None:
    """That this program made a file what it is; None for one that it took away."""
    with _own_lock:
        _own.pop(str(path), None)
        _own[str(path)] = stamp.digest if stamp else None
        while len(_own) > _MOST_REMEMBERED:
            del _own[next(iter(_own))]


def is_own_work(path: Path) -> bool:
    """Whether a file is as this program left it, and nobody was seen to make anything else of it since."""
    path = path.parent.resolve() / path.name
    with _own_lock:
        if str(path) not in _own:
            return False
        digest = _own[str(path)]
    try:
        found: bytes | None = stamp_of(path.read_bytes()).digest
    except OSError:
        found = b"" if path.exists() else None
    if found == digest:
        return True
    with _own_lock:
        if _own.get(str(path), b"") == digest:  # whoever brings back what we wrote does a thing of their own
            del _own[str(path)]
    return False


def create(path: Path, content: bytes) -> Stamp:
    """Write a file that must not be there yet. Raises ``CollectionError``."""
    with mapped(path):
        if path.exists() or path.is_symlink():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    return write(path, content)


def move(source: Path, target: Path) -> None:
    """Give a file or folder another place in the collection; there must be nothing yet. Raises ``CollectionError``."""
    with mapped(target):
        taken = (target.exists() or target.is_symlink()) and not (source.exists() and target.samefile(source))
        if taken:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    with mapped(source):
        parents = source.parent.resolve(), target.parent.resolve()
        source.rename(target)
        remember(parents[0] / source.name, None)
        for parent in set(parents):
            sync(parent)
        if target.is_file():
            remember(parents[1] / target.name, stamp_of(target.read_bytes()))


def inside(root: Path, relative: Path) -> Path:
    """The path of an item, checked to lie in ``root``, links resolved. Raises ``CollectionError``."""
    full = root / relative
    with mapped(full):
        if full == root or full.resolve().is_relative_to(root.resolve()):
            return full
    raise CollectionError(
        _("“{path}” is outside of the collection.").format(path=relative),
        detail=str(full.resolve()),
        hint=_("Open its folder as a collection of its own."),
    )


@contextlib.contextmanager
def mapped(path: Path) -> Iterator[None]:
    """What the operating system refuses, as a ``CollectionError`` about ``path``."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise CollectionError(
            _("“{file}” cannot be read or written.").format(file=path.name or path),
            detail=f"{path}: {reason}",
            hint=_hint(error.errno if isinstance(error, OSError) else None),
        ) from error


def _hint(code: int | None) -> str:
    match code:
        case errno.ENOSPC | errno.EDQUOT:
            return _("The disk is full. Free some space and save again; the file was not changed.")
        case errno.EACCES | errno.EPERM:
            return _("Check the permissions of the file and its folder.")
        case errno.EROFS:
            return _("The disk is read-only. Copy the collection to another place.")
        case errno.ENOENT | errno.ENOTDIR | errno.ESTALE:
            return _("It has been moved or removed. Save the request elsewhere, or restore the folder.")
        case errno.EISDIR:
            return _("There is a folder of that name. Rename one of the two.")
        case errno.EEXIST:
            return _("That name is already in use. Choose another one.")
        case errno.ENAMETOOLONG:
            return _("The name is too long for this disk. Choose a shorter one.")
    return _("Check the folder and its disk.")
