"""Jobs: results, errors, progress and cancellation arrive in the UI thread."""

import asyncio
import threading
import weakref
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from workbench.core.errors import InvalidInput, WorkbenchError
from workbench.ui.runner import MOST_WAITING, Channel, Report, Runner, while_alive


def test_result_arrives_in_the_ui_thread(qtbot: QtBot, runner: Runner) -> None:
    told: list[tuple[object, threading.Thread]] = []

    async def work(_report: Report) -> object:
        return threading.current_thread()

    job = runner.run(work, done=lambda result: told.append((result, threading.current_thread())))
    with qtbot.waitSignal(job.ended):
        pass
    worked, heard = told[0]
    assert heard is threading.main_thread()
    assert worked is not heard
    assert not runner.busy


def test_none_is_a_result_too(qtbot: QtBot, runner: Runner) -> None:
    told: list[object] = []
    job = runner.run_blocking(lambda: None, done=told.append)
    with qtbot.waitSignal(job.ended):
        pass
    assert told == [None]


def test_workbench_errors_fail_the_job(qtbot: QtBot, runner: Runner) -> None:
    failures: list[WorkbenchError] = []

    def refuse() -> object:
        raise InvalidInput("no", detail="because", hint="do")

    job = runner.run_blocking(refuse, failed=failures.append)
    with qtbot.waitSignal(job.ended):
        pass
    assert [failure.title for failure in failures] == ["no"]


@pytest.mark.logs(r"A job failed")
def test_a_bug_is_told_without_its_text(qtbot: QtBot, runner: Runner) -> None:
    failures: list[WorkbenchError] = []

    def stumble() -> object:
        raise ZeroDivisionError("secret")

    job = runner.run_blocking(stumble, failed=failures.append)
    with qtbot.waitSignal(job.ended):
        pass
    assert failures[0].detail == "ZeroDivisionError"
    assert "secret" not in str(failures[0])


def test_cancelled_work_only_ends(qtbot: QtBot, runner: Runner) -> None:
    told: list[object] = []
    job = runner.run(lambda _report: asyncio.sleep(60), done=told.append, failed=told.append)
    with qtbot.waitSignal(job.ended):
        job.cancel()
    assert told == []


def test_work_may_answer_a_cancellation(qtbot: QtBot, runner: Runner) -> None:
    told: list[object] = []

    async def work(report: Report) -> object:
        report("begun")
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            return "closed"
        return "slept"

    job = runner.run(work, done=told.append)
    with qtbot.waitSignal(job.progressed):
        pass
    with qtbot.waitSignal(job.ended):
        job.cancel()
    assert told == ["closed"]


def test_only_the_newest_progress_is_told(qtbot: QtBot, runner: Runner) -> None:
    seen: list[object] = []

    async def work(report: Report) -> object:
        for step in range(10_000):
            report(step)
        return "end"

    job = runner.run(work, progressed=seen.append)
    with qtbot.waitSignal(job.ended):
        pass
    assert seen[-1] == 9_999
    assert len(seen) < 10_000


def test_what_only_the_work_knew_ends_in_the_ui_thread(qtbot: QtBot, runner: Runner) -> None:
    ended_in: list[threading.Thread] = []

    class Known:
        """Stands for a widget whose tab was closed meanwhile."""

    async def work(known: Known, _report: Report) -> object:
        return repr(known)

    for _time in range(50):
        known = Known()
        weakref.finalize(known, lambda: ended_in.append(threading.current_thread()))
        runner.run(partial(work, known))
        del known
    qtbot.waitUntil(lambda: len(ended_in) == 50)
    assert set(ended_in) == {threading.main_thread()}


def test_stopping_cancels_what_is_under_way(qapp: object) -> None:
    runner = Runner()
    ended = threading.Event()

    async def work(_report: Report) -> object:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()
        return "slept"

    runner.run(work)
    assert runner.stop()
    assert runner.stop(), "stopping twice does nothing"


def test_nothing_begins_after_the_end(runner: Runner) -> None:
    told: list[object] = []
    assert runner.stop()
    job = runner.run_blocking(lambda: told.append("done"))
    job.cancel()
    assert not runner.busy
    assert not told


class Hearing(QObject):
    """Something that may be gone when the news comes."""

    def __init__(self, told: list[object]) -> None:
        super().__init__()
        self.objectNameChanged.connect(told.append)

    def hear(self, *news: object) -> None:
        self.setObjectName(*map(str, news))  # as a widget that is gone would, this raises


def _method(hearing: Hearing) -> Callable[..., object]:
    return hearing.hear


def _partial(hearing: Hearing) -> Callable[..., object]:
    return partial(Hearing.hear, hearing)


def _closure(hearing: Hearing) -> Callable[..., object]:
    return lambda news: hearing.hear(news)


def _closure_over_a_method(hearing: Hearing) -> Callable[..., object]:
    hear = hearing.hear
    return lambda news: hear(news)


def _default(hearing: Hearing) -> Callable[..., object]:
    return lambda news, hearing=hearing: hearing.hear(news)


def _method_of_qt(hearing: Hearing) -> Callable[..., object]:
    return hearing.setObjectName


@pytest.mark.parametrize("make", [_method, _partial, _closure, _closure_over_a_method, _default, _method_of_qt])
def test_late_answers_are_not_told_to_what_is_gone(
    qtbot: QtBot, runner: Runner, make: Callable[[Hearing], Callable[..., object]]
) -> None:
    told: list[object] = []
    for gone in (False, True):
        hearing = Hearing(told)
        job = runner.run_blocking(lambda: "news", done=make(hearing))
        if gone:
            delete(hearing)
        with qtbot.waitSignal(job.ended):
            pass
    assert told == ["news"]


def test_who_passes_news_on_does_its_own_part_in_any_case(qtbot: QtBot, runner: Runner) -> None:
    told: list[object] = []
    hearing, bridge = Hearing(told), QObject()
    then = while_alive(hearing.hear)

    def pass_on(news: object) -> None:
        bridge.setObjectName("told")
        then(news)

    job = runner.run_blocking(lambda: "news", done=pass_on)
    delete(hearing)
    with qtbot.waitSignal(job.ended):
        pass
    assert bridge.objectName() == "told"
    assert told == []


def test_a_conversation_goes_both_ways_in_order(qtbot: QtBot, runner: Runner) -> None:
    told: list[object] = []
    ends: list[object] = []

    async def echo(channel: Channel) -> object:
        count = 0
        while (message := await channel.receive()) is not None:
            count += 1
            channel.report(count)
            await channel.tell(f"{message}!")
        return count

    def hear(messages: list[object]) -> None:
        assert threading.current_thread() is threading.main_thread()
        assert not ends
        told.extend(messages)

    job = runner.converse(echo, told=hear, done=ends.append)
    with qtbot.waitSignal(job.ended):
        for number in range(300):
            assert job.put(number)
        assert job.put(None)
    assert told == [f"{number}!" for number in range(300)]
    assert ends == [300]
    assert not job.put("too late")


def test_work_that_tells_too_much_waits_for_the_window(qtbot: QtBot, runner: Runner) -> None:
    batches: list[list[object]] = []
    ahead = threading.Event()

    async def talk(channel: Channel) -> None:
        for number in range(3 * MOST_WAITING):
            if number == MOST_WAITING:
                asyncio.get_running_loop().call_soon(ahead.set)
            await channel.tell(number)

    job = runner.converse(talk, told=batches.append)
    assert ahead.wait(30)  # the UI thread takes nothing meanwhile
    with qtbot.waitSignal(job.ended):
        pass
    assert max(map(len, batches)) == MOST_WAITING
    assert [number for batch in batches for number in batch] == list(range(3 * MOST_WAITING))


def test_too_many_messages_are_refused(qtbot: QtBot, runner: Runner) -> None:
    job = runner.converse(lambda _channel: asyncio.sleep(60), told=lambda _messages: None)
    assert all(job.put(number) for number in range(MOST_WAITING))
    assert not job.put("one too many")
    with qtbot.waitSignal(job.ended):
        job.cancel()
