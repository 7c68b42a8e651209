"""Where secrets stand in a text: a URL, a form, JSON, XML. Every pattern reads a text of any length in linear time."""

import re
from collections.abc import Callable
from urllib.parse import unquote_plus

from workbench.core.masking.literals import literals_with
from workbench.core.masking.markup import markup_with
from workbench.core.masking.names import Note, is_literal, is_secret_name

USERINFO = re.compile(r"^(\s*+(?:(?:[A-Za-z][A-Za-z0-9+.-]*+:)?//)?)[^/?#]*@")
_USERINFO_WITHIN = re.compile(r"(?<=:)(//)[^/?#&\s<>\"'@]*+@")
_PAIR = re.compile(r"([?&#;])([^=&#;?]+)=([^&#;]*)")
_FORM = re.compile(r"\s*+[^\s=&?<>]{1,200}+=")
_FIELD = re.compile(r"(?<![^&\r\n])([^=&\r\n]++)=([^&\r\n]++)")
_BEFORE = "\ufeff \t\r\n"
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}|\\u")
_HINTS = (
    *("pass", "pwd", "secret", "credential", "key", "token", "auth", "sig", "jwt", "sess", "cookie"),
    *("assertion", "verifier"),
)


def url_with(text: str, hidden: Callable[[str, str], str]) -> str:
    """A URL without user and password; ``hidden`` makes the value of a secret parameter out of its name and value."""
    text = _USERINFO_WITHIN.sub(r"\1", USERINFO.sub(r"\1", text, count=1))
    given = {unquote_plus(match[2]).lower() for match in _PAIR.finditer(text)}
    is_grant = "code" in given and bool(given & {"state", "grant_type", "session_state", "iss"})

    def pair(match: re.Match[str]) -> str:
        name = unquote_plus(match[2])
        secret = is_secret_name(name) or (is_grant and name.lower() == "code")
        value = hidden(name, match[3]) if secret and match[3] else match[3]
        return f"{match[1]}{match[2]}={value}"

    return _PAIR.sub(pair, text)


def body_with(text: str, hidden: str, note: Note = lambda _name, _value: None) -> str:
    """``text`` with ``hidden`` in place of what stands under a secret name; ``note`` hears each name and value."""
    lower = text.lower()
    if not any(hint in lower for hint in _HINTS) and not _ESCAPED.search(text):  # quicker than to look at every name
        return text
    start = text.lstrip(_BEFORE)[:1]
    if start in ("{", "["):
        return literals_with(text, hidden, note)
    if start == "<":
        return markup_with(text, hidden, note)
    return _form_with(text, hidden, note) if _FORM.match(text) else text


def _form_with(text: str, hidden: str, note: Note) -> str:
    """A form, or lines of settings: values may hold spaces, names may be encoded."""
    known: dict[str, str] = {}

    def field(match: re.Match[str]) -> str:
        written, value = match[1], match[2]
        name = known.get(written)
        if name is None:
            name = unquote_plus(written).strip()
            name = known[written] = name if is_secret_name(name) else ""
        if not name or not is_literal(value):
            return match[0]
        note(name, unquote_plus(value))
        return f"{written}={hidden}"

    return _FIELD.sub(field, text)
