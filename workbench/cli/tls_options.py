"""The TLS options that ``send`` and ``inspect`` share, and the policy they make."""

import re
from argparse import Action, ArgumentParser, ArgumentTypeError, Namespace
from base64 import b64decode
from collections.abc import Sequence

from workbench.cli.command import invalid
from workbench.cli.passwords import add_password_options
from workbench.cli.targets import METHODS, has_scheme, host_and_port
from workbench.core.i18n import _
from workbench.core.tls.policy import TLSPolicy, Version

NONE = "none"
_SHA256 = re.compile(r"[0-9a-f]{64}")


def add_tls_options(parser: ArgumentParser) -> None:
    """Add every TLS option to ``parser``."""
    _add_identity(parser)
    _add_trust(parser)
    _add_policy(parser)
    _add_connection(parser)


def policy(args: Namespace) -> TLSPolicy:
    """The policy that the options describe. Raises ``InvalidInput`` when they contradict each other."""
    minimum = args.tls_min or min(Version.TLS1_2, args.tls_max or Version.TLS1_2, key=_number)
    maximum = args.tls_max or Version.TLS1_3
    if _number(minimum) > _number(maximum):
        raise invalid(
            _("No TLS version is left: --tls-min {minimum} is above --tls-max {maximum}.").format(
                minimum=minimum, maximum=maximum
            )
        )
    return TLSPolicy(
        minimum=minimum,
        maximum=maximum,
        ciphers=args.ciphers,
        suites=args.suites,
        groups=args.groups,
        sni="" if args.sni == NONE else args.sni,
        verify=not args.insecure,
        pin=args.pin,
        resume=not args.no_reuse,
    )


def connect_to(args: Namespace) -> str | None:
    """``--connect-to``, checked. Raises ``InvalidInput``."""
    if args.connect_to is not None:
        host_and_port(args.connect_to, default=None)
    target: str | None = args.connect_to
    return target


def listed(args: Namespace, option: str) -> tuple[str, ...]:
    """Everything that ``--trust`` or ``--cacert`` was given, in order and once."""
    return tuple(dict.fromkeys(word for name, words in args.lists if name == option for word in words))


def positionals(args: Namespace) -> list[str]:
    """The words of ``args.target``, with those that ``--trust`` or ``--cacert`` took though they were meant for it.

    ``send --trust lab https://host/`` reads naturally, though to argparse a list option owns all that follows.
    """
    found = list(args.target)
    for _option, words in args.lists:
        _move(words, next((place for place, word in enumerate(words) if has_scheme(word)), len(words)), found)
    if args.lists and not any(word not in METHODS for word in found):
        _move(args.lists[-1][1], len(args.lists[-1][1]) - 1, found)
    return found


def _move(words: list[str], start: int, found: list[str]) -> None:
    if start > 1 and words[start - 1] in METHODS:
        start -= 1
    if start > 0:  # the first one is the option's own
        found += words[start:]
        del words[start:]


def thumbprint(text: str) -> str:
    """A SHA-256 as lower-case hex, from hex with or without colons, or curl's ``sha256//`` and Base64."""
    if text.startswith("sha256//"):
        try:
            text = b64decode(text.removeprefix("sha256//"), validate=True).hex()
        except ValueError:
            text = ""
    plain = text.lower().removeprefix("sha256:").replace(":", "").replace(" ", "")
    if not _SHA256.fullmatch(plain):
        raise ArgumentTypeError(_("a SHA-256 thumbprint is 64 hexadecimal digits"))
    return plain


class AppendWords(Action):
    """An option with a list, which may be repeated; ``listed`` and ``positionals`` know of it."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[str] | None,
        option: str | None = None,
    ) -> None:
        """Keep the words, with those of the same option before."""
        namespace.lists.append((self.dest, list(values or ())))


def _add_identity(parser: ArgumentParser) -> None:
    group = parser.add_argument_group(_("client identity"))
    group.add_argument("--identity", metavar="NAME", help=_("a stored identity, or “none” (the default)"))
    group.add_argument("--cert", metavar="FILE", help=_("certificate and chain from a file, for this call only"))
    group.add_argument("--key", metavar="FILE", help=_("private key from a file; default: the --cert file"))
    group.add_argument("--pkcs12", metavar="FILE", help=_("key, certificate and chain from a PKCS#12 file"))
    add_password_options(group, _("the private key's password"))


def _add_trust(parser: ArgumentParser) -> None:
    group = parser.add_argument_group(_("server verification"))
    for option, metavar, text in (
        ("--trust", "NAME", _("trust bundles by name (default: system); also mozilla, or a stored bundle")),
        ("--cacert", "FILE", _("CA certificates from files, for this call only; replaces the default too")),
    ):
        group.add_argument(option, metavar=metavar, nargs="+", action=AppendWords, help=text)
    parser.set_defaults(lists=[])
    group.add_argument("--insecure", action="store_true", help=_("continue even if the server cannot be verified"))
    group.add_argument(
        "--pin",
        metavar="SHA256",
        type=thumbprint,
        help=_("SHA-256 thumbprint of the server's certificate or public key"),
    )


def _add_policy(parser: ArgumentParser) -> None:
    group = parser.add_argument_group(_("TLS protocol"))
    group.add_argument("--tls-min", metavar="VERSION", type=_version, help=_("1.0, 1.1, 1.2 (default) or 1.3"))
    group.add_argument("--tls-max", metavar="VERSION", type=_version, help=_("1.0, 1.1, 1.2 or 1.3 (default)"))
    group.add_argument("--ciphers", metavar="LIST", help=_("OpenSSL cipher list for TLS 1.2 and older"))
    group.add_argument("--suites", metavar="LIST", help=_("TLS 1.3 suites, such as TLS_AES_128_GCM_SHA256"))
    group.add_argument("--groups", metavar="LIST", help=_("key exchange groups, such as x25519:secp256r1"))


def _add_connection(parser: ArgumentParser) -> None:
    group = parser.add_argument_group(_("connection"))
    group.add_argument("--sni", metavar="NAME", help=_("server name (SNI) to send instead of the host, or “none”"))
    group.add_argument(
        "--connect-to",
        metavar="HOST:PORT",
        help=_("connect to this address; TLS and HTTP still use the host of the URL"),
    )
    group.add_argument("--no-reuse", action="store_true", help=_("use a new connection and a full handshake each time"))


def _version(text: str) -> Version:
    try:
        return Version.parse(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


def _number(version: Version) -> int:
    return version.value
