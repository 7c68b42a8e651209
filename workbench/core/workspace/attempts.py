"""Folders that are read for the first time: one at which the program hung or crashed is not read again unasked."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

from workbench.core.errors import CollectionError
from workbench.core.files import create_private, make_private
from workbench.core.i18n import _

FOLDER = "reading"


class Attempts:
    """Marks in a workspace's folder: made before a collection's folder is read, removed when that has come to an end.

    What is marked when it begins was left by a program that did not get that far. With ``folder`` None nothing is
    marked. May be used from any thread.
    """

    def __init__(self, folder: Path | None) -> None:
        self._marks = folder / FOLDER if folder is not None else None
        self._held = self._left_over()
        self._survived: set[Path] = set()
        self._guard = threading.Lock()

    def check(self, folder: Path) -> None:
        """Raise ``CollectionError`` for a folder that the last reading of did not come to an end."""
        if folder in self._held:
            raise self._held[folder](folder)

    def hold(self, folder: Path) -> CollectionError:
        """Have it not read again in this process unless it is forgiven; the error of ``check``."""
        with self._guard:
            self._held[folder] = _stopped_at
        return _stopped_at(folder)

    def forgive(self, folder: Path) -> None:
        """Have it read again."""
        with self._guard:
            self._held.pop(folder, None)
        self._unmark(folder)

    @contextlib.contextmanager
    def during(self, folder: Path) -> Iterator[None]:
        """Read a folder; it is marked the first time that this process does so."""
        if folder in self._survived:
            yield
            return
        self._mark(folder)
        try:
            yield
        finally:
            self._unmark(folder)

    def survived(self, folder: Path) -> None:
        """All of it was read."""
        with self._guard:
            self._survived.add(folder)

    def _left_over(self) -> dict[Path, Callable[[Path], CollectionError]]:
        found: dict[Path, Callable[[Path], CollectionError]] = {}
        with contextlib.suppress(OSError):
            for mark in self._marks.iterdir() if self._marks is not None else ():
                with contextlib.suppress(OSError, ValueError):
                    found[Path(mark.read_text("utf-8"))] = _died_at
        return found

    def _mark(self, folder: Path) -> None:
        # A disk that takes no mark must not keep anybody from reading.
        with contextlib.suppress(OSError, ValueError):
            if self._marks is not None:
                make_private(self._marks)
                create_private(self._file(self._marks, folder), str(folder).encode())

    def _unmark(self, folder: Path) -> None:
        with contextlib.suppress(OSError, ValueError):
            if self._marks is not None:
                self._file(self._marks, folder).unlink(missing_ok=True)
                self._marks.rmdir()  # refused while there are others

    @staticmethod
    def _file(marks: Path, folder: Path) -> Path:
        return marks / blake2b(str(folder).encode(), digest_size=16).hexdigest()


def _stopped_at(folder: Path) -> CollectionError:
    return CollectionError(
        _("“{name}” was not read to its end.").format(name=folder.name),
        detail=_("{folder}: reading was stopped.").format(folder=folder),
        hint=_("Try again to read all of it, or close the collection."),
    )


def _died_at(folder: Path) -> CollectionError:
    return CollectionError(
        _("“{name}” was not opened.").format(name=folder.name),
        detail=_("{folder}: the program hung or crashed the last time it was read.").format(folder=folder),
        hint=_("Try again to open it anyway, or close the collection and check its folder."),
    )
