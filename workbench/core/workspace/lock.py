"""One program at a time in a workspace: a lock of the operating system's, which dies with whoever holds it."""

import contextlib
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from workbench.core.errors import StorageError, WorkspaceBusy
from workbench.core.i18n import _

_WHO = 32
"""Where the locked byte lies on Windows: behind what tells who holds it, which others must be able to read."""


class Lock:
    """Holds ``path`` from ``take`` to ``release`` or to the end of the process, whatever ends it.

    The file stays; it says the process that held it last.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def take(self) -> None:
        """Take it at once or raise ``WorkspaceBusy``, which says who has it; ``StorageError`` for a bad folder."""
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        except OSError as error:
            raise StorageError(
                _("The workspace's folder cannot be written."),
                detail=f"{self.path}: {error.strerror or error}",
                hint=_("Check permissions and free space."),
            ) from error
        try:
            _acquire(descriptor)
        except OSError as error:
            holder = os.read(descriptor, _WHO).decode("ascii", "replace").strip()
            os.close(descriptor)
            raise _busy(holder) from error
        self._descriptor = descriptor
        with contextlib.suppress(OSError):  # who has it is told to others where the disk has room for that
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))

    def release(self) -> None:
        """Let others have it; nothing happens when it is not held."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.close(descriptor)

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.release()


def _acquire(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _WHO, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _busy(holder: str) -> WorkspaceBusy:
    who = _("It is open in process {pid}.").format(pid=holder) if holder else _("It is open in another process.")
    return WorkspaceBusy(
        _("This workspace is already open in another window."),
        detail=who,
        hint=_("Go to that window, or open another workspace."),
    )
