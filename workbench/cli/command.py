"""What a command module gives: ``Command``, and the options that every command has."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from workbench.core.errors import InvalidInput
from workbench.core.i18n import _

PROGRAM = "mtls-workbench"

# Exit statuses, the same for every command.
DONE, CHECK_FAILED, UNUSABLE, NO_RESPONSE, INTERRUPTED = 0, 1, 2, 3, 130


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its arguments and what it does with them; ``run`` returns the exit status.

    ``examples`` are lines to type, without the program's name. ``usage`` replaces the part after the
    command's own words where argparse would say it badly.
    """

    run: Callable[[Namespace], int]
    configure: Callable[[ArgumentParser], None]
    examples: tuple[str, ...]
    description: str = ""
    usage: str = ""


def parser_of(words: str, summary: str, command: Command) -> ArgumentParser:
    """What the command named ``words`` understands: help, man page and completions derive from it."""
    prog = f"{PROGRAM} {words}"
    parser = ArgumentParser(
        prog=prog,
        usage=f"{prog} {command.usage}" if command.usage else None,
        description=f"{summary}\n\n{command.description}".strip(),
        epilog=_("examples:") + "".join(f"\n  {PROGRAM} {example}" for example in command.examples),
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.configure(parser)
    _add_common(parser)
    return parser


def parse(words: str, summary: str, command: Command, arguments: list[str]) -> Namespace:
    """Parse ``arguments`` of the command named ``words``; wrong usage raises ``SystemExit(2)``."""
    parser = parser_of(words, summary, command)
    namespace = parser.parse_intermixed_args(arguments)
    namespace.parser = parser
    return namespace


def wrong_usage(args: Namespace, message: str) -> NoReturn:
    """Say what is wrong with the arguments together and leave with exit status 2."""
    parser: ArgumentParser = args.parser
    parser.error(message)


def invalid(title: str, *, detail: str = "", hint: str = "") -> InvalidInput:
    """An ``InvalidInput`` whose default hint points at the command's help."""
    return InvalidInput(title, detail=detail, hint=hint or _("--help shows examples."))


def _add_common(parser: ArgumentParser) -> None:
    group = parser.add_argument_group(_("output"))
    group.add_argument("--json", action="store_true", help=_("one JSON document on stdout, nothing else there"))
    group.add_argument("--quiet", action="store_true", help=_("on stderr, errors only"))
    group.add_argument("--verbose", action="store_true", help=_("on stderr, everything that is known"))
