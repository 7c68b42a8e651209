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
    parser.add_argument("--port", metavar="N", type=_port, default=0, help=_("port of the mutual server; default: any"))
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--keep", action="store_true", help=_("leave authority, identities and bundle in the store"))
    action.add_argument("--print", action="store_true", help=_("say what there is and end, without storing anything"))
    action.add_argument(
        "--send", action="store_true", help=_("send one request to the mutual server as alice, and end")
    )


LAB = Command(
    run=_run,
    configure=_configure,
    description=_(
        "Runs until Ctrl-C. Meanwhile its identities and its authority are in the store, so that another\n"
        "terminal and the window can use them by name; nothing of it stays behind, unless --keep says so: then\n"
        "every later lab issues from the same authority. With --json the document\n"
        "is printed as soon as all servers answer, and they go on answering."
    ),
    examples=("lab", "lab --port 8443", "lab --keep", "lab --json", "lab --print", "lab --send"),
)
