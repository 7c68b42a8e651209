"""What to talk to, as people type it: ``[METHOD] URL``, a saved request's file, and ``HOST[:PORT]``."""

from collections.abc import Sequence
from ipaddress import IPv6Address
from pathlib import Path

from workbench.cli.command import invalid
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.url import DEFAULT_PORTS

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY")
HTTPS_PORT = DEFAULT_PORTS["https"]
_SUFFIXES = (".yml", ".yaml", ".bru")


def method_and_url(words: Sequence[str], *, default: str) -> tuple[str, str]:
    """``URL`` or ``METHOD URL``; a URL without a scheme means https. Raises ``InvalidInput``."""
    if len(words) == 1 and words[0] not in METHODS:
        return default, _with_scheme(words[0])
    if len(words) == 2:
        method, url = words
        return method.upper() if method.upper() in METHODS else method, _with_scheme(url)
    if len(words) < 2:
        raise invalid(_("The URL is missing."), detail=_("A request needs a URL: send [METHOD] URL."))
    raise invalid(
        _("Give one method and one URL."),
        detail=_("Got {count} arguments: {words}").format(count=len(words), words=" ".join(words)),
        hint=_("Put quotes around anything that contains spaces. Options may come before or after."),
    )


def is_saved(words: Sequence[str]) -> bool:
    """Whether the words of ``[METHOD] URL`` name a file instead: one that is there, or nothing that could be a host."""
    name = words[-1] if words else ""
    if not name.endswith(_SUFFIXES) or has_scheme(name):
        return False
    first, slash, _rest = name.partition("/")
    return Path(name).is_file() or name.startswith((".", "/", "~")) or not slash or "." not in first


def origin_url(target: str) -> str:
    """The https URL of ``HOST``, ``HOST:PORT``, ``[IPV6]:PORT``, a bare IPv6 address or a URL."""
    if has_scheme(target):
        return target
    host, port = host_and_port(target.removesuffix("/"))
    return f"https://{f'[{host}]' if ':' in host else host}:{port}/"


def host_and_port(target: str, default: int | None = HTTPS_PORT) -> tuple[str, int]:
    """``HOST[:PORT]``; without ``default`` the port is required. Raises ``InvalidInput``."""
    if _is_ipv6(target):
        host, port = target, ""
    elif target.startswith("["):
        host, bracket, rest = target[1:].partition("]")
        if not bracket or not _is_ipv6(host) or rest[:1] not in ("", ":"):
            raise _unusable(target, _("An IPv6 address needs square brackets: [::1]:8443."))
        port = rest[1:]
    else:
        host, _colon, port = target.partition(":")
    if not host or set(host) & set(" /?#@\t\r\n"):
        raise _unusable(target, _("The host is a name or an address, such as localhost:8443."))
    if not port and default is not None and not target.endswith(":"):
        return host, default
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        raise _unusable(target, _("The port is a number from 1 to 65535 after a colon."))
    return host, int(port)


def has_scheme(text: str) -> bool:
    """Whether ``text`` begins like a URL with a scheme (RFC 3986 3.1)."""
    scheme, separator, _rest = text.partition("://")
    return bool(separator) and scheme[:1].isalpha() and all(c.isalnum() or c in "+-." for c in scheme)


def _with_scheme(url: str) -> str:
    return url if has_scheme(url) else f"https://{url}"


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True


def _unusable(target: str, hint: str) -> InvalidInput:
    return InvalidInput(_("“{target}” is not HOST:PORT.").format(target=target), hint=hint)
