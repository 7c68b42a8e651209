"""``send``: its arguments. What it does is in ``sending``, which is loaded when there is something to send."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from workbench.cli.agreeing import add_agreement_options
from workbench.cli.command import Command
from workbench.cli.recording import add_recording_options
from workbench.cli.request import add_network_options, add_request_options
from workbench.cli.tls_options import add_tls_options
from workbench.core.i18n import _


def _run(args: Namespace) -> int:
    from workbench.cli.sending import run

    return run(args)


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "target",
        metavar="[METHOD] URL|FILE",
        nargs="*",
        help=_("default: GET, or POST with a body; FILE is a saved request, .yml or .bru"),
    )
    parser.add_argument("--env", metavar="NAME", help=_("environment of the saved request's collection"))
    add_request_options(parser)
    add_network_options(parser)
    add_tls_options(parser)
    add_recording_options(parser)
    add_agreement_options(parser)
    group = parser.add_argument_group(_("what to do with the response"))
    group.add_argument("-o", "--output", metavar="FILE", help=_("write the body to FILE"))
    group.add_argument(
        "--max-size",
        metavar="MB",
        type=_count,
        help=_("largest body to read; default: 2000, with --json 64"),
    )
    group.add_argument("--repeat", metavar="N", type=_count, help=_("send N times over the same connections"))


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ArgumentTypeError(_("“{text}” is not a positive whole number").format(text=text))
    return int(text)


SEND = Command(
    run=_run,
    configure=_configure,
    usage="[METHOD] URL|FILE [options]",
    description=_(
        "The body goes to stdout, unchanged unless stdout is a terminal; everything else goes "
        "to stderr.\n"
        "A URL without a scheme uses https. A saved request takes its settings from its "
        "folders and environment;\n"
        "options override them."
    ),
    examples=(
        "send https://example.com/",
        "send https://localhost:8443/ --identity alice --trust lab",
        "send POST api.example.com/order/update -H 'X-Trace: 1' --json-body @order.json --cacert ca.pem",
        "send https://localhost:8443/ --pkcs12 client.p12 --password-env P12_PASSWORD --json",
        "send https://api.example.com/me --bearer-env API_TOKEN",
        "send payments/health.yml --env staging --allow identity",
        "send -F file=@scan.pdf -F note=urgent https://example.com/upload --repeat 3",
    ),
)
