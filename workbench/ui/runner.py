"""One asyncio loop in one worker thread, and jobs whose news arrives in the UI thread."""

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _

_log = logging.getLogger(__name__)

Report = Callable[[object], None]
Work = Callable[[Report], Coroutine[Any, Any, object]]


class Job(QObject):
    """One piece of work in the worker. All signals are emitted in the UI thread, ``ended`` last.

    ``done`` carries the result, ``failed`` a ``WorkbenchError``; a cancelled job only ends, unless
    its work answers the cancellation with a result of its own.
    """

    done = Signal(object)
    failed = Signal(object)
    progressed = Signal(object)
    ended = Signal()
    _news = Signal()
    _settled = Signal(object, object)

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._loop = loop
        self._task: asyncio.Task[object] | None = None
        self._lock = threading.Lock()
        self._latest: object = None
        self._cancelled = False
        self._news.connect(self._tell_progress, Qt.ConnectionType.QueuedConnection)
        self._settled.connect(self._tell_result, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop; what it had open is closed before the job ends."""
        self._cancelled = True
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._cancel_task)

    def begin(self, work: Work) -> None:
        """Start the task; called in the worker thread."""
        self._task = self._loop.create_task(work(self._report))
        self._task.add_done_callback(self._finish)

    def _cancel_task(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _report(self, progress: object) -> None:
        # Only the newest progress counts: a fast download must not fill the UI thread's queue.
        with self._lock:
            waiting, self._latest = self._latest is not None, progress
        if not waiting:
            self._news.emit()

    def _finish(self, task: asyncio.Task[object]) -> None:
        if task.cancelled():  # by us or, when everything stops, by the runner
            self._cancelled = True
            self._settled.emit(None, None)
            return
        error = task.exception()
        if error is None:
            self._settled.emit(task.result(), None)
        elif isinstance(error, WorkbenchError):
            self._settled.emit(None, error)
        else:
            _log.error("A job failed", exc_info=error)
            self._settled.emit(None, _bug(error))

    def _tell_progress(self) -> None:
        with self._lock:
            latest, self._latest = self._latest, None
        self.progressed.emit(latest)

    def _tell_result(self, result: object, error: WorkbenchError | None) -> None:
        if error is not None:
            self.failed.emit(error)
        elif result is not None or not self._cancelled:
            self.done.emit(result)
        self.ended.emit()


class Runner(QObject):
    """Owns the worker thread, its loop, and every job until that has ended."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._jobs: set[Job] = set()
        self._ending: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._work, name="worker", daemon=True)
        self._thread.start()

    def run(
        self,
        work: Work,
        *,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        progressed: Callable[[Any], object] | None = None,
    ) -> Job:
        """Run ``work(report)`` on the loop. Everything is connected before the work can begin.

        After ``stop`` nothing begins: late news of a window that is closing may still ask for more.
        """
        job = Job(self._loop)
        if not self._thread.is_alive():
            return job
        for signal, slot in ((job.done, done), (job.failed, failed), (job.progressed, progressed)):
            if slot is not None:
                signal.connect(slot)
        job.ended.connect(self._forget)
        self._jobs.add(job)
        self._loop.call_soon_threadsafe(job.begin, work)
        return job

    def run_blocking(
        self,
        function: Callable[[], object],
        *,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
    ) -> Job:
        """Run ``function()``, which waits for a disk or a keyring, in a thread beside the loop."""

        async def work(_report: Report) -> object:
            return await asyncio.to_thread(function)

        return self.run(work, done=done, failed=failed)

    @property
    def busy(self) -> bool:
        """Whether any job has yet to end."""
        return bool(self._jobs)

    def stop(self, closing: Callable[[], Coroutine[Any, Any, None]] | None = None, *, seconds: float = 3.0) -> bool:
        """Cancel every job, await ``closing()``, end the thread; False when something did not let go in time."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._begin_the_end, closing)
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _forget(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self._jobs.discard(job)
            job.deleteLater()

    def _work(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        self._loop.close()

    def _begin_the_end(self, closing: Callable[[], Coroutine[Any, Any, None]] | None) -> None:
        self._ending = self._loop.create_task(self._wind_up(closing))  # the loop alone would not keep it

    async def _wind_up(self, closing: Callable[[], Coroutine[Any, Any, None]] | None) -> None:
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        if closing is not None:
            outcomes = await asyncio.gather(closing(), return_exceptions=True)
            for error in filter(None, outcomes):
                _log.error("A window did not end as it should", exc_info=error)
        self._loop.stop()


def _bug(error: BaseException) -> WorkbenchError:
    return WorkbenchError(
        _("Something went wrong inside the program."),
        detail=type(error).__name__,  # its text may hold anything, secrets included
        hint=_("Please report this, with what the program wrote to the terminal it was started from."),
    )
