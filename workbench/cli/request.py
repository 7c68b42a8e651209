"""The options of a request, and the ``Request`` that they describe."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace, _ActionsContainer
from base64 import b64encode
from dataclasses import replace

from workbench.cli.bodies import add_body_options, content
from workbench.cli.command import invalid
from workbench.cli.passwords import ask, can_ask, given_secret
from workbench.cli.tls_options import NONE, connect_to, policy
from workbench.core.i18n import _
from workbench.core.request import LARGEST_RESPONSE, Request, Timeouts
from workbench.core.url import parse

_MEGABYTE = 1_000_000
_LARGEST_IN_JSON = 64 * _MEGABYTE


def add_request_options(parser: ArgumentParser) -> None:
    """Add headers, authentication, HTTP version and the body."""
    group = parser.add_argument_group(_("request"))
    group.add_argument("-H", "--header", metavar="'NAME: VALUE'", action="append", default=[], help=_("a header field"))
    _add_login_options(group.add_mutually_exclusive_group())
    group.add_argument("--http", choices=("1.1", "2"), help=_("HTTP version; default: negotiated with the server"))
    group.add_argument(
        "--follow",
        action="store_true",
        help=_("follow redirects; identity and secrets are decided again for each origin"),
    )
    group.add_argument(
        "--body-to",
        metavar="ORIGIN",
        action="append",
        default=[],
        help=_("let --follow send the body to this other origin too, such as https://files.example.com"),
    )
    add_body_options(parser)


def _add_login_options(group: _ActionsContainer) -> None:
    group.add_argument(
        "-u",
        "--user",
        metavar="USER[:PASS]",
        help=_("Basic authentication; leave out PASS to be asked for it: other processes can read arguments"),
    )
    group.add_argument("--user-env", metavar="VAR", help=_("read USER:PASS from this environment variable"))
    group.add_argument("--user-file", metavar="FILE", help=_("read USER:PASS from the first line of FILE"))
    group.add_argument(
        "--bearer", metavar="TOKEN", help=_("bearer token; other processes on this computer can read arguments")
    )
    group.add_argument(
        "--bearer-env", metavar="VAR", help=_("read the token from this environment variable: safer than --bearer")
    )
    group.add_argument("--bearer-file", metavar="FILE", help=_("read the token from the first line of FILE"))


def add_network_options(parser: ArgumentParser) -> None:
    """Add ``--timeout`` and ``--proxy``."""
    group = parser.add_argument_group(_("network"))
    group.add_argument("--timeout", metavar="SECONDS", type=seconds, help=_("overall time limit, also for each phase"))
    group.add_argument(
        "--proxy",
        metavar="URL",
        help=_("http, https, socks5 or socks5h proxy, or “none”; default: from the environment"),
    )


def seconds(text: str) -> float:
    """A positive number of seconds."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise ArgumentTypeError(_("“{text}” is not a positive number of seconds").format(text=text))
    return value


def default_method(args: Namespace) -> str:
    """``POST`` for a request with a body, else ``GET``."""
    return "GET" if args.data is args.json_body is args.form is None else "POST"


def connection_request(args: Namespace, request: Request) -> Request:
    """``request`` with the policy and the connection that the options describe. Raises ``InvalidInput``."""
    return replace(
        request,
        policy=policy(args),
        connect_to=connect_to(args),
        reuse=not args.no_reuse,
        timeouts=Timeouts() if args.timeout is None else Timeouts(*[args.timeout] * 5),
        proxy="" if args.proxy == NONE else args.proxy,
    )


def http_request(args: Namespace, request: Request) -> Request:
    """``request`` with headers and body as well. Raises ``InvalidInput``."""
    headers = [_header(text) for text in args.header]
    user, bearer = _login(args, "user"), _login(args, "bearer")
    if user is not None:
        headers.append(("Authorization", f"Basic {_credentials(user)}"))
    if bearer is not None:
        headers.append(("Authorization", f"Bearer {bearer}"))
    body = content(args)
    if body is not None and not any(name.lower() == "content-type" for name, _value in headers):
        headers.append(("Content-Type", body.media_type))
    return replace(
        connection_request(args, request),
        headers=tuple(headers),
        body=b"" if body is None else body.body,
        http_version=args.http,
        follow_redirects=args.follow,
        body_origins=tuple(parse(origin).site for origin in args.body_to),
        largest_response=_largest(args),
    )


def _largest(args: Namespace) -> int:
    """Bytes of the largest body to read: less where it is to stand in a JSON document, which readers hold whole."""
    if args.max_size is not None:
        return int(args.max_size) * _MEGABYTE
    return _LARGEST_IN_JSON if args.json and args.output is None else LARGEST_RESPONSE


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon or not name.strip():
        raise invalid(_("A header must be 'Name: value'."), detail=_("Not valid: {text}").format(text=text))
    return name.strip(), value.strip(" \t")


def _login(args: Namespace, name: str) -> str | None:
    given: str | None = getattr(args, name)
    return given if given is not None else given_secret(args, name)


def _credentials(user: str) -> str:
    name, colon, password = user.partition(":")
    if not colon and can_ask():
        password = ask(_("Password of {user}:").format(user=name))
    return b64encode(f"{name}:{password}".encode()).decode("ascii")
