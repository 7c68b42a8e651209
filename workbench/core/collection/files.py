"""A collection's files on the disk: read whole, written whole or not at all, never outside of the root."""

import contextlib
import errno
import os
import stat
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from workbench.core.collection.encoding import LIMIT, Malformed
from workbench.core.collection.problems import BrokenFile
from workbench.core.collection.stamp import Stamp, stamp_of
from workbench.core.errors import CollectionError
from workbench.core.i18n import _

STAGED = ".workbench-new-"
"""What the name of a file begins with until it is whole."""


_MOST_REMEMBERED = 4096
_own: dict[str, bytes | None] = {}
_own_lock = threading.Lock()


def read(path: Path) -> tuple[bytes, Stamp]:
    """A file's content. Raises ``CollectionError``, ``BrokenFile`` for one that is too large."""
    with mapped(path):
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise CollectionError(
                _("“{file}” is no file.").format(file=path.name),
                detail=str(path),
                hint=_("Move away what stands in its place."),
            )
        if facts.st_size > LIMIT:
            size = _("It has {size} MB; a request's file has at most {limit}.")
            megabytes = 1024 * 1024
            reason = size.format(size=facts.st_size // megabytes, limit=LIMIT // megabytes)
            raise BrokenFile(path, Malformed(reason))
        content = path.read_bytes()
        return content, stamp_of(content, facts.st_mtime_ns)


class Overtaken(Exception):
    """Others changed a file while something was made of what it had said; nothing was written."""


def write(path: Path, content: bytes, over: Stamp | None = None) -> Stamp:
    """Write a file whole or not at all; it keeps its mode. A link is written through. Raises ``CollectionError``.

    Raises ``Overtaken`` when ``over`` is given and is not what the file says at the last moment.
    """
    with mapped(path):
        path = path.resolve()
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
        except FileNotFoundError:
            mode = 0o666 & ~_umask()
        else:
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
            if not os.access(path, os.W_OK):
                code = errno.EROFS if _is_read_only(path) else errno.EACCES
                raise OSError(code, os.strerror(code), str(path))
        descriptor, name = tempfile.mkstemp(prefix=STAGED, dir=path.parent)
        staged = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
                modified = os.fstat(stream.fileno()).st_mtime_ns
            staged.chmod(mode)
            _check_still(path, over)
            staged.replace(path)
        except BaseException:
            staged.unlink(missing_ok=True)
            raise
        sync(path.parent)
        stamp = stamp_of(content, modified)
        remember(path, stamp)
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
        _("“{path}” lies outside of the collection.").format(path=relative),
        detail=str(full.resolve()),
        hint=_("Open the folder that it lies in as a collection of its own."),
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


def sync(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk, where the system can do that."""
    if os.name == "nt":  # no handle on a folder there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network file systems refuse
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _hint(code: int | None) -> str:
    match code:
        case errno.ENOSPC | errno.EDQUOT:
            return _("The disk is full. Make room and save again; the file is as it was.")
        case errno.EACCES | errno.EPERM:
            return _("Check the permissions of the file and its folder.")
        case errno.EROFS:
            return _("The disk is read-only. Copy the collection to another place.")
        case errno.ENOENT | errno.ENOTDIR | errno.ESTALE:
            return _("It was moved or removed meanwhile. Save the request to another place, or bring the folder back.")
        case errno.EISDIR:
            return _("A folder stands where the file should be. Rename one of the two.")
        case errno.EEXIST:
            return _("There is something of this name already. Choose another name.")
        case errno.ENAMETOOLONG:
            return _("The name is too long for this disk. Choose a shorter one.")
    return _("Check the folder and the disk it lies on.")


def _is_read_only(path: Path) -> bool:
    """Whether nothing at all can be written on the disk that it lies on, where the system tells."""
    if sys.platform == "win32":
        return False
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _umask() -> int:
    current = os.umask(0o077)  # other threads may be making files meanwhile
    os.umask(current)
    return current
