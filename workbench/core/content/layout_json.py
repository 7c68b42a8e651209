"""Indented JSON, word for word what came: numbers, order and duplicates stay as they are, escapes where wanted.

It works on tokens, not on a parsed document: what is cut off or broken is still laid out as far as
it goes, in pieces, so that a body of any size takes little memory.
"""

import json
import re
from array import array
from collections.abc import Callable

from workbench.core.i18n import _

_INDENT = "  "
_DEEPEST = 60  # levels; beyond that lines are no longer moved to the right
_FLUSH = 4000  # pieces that are gathered before they are written

# Every alternative gives up at a character that another one begins with: time stays linear whatever a server sends.
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_SCALAR = r'[^\s{}\[\],:"]++'
# The first two take a line at once, which is what makes it quick; the last takes what is left, a piece at a time.
_TOKEN = re.compile(
    rf"({_STRING})\s*+:\s*+({_STRING}|{_SCALAR})\s*+,|({_STRING}|{_SCALAR})\s*+,"
    rf'|("[^"\\]*+(?:\\.[^"\\]*+)*+"?|[{{}}\[\],:]|{_SCALAR})',
    re.DOTALL,
)
_STRING_ONLY = re.compile(_STRING, re.DOTALL)
_REST_OF_STRING = re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*+("?)', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|u([0-9a-f]{4})|.)", re.IGNORECASE | re.DOTALL)
_ENOUGH = 4096  # characters of a token that are waited for; longer ones are written as they come
_MOST_OPEN = 100_000  # levels whose folds are remembered


class JSONLayout:
    """Takes JSON, or several JSON texts one after the other, in pieces; a member or element on a line.

    ``write`` gets the lines in pieces. ``fold_starts`` and ``fold_ends`` are the lines, from 0, where an
    object or array of more than one line begins and ends. ``compact`` leaves out all white space instead.
    ``readable`` writes letters and signs that came as escapes with their number as themselves.
    """

    def __init__(self, write: Callable[[str], object], *, compact: bool = False, readable: bool = False) -> None:
        self._write = write
        self._readable = readable
        self._compact = compact
        self._parts: list[str] = []
        self._rest = ""
        self._in_string = False
        self._depth, self._opened, self._between = 0, False, False
        self._line = 0
        self._starts, self._ends = array("Q"), array("Q")
        self._open: list[int] = []

    @property
    def folds(self) -> "tuple[array[int], array[int]]":
        """Lines where folds begin, in order, and where each ends."""
        pairs = [(start, end) for start, end in zip(self._starts, self._ends, strict=True) if end > start]
        return array("Q", (start for start, _end in pairs)), array("Q", (end for _start, end in pairs))

    def feed(self, text: str, *, final: bool = False) -> None:
        """Lay out the next piece; ``final`` with the last one."""
        text = self._rest + text
        self._rest = ""
        place = self._end_string(text, final=final) if self._in_string else 0
        safe = len(text) - (2 if text.endswith("\\") else 1)
        token, parts = self._token, self._parts
        colon = ":" if self._compact else ": "
        for match in _TOKEN.finditer(text, place):
            key, value, element, other = match.groups()
            if key is not None and not self._opened and not self._between:
                parts.append(f"{key}{colon}{value},{self._new_line(self._depth)}")
            elif key is not None:
                token(key)
                token(":")
                token(value)
                token(",")
            elif element is not None:
                token(element)
                token(",")
            elif match.end() > safe and not final and _may_go_on(other):
                self._hold(text[match.start() :])
                break
            else:
                token(other)
            if len(parts) > _FLUSH:
                self._flush()
        self._flush()

    def _hold(self, rest: str) -> None:
        """Keep an unfinished token for the next piece, but write what there is of a long one now."""
        if len(rest) <= _ENOUGH:
            self._rest = rest
            return
        odd = (len(rest) - len(rest.rstrip("\\"))) % 2
        whole = rest[: len(rest) - odd]
        self._token(whole)
        self._rest = rest[len(whole) :]
        self._in_string = rest.startswith('"')
        self._between = False

    def _end_string(self, text: str, *, final: bool) -> int:
        match = _REST_OF_STRING.match(text)
        if match is None:  # cannot be: it matches nothing at all
            return 0
        self._parts.append(match[0])
        if match[1] or final:
            self._in_string, self._between = False, self._depth == 0
        elif match.end() < len(text):  # a backslash at the very end
            self._rest = text[match.end() :]
            return len(text)
        return match.end()

    def _token(self, piece: str) -> None:
        parts = self._parts
        if piece in "}]":
            self._close(piece)
            return
        if self._opened:
            parts.append(self._new_line(self._depth))
            self._opened = False
        elif self._between and piece not in ",:":
            parts.append("\n" if self._compact else self._new_line(0))
        self._between = False
        if piece in "{[":
            self._enter()
            parts.append(piece)
        elif piece == ",":
            parts.append(piece)
            parts.append(self._new_line(self._depth))
        elif piece == ":":
            parts.append(":" if self._compact else ": ")
        else:
            parts.append(piece)
            self._between = self._depth == 0

    def _enter(self) -> None:
        if self._depth < _MOST_OPEN:
            self._open.append(len(self._starts))
            self._starts.append(self._line)
            self._ends.append(0)
        self._depth += 1
        self._opened = True

    def _close(self, piece: str) -> None:
        self._depth = max(self._depth - 1, 0)
        if not self._opened:
            self._parts.append(self._new_line(self._depth))
        self._parts.append(piece)
        if self._depth < len(self._open):
            self._ends[self._open.pop()] = self._line
        self._opened, self._between = False, self._depth == 0

    def _new_line(self, depth: int) -> str:
        if self._compact:
            return ""
        self._line += 1
        return "\n" + _INDENT * min(depth, _DEEPEST)

    def _flush(self) -> None:
        text = "".join(self._parts)
        self._write(_ESCAPE.sub(_unescaped, text) if self._readable and "\\u" in text else text)
        self._parts.clear()


def _unescaped(escape: re.Match[str]) -> str:
    high, low, single = escape.groups()
    if high is not None:
        code = 0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00
    elif single is not None:
        code = int(single, 16)
    else:
        return escape[0]
    # What nobody would see, or what would change the order of what is seen, is better told by its number.
    return chr(code) if chr(code).isprintable() and chr(code) not in '"\\' else escape[0]


def _may_go_on(piece: str) -> bool:
    if piece.startswith('"'):
        return _STRING_ONLY.fullmatch(piece) is None
    return piece not in ("{", "}", "[", "]", ",", ":")


def pretty_json(text: str) -> str:
    """A whole text laid out."""
    parts: list[str] = []
    JSONLayout(parts.append).feed(text.removeprefix("\ufeff"), final=True)
    return "".join(parts)


def why_not_json(text: str) -> str:
    """A sentence with the place where ``text`` stops being JSON; "" for JSON and for one JSON text a line."""
    try:
        json.loads(text.removeprefix("\ufeff"), parse_int=str)
    except RecursionError:
        return _("This JSON is nested too deeply to check.")
    except json.JSONDecodeError as error:
        if _is_json_lines(text):
            return ""
        return _("Not valid JSON from line {line}, column {column}: {reason}.").format(
            line=error.lineno, column=error.colno, reason=error.msg
        )
    return ""


def _is_json_lines(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    try:
        for line in lines:
            json.loads(line, parse_int=str)
    except (json.JSONDecodeError, RecursionError):
        return False
    return len(lines) > 1
