"""Folders that are stored whole or not at all, for their owner's eyes only.

An entry (an identity, a bundle) is a folder of a few files. It is written under a name that
begins with a dot, synced, and renamed into place: whoever lists the parent sees all of it or nothing.
Whoever decides by what else is there, such as whether a name is free, does so while it is ``alone``.
"""

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from workbench.core.errors import StorageError
from workbench.core.i18n import _

_STAGED = ".new-"
_LOCK = ".lock"
_STALE = 3600.0
"""Seconds after which what is still staged was left behind by a program that died."""


def entries(parent: Path) -> tuple[Path, ...]:
    """The whole entries in ``parent``, in no order; none when it does not exist."""
    with _mapped(parent):
        try:
            return tuple(child for child in parent.iterdir() if child.is_dir() and not child.name.startswith("."))
        except FileNotFoundError:
            return ()


def ensure(folder: Path) -> None:
    """Make ``folder``, for its owner's eyes only, where it is not there yet."""
    with _mapped(folder):
        _make_private(folder)


def stage(parent: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """Write an entry that is not to be seen yet. ``publish`` or ``discard`` must follow."""
    with _mapped(parent):
        _make_private(parent)
        staged = parent / f"{_STAGED}{name}"
        staged.mkdir(mode=0o700)
        try:
            for file, content in files.items():
                _write_private(staged / file, content)
            _sync(staged)
        except BaseException:
            discard(staged)
            raise
        return staged


def publish(staged: Path) -> Path:
    """Give a staged entry its name: from here on it exists."""
    with _mapped(staged):
        target = staged.with_name(staged.name.removeprefix(_STAGED))
        staged.rename(target)
        _sync(target.parent)
        return target


@contextlib.contextmanager
def alone(parent: Path) -> Iterator[None]:
    """Keep others, in this process and in any, out of ``alone`` for the same folder meanwhile: be quick."""
    with _mapped(parent):
        _make_private(parent)
    with locked(parent):
        yield


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The same for a folder that is there, whoever may look into it."""
    with _mapped(folder):
        descriptor = _to_be_locked(folder)
    try:
        with contextlib.suppress(OSError):  # some network file systems know no locks
            _wait_for(descriptor)
        yield
    finally:
        os.close(descriptor)  # and the lock with it, as with the end of the process


def discard(entry: Path) -> None:
    """Remove an entry; it is out of sight before its files go."""
    with _mapped(entry):
        if not entry.name.startswith("."):
            entry = entry.rename(entry.with_name(f"{_STAGED}{entry.name}"))
        shutil.rmtree(entry)


def sweep(parent: Path) -> tuple[str, ...]:
    """Remove what programs that died left staged; answers the names these entries would have had."""
    swept: list[str] = []
    try:
        children = list(parent.iterdir())
    except OSError:
        return ()
    for child in children:
        with contextlib.suppress(OSError, StorageError):  # tidying up must not stand in anyone's way
            if child.name.startswith(_STAGED) and time.time() - child.stat().st_mtime > _STALE:
                discard(child)
                swept.append(child.name.removeprefix(_STAGED))
    return tuple(swept)


def replace_file(path: Path, content: bytes) -> None:
    """Write one file anew, whole or not at all. Where several may write it, they do so while it is ``locked``."""
    with _mapped(path):
        staged = path.with_name(f"{_STAGED}{path.name}")
        try:
            staged.unlink(missing_ok=True)
            _write_private(staged, content)
            staged.replace(path)
            _sync(path.parent)
        except BaseException:
            staged.unlink(missing_ok=True)
            raise


def _to_be_locked(folder: Path) -> int:
    """The folder itself, or on Windows, where no folder can be locked, a file in it."""
    if sys.platform == "win32":
        return os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    return os.open(folder, os.O_RDONLY | os.O_CLOEXEC)


def _wait_for(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)


@contextlib.contextmanager
def _mapped(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            _("The program's folder cannot be read or written."),
            detail=f"{error.filename or path}: {error.strerror or error}",
            hint=_("Check the permissions and the free space, or choose another folder with MTLS_WORKBENCH_HOME."),
        ) from error


def _make_private(folder: Path) -> None:
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    for part in reversed(missing):
        part.mkdir(mode=0o700, exist_ok=True)
    if missing == [] and folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def _write_private(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync(folder: Path) -> None:
    if os.name == "nt":  # no handle on a folder there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
