"""Watching the folders of the open collections for what others do in them."""

import threading
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from workbench.ui.runner import Job, Report, Work

Run = Callable[..., Job]


class LibraryWatch(QObject):
    """``changed`` carries the absolute paths of files that others changed, added or removed."""

    changed = Signal(object)

    def __init__(self, run: Run, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._jobs: dict[Path, Job] = {}
        self._lock = threading.Lock()
        self._news: set[Path] = set()

    def follow(self, folders: Iterable[Path]) -> None:
        """Watch exactly these folders."""
        wanted = set(folders)
        for folder in [folder for folder in self._jobs if folder not in wanted]:
            self._jobs.pop(folder).cancel()
        for folder in wanted - set(self._jobs):
            job = self._run(self._watching(folder), progressed=self._tell)
            job.ended.connect(partial(self._forget, folder, job))
            self._jobs[folder] = job

    def _watching(self, folder: Path) -> Work:
        async def work(report: Report) -> None:
            from workbench.core.collection import changes

            async for paths in changes(folder):
                with self._lock:
                    self._news |= paths
                report(folder)

        return work

    def _tell(self, _folder: Path) -> None:
        with self._lock:
            news, self._news = frozenset(self._news), set()
        if news:
            self.changed.emit(news)

    def _forget(self, folder: Path, job: Job) -> None:
        if self._jobs.get(folder) is job:
            del self._jobs[folder]
