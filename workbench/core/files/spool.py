"""Where large bodies and copies for other programs lie: a temporary folder that is gone with its process.

A program that is killed leaves its folder behind, and the next one that starts sweeps it. Beside each folder lies a
file that its process holds locked for as long as it lives: the system frees the lock however the process ends.
"""

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

_PREFIX = "mtls-workbench-bodies-"
_LOCK = ".lock"


class Spool:
    """A folder that is made when it is needed, in ``parent`` (else the system's folder for temporary files)."""

    def __init__(self, parent: Path | None = None) -> None:
        self._parent = parent
        self._folder: Path | None = None
        self._lock: int | None = None

    def folder(self) -> Path:
        """The folder, for its owner's eyes only. Raises ``OSError``."""
        if self._folder is None:
            if self._parent is not None:
                self._parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_LOCK, dir=self._parent)
            _try_lock(descriptor)  # before there is a folder that anybody could take for abandoned
            self._lock = descriptor
            self._folder = Path(name).with_suffix("")
            self._folder.mkdir(mode=0o700)
        return self._folder

    def close(self) -> None:
        """Delete it with all that lies in it."""
        if self._folder is not None and self._lock is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            os.close(self._lock)
            with contextlib.suppress(OSError):
                _lock_of(self._folder).unlink()
            self._folder = self._lock = None


def sweep(parent: Path | None = None) -> int:
    """Delete the folders in ``parent`` whose processes are dead; how many there were. Blocks."""
    swept = 0
    for folder in _ours(parent or Path(tempfile.gettempdir())):
        with _abandoned(folder) as abandoned:
            if abandoned:
                shutil.rmtree(folder, ignore_errors=True)
                with contextlib.suppress(OSError):
                    _lock_of(folder).unlink(missing_ok=True)
                swept += 1
    return swept


def _ours(parent: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError), os.scandir(parent) as found:
        for entry in found:
            if not entry.name.startswith(_PREFIX) or not entry.is_dir(follow_symlinks=False):
                continue
            if sys.platform == "win32" or entry.stat(follow_symlinks=False).st_uid == os.getuid():
                yield Path(entry.path)


@contextlib.contextmanager
def _abandoned(folder: Path) -> Iterator[bool]:
    """Whether nobody alive holds ``folder``; nobody else sweeps it meanwhile."""
    try:
        descriptor = os.open(_lock_of(folder), os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        yield True
        return
    except OSError:
        yield False
        return
    try:
        yield stat.S_ISREG(os.fstat(descriptor).st_mode) and _try_lock(descriptor)
    finally:
        os.close(descriptor)


def _lock_of(folder: Path) -> Path:
    return folder.with_name(folder.name + _LOCK)


def _try_lock(descriptor: int) -> bool:
    """Lock an open file unless another process has; the lock goes with the descriptor."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
