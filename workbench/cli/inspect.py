"""``inspect``: its arguments. What it does is in ``inspecting``, which is loaded when there is a server to look at."""

from argparse import ArgumentParser, Namespace

from workbench.cli.command import Command
from workbench.cli.recording import add_recording_options
from workbench.cli.request import add_network_options
from workbench.cli.tls_options import add_tls_options
from workbench.core.i18n import _


def _run(args: Namespace) -> int:
    from workbench.cli.inspecting import run

    return run(args)


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "target", metavar="HOST[:PORT]", nargs="*", help=_("the port is 443 unless given; IPv6: [::1]:8443")
    )
    parser.add_argument("--check", action="store_true", help=_("exit with status 1 if a check fails"))
    parser.add_argument(
        "--quick", action="store_true", help=_("do not try which versions, cipher suites and groups are accepted")
    )
    parser.add_argument(
        "--no-http", action="store_true", help=_("send no HEAD request to learn whether the identity is accepted")
    )
    add_network_options(parser)
    add_tls_options(parser)
    add_recording_options(parser)


INSPECT = Command(
    run=_run,
    configure=_configure,
    usage="HOST[:PORT] [options]",
    description=_(
        "Performs a handshake without an identity, and another with the identity you choose. Shows whether a\n"
        "client certificate is required, optional or never asked for, which CAs and signature algorithms the\n"
        "server accepts, which stored identities fit, which versions, cipher suites and groups it takes, and\n"
        "what each trust bundle makes of its chain."
    ),
    examples=(
        "inspect example.com",
        "inspect localhost:8443 --identity alice --trust lab",
        "inspect [::1]:8443 --cacert ca.pem --check",
        "inspect api.example.com --pkcs12 client.p12 --check --json",
    ),
)
