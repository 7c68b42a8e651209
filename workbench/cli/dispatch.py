"""From the words typed to an exit status."""

import sys
from collections.abc import Sequence

from workbench.cli.command import DONE, INTERRUPTED, PROGRAM, UNUSABLE, parse
from workbench.cli.commands import COMMANDS, Entry, family, is_command
from workbench.core.errors import InvalidInput, WorkbenchError
from workbench.core.i18n import _


def main(words: Sequence[str]) -> int:
    """Run the command that ``words`` name; 0, 1, 2, 3 or 130 as the help says."""
    try:
        return _run(list(words))
    except SystemExit as leaving:  # argparse: --help, or wrong usage
        return leaving.code if isinstance(leaving.code, int) else UNUSABLE
    except KeyboardInterrupt:
        return INTERRUPTED


def window_unavailable(error: ImportError) -> int:
    """Say why there is no window and what works all the same."""
    from workbench.cli.output import say_trouble

    say_trouble(
        _("The window cannot open: Qt does not load."),
        str(error),
        _("The commands work without it: {program} --help.").format(program=PROGRAM),
    )
    return UNUSABLE


def _run(words: list[str]) -> int:
    if not words or words[0] in ("--help", "-h", "help"):
        return _say(_overview())
    if words[0] == "--version":
        from workbench.cli.versions import versions

        return _say("\n".join(f"{name} {version}" for name, version in versions()))
    entry, arguments = _find(words)
    if entry is None:
        return _unknown(words)
    command = entry.load()
    args = parse(entry.words, entry.summary, command, arguments)
    try:
        return command.run(args)
    except WorkbenchError as error:
        return _trouble(error, as_json=args.json)


def _find(words: list[str]) -> tuple[Entry | None, list[str]]:
    for count in (1, 2):
        typed = " ".join(words[:count])
        for entry in COMMANDS:
            if entry.words == typed:
                return entry, words[count:]
    return None, []


def _unknown(words: list[str]) -> int:
    if is_command(words[0]):
        entries = family(words[0])
        if len(words) > 1 and words[1] in ("--help", "-h"):
            return _say(_list(entries))
        said = _("“{command}” needs one of these:").format(command=words[0])
        print(f"{said}\n{_list(entries)}", file=sys.stderr)
        return UNUSABLE
    from difflib import get_close_matches

    from workbench.cli.output import say_error

    near = get_close_matches(words[0], [entry.words.split()[0] for entry in COMMANDS], n=1)
    hint = _("Did you mean “{command}”?").format(command=near[0]) if near else _("--help lists the commands.")
    if words[0].startswith("-"):
        title = _("There is no option “{word}”.").format(word=words[0])
    else:
        title = _("“{word}” is neither a command nor a file or folder here.").format(word=words[0])
    say_error(InvalidInput(title, hint=hint))
    return UNUSABLE


def _trouble(error: WorkbenchError, *, as_json: bool) -> int:
    from workbench.cli.output import Output, say_error

    say_error(error)
    if as_json:
        failure = {"code": error.code, "title": error.title, "detail": error.detail, "hint": error.hint}
        Output().document({"failure": failure})
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
            _("       {program} COMMAND …          do one thing without a window").format(program=PROGRAM),
            _("       {program} COMMAND --help     options and examples").format(program=PROGRAM),
            _("       {program} --version").format(program=PROGRAM),
            "",
            _("Client identities, requests over mutual TLS, and what TLS did."),
            "",
            _("commands:"),
            _list(COMMANDS),
            "",
            _("exit status: 0 done · 1 a check did not hold · 2 wrong usage or unreadable input ·"),
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
