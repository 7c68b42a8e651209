"""From the words typed to an exit status."""

import contextlib
import signal
import threading
from collections.abc import Iterator, Sequence
from types import FrameType

from workbench.cli.command import DONE, INTERRUPTED, PROGRAM, UNUSABLE, parse
from workbench.cli.commands import COMMANDS, Entry, family, is_command
from workbench.core.errors import InvalidInput, WorkbenchError
from workbench.core.i18n import _

_JSON = "--json"


def main(words: Sequence[str]) -> int:
    """Run the command that ``words`` name; 0, 1, 2, 3 or 130 as the help says."""
    try:
        with _sigterm_as_ctrl_c():
            return _run(list(words))
    except SystemExit as leaving:  # argparse, after --help
        return leaving.code if isinstance(leaving.code, int) else UNUSABLE
    except KeyboardInterrupt:
        return INTERRUPTED


def window_unavailable(error: ImportError) -> int:
    """Say why there is no window and what works all the same."""
    from workbench.cli.output import say_trouble

    say_trouble(
        _("The window cannot open because Qt cannot be loaded."),
        str(error),
        _("The commands work without it: see {program} --help.").format(program=PROGRAM),
    )
    return UNUSABLE


@contextlib.contextmanager
def _sigterm_as_ctrl_c() -> Iterator[None]:
    """Whoever ends the program politely gets what Ctrl-C gets: what is open is closed, temporary files go."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


def _interrupt(_number: int, frame: FrameType | None) -> None:
    handler = signal.getsignal(signal.SIGINT)  # while a loop runs it is the loop's
    if not callable(handler):  # a shell has SIGINT ignored for a job in the background
        raise KeyboardInterrupt
    handler(signal.SIGINT, frame)


def _run(words: list[str]) -> int:
    if words[:1] == ["help"]:  # as people type it for other programs
        words = [*words[1:], "--help"]
    if not words or words[0] in ("--help", "-h"):
        return _say(_overview())
    if words[0] == "--version":
        from workbench.cli.versions import versions

        return _say("\n".join(f"{name} {version}" for name, version in versions()))
    entry, arguments = _find(words)
    if entry is None:
        return _unknown(words)
    command = entry.load()
    try:
        return command.run(parse(entry.words, entry.summary, command, arguments))
    except WorkbenchError as error:
        return _trouble(error, as_json=_JSON in arguments)


def _find(words: list[str]) -> tuple[Entry | None, list[str]]:
    for count in (1, 2):
        typed = " ".join(words[:count])
        for entry in COMMANDS:
            if entry.words == typed:
                return entry, words[count:]
    return None, []


def _unknown(words: list[str]) -> int:
    if is_command(words[0]) and words[1:2] in (["--help"], ["-h"]):
        return _say(_list(family(words[0])))
    return _trouble(_what_is_unknown(words), as_json=_JSON in words)


def _what_is_unknown(words: list[str]) -> InvalidInput:
    if is_command(words[0]):
        members = family(words[0])
        return InvalidInput(
            _("“{command}” needs a subcommand:").format(command=words[0]),
            detail=_list(members),
            hint=_near(words[1:], members),
        )
    if words[0].startswith("-"):
        title = _("Unknown option “{word}”.").format(word=words[0])
        options_first = next((word for word in words if is_command(word)), None)
        if options_first is not None:
            hint = _("Options come after the command: {program} {command} {word} …").format(
                program=PROGRAM, command=options_first, word=words[0]
            )
            return InvalidInput(title, hint=hint)
    else:
        title = _("“{word}” is neither a command nor an existing file or folder.").format(word=words[0])
    return InvalidInput(title, hint=_near(words[:1], COMMANDS) or _("See --help for a list of commands."))


def _near(words: Sequence[str], entries: Sequence[Entry]) -> str:
    """A question after the one of ``entries`` that the first of ``words`` may mean, else nothing."""
    from difflib import get_close_matches

    place = 1 if len({entry.words.split()[0] for entry in entries}) == 1 else 0
    near = get_close_matches(words[0], [entry.words.split()[place] for entry in entries], n=1) if words else []
    return _("Did you mean “{command}”?").format(command=near[0]) if near else ""


def _trouble(error: WorkbenchError, *, as_json: bool) -> int:
    from workbench.cli.output import Output, say_error

    say_error(error)
    if as_json:
        failure = {"code": error.code, "title": error.title, "detail": error.detail, "hint": error.hint}
        Output().document({"failure": {**failure, "phase": "prepare", "candidates": []}})
    return UNUSABLE


def _say(text: str) -> int:
    from workbench.cli.output import write

    write(f"{text}\n".encode("utf-8", "replace"))
    return DONE


def _overview() -> str:
    return "\n".join(
        (
            _("usage: {program} [PATH…]            open the window").format(program=PROGRAM),
            _("       {program} --with-lab         open the window with the lab running").format(program=PROGRAM),
            _("       {program} --workspace NAME   open the window on another workspace").format(program=PROGRAM),
            _("       {program} COMMAND …          run a command without a window").format(program=PROGRAM),
            _("       {program} COMMAND --help     show its options and examples").format(program=PROGRAM),
            _("       {program} --version").format(program=PROGRAM),
            "",
            _("Manage client identities, send requests over mutual TLS, and see what TLS did."),
            "",
            _("commands:"),
            _list(COMMANDS),
            "",
            _("exit status: 0 done · 1 a check failed · 2 usage error or unreadable input ·"),
            _("             3 no HTTP response · 130 interrupted"),
            "",
            _("examples:"),
            f"  {PROGRAM} lab",
            f"  {PROGRAM} identity import client.p12 --name alice",
            f"  {PROGRAM} send https://localhost:8443/ --identity alice --trust lab",
            f"  {PROGRAM} inspect example.com",
        )
    )


def _list(entries: Sequence[Entry]) -> str:
    return "\n".join(f"  {entry.words:<20}{entry.summary}" for entry in entries)
