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
from collections.abc import Iterator
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
    with _opened(body) as source, tempfile.TemporaryFile(prefix="view-", dir=folder) as sink:
        process = subprocess.Popen(  # noqa: S603 - this very program
            [*program(), WORD, json.dumps(_document(order))],
            stdin=source,
            stdout=sink,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        with process:
            work.when_stopped(process.kill)
            last = _follow(process, work)
        if work.stopped:
            raise Stopped
        if process.returncode != 0 or not last.startswith("{"):
            return TextLines(), Prepared(
                error=_("This body could not be prepared: the process that did it ended early.")
            )
        prepared = _prepared(last)
        return lines_of(sink, prepared), prepared


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
