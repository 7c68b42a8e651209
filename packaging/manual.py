"""The man page and the completions, derived from the commands' own declarations.

    python manual.py FOLDER

Writes ``mtls-workbench.1`` and the completions for bash, zsh and fish into ``FOLDER``.
"""

import re
import sys
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

import shtab
from argparse_manpage.manpage import Manpage

from workbench import __version__
from workbench.cli.command import PROGRAM, parser_of
from workbench.cli.commands import COMMANDS, Entry

SUMMARY = "client identities, requests over mutual TLS, and what TLS did"
WINDOW_OPTIONS = (
    ("--with-lab", "", "open the window with the lab running"),
    ("--workspace", "NAME", "open the window on another workspace"),
)
EXIT_STATUS = """\
.SH EXIT STATUS
.TP
.B 0
Done. For \\fBsend\\fR: a response came, whatever its status.
.TP
.B 1
A check did not hold.
.TP
.B 2
Wrong usage, or input that cannot be read.
.TP
.B 3
No HTTP response.
.TP
.B 130
Interrupted.
.SH ENVIRONMENT
.TP
.B MTLS_WORKBENCH_HOME
When set, everything that the program keeps lies in this folder.
.SH FILES
Identities, bundles of authorities, history and settings lie in \\fI~/.local/share/mtls-workbench\\fR. Passwords of
private keys lie in the keyring of the desktop, under the service \\fBmtls-workbench\\fR.
.SH THE WINDOW
Without arguments, or with paths of collections and certificate files, the window opens. With a command one thing is
done without a window.
"""


def whole_parser() -> ArgumentParser:
    """All commands as one parser, for those who describe it."""
    whole = ArgumentParser(PROGRAM, description=SUMMARY, allow_abbrev=False)
    whole.add_argument("--version", action="store_true", help="name the versions of the program and its libraries")
    for name, value, said in WINDOW_OPTIONS:
        taking = {"metavar": value} if value else {"action": "store_true"}
        whole.add_argument(name, help=said, **taking)
    places: dict[str, _SubParsersAction[ArgumentParser]] = {"": whole.add_subparsers(title="commands")}
    for entry in COMMANDS:
        first, _space, second = entry.words.partition(" ")
        if second and first not in places:
            family = places[""].add_parser(first, help=f"{first} …", description=f"Commands of {first}.")
            places[first] = family.add_subparsers(title="commands")
        parser = parser_of(entry.words, entry.summary, entry.load())
        place = places[first] if second else places[""]
        place.add_parser(
            second or first,
            parents=[parser],
            add_help=False,
            help=entry.summary.replace("%", "%%"),
            description=parser.description,
            epilog=parser.epilog,
            formatter_class=parser.formatter_class,
        )
    return whole


def man_page() -> str:
    """In troff, section 1."""
    page = Manpage(
        whole_parser(),
        format="single-commands-section",
        _data={"project_name": PROGRAM, "version": __version__, "manual_title": "mTLS Workbench"},
    )
    name = ".SH NAME\n" + PROGRAM.replace("-", "\\-")
    named = str(page).replace(name, f"{name} \\- {SUMMARY}", 1)  # what whatis and apropos read
    unfilled = re.sub(r"^(usage: (?:.+\n)+)", r".nf\n\1.fi\n", named, flags=re.MULTILINE)  # its lines are laid out
    return f"{unfilled}\n{EXIT_STATUS}"


def fish() -> Iterator[str]:
    """Completions for fish, line by line."""
    yield f"complete -c {PROGRAM} -n '__fish_use_subcommand' -l version -d 'Versions'"
    for name, value, said in WINDOW_OPTIONS:
        option = f"-l {name[2:]}{' -r' if value else ''} -d {_quoted(said)}"
        yield f"complete -c {PROGRAM} -n '__fish_use_subcommand' {option}"
    for entry in COMMANDS:
        first, _space, second = entry.words.partition(" ")
        said = _quoted("" if second else entry.summary)
        yield f"complete -c {PROGRAM} -n '__fish_use_subcommand' -a {first} -d {said}"
        if second:
            yield (
                f"complete -c {PROGRAM} -f -n '__fish_seen_subcommand_from {first}' -a {second} "
                f"-d {_quoted(entry.summary)}"
            )
        yield from _fish_options(entry)


def _fish_options(entry: Entry) -> Iterator[str]:
    seen = " ; and ".join(f"__fish_seen_subcommand_from {word}" for word in entry.words.split())
    for action in parser_of(entry.words, entry.summary, entry.load())._actions:  # noqa: SLF001 - shtab does so too
        names = [f"-l {o[2:]}" if o.startswith("--") else f"-s {o[1:]}" for o in action.option_strings]
        if names:
            value = " -r" if action.nargs != 0 else ""
            yield f"complete -c {PROGRAM} -n '{seen}' {' '.join(names)}{value} -d {_quoted(action.help or '')}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("%%", "%")
    return f"'{escaped}'"


def main(folder: Path) -> None:
    """Write all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{PROGRAM}.1").write_text(man_page(), "utf-8")
    (folder / f"{PROGRAM}.bash").write_text(shtab.complete(whole_parser(), "bash"), "utf-8")
    (folder / f"_{PROGRAM}").write_text(shtab.complete(whole_parser(), "zsh"), "utf-8")
    (folder / f"{PROGRAM}.fish").write_text("\n".join(dict.fromkeys(fish())) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
