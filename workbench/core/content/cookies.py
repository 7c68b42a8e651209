"""Set-Cookie fields for people to read (RFC 6265 4.1)."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SetCookie:
    """One cookie as the server set it. ``expires`` is its Max-Age or Expires as written; ``flags`` have no value."""

    name: str
    value: str = field(default="", repr=False)
    domain: str = ""
    path: str = ""
    expires: str = ""
    same_site: str = ""
    flags: tuple[str, ...] = ()


_FLAGS = {"secure": "Secure", "httponly": "HttpOnly", "partitioned": "Partitioned"}


def cookies_of(fields: Iterable[tuple[str, str]]) -> tuple[SetCookie, ...]:
    """All cookies that the header fields of a response set, in order."""
    return tuple(_cookie(value) for name, value in fields if name.lower() == "set-cookie")


def _cookie(text: str) -> SetCookie:
    pair, *attributes = text.split(";")
    name, equals, value = pair.partition("=")
    named: dict[str, str] = {}
    flags: list[str] = []
    for attribute in attributes:
        key, _equals, inside = attribute.partition("=")
        low = key.strip().lower()
        if low in _FLAGS:
            flags.append(_FLAGS[low])
        else:
            named[low] = inside.strip()
    age = named.get("max-age", "")
    return SetCookie(
        name=name.strip() if equals else "",
        value=value.strip() if equals else pair.strip(),
        domain=named.get("domain", ""),
        path=named.get("path", ""),
        expires=f"{age} s" if age else named.get("expires", ""),
        same_site=named.get("samesite", ""),
        flags=tuple(flags),
    )
