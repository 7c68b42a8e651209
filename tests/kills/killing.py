"""Processes that save and are killed at it, one after the other, forked from one that has everything loaded."""

import mmap
import os
import signal
import struct
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.kills.kinds import Kind

_STATE = struct.Struct("=qqd")  # the state begun, the one saved, seconds that the last save took
_LONGEST = 1.0
_PATIENCE = 60.0  # seconds for a process to begin


@dataclass(slots=True)
class Killed:
    """``count`` kills, so many of them ``within`` a save; ``saved`` states in all."""

    count: int = 0
    within: int = 0
    saved: int = 0


def kill(kind: Kind, count: int, seed: int = 0) -> Killed:
    """Kill ``count`` processes. Raises ``AssertionError`` when a state was lost, whatever reading it raises too."""
    random = Random(seed)  # noqa: S311 - when to kill
    result, at, usual = Killed(), 0, 0.01
    with tempfile.TemporaryDirectory(prefix="kills-") as folder, mmap.mmap(-1, _STATE.size) as state:
        place = Path(folder)
        if _in_a_process(lambda: kind.begin(place)):
            raise AssertionError("the first state could not be saved")
        while result.count < count:
            _STATE.pack_into(state, 0, at, at, 0.0)
            process = _forked(kind, place, at, state)
            _await_beginning(process, state, at)
            time.sleep(random.random() * 2 * usual)
            os.kill(process, signal.SIGKILL)
            if os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) != -signal.SIGKILL:
                raise AssertionError("a process that saves ended by itself")
            begun, saved, took = _STATE.unpack(state)
            usual = took or min(usual * 1.3, _LONGEST)  # killed before one save was done: later the next time
            found = kind.there(place)
            if not saved <= found <= begun:
                raise AssertionError(f"{saved} was saved and {begun} begun, and there is {found}")
            result.count += 1
            result.within += begun > saved
            result.saved += found - at
            at = found
    return result


def _forked(kind: Kind, place: Path, at: int, state: mmap.mmap) -> int:
    process = os.fork()
    if process:
        return process
    try:
        save = kind.save(place)
        number, took = at, 0.0
        while True:
            _STATE.pack_into(state, 0, number + 1, number, took)
            began = time.monotonic()
            save(number + 1)
            number, took = number + 1, time.monotonic() - began
            _STATE.pack_into(state, 0, number, number, took)
    except BaseException:  # noqa: BLE001 - nothing may return to who forked
        traceback.print_exc()
    os._exit(1)


def _await_beginning(process: int, state: mmap.mmap, at: int) -> None:
    until = time.monotonic() + _PATIENCE
    while _STATE.unpack(state)[0] == at and time.monotonic() < until:
        time.sleep(0.0005)
        if os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return


def _in_a_process(work: object) -> int:
    process = os.fork()
    if process == 0:
        try:
            work()  # type: ignore[operator]
        except BaseException:  # noqa: BLE001 - nothing may return to who forked
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
