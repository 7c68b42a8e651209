"""``--allow`` and ``--agree``: what a collection from elsewhere may use, in every command that sends its requests."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from workbench.cli.command import wrong_usage
from workbench.cli.tls_options import AppendWords, listed
from workbench.core.i18n import _
from workbench.core.want import Thing

if TYPE_CHECKING:
    from workbench.core.exchange import Failure
    from workbench.core.request import Request
    from workbench.core.workspace import Consent

ALL = "all"
_THINGS = {thing.value: thing for thing in Thing}


def add_agreement_options(parser: ArgumentParser) -> None:
    """Add ``--allow`` and ``--agree``."""
    group = parser.add_argument_group(_("what a collection from elsewhere may use"))
    group.add_argument(
        "--allow",
        metavar="THING",
        nargs="+",
        action=AppendWords,
        help=_("allow these for this call: {things}").format(things=", ".join((*_THINGS, ALL))),
    )
    group.add_argument(
        "--agree", action="store_true", help=_("remember what --allow names, for the hosts of this call")
    )


def uses_agreement_options(args: Namespace) -> bool:
    """Whether any of them is given."""
    return bool(args.agree or any(name == "allow" for name, _words in args.lists))


def consent(args: Namespace, own: Iterable[tuple[Thing, str]], adjust: "Callable[[Request], Request]") -> "Consent":
    """What the options agree to; ``own`` and ``adjust`` are what others of them choose. Raises ``InvalidInput``."""
    from workbench.core.workspace import Consent

    words = listed(args, "allow")
    if unknown := [word for word in words if word not in _THINGS and word != ALL]:
        wrong_usage(
            args,
            _("“{word}” is not something to allow; use {things}").format(
                word=unknown[0], things=", ".join((*_THINGS, ALL))
            ),
        )
    if args.agree and not words:
        wrong_usage(args, _("--agree remembers what --allow names, but nothing is named"))
    things = frozenset(Thing) if ALL in words else frozenset(_THINGS[word] for word in words)
    return Consent(frozenset(own), things, keep=args.agree, adjust=adjust)


def advice(failure: "Failure") -> str:
    """The options that would allow what ``failure`` says is missing."""
    things = " ".join(dict.fromkeys(want.thing.value for want in failure.wants))
    return _("If you agree, add: --allow {things} (and --agree to remember it).").format(things=things)
