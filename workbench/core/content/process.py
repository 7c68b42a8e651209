"""Preparing a large body in a process of its own: the window's thread never waits for it, and it can be killed.

Python runs one thread at a time; even in another thread, minutes of layout would make the window stutter.
The process reads the body from its standard input, writes the result to a file without a name that is its
standard output, and tells how far it is on standard error. Nothing is left behind whoever is killed when.
"""

import contextlib
import gc
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO

from workbench.core.content.kinds import Kind
from workbench.core.content.lines import TextLines
from workbench.core.content.preparing import Form, Order, Prepared, lines_of, prepare
from workbench.core.content.work import Stopped, Work
from workbench.core.i18n import _

WORD = "--prepare-body"
"""The first argument of the program when it is meant to be this process."""

_NICE = 10  # the window goes first
_STEPS = 200  # how often progress is told at most


def prepare_apart(body: bytes | Path, order: Order, work: Work) -> tuple[TextLines, Prepared]:
    """Make ``order`` of ``body`` elsewhere and wait for it. Raises ``Stopped``, ``OSError`` for what cannot be read."""
    folder = body.parent if isinstance(body, Path) else None
    # The result lives as long as the map of it: the file has no name and is gone with the last who uses it.
    with tempfile.TemporaryFile(prefix="view-", dir=folder) as sink:
        last = run_apart([WORD, json.dumps(_document(order))], body, sink, work)
        if not last.startswith("{"):
            return TextLines(), Prepared(error=_("This body could not be prepared: its process ended unexpectedly."))
        prepared = _prepared(last)
        return lines_of(sink, prepared), prepared


def run_apart(
    words: Sequence[str], body: bytes | Path, sink: IO[bytes], work: Work, patience: float | None = None
) -> str:
    """Start this program with ``words`` and ``body`` as its standard input, and have it write to ``sink``.

    Returns the last line that it says, nothing when it ended in another way than it should. Numbers before that are
    how far it is. After ``patience`` seconds it is killed. Raises ``Stopped``; ``TimeoutError``; ``OSError``.
    """
    with _opened(body) as source:
        process = subprocess.Popen(  # noqa: S603 - this very program
            [*program(), *words],
            stdin=source,
            stdout=sink,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    late = threading.Event()

    def give_up() -> None:
        late.set()
        process.kill()

    with process, _alarm(patience, give_up):
        work.when_stopped(process.kill)
        last = _follow(process, work)
    if work.stopped:
        raise Stopped
    if late.is_set():
        raise TimeoutError
    return last if process.returncode == 0 else ""


@contextlib.contextmanager
def _alarm(seconds: float | None, call: Callable[[], object]) -> Iterator[None]:
    if seconds is None:
        yield
        return
    timer = threading.Timer(seconds, call)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def limit_this_process(memory: int, seconds: int) -> None:
    """Allow this process ``memory`` more bytes and ``seconds`` of computing, where the system can (not on Windows)."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # elsewhere nothing tells how much is taken already
        taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + memory, taken + memory))


def program() -> list[str]:
    """How this very program is started again, to which a word is added."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "workbench"]


@contextlib.contextmanager
def _opened(body: bytes | Path) -> Iterator[IO[bytes]]:
    if isinstance(body, Path):
        with body.open("rb") as source:
            yield source
    else:
        with tempfile.TemporaryFile() as source:
            source.write(body)
            source.seek(0)
            yield source


def _follow(process: "subprocess.Popen[str]", work: Work) -> str:
    last = ""
    for line in process.stderr or ():
        last = line.strip()
        with contextlib.suppress(ValueError):
            work.done = max(work.done, float(last))
    return last


def main(arguments: list[str]) -> int:
    """The other end: what ``prepare_apart`` starts."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    gc.disable()  # nothing here goes round in circles, and what lives, lives to the end
    order = _order(json.loads(arguments[0]))
    told = 0.0

    class Told(Work):
        def check(self, done: float = 0.0) -> None:
            nonlocal told
            if done - told >= 1 / _STEPS:
                told = done
                sys.stderr.write(f"{done:.3f}\n")
                sys.stderr.flush()

    with open(0, "rb", closefd=False) as source, open(1, "w+b", buffering=1 << 20, closefd=False) as sink:
        prepared = prepare(source, sink, order, Told())
    sys.stderr.write(json.dumps(asdict(prepared)) + "\n")
    return 0


def _document(order: Order) -> dict[str, object]:
    return {**asdict(order), "form": order.form.value, "kind": order.kind.value}


def _order(document: dict[str, object]) -> Order:
    return Order(
        Form(document["form"]),
        Kind(document["kind"]),
        str(document["content_type"]),
        str(document["wanted"]),
        int(str(document["longest"])),
    )


def _prepared(line: str) -> Prepared:
    document = json.loads(line)
    return Prepared(**{**document, "arrays": tuple(document["arrays"]), "notices": tuple(document["notices"])})
