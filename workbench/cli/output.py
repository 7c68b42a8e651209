"""Where output goes: results to stdout, everything said to a person to stderr.

A reader that went away (``send … | head``) is no error: the rest is dropped and the command's own
exit status stands.
"""

import json
import os
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from shutil import copyfileobj
from typing import Any, BinaryIO, TextIO

from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _

# Styles by the names that rich gives them; only a terminal shows them.
BOLD, DIM, GOOD, WARN, BAD = "bold", "dim", "green", "yellow", "bold red"


@dataclass(frozen=True, slots=True)
class Output:
    """How one run speaks: ``--json``, ``--quiet``, ``--verbose``."""

    json: bool = False
    quiet: bool = False
    verbose: bool = False

    @classmethod
    def of(cls, args: Namespace) -> "Output":
        """As the options say."""
        return cls(json=args.json, quiet=args.quiet, verbose=args.verbose)

    def say(self, text: str = "", style: str = "") -> None:
        """One line to the person, unless ``--quiet``."""
        if not self.quiet:
            _line(text, style)

    def always(self, text: str, style: str = "") -> None:
        """One line to the person even with ``--quiet``."""
        _line(text, style)

    def document(self, document: Mapping[str, Any]) -> None:
        """One JSON document to stdout."""
        text = json.dumps(document, ensure_ascii=False, indent=2)
        write(text.encode("utf-8", "replace") + b"\n")

    def text(self, text: str, *, is_json: bool = False) -> None:
        """Lines of text to stdout, coloured on a terminal where they are JSON."""
        lines = "\n".join(printable(line) for line in text.expandtabs().splitlines())
        if is_json and _is_terminal(sys.stdout):
            _rich_json(lines)
        else:
            write(f"{lines}\n".encode("utf-8", "replace"))

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Rows to stdout: ruled and coloured on a terminal, aligned columns in a pipe."""
        rows = [[printable(cell) for cell in row] for row in rows]
        if _is_terminal(sys.stdout):
            _rich_table(columns, rows)
            return
        widths = [max(map(len, column)) for column in zip(columns, *rows, strict=True)]
        lines = (
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in (columns, *rows)
        )
        write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))


def say_error(error: WorkbenchError) -> None:
    """Title, detail and hint of ``error`` to stderr, whatever the options."""
    say_trouble(error.title, error.detail, error.hint)


def say_trouble(title: str, detail: str = "", hint: str = "") -> None:
    """What happened, what was seen, what to do: three kinds of lines on stderr."""
    _line(_("error: {title}").format(title=title), BAD)
    for line in detail.splitlines():
        _line(f"  {line}")
    for line in hint.splitlines():
        _line(f"  → {line}", BOLD)


def write(data: bytes) -> None:
    """Bytes to stdout as they are."""
    write_stream(BytesIO(data))


def write_stream(source: BinaryIO) -> None:
    """Everything that ``source`` holds to stdout."""
    try:
        sys.stdout.flush()
        copyfileobj(source, sys.stdout.buffer, 1024 * 1024)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _abandon(sys.stdout)


def stdout_is_terminal() -> bool:
    """Whether a person reads stdout as it is written."""
    return sys.stdout.isatty()


def printable(text: str) -> str:
    """``text`` with control characters made visible: what a server says must not steer the terminal."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def _line(text: str, style: str = "") -> None:
    text = printable(text)
    try:
        if style and _is_terminal(sys.stderr):
            _rich_line(text, style)
        else:
            print(text, file=sys.stderr, flush=True)
    except BrokenPipeError:
        _abandon(sys.stderr)


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _rich_line(text: str, style: str) -> None:
    from rich.console import Console  # here, because a pipe never needs it

    Console(stderr=True).print(text, style=style, markup=False, highlight=False, soft_wrap=True)


def _rich_json(text: str) -> None:
    from rich.console import Console
    from rich.highlighter import JSONHighlighter

    Console().print(JSONHighlighter()(text), soft_wrap=True)


def _rich_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=box.SIMPLE_HEAD, header_style=BOLD, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)


def _abandon(stream: TextIO) -> None:
    """Point a stream that nobody reads any more at nothing, so that its flush at exit succeeds."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, stream.fileno())
    os.close(nothing)
