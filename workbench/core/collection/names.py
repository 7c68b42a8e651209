"""From names that people give to names that every file system takes.

What differs only in case, in Unicode form or in trailing dots is one name to some of them.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from workbench.core.i18n import _
from workbench.core.visible import without_invisible

_LONGEST: Final = 200
"""Bytes in UTF-8, suffix included: file systems allow 255, encrypting ones fewer."""

_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]')
_RESERVED: Final = frozenset(
    {
        "con",
        "prn",
        "aux",
        "nul",
        "conin$",
        "conout$",
        *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"),
    }
)
_OWN: Final = frozenset({"folder", "collection", "opencollection", "environments", "node_modules", "bruno"})


def file_name(name: str, suffix: str = "", taken: Iterable[str] = ()) -> str:
    """A safe file name for ``name``, different from all names that are ``taken`` on any file system."""
    used = {_folded(other) for other in taken}
    stem = _safe(name) or _("Untitled")
    number = 1
    while True:
        number += 1
        candidate = _cut(stem, len(suffix.encode())) + suffix
        if _folded(candidate) not in used:
            return candidate
        addition = f" {number}"
        stem = _cut(_safe(name) or _("Untitled"), len(suffix.encode()) + len(addition)) + addition


def copy_name(name: str, taken: Iterable[str]) -> str:
    """The name of a copy: “X copy”, “X copy 2” and so on."""
    used = {_folded(other) for other in taken}
    base = re.sub(rf" {re.escape(_('copy'))}(?: \d+)?$", "", name)
    first = f"{base} {_('copy')}"
    number, candidate = 1, first
    while _folded(candidate) in used:
        number += 1
        candidate = f"{first} {number}"
    return candidate


def _safe(name: str) -> str:
    text = " ".join(unicodedata.normalize("NFC", name).split())
    text = _FORBIDDEN.sub("-", without_invisible(text))
    text = " ".join(text.split()).strip(" .")
    text = text.lstrip("~-. ") or text.strip("~-. ")
    stem = text.split(".")[0].strip().casefold()
    return f"{text}_" if stem in _RESERVED and "." not in text else f"_{text}" if stem in _RESERVED | _OWN else text


def _cut(text: str, spare: int) -> str:
    """``text`` so short that ``spare`` more bytes fit, not through a character or what combines with it."""
    while len(text.encode("utf-8", "replace")) + spare > _LONGEST:
        text = text[:-1]
        while text and (unicodedata.combining(text[-1]) or text[-1] in "\u200d\ufe0f"):
            text = text[:-1]
    return text.rstrip(" .")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold()).rstrip(" .")
