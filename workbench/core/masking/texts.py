"""Where secrets stand in a text: a URL, a form, JSON, XML."""

import re
from collections.abc import Callable
from urllib.parse import unquote_plus
from xml.sax.saxutils import unescape

from workbench.core.masking.names import is_literal, is_secret_name

USERINFO = re.compile(r"^(\s*(?:[A-Za-z][A-Za-z0-9+.-]*:)?//)[^/?#]*@")
_BLANK = re.compile(r"\s")
_PAIR = re.compile(r"([?&#;])([^=&#;?]+)=([^&#;]*)")
_JSON_MEMBER = re.compile(r'("((?:[^"\\]|\\.){1,80})"\s*:\s*)("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*)')
_XML = re.compile(
    r"""(<(?:[\w.-]{1,80}:)?([\w.-]{1,80})(?:\s[^<>]*+)?>\s*+)([^<>\s][^<>]*+)(?=</)"""  # an element with a text
    r"""|(\s(?:[\w.-]{1,80}:)?([\w.-]{1,80})=["'])([^"'<>]++)(?=["'])"""
)
_HINTS = (
    *("passw", "passp", "passc", "pwd", "secret", "credential", "key", "token", "auth", "sig", "jwt", "sess"),
    *("assertion", "verifier"),
)


def url_with(text: str, hidden: Callable[[str, str], str]) -> str:
    """A URL without user and password; ``hidden`` makes the value of a secret parameter out of its name and value."""
    text = USERINFO.sub(r"\1", text, count=1)
    given = {unquote_plus(match[2]).lower() for match in _PAIR.finditer(text)}
    is_grant = "code" in given and bool(given & {"state", "grant_type", "session_state", "iss"})

    def pair(match: re.Match[str]) -> str:
        name = unquote_plus(match[2])
        secret = is_secret_name(name) or (is_grant and name.lower() == "code")
        value = hidden(name, match[3]) if secret and match[3] else match[3]
        return f"{match[1]}{match[2]}={value}"

    return _PAIR.sub(pair, text)


def body_with(text: str, hidden: str, note: Callable[[str, str], None] = lambda _name, _value: None) -> str:
    """``text`` with ``hidden`` in place of what stands under a secret name; ``note`` hears each name and value."""
    lower = text.lower()
    if not any(hint in lower for hint in _HINTS):  # much quicker than to look at every name
        return text
    if text.lstrip().startswith(("{", "[")):

        def member(match: re.Match[str]) -> str:
            value = match[3].strip('"')
            if not value or not is_secret_name(match[2]) or not is_literal(value):
                return match[0]
            note(match[2], value)
            return f'{match[1]}"{hidden}"'

        return _JSON_MEMBER.sub(member, text)
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        return _XML.sub(lambda match: _xml_with(match, hidden, note), text)
    if "=" in text and not _BLANK.search(text.strip()):

        def value(name: str, given: str) -> str:
            if not is_literal(given):
                return given
            note(name, unquote_plus(given))
            return hidden

        return url_with("?" + text, value)[1:]
    return text


def _xml_with(match: re.Match[str], hidden: str, note: Callable[[str, str], None]) -> str:
    before, name, value = match.groups()[:3] if match[1] else match.groups()[3:]
    if name.lower() == "key" or not is_secret_name(name) or not is_literal(value):  # of which XML is full
        return match[0]
    note(name, unescape(value.strip()))
    return f"{before}{hidden}"
