"""Watching the folders of the open collections for what others do in them."""

import threading
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from workbench.ui.runner import Job, Report, Work

Run = Callable[..., Job]


class LibraryWatch(QObject):
    """``changed`` carries the absolute paths of files that others changed, added or removed.

    It carries the folder itself when that was away and something stands in its place again.
    """

    changed = Signal(object)

    def __init__(self, run: Run, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._jobs: dict[tuple[Path, bool], Job] = {}
        self._lock = threading.Lock()
        self._news: set[Path] = set()
        self._seen: dict[Path, frozenset[str]] = {}  # what was in the place of folders that cannot be read

    def follow(self, present: Iterable[Path], away: Iterable[Path], read_at: int) -> None:
        """Watch exactly these folders, and for those to come back that are away.

        What changed since ``read_at`` (nanoseconds since the epoch) is told as well.
        """
        wanted = {(folder, True) for folder in present} | {(folder, False) for folder in away}
        # One that is back before its waiting has told: nobody else says what changed in it meanwhile.
        back = frozenset(folder for folder, is_there in wanted if is_there and (folder, False) in self._jobs)
        for key in [key for key in self._jobs if key not in wanted]:
            self._jobs.pop(key).cancel()
        for key in wanted - set(self._jobs):
            folder, is_there = key
            if is_there:
                self._seen.pop(folder, None)
            job = self._run(
                self._watching(folder, read_at) if is_there else self._waiting(folder), progressed=self._tell
            )
            job.ended.connect(partial(self._forget, key, job))
            self._jobs[key] = job
        if back:
            self.changed.emit(back)

    def _watching(self, folder: Path, since: int) -> Work:
        async def work(report: Report) -> None:
            from workbench.core.collection import changes

            async for paths in changes(folder, since):
                with self._lock:
                    self._news |= paths
                report(folder)

        return work

    def _waiting(self, folder: Path) -> Work:
        async def work(report: Report) -> None:
            from workbench.core.collection import awaited

            names = await awaited(folder, self._seen.get(folder, frozenset()))
            with self._lock:
                self._seen[folder] = names
                self._news.add(folder)
            report(folder)

        return work

    def _tell(self, _folder: Path) -> None:
        with self._lock:
            news, self._news = frozenset(self._news), set()
        if news:
            self.changed.emit(news)

    def _forget(self, key: tuple[Path, bool], job: Job) -> None:
        if self._jobs.get(key) is job:
            del self._jobs[key]
