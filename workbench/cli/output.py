"""Where output goes: results to stdout, everything said to a person to stderr.

A reader that went away (``send … | head``) is no error: the rest is dropped and the command's own
exit status stands.
"""

import json
import os
import secrets
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from shutil import copyfileobj
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _
from workbench.core.visible import visible, visible_json

if TYPE_CHECKING:
    from workbench.cli.layout import Column

# Styles by the names that rich gives them; only a terminal shows them.
BOLD, DIM, GOOD, WARN, BAD = "bold", "dim", "green", "yellow", "bold red"
_USUAL_WIDTH = 80


@dataclass(frozen=True, slots=True)
class LongText:
    """A text for a JSON document that need not be in memory as a whole; ``pieces`` gives it from its beginning."""

    pieces: Callable[[], Iterable[str]]


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
        """One JSON document to stdout; a ``LongText`` in it goes out piece by piece."""
        long: dict[str, LongText] = {}

        def stand_in(value: object) -> str:
            if not isinstance(value, LongText):
                raise TypeError(f"{type(value).__name__} cannot stand in JSON")
            mark = secrets.token_hex(16)  # nobody's text can hold it
            long[mark] = value
            return mark

        text = _json(document, indent=2, default=stand_in)
        for mark, value in long.items():
            before, text = text.split(mark, 1)
            write(before.encode("utf-8", "replace"))
            for piece in value.pieces():
                write(_json(piece)[1:-1].encode("utf-8", "replace"))
        write(text.encode("utf-8", "replace") + b"\n")

    def lines(self, lines: Iterable[tuple[str, str]]) -> None:
        """Lines of text and their styles to stdout; a terminal shows the styles and breaks lines at words."""
        if not _is_terminal(sys.stdout):
            write("".join(f"{visible(text)}\n" for text, _style in lines).encode("utf-8", "replace"))
            return
        for text, style in lines:
            _show(sys.stdout, visible(text), style)

    def text(self, text: str, *, is_json: bool = False) -> None:
        """Lines of text to stdout, coloured on a terminal where they are JSON."""
        lines = "\n".join(visible(line) for line in text.expandtabs().splitlines())
        if is_json and _is_terminal(sys.stdout):
            _rich_json(lines)
        else:
            write(f"{lines}\n".encode("utf-8", "replace"))

    def table(self, columns: Sequence["Column"], rows: Sequence[Sequence[str]]) -> None:
        """Aligned rows to stdout: everything into a pipe, what there is room for on a terminal."""
        from workbench.cli.layout import table_lines

        room = _width(sys.stdout) if _is_terminal(sys.stdout) else None
        titles, *lines = table_lines(columns, [[visible(cell) for cell in row] for row in rows], room)
        self.lines([(titles, BOLD), *((line, "") for line in lines)])


def _json(value: object, **how: Any) -> str:
    return visible_json(json.dumps(value, ensure_ascii=False, **how))


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


def _line(text: str, style: str = "") -> None:
    text = visible(text)
    try:
        if _is_terminal(sys.stderr):
            _show(sys.stderr, text, style)
        else:
            print(text, file=sys.stderr, flush=True)
    except BrokenPipeError:
        _abandon(sys.stderr)


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _width(terminal: TextIO) -> int:
    """Columns of a terminal, as ``COLUMNS`` says where it is set."""
    chosen = os.environ.get("COLUMNS", "")
    if chosen.isdecimal() and int(chosen) > 0:
        return int(chosen)
    try:
        return os.get_terminal_size(terminal.fileno()).columns or _USUAL_WIDTH
    except OSError:
        return _USUAL_WIDTH


def _show(terminal: TextIO, text: str, style: str) -> None:
    from rich.console import Console  # here, because a pipe never needs it

    from workbench.cli.layout import wrapped

    console = Console(file=terminal)
    for line in wrapped(text, _width(terminal)):
        console.print(line, style=style or None, markup=False, highlight=False, soft_wrap=True, emoji=False)


def _rich_json(text: str) -> None:
    from rich.console import Console
    from rich.highlighter import JSONHighlighter

    Console().print(JSONHighlighter()(text), soft_wrap=True)


def _abandon(stream: TextIO) -> None:
    """Point a stream that nobody reads any more at nothing, so that its flush at exit succeeds."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, stream.fileno())
    os.close(nothing)
