"""Secrets out of texts that are pasted into tickets: header fields, user info, query values."""

import re
from urllib.parse import urlsplit, urlunsplit

MASK = "•••"

_FIELDS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})
_TELLTALE = re.compile(r"token|key|passw|pwd|secret|signature|credential|session|auth|\bsig\b|\bcode\b", re.IGNORECASE)
_PAIR = re.compile(r"([^=&;]+)=([^&;]*)")


def masked_field(name: str, value: str) -> str:
    """The value of a header field, hidden when its name says that it is a secret."""
    if name.lower() in _FIELDS:
        scheme, space, _rest = value.partition(" ")
        keeps_scheme = "authorization" in name.lower() and space
        return f"{scheme} {MASK}" if keeps_scheme else MASK
    if name.lower() in ("location", "referer", "content-location"):
        return masked_url(value)
    return MASK if _TELLTALE.search(name) else value


def masked_url(url: str) -> str:
    """``url`` without user info, and without the query values whose names say that they are secrets."""
    try:
        parts = urlsplit(url)
    except ValueError:  # not a URL: what it holds cannot be told apart
        return MASK
    _userinfo, at, host = parts.netloc.rpartition("@")
    query, fragment = _masked_pairs(parts.query), _masked_pairs(parts.fragment)
    return urlunsplit((parts.scheme, f"{MASK}@{host}" if at else host, parts.path, query, fragment))


def _masked_pairs(text: str) -> str:
    return _PAIR.sub(lambda pair: f"{pair[1]}={MASK}" if _TELLTALE.search(pair[1]) else pair[0], text)
