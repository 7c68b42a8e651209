"""Parameters that an authorization server wants beyond the standard's, such as ``audience`` or RFC 8707's ``resource``.

As text they are written like a query: ``audience=https://api.example.com&resource={{where}}``.
"""

import re
from collections.abc import Callable, Iterable
from urllib.parse import unquote_plus, urlencode

Pairs = tuple[tuple[str, str], ...]
_STRUCTURE = re.compile(r"[%&+]")


def pairs_of(text: str) -> Pairs:
    """Names and values in ``text``, decoded."""
    parts = (part.strip().partition("=") for part in text.split("&") if part.strip())
    return tuple((unquote_plus(name), unquote_plus(value)) for name, _sign, value in parts)


def text_of(pairs: Iterable[tuple[str, str]]) -> str:
    """What reads as ``pairs``; only that is encoded which would be read otherwise, as people and variables want it."""
    return "&".join(f"{_kept(name).replace('=', '%3D')}={_kept(value)}" for name, value in pairs)


def resolved(text: str, resolve: Callable[[str], str]) -> str:
    """``text`` with its variables filled in, whatever characters their values hold."""
    return urlencode([(resolve(name), resolve(value)) for name, value in pairs_of(text)])


def _kept(text: str) -> str:
    return _STRUCTURE.sub(lambda match: f"%{ord(match[0]):02X}", text)
