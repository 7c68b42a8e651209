"""``lab``: its arguments. What it does is in ``running_lab``."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from workbench.cli.command import Command
from workbench.core.i18n import _


def _run(args: Namespace) -> int:
    from workbench.cli.running_lab import run

    return run(args)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65_536):
        raise ArgumentTypeError(_("“{text}” is not a port number").format(text=text))
    return int(text)


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--port", metavar="N", type=_port, default=0, help=_("port of the mutual TLS server; default: any free port")
    )
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--keep", action="store_true", help=_("leave the CA, identities and trust bundle in the store"))
    action.add_argument(
        "--print", action="store_true", help=_("list what the lab has and exit, without storing anything")
    )
    action.add_argument(
        "--send", action="store_true", help=_("send one request to the mutual TLS server as alice, and exit")
    )


LAB = Command(
    run=_run,
    configure=_configure,
    description=_(
        "Runs until Ctrl-C. Until then its identities and its CA are in the store, so that you "
        "can use them by\n"
        "name from another terminal and from the window. They are removed when it ends; with "
        "--keep they stay,\n"
        "and every later lab uses the same CA. With --json, the document is printed once all "
        "servers are ready,\n"
        "and they keep running."
    ),
    examples=("lab", "lab --port 8443", "lab --keep", "lab --json", "lab --print", "lab --send"),
)
