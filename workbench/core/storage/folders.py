"""Folders that are stored whole or not at all, for their owner's eyes only.

An entry (an identity, a bundle) is a folder of a few files. It is written under a name that
begins with a dot, synced, and renamed into place: whoever lists the parent sees all of it or nothing.
Whoever decides by what else is there, such as whether a name is free, does so while it is ``alone``.

What a person removes may be ``set_aside`` first: it is out of sight with one rename, whole, and can be taken back with
another. Whoever set it aside discards it in the end; after a kill ``sweep`` does.
"""

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from workbench.core import files
from workbench.core.errors import StorageError

_STAGED, _ASIDE = ".new-", ".removed-"
_LOCK = ".lock"
_STALE = 3600.0
"""Seconds after which what is still staged or set aside was left behind by a program that died."""


def entries(parent: Path) -> tuple[Path, ...]:
    """The whole entries in ``parent``, in no order; none when it does not exist."""
    with files.told(parent):
        try:
            return tuple(child for child in parent.iterdir() if child.is_dir() and not child.name.startswith("."))
        except FileNotFoundError:
            return ()


def ensure(folder: Path) -> None:
    """Make ``folder`` where it is not there yet; from now on it is for its owner's eyes only."""
    with files.told(folder):
        files.make_private(folder)


def stage(parent: Path, name: str, contents: Mapping[str, bytes]) -> Path:
    """Write an entry that is not to be seen yet. ``publish`` or ``discard`` must follow."""
    with files.told(parent):
        files.make_private(parent)
        staged = parent / f"{_STAGED}{name}"
        staged.mkdir(mode=0o700)
        try:
            for file, content in contents.items():
                files.create_private(staged / file, content)
            files.sync(staged)
        except BaseException:
            discard(staged)
            raise
        return staged


def publish(staged: Path) -> Path:
    """Give a staged entry its name: from here on it exists."""
    with files.told(staged):
        target = staged.with_name(staged.name.removeprefix(_STAGED))
        staged.rename(target)
        files.sync(target.parent)
        return target


@contextlib.contextmanager
def alone(parent: Path) -> Iterator[None]:
    """Keep others, in this process and in any, out of ``alone`` for the same folder meanwhile: be quick."""
    with files.told(parent):
        files.make_private(parent)
    with locked(parent):
        yield


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The same for a folder that is there, whoever may look into it."""
    with files.told(folder):
        descriptor = _to_be_locked(folder)
    try:
        with contextlib.suppress(OSError):  # some network file systems know no locks
            _wait_for(descriptor)
        yield
    finally:
        os.close(descriptor)  # and the lock with it, as with the end of the process


def discard(entry: Path) -> None:
    """Remove an entry; it is out of sight before its files go, and no power cut brings it back."""
    with files.told(entry):
        if not entry.name.startswith(_STAGED):
            entry = entry.rename(entry.with_name(f"{_STAGED}{_name_of(entry)}"))
        shutil.rmtree(entry)
        files.sync(entry.parent)


def set_aside(entry: Path) -> None:
    """Put an entry out of sight, whole."""
    with files.told(entry):
        os.utime(entry)  # for ``sweep``
        entry.rename(aside(entry))
        files.sync(entry.parent)


def aside(entry: Path) -> Path:
    """Where ``entry`` is while it is set aside."""
    return entry.with_name(f"{_ASIDE}{entry.name}")


def take_back(entry: Path) -> None:
    """Put an entry that was set aside back in its place."""
    with files.told(entry):
        aside(entry).rename(entry)
        files.sync(entry.parent)


def sweep(parent: Path) -> tuple[str, ...]:
    """Remove what programs that died left staged or set aside; answers the names that these entries have in sight."""
    swept: list[str] = []
    try:
        children = list(parent.iterdir())
    except OSError:
        return ()
    for child in children:
        with contextlib.suppress(OSError, StorageError):  # tidying up must not stand in anyone's way
            if child.name.startswith((_STAGED, _ASIDE)) and time.time() - child.stat().st_mtime > _STALE:
                discard(child)
                swept.append(_name_of(child))
    return tuple(swept)


def _name_of(entry: Path) -> str:
    return entry.name.removeprefix(_STAGED).removeprefix(_ASIDE)


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
