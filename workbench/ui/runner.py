"""One asyncio loop in one worker thread, and jobs whose news arrives in the UI thread."""

import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from types import BuiltinMethodType, FunctionType, MethodType
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakSet

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _

if TYPE_CHECKING:  # asyncio is imported with the first job: a window is painted without it
    import asyncio

_log = logging.getLogger(__name__)

_T = TypeVar("_T")
Report = Callable[[object], None]
Work = Callable[[Report], Coroutine[Any, Any, object]]
Conversation = Callable[["Channel"], Coroutine[Any, Any, object]]
MOST_WAITING = 1000
"""Messages of a conversation that wait for the other side, in either direction."""
_guarded: WeakSet[Callable[..., object]] = WeakSet()


async def in_thread(function: Callable[..., _T], *given: object) -> _T:
    """``function(*given)``, which waits for a disk or a keyring, in a thread beside the loop."""
    from asyncio import to_thread

    return await to_thread(function, *given)


def while_alive(slot: Callable[..., object]) -> Callable[..., object]:
    """``slot``, which is not called any more once one of the objects that it knows has been deleted.

    A tab or a dialog may close while its job is under way. What a slot knows are the ``QObject`` s that it is a method
    of, was given by ``partial`` or refers to from an enclosing function. ``Runner.run`` does this to every slot. One
    that has something to do in any case, and then passes the news on, does this to the next one itself.
    """
    if slot in _guarded:
        return slot
    known = tuple(_objects(slot))

    def told(*news: object) -> None:
        if all(map(isValid, known)):
            slot(*news)

    _guarded.add(told)
    return told


def _objects(known: object) -> Iterator[QObject]:
    match known:
        case QObject():
            yield known
        case MethodType() | BuiltinMethodType():
            yield from _objects(known.__self__)
        case partial():
            for part in (known.func, *known.args, *known.keywords.values()):
                yield from _objects(part)
        case FunctionType() if known not in _guarded:
            for cell in known.__closure__ or ():
                yield from _objects(cell.cell_contents)
            for default in known.__defaults__ or ():
                yield from _objects(default)


class Job(QObject):
    """One piece of work in the worker. All signals are emitted in the UI thread, ``ended`` last.

    ``done`` carries the result, ``failed`` a ``WorkbenchError``; a cancelled job only ends, unless
    its work answers the cancellation with a result of its own. ``progressed`` carries the newest progress, what was
    older may be skipped; ``told`` a list of messages of a conversation, all of them in order.
    """

    done = Signal(object)
    failed = Signal(object)
    progressed = Signal(object)
    told = Signal(list)
    ended = Signal()

    def __init__(self, errand: "_Errand", work: Conversation | Work) -> None:
        super().__init__()
        self._errand = errand
        self._work = work  # may know a widget, which must not end in the worker because that forgot it last

    def cancel(self) -> None:
        """Ask the work to stop; what it had open is closed before the job ends."""
        self._errand.cancel()

    def put(self, message: object) -> bool:
        """Give ``message`` to the running conversation; False when that has ended, or too many wait for it already."""
        return self._errand.put(message)


class Channel:
    """The work's end of a conversation with the UI thread."""

    def __init__(self, errand: "_Errand", report: Report) -> None:
        self.report = report
        self._errand = errand

    async def receive(self) -> object:
        """The next message that was ``put`` into the job; waits for it."""
        return await self._errand.receive()

    async def tell(self, message: object) -> None:
        """Send ``message`` to the UI thread; waits while that has ``MOST_WAITING`` to look at."""
        await self._errand.tell(message)


class _Post(QObject):
    """From the worker to the UI thread; lives as long as both."""

    news = Signal(object)
    messages = Signal(object)
    settled = Signal(object, object, object)


class _Errand:
    """What the worker knows of a job. Jobs themselves stay in the UI thread, where alone they may end."""

    def __init__(self, loop: "asyncio.AbstractEventLoop", post: _Post, stop: Callable[[], None] | None) -> None:
        self.cancelled = False
        self._stop = stop
        self._loop = loop
        self._post = post
        self._task: asyncio.Task[object] | None = None
        from asyncio import Event  # as late as the loop

        self._lock = threading.Lock()
        self._latest: object = None
        self._for_work: deque[object] = deque()
        self._for_ui: list[object] = []
        self._changed = Event()  # one of the two, for the work
        self._ended = False

    def put(self, message: object) -> bool:
        """Queue ``message`` for the work, from any thread."""
        with self._lock:
            if self._ended or len(self._for_work) >= MOST_WAITING:
                return False
            self._for_work.append(message)
        self._wake()
        return True

    async def receive(self) -> object:
        """The next message for the work."""
        while not self._for_work:
            self._changed.clear()
            if not self._for_work:  # what is put from now on sets it again
                await self._changed.wait()
        with self._lock:
            return self._for_work.popleft()

    async def tell(self, message: object) -> None:
        """Queue ``message`` for the UI thread."""
        while len(self._for_ui) >= MOST_WAITING:
            self._changed.clear()
            if len(self._for_ui) >= MOST_WAITING:
                await self._changed.wait()
        with self._lock:
            self._for_ui.append(message)
            first = len(self._for_ui) == 1
        if first:
            self._post.messages.emit(self)

    def take_messages(self) -> list[object]:
        """What was told and not taken yet, in order."""
        with self._lock:
            messages, self._for_ui = self._for_ui, []
        if len(messages) >= MOST_WAITING:
            self._wake()
        return messages

    def _wake(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._changed.set)

    def cancel(self) -> None:
        """Cancel the task, from any thread."""
        self.cancelled = True
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._cancel_task)

    def begin(self, work: Any, talks: bool) -> None:
        """Start the task; called in the worker thread."""
        self._task = self._loop.create_task(work(Channel(self, self._report) if talks else self._report))
        self._task.add_done_callback(self._finish)

    def take_latest(self) -> object:
        """The newest progress, once."""
        with self._lock:
            latest, self._latest = self._latest, None
        return latest

    def _cancel_task(self) -> None:
        if self._stop is not None:
            self._stop()
        elif self._task is not None:
            self._task.cancel()

    def _report(self, progress: object) -> None:
        # Only the newest progress counts: a fast download must not fill the UI thread's queue.
        with self._lock:
            waiting, self._latest = self._latest is not None, progress
        if not waiting:
            self._post.news.emit(self)

    def _finish(self, task: "asyncio.Task[object]") -> None:
        self._ended = True
        if task.cancelled():  # by us or, when everything stops, by the runner
            self.cancelled = True
            self._post.settled.emit(self, None, None)
            return
        error = task.exception()
        if error is None:
            self._post.settled.emit(self, task.result(), None)
        elif isinstance(error, WorkbenchError):
            self._post.settled.emit(self, None, error)
        else:
            _log.error("A job failed", exc_info=error)
            self._post.settled.emit(self, None, _bug(error))


class Runner(QObject):
    """Owns the worker thread, its loop, and every job until that has ended. The thread starts with the first job."""

    def __init__(self) -> None:
        super().__init__()
        self._worker: tuple[threading.Thread, asyncio.AbstractEventLoop] | None = None
        self._jobs: dict[_Errand, Job] = {}
        self._ending: asyncio.Task[None] | None = None
        self._post = _Post()
        self._post.news.connect(self._tell_progress, Qt.ConnectionType.QueuedConnection)
        self._post.messages.connect(self._tell_messages, Qt.ConnectionType.QueuedConnection)
        self._post.settled.connect(self._tell_result, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Work,
        *,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        progressed: Callable[[Any], object] | None = None,
        cancel: Callable[[], None] | None = None,
    ) -> Job:
        """Run ``work(report)`` on the loop. Everything is connected before the work can begin.

        Each slot is called only ``while_alive``; the work itself goes on without it.
        ``cancel`` is called on the loop when the job is cancelled, in place of cancelling the work's task.
        After ``stop`` nothing begins: late news of a window that is closing may still ask for more.
        """
        return self._start(work, cancel, done=done, failed=failed, progressed=progressed)

    def converse(
        self,
        conversation: Conversation,
        *,
        told: Callable[[list[Any]], object],
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        progressed: Callable[[Any], object] | None = None,
        cancel: Callable[[], None] | None = None,
    ) -> Job:
        """As ``run``, with work that talks with the UI thread in both directions: ``Job.put`` and ``told``.

        Messages are all delivered, in order, ``told`` before ``done``; work that is too fast waits for the window.
        """
        return self._start(conversation, cancel, done=done, failed=failed, progressed=progressed, told=told)

    def _start(
        self, work: Conversation | Work, cancel: Callable[[], None] | None, **slots: Callable[[Any], object] | None
    ) -> Job:
        thread, loop = self._begun()
        errand = _Errand(loop, self._post, cancel)
        job = Job(errand, work)
        if not thread.is_alive():
            return job
        signals = {"done": job.done, "failed": job.failed, "progressed": job.progressed, "told": job.told}
        for name, slot in slots.items():
            if slot is not None:
                signals[name].connect(while_alive(slot))
        self._jobs[errand] = job
        loop.call_soon_threadsafe(errand.begin, work, "told" in slots)
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
            return await in_thread(function)

        return self.run(work, done=done, failed=failed)

    @property
    def busy(self) -> bool:
        """Whether any job has yet to end."""
        return bool(self._jobs)

    def stop(self, closing: Callable[[], Coroutine[Any, Any, None]] | None = None, *, seconds: float = 3.0) -> bool:
        """Cancel every job, await ``closing()``, end the thread; False when something did not let go in time."""
        thread, loop = self._begun()
        if thread.is_alive():
            loop.call_soon_threadsafe(self._begin_the_end, loop, closing)
            thread.join(seconds)
        return not thread.is_alive()

    def _begun(self) -> "tuple[threading.Thread, asyncio.AbstractEventLoop]":
        """The worker, which begins to work when it is first asked for."""
        if self._worker is None:
            import asyncio

            loop = asyncio.new_event_loop()
            thread = threading.Thread(target=_serve, args=(loop,), name="worker", daemon=True)
            thread.start()
            self._worker = thread, loop
        return self._worker

    def _tell_progress(self, errand: _Errand) -> None:
        self._jobs[errand].progressed.emit(errand.take_latest())

    def _tell_messages(self, errand: _Errand) -> None:
        messages = errand.take_messages()
        if messages:
            self._jobs[errand].told.emit(messages)

    def _tell_result(self, errand: _Errand, result: object, error: WorkbenchError | None) -> None:
        job = self._jobs[errand]
        if error is not None:
            job.failed.emit(error)
        elif result is not None or not errand.cancelled:
            job.done.emit(result)
        del self._jobs[errand]
        job.ended.emit()
        job.deleteLater()

    def _begin_the_end(
        self, loop: "asyncio.AbstractEventLoop", closing: Callable[[], Coroutine[Any, Any, None]] | None
    ) -> None:
        self._ending = loop.create_task(_wind_up(loop, closing))  # the loop alone would not keep it


def _serve(loop: "asyncio.AbstractEventLoop") -> None:
    import asyncio

    asyncio.set_event_loop(loop)
    loop.run_forever()
    loop.close()


async def _wind_up(loop: "asyncio.AbstractEventLoop", closing: Callable[[], Coroutine[Any, Any, None]] | None) -> None:
    import asyncio

    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    if closing is not None:
        outcomes = await asyncio.gather(closing(), return_exceptions=True)
        for error in filter(None, outcomes):
            _log.error("A window did not end as it should", exc_info=error)
    loop.stop()


def _bug(error: BaseException) -> WorkbenchError:
    return WorkbenchError(
        _("An unexpected error occurred in the program."),
        detail=type(error).__name__,  # its text may hold anything, secrets included
        hint=_("Please report this, with the program's output in the terminal it was started from."),
    )
