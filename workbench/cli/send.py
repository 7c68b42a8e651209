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
        help=_("GET unless there is a body, then POST; FILE is a saved request, .yml or .bru"),
    )
    parser.add_argument("--env", metavar="NAME", help=_("the environment of a saved request's collection"))
    add_request_options(parser)
    add_network_options(parser)
    add_tls_options(parser)
    add_recording_options(parser)
    add_agreement_options(parser)
    group = parser.add_argument_group(_("what to do with it"))
    group.add_argument("-o", "--output", metavar="FILE", help=_("write the body to FILE"))
    group.add_argument(
        "--max-size",
        metavar="MB",
        type=_count,
        help=_("read no body larger than this; default: 2000, and 64 where it stands in --json"),
    )
    group.add_argument("--repeat", metavar="N", type=_count, help=_("send N times over the same connections"))


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ArgumentTypeError(_("“{text}” is not a whole number above 0").format(text=text))
    return int(text)


SEND = Command(
    run=_run,
    configure=_configure,
    usage="[METHOD] URL|FILE [options]",
    description=_(
        "The body goes to stdout, byte for byte unless stdout is a terminal; everything else to stderr.\n"
        "A URL without a scheme means https. A saved request goes as its folders and environment say; options override."
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
