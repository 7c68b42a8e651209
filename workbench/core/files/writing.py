"""Files that are replaced whole: a crash, a kill or a full disk leaves the old content or the new, never a part.

The new content is written beside the file under a name that begins with ``STAGED``, synced, and renamed over it.
Then the folder is synced too: without that a power cut may bring back the old name after the program said "saved".
"""

import contextlib
import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from workbench.core.errors import StorageError
from workbench.core.i18n import _

STAGED = ".workbench-new-"
"""What the name of a file begins with until it is whole."""

_STALE = 3600.0
"""Seconds after which a staged file was left behind by a program that died."""

_CANNOT_SYNC_FOLDERS = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF, errno.EACCES, errno.EPERM})
"""What network file systems answer, and folders that may be written but not listed."""


def write_private(path: Path, content: bytes) -> None:
    """Write a file of the program's own, mode 0600, in place of what is there. Raises ``OSError``.

    Several processes may do so at once: one of them is the last. What a program that died left staged in the same
    folder is removed after a while.
    """
    staged = _staged(path)
    with _or_gone(staged, path):
        create_private(staged, content)
        staged.replace(path)
    sync(path.parent)
    with contextlib.suppress(OSError), os.scandir(path.parent) as beside:
        for entry in beside:
            sweep(entry)


def write_in_place(path: Path, pieces: Iterable[bytes], *, last: Callable[[Path], None] | None = None) -> int:
    """Write a file of the person's; answers its modification time in nanoseconds. Raises ``OSError``.

    A link is written through. An existing file keeps its mode and must be writable; a new one gets the mode that
    programs usually give. ``last`` is called with the real path when nothing but the renaming is left to do: what it
    raises leaves the file as it was.
    """
    path = Path(os.path.realpath(path))
    mode = _mode_to_keep(path)
    staged = _staged(path)
    with _or_gone(staged, path):
        modified = _create(staged, pieces, mode)
        if last is not None:
            last(path)
        staged.replace(path)
    sync(path.parent)
    return modified


def create_private(path: Path, content: bytes) -> None:
    """Write a new file, mode 0600, and sync it, but not its name: ``sync`` the folder. Raises ``OSError``."""
    _create(path, (content,))


def make_private(folder: Path) -> None:
    """Make ``folder`` and what is missing above it with mode 0700; one that is there gets it. Raises ``OSError``.

    One that belongs to somebody else, as a container's volume may, is used as it is.
    """
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    for part in reversed(missing):
        part.mkdir(mode=0o700, exist_ok=True)
        sync(part.parent)
    if not missing and os.name != "nt" and folder.stat().st_mode & 0o077:
        with contextlib.suppress(PermissionError):
            folder.chmod(0o700)


def sync(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk, where the system can do that. Raises ``OSError``."""
    if os.name == "nt":  # no handle on a folder there
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC_FOLDERS:
            raise


def sweep(entry: os.DirEntry[str]) -> None:
    """Remove a staged file that a program that died left behind; anything else stays."""
    if entry.name.startswith(STAGED):
        with contextlib.suppress(OSError):
            if time.time() - entry.stat(follow_symlinks=False).st_mtime > _STALE:
                os.unlink(entry.path)  # noqa: PTH108 - the path is a text here


def set_aside(path: Path, endings: Sequence[str] = ()) -> Path:
    """Rename a file that cannot be used to ``NAME.damaged-TIME``; answers the new path. Raises ``OSError``.

    What is named as the file is, with one of ``endings`` after it, goes along.
    """
    wanted = f"{path.stem}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    aside = path.with_name(wanted + path.suffix)
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{wanted}-{number}{path.suffix}")
    for ending in (*endings, ""):
        beside = path.with_name(path.name + ending)
        if not ending or beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    sync(path.parent)
    return aside


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """What the operating system refuses about ``path``, in the program's own folder, as a ``StorageError``."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            _("The program's folder cannot be read or written."),
            detail=f"{error.filename or path}: {error.strerror or error}",
            hint=_("Check permissions and free space, or choose another folder with MTLS_WORKBENCH_HOME."),
        ) from error


def _staged(path: Path) -> Path:
    """A name that no other process or thread has, and that is not too long however long the file's own is."""
    return path.with_name(STAGED + os.urandom(8).hex())


@contextlib.contextmanager
def _or_gone(staged: Path, path: Path) -> Iterator[None]:
    """Leave nothing staged after a failure, and let that be about ``path``."""
    try:
        yield
    except BaseException as error:
        with contextlib.suppress(OSError):
            staged.unlink()
        if isinstance(error, OSError) and error.filename == str(staged):
            error.filename, error.filename2 = str(path), None
        raise


def _create(path: Path, pieces: Iterable[bytes], mode: int | None = None) -> int:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        for piece in pieces:
            stream.write(piece)
        stream.flush()
        if mode is not None:
            path.chmod(mode)
        os.fsync(stream.fileno())
        return os.fstat(stream.fileno()).st_mtime_ns


def _mode_to_keep(path: Path) -> int:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return 0o666 & ~_umask()
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):  # as root, renaming would put a file in the place of a device
        raise OSError(errno.EINVAL, _("it is not a regular file"), str(path))
    if not os.access(path, os.W_OK):
        code = errno.EROFS if _is_read_only(path) else errno.EACCES
        raise OSError(code, os.strerror(code), str(path))
    return stat.S_IMODE(mode)


def _is_read_only(path: Path) -> bool:
    """Whether nothing at all can be written on the disk that it lies on, where the system tells."""
    if sys.platform == "win32":
        return False
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _umask() -> int:
    current = os.umask(0o077)  # other threads may be making files meanwhile
    os.umask(current)
    return current
