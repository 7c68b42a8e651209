"""What a command module gives: ``Command``, and the options that every command has."""

import textwrap
from argparse import ArgumentParser, HelpFormatter, Namespace
from collections.abc import Callable, Sequence
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


class _Formatter(HelpFormatter):
    """Fills paragraphs to the width of the terminal; indented lines, such as examples, stay as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        paragraphs = (part if "\n " in part else textwrap.fill(part, width) for part in text.split("\n\n"))
        return textwrap.indent("\n\n".join(paragraphs), indent)


class _Parser(ArgumentParser):
    """Raises ``InvalidInput`` where argparse would print and leave: wrong usage is told as everything else is."""

    def error(self, message: str) -> NoReturn:
        """Raise ``InvalidInput`` with argparse's ``message`` as a sentence."""
        raise InvalidInput(
            f"{message[:1].upper()}{message[1:].rstrip('.')}.",
            hint=_("See {prog} --help.").format(prog=self.prog),
        )

    def refuse(self, words: Sequence[str]) -> NoReturn:
        """Raise ``InvalidInput`` for ``words`` that nothing was done with."""
        unknown = next((word.partition("=")[0] for word in words if word.startswith("-")), None)
        if unknown is None:
            self.error(_("unexpected argument: “{words}”").format(words=" ".join(words)))
        from difflib import get_close_matches

        near = get_close_matches(unknown, self._option_string_actions, n=1)
        if not near:
            self.error(_("unknown option “{word}”").format(word=unknown))
        raise InvalidInput(
            _("Unknown option “{word}”.").format(word=unknown),
            hint=_("Did you mean “{word}”?").format(word=near[0]),
        )


def parser_of(words: str, summary: str, command: Command) -> _Parser:
    """What the command named ``words`` understands: help, man page and completions derive from it."""
    prog = f"{PROGRAM} {words}"
    parser = _Parser(
        prog=prog,
        usage=f"{prog} {command.usage}" if command.usage else None,
        description=f"{summary}\n\n{command.description}".strip(),
        epilog=_("examples:") + "".join(f"\n  {PROGRAM} {example}" for example in command.examples),
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    command.configure(parser)
    _add_common(parser)
    return parser


def parse(words: str, summary: str, command: Command, arguments: list[str]) -> Namespace:
    """Parse ``arguments`` of the command named ``words``; wrong usage raises ``InvalidInput``."""
    parser = parser_of(words, summary, command)
    # Words may stand between options, but of an intermixed "--" argparse forgets what it said.
    read = parser.parse_known_args if "--" in arguments else parser.parse_known_intermixed_args
    namespace, rest = read(arguments)
    if rest:
        parser.refuse(rest)
    namespace.parser = parser
    return namespace


def wrong_usage(args: Namespace, message: str) -> NoReturn:
    """Raise ``InvalidInput`` saying what is wrong with the arguments together."""
    parser: ArgumentParser = args.parser
    parser.error(message)


def invalid(title: str, *, detail: str = "", hint: str = "") -> InvalidInput:
    """An ``InvalidInput`` whose default hint points at the command's help."""
    return InvalidInput(title, detail=detail, hint=hint or _("See --help for examples."))


def _add_common(parser: ArgumentParser) -> None:
    group = parser.add_argument_group(_("output"))
    group.add_argument("--json", action="store_true", help=_("print one JSON document on stdout and nothing else"))
    group.add_argument("--quiet", action="store_true", help=_("print only errors on stderr"))
    group.add_argument("--verbose", action="store_true", help=_("print all details on stderr"))
