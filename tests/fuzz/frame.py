"""Runs a target on mutated inputs in a process that may be killed, and says what each came to."""

import hashlib
import json
import mmap
import os
import resource
import shutil
import signal
import struct
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NoReturn

from tests.fuzz.mutation import mutated
from workbench.core.errors import WorkbenchError

SECONDS = 5
"""Of processor time for one input: a busy machine alone must fail nothing."""

WAITED = 60
"""Seconds by the clock for one input, for what waits instead of working."""

MEMORY = 512 * 1024 * 1024
"""Bytes of data that the process may hold."""

_SERVED = 20_000  # inputs of one process
_KEPT = 3  # inputs that are saved of one failure
_STATE = struct.Struct("=QQQd")  # the input under way, how many were understood and refused, seconds so far


@dataclass(frozen=True, slots=True)
class Target:
    """``run`` answers or raises one of ``errors``; everything else is a failure. ``tokens`` are words to put in.

    What is written goes below ``tempfile.gettempdir()``, which is a folder of the run's own then.
    """

    seeds: Callable[[], Sequence[bytes]]
    run: Callable[[bytes], object]
    errors: tuple[type[Exception], ...] = (WorkbenchError,)
    tokens: tuple[bytes, ...] = ()


@dataclass(slots=True)
class Outcome:
    """``failures`` are counted by what went wrong where; ``saved`` has the files of some inputs for each."""

    understood: int = 0
    refused: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    saved: dict[str, list[Path]] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def count(self) -> int:
        """All inputs that were tried."""
        return self.understood + self.refused + self.failures.total()

    def add(self, failure: str, data: bytes, folder: Path) -> None:
        """Count a failure, and keep its input under the name of its hash."""
        self.failures[failure] += 1
        files = self.saved.setdefault(failure, [])
        if len(files) < _KEPT:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / hashlib.sha256(data).hexdigest()[:16]
            path.write_bytes(data)
            files.append(path)


def fuzz(
    name: str, target: Target, *, count: int, seed: int = 0, seconds: float | None = None, folder: Path | None = None
) -> Outcome:
    """Try ``count`` inputs, or as many as ``seconds`` of processor time allow. Failing ones are kept in ``folder``."""
    outcome = Outcome()
    folder = folder or Path(tempfile.gettempdir()) / "fuzz-failures" / name
    worker = _Worker(name, target, seed)
    at = 0
    try:
        while at < count and (seconds is None or outcome.seconds < seconds):
            end = min(count, at + _SERVED)
            status, reports = worker.run(at, end, None if seconds is None else seconds - outcome.seconds)
            at, understood, refused, spent = _STATE.unpack_from(worker.state)
            outcome.understood += understood
            outcome.refused += refused
            outcome.seconds += spent
            for number, failure in reports:
                outcome.add(failure, worker.input(number), folder)
            if status:
                outcome.add(_words(status), worker.input(at), folder)
                at += 1
            elif at < end:
                break
    finally:
        worker.close()
    return outcome


class _Worker:
    """Runs inputs in a process of its own, which tells the one under way through memory that outlives it."""

    def __init__(self, name: str, target: Target, seed: int) -> None:
        self._name, self._target, self._seed = name, target, seed
        self._seeds = target.seeds()
        self._scratch = tempfile.mkdtemp(prefix="fuzz-")
        self.state = mmap.mmap(-1, _STATE.size)

    def close(self) -> None:
        """Leave nothing behind."""
        self.state.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def input(self, number: int) -> bytes:
        """The input with this number; the first ones are the seeds themselves."""
        if number < len(self._seeds):
            return self._seeds[number]
        random = Random(f"{self._seed} {self._name} {number}")  # noqa: S311 - the same input every time
        return mutated(random, self._seeds, self._target.tokens)

    def run(self, start: int, end: int, seconds: float | None) -> tuple[int, list[tuple[int, str]]]:
        """The inputs from ``start`` to ``end``, or for so long: the signal that ended it, 0 for none, and failures."""
        _STATE.pack_into(self.state, 0, start, 0, 0, 0.0)
        reading, writing = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if process == 0:
            os.close(reading)
            self._serve_and_exit(start, end, seconds, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as source:
            lines = source.read().splitlines()
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        if status > 0:
            raise RuntimeError("the process that runs the inputs failed itself")
        return -status, [tuple(json.loads(line)) for line in lines]

    def _serve_and_exit(self, start: int, end: int, seconds: float | None, writing: int) -> NoReturn:
        status = 1
        try:
            tempfile.tempdir = self._scratch
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
            self._serve(start, end, seconds, writing)
            status = 0
        except BaseException:  # noqa: BLE001 - nothing may return to who forked
            traceback.print_exc()
        os._exit(status)

    def _serve(self, start: int, end: int, seconds: float | None, writing: int) -> None:
        understood = refused = 0
        began = time.process_time()
        for number in range(start, end):
            spent = time.process_time() - began
            _STATE.pack_into(self.state, 0, number, understood, refused, spent)
            if seconds is not None and spent > seconds:
                return
            data = self.input(number)
            signal.setitimer(signal.ITIMER_PROF, SECONDS)  # nobody handles these signals: they end the process
            signal.setitimer(signal.ITIMER_REAL, WAITED)
            try:
                self._target.run(data)
                understood += 1
            except self._target.errors:
                refused += 1
            except BaseException as error:  # noqa: BLE001 - that is what is looked for
                signal.setitimer(signal.ITIMER_PROF, 0)
                os.write(writing, json.dumps([number, failure_of(error)]).encode() + b"\n")
        _STATE.pack_into(self.state, 0, end, understood, refused, time.process_time() - began)


def failure_of(error: BaseException) -> str:
    """What went wrong, and in which line of the program: the same words for the same fault."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if f"{os.sep}workbench{os.sep}" in frame.filename] or frames
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno} {ours[-1].name}" if ours else "?"
    return f"{type(error).__name__} in {place}"


def _words(status: int) -> str:
    if status == signal.SIGPROF:
        return f"worked for more than {SECONDS} seconds"
    if status == signal.SIGALRM:
        return f"waited for more than {WAITED} seconds"
    return f"the process was ended by {signal.Signals(status).name}"
