"""Text from elsewhere made visible: what cannot be seen, or changes the order of what is seen, stands as an escape.

Names, headers, certificates and paths come from strangers. A control character steers a terminal, U+202E turns
``gpj.exe`` around, a zero-width space makes two names look alike. One rule for the window and the terminal alike.
"""

import json
import re
import unicodedata
from typing import Final

HIDDEN: Final = "••••••"
"""What stands in place of a secret that is not to be seen."""
_OPEN: Final = "\N{FIRST STRONG ISOLATE}"
_CLOSE: Final = "\N{POP DIRECTIONAL ISOLATE}"
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})
# Printable to Python, yet drawn as nothing.
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_JOINERS: Final = frozenset("\u200c\u200d")
_JOINED: Final = "\u0600"  # the scripts that need joiners, and emoji, begin here
_ISOLATE: Final = re.compile(f"{_OPEN}([^\u202a-\u202e\u2066-\u2069]*){_CLOSE}")
_LINES: Final = re.compile(r"\n|\t")


def visible(text: str) -> str:
    r"""``text`` in which every character can be seen: ``\u202e``, ``\x1b``, ``\n`` in place of those that cannot.

    Escaped are control and format characters (Unicode's Cc and Cf), line separators, lone surrogates, letters that are
    drawn as nothing, and what this Python's Unicode does not know. Joiners stay where scripts and emoji need them, and
    so does what ``isolated`` made.
    """
    if text.isascii() and text.isprintable():
        return text
    parts = _ISOLATE.split(text) if _OPEN in text else [text]
    for place, part in enumerate(parts):
        escaped = _escape(part)
        if place % 2:  # an isolate that closes; only around right-to-left text does it do anything
            kept = _reads_from_the_right(part)
            escaped = f"{_OPEN}{escaped}{_CLOSE}" if kept else f"{_code(_OPEN)}{escaped}{_code(_CLOSE)}"
        parts[place] = escaped
    return "".join(parts)


def visible_lines(text: str) -> str:
    """Like ``visible`` for text of our own in several lines: line feeds and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    gaps = _LINES.findall(text)
    shown = [visible(part) for part in _LINES.split(text)]
    return shown[0] + "".join(gap + part for gap, part in zip(gaps, shown[1:], strict=True))


def isolated(text: str) -> str:
    """``text`` visible, and ready to stand in a sentence: right-to-left letters leave the order of the rest alone."""
    if text.isascii() or _ISOLATE.fullmatch(text):
        return visible(text)
    shown = _escape(text)
    return f"{_OPEN}{shown}{_CLOSE}" if _reads_from_the_right(shown) else shown


def without_invisible(text: str) -> str:
    """``text`` without what ``visible`` would escape: for the names of files, which other programs show."""
    return "".join(part for part, character in zip(_parts(text), text, strict=True) if part == character)


def visible_json(document: str) -> str:
    r"""A JSON text with what cannot be seen written as JSON's own ``\u`` escapes; it means the same."""
    if document.isascii() and "\x7f" not in document:
        return document
    unseen = (character for character in set(document) if character != "\n" and not _is_visible(character))
    return document.translate({ord(character): json.dumps(character)[1:-1] for character in unseen})


def _escape(text: str) -> str:
    if text.isprintable() and _BLANK.isdisjoint(text):
        return text
    return "".join(_parts(text))


def _parts(text: str) -> list[str]:
    shown = [character if _is_visible(character) else _code(character) for character in text]
    for place, character in enumerate(text):
        if character in _JOINERS and 0 < place < len(text) - 1:
            before, after = text[place - 1], text[place + 1]
            if min(before, after) >= _JOINED and _is_visible(before) and _is_visible(after):
                shown[place] = character
    return shown


def _is_visible(character: str) -> bool:
    if character.isprintable():
        return character not in _BLANK
    return unicodedata.category(character) == "Zs"  # the wider and narrower spaces


def _code(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _reads_from_the_right(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text)
