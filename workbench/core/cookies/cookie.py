"""One cookie, and the ``Set-Cookie`` header field that makes it (RFC 6265 5.2, and what rfc6265bis made clearer)."""

import functools
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from workbench.core.tls.names import is_address
from workbench.core.url import URL, is_loopback

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

NAME_AND_VALUE = 4096
"""Bytes that name and value may take together."""
_ATTRIBUTE = 1024
_LIFE = timedelta(days=400)  # rfc6265bis 5.5: longer is cut to this
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_SAME_SITE = {"strict": "Strict", "lax": "Lax", "none": "None"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DELIMITERS = re.compile(r"[\x09\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+")
_SECONDS = re.compile(r"-?\d+")
_TIME = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\D.*)?")
_DAY = re.compile(r"(\d{1,2})(?:\D.*)?")
_YEAR = re.compile(r"(\d{2,4})(?:\D.*)?")


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie as the jar keeps it; its value may be as good as a password.

    ``domain`` is a host name in lower case without a leading dot. With ``host_only`` the cookie goes to that host
    and to no name below it. ``expires`` None is a session cookie. ``same_site`` is ``Strict``, ``Lax``,
    ``None`` or empty; it is kept to be seen, since every request here is the person's own. Times are UTC.
    """

    name: str
    value: str = field(repr=False)
    domain: str
    path: str = "/"
    host_only: bool = True
    secure: bool = False
    http_only: bool = False
    same_site: str = ""
    expires: datetime | None = None
    created: datetime = datetime.fromtimestamp(0, UTC)

    @property
    def key(self) -> tuple[str, str, str]:
        """What no two cookies of a jar have in common (RFC 6265 5.3): domain, path and name."""
        return self.domain, self.path, self.name

    def expired(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.expires is not None and self.expires <= now

    def meant_for(self, url: URL) -> bool:
        """Whether it goes with a request to ``url`` (RFC 6265 5.4), its time set aside."""
        host_fits = url.host == self.domain if self.host_only else domain_matches(url.host, self.domain)
        return host_fits and path_matches(url.target.partition("?")[0], self.path) and (not self.secure or is_safe(url))


def read(line: str, url: URL, now: datetime) -> Cookie | None:
    """The cookie that a ``Set-Cookie`` field from ``url`` makes, expired for one to be deleted; None when refused."""
    if _CONTROL.search(line):
        return None
    pair, *rest = line.split(";")
    name, sign, value = pair.partition("=")
    name, value = (name.strip(), value.strip()) if sign else ("", name.strip())
    if not (name or value) or len(f"{name}{value}".encode()) > NAME_AND_VALUE:
        return None
    attributes = _attributes(rest)
    domain = attributes.get("domain", "").removeprefix(".").lower()
    if domain and not _may_set(url.host, domain):
        return None
    host_only = not domain or (domain == url.host and (is_address(domain) or is_suffix(domain)))
    path = attributes.get("path", "")
    cookie = Cookie(
        name=name,
        value=value,
        domain=domain or url.host,
        path=path if path.startswith("/") else default_path(url.target),
        host_only=host_only,
        secure="secure" in attributes,
        http_only="httponly" in attributes,
        same_site=_SAME_SITE.get(attributes.get("samesite", "").lower(), ""),
        expires=_expiry(attributes, now),
        created=now,
    )
    return cookie if _is_allowed(cookie, url) else None


def domain_matches(host: str, domain: str) -> bool:
    """Whether ``host`` is ``domain`` or a name below it (RFC 6265 5.1.3)."""
    return host == domain or (host.endswith(f".{domain}") and not is_address(host))


def path_matches(path: str, cookie_path: str) -> bool:
    """Whether ``path`` is ``cookie_path`` or lies below it (RFC 6265 5.1.4)."""
    return path == cookie_path or (
        path.startswith(cookie_path) and (cookie_path.endswith("/") or path[len(cookie_path)] == "/")
    )


def default_path(target: str) -> str:
    """The path of a cookie that names none: the folder of the request's (RFC 6265 5.1.4)."""
    return target.partition("?")[0].rpartition("/")[0] or "/"


def is_safe(url: URL) -> bool:
    """Whether secure cookies may go there: over TLS, or without leaving this computer."""
    return url.scheme == "https" or is_loopback(url.host)


def is_suffix(domain: str) -> bool:
    """Whether anybody may register names below ``domain``: it is one label, or on the Public Suffix List.

    Whoever has a site below ``co.uk`` or ``github.io`` must not set cookies for their neighbours (RFC 6265 5.3).
    """
    return "." not in domain or bool(_suffixes().is_public(domain))


@functools.cache
def _suffixes() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


def read_date(text: str) -> datetime | None:
    """A date as cookies write it (RFC 6265 5.1.1), None for what is none."""
    time: tuple[str, ...] | None = None
    day = month = year = None
    for token in filter(None, _DELIMITERS.split(text)):
        if time is None and (found := _TIME.fullmatch(token)):
            time = found.groups()
        elif day is None and (found := _DAY.fullmatch(token)):
            day = int(found[1])
        elif month is None and token[:3].lower() in _MONTHS:
            month = _MONTHS.index(token[:3].lower()) + 1
        elif year is None and (found := _YEAR.fullmatch(token)):
            year = int(found[1])
    if time is None or day is None or month is None or year is None:
        return None
    if year < 100:
        year += 1900 if year >= 70 else 2000
    try:
        return datetime(year, month, day, int(time[0]), int(time[1]), int(time[2]), tzinfo=UTC) if year > 1600 else None
    except ValueError:
        return None


def _attributes(parts: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        name, _sign, value = part.partition("=")
        if len(value.strip()) <= _ATTRIBUTE:
            found[name.strip().lower()] = value.strip()  # the last one counts
    return found


def _may_set(host: str, domain: str) -> bool:
    if is_address(host) or is_suffix(domain):
        return host == domain
    return domain_matches(host, domain)


def _expiry(attributes: dict[str, str], now: datetime) -> datetime | None:
    max_age = attributes.get("max-age", "")
    if _SECONDS.fullmatch(max_age):
        seconds = int(max_age) if len(max_age) < 12 else int(_LIFE.total_seconds()) * (-1 if max_age[0] == "-" else 1)
        return now if seconds <= 0 else now + min(timedelta(seconds=seconds), _LIFE)
    date = read_date(attributes.get("expires", ""))
    return None if date is None else min(date, now + _LIFE)


def _is_allowed(cookie: Cookie, url: URL) -> bool:
    if cookie.secure and not is_safe(url):
        return False
    if cookie.same_site == "None" and not cookie.secure:
        return False
    name = (cookie.name or cookie.value).lower()  # a nameless one must not pass for one with a prefix
    if name.startswith("__secure-"):
        return cookie.secure and bool(cookie.name)
    if name.startswith("__host-"):
        return cookie.secure and cookie.host_only and cookie.path == "/" and bool(cookie.name)
    return True
