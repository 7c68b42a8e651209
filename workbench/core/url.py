"""URLs as HTTP uses them (RFC 3986, RFC 9110 4.2): parsed, checked, and made safe for the wire."""

import ipaddress
import re
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote, urljoin, urlsplit

from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.tls.names import ascii_host, is_address

DEFAULT_PORTS = {"http": 80, "https": 443}
_PATH_SAFE = "/:@!$&'()*+,;=-._~%"
_QUERY_SAFE = _PATH_SAFE + "?[]|{}"
_USERINFO = re.compile(r"^((?:[A-Za-z][A-Za-z0-9+.-]*:)?//)?[^/?#]*@")
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class URL:
    """A checked http or https URL. ``host`` is ASCII (A-labels, no brackets), ``target`` path and query as sent."""

    scheme: str
    host: str
    port: int
    target: str
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: what an identity is meant for (RFC 6454 4)."""
        return self.scheme, self.host, self.port

    @property
    def site(self) -> str:
        """The origin as text, such as ``https://example.com:8443`` (RFC 6454 6.2)."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Host and, where it is not the scheme's own, port: the Host header's value (RFC 9110 7.2)."""
        name = self.host.partition("%")[0]  # a zone means nothing to anybody else (RFC 6874 1)
        host = f"[{name}]" if ":" in name else name
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        """The URL without user and password, which nothing may show."""
        return f"{self.site}{self.target}"


def is_loopback(host: str) -> bool:
    """Whether ``host``, as in ``URL``, is this computer by definition.

    RFC 6761 6.3, RFC 1122 3.2.1.3, RFC 4291 2.5.3; what the name "localhost" resolves to is not asked.
    """
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


class InvalidURL(InvalidInput):
    """A text that is no URL; ``reason`` says why in one sentence, without quoting more of it than a word."""

    def __init__(self, text: str, reason: str) -> None:
        shown = _guarded(text)
        shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
        super().__init__(
            _("The URL cannot be used."),
            detail=f"{reason} — {shown}" if shown else reason,
            hint=_("Write it like https://example.com:8443/path."),
        )
        self.reason = reason


def parse(text: str) -> URL:
    """Read a URL; without a scheme it is https. Raises ``InvalidURL`` that says what is wrong where."""
    text = text.strip()
    if not text:
        raise InvalidURL(text, _("The URL is empty."))
    bad = next((c for c in text if ord(c) < 0x20 or ord(c) == 0x7F or 0xD800 <= ord(c) <= 0xDFFF), None)
    if bad is not None:
        raise InvalidURL(
            text,
            _("It contains U+{code:04X} at position {n}, which is not allowed in a URL.").format(
                code=ord(bad), n=text.index(bad) + 1
            ),
        )
    if "://" not in text:
        text = "https://" + text
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # its words may quote a password
        raise InvalidURL(text, _("Its host or port is not valid.")) from None
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        raise InvalidURL(text, _("The scheme must be http or https, not “{scheme}”.").format(scheme=parts.scheme))
    if port == 0:
        raise InvalidURL(text, _("Port 0 is not valid."))
    if "\\" in parts.netloc:  # browsers read it as a slash: whoever wrote it may have meant another host
        raise InvalidURL(text, _("“{char}” is not allowed in a host name.").format(char="\\"))
    _check_host(text, host)
    host = ascii_host(host.replace("%25", "%") if is_address(host) else host)
    if not host:
        raise InvalidURL(text, _("It has no host."))
    path = quote(parts.path or "/", safe=_PATH_SAFE)
    query = "?" + quote(parts.query, safe=_QUERY_SAFE) if parts.query else ""
    return URL(
        scheme=scheme,
        host=host,
        port=port or DEFAULT_PORTS[scheme],
        target=path + query,
        user=unquote(parts.username) if parts.username is not None else None,
        password=unquote(parts.password) if parts.password is not None else None,
    )


def join(base: URL, location: str) -> URL:
    """Where a Location header leads from ``base`` (RFC 9110 10.2.2); user and password stay with their origin.

    Raises ``InvalidURL``.
    """
    try:
        absolute = urljoin(str(base), location.strip())
    except ValueError:  # a bracket without its other one; the words may quote a password
        raise InvalidURL(location, _("Its host or port is not valid.")) from None
    target = parse(absolute)
    # What is written of an address leaves its zone out.
    if target.scheme == base.scheme and target.authority == base.authority:
        target = replace(target, host=base.host)
        if target.user is None:
            target = replace(target, user=base.user, password=base.password)
    return target


def masked(text: str) -> str:
    """A URL as it was typed, readable or not, without its user and password."""
    try:
        parse(text)
    except InvalidInput:
        return _guarded(text.strip())
    return _USERINFO.sub(r"\1", text.strip(), count=1)


def split_authority(text: str, default_port: int) -> tuple[str, int]:
    """``host``, ``host:port``, ``[::1]:port`` or a bare IPv6 address. Raises ``InvalidInput``."""
    if is_address(text):
        return text, default_port
    url = parse(f"https://{text}")
    explicit = text.rpartition(":")[2].isdigit() and not text.endswith("]")
    return url.host, url.port if explicit else default_port


def _check_host(text: str, host: str) -> None:
    if not host:
        raise InvalidURL(text, _("It has no host."))
    bad = next((c for c in host if c in ' "<>\\^`{|}%' and not is_address(host)), None)
    if bad is not None:
        raise InvalidURL(text, _("“{char}” is not allowed in a host name.").format(char=bad))


def _guarded(text: str) -> str:
    # In what is no URL a password may hold a slash too: nothing before the last @ is shown.
    text = text.encode("utf-8", "backslashreplace").decode()
    before, at, after = text.rpartition("@")
    scheme, mark, _rest = before.partition("://")
    return (f"{scheme}://…@{after}" if mark else f"…@{after}") if at else after
