"""Bodies laid out anew, word for word as they are: numbers, escapes, order, duplicates and ``{{variables}}`` stay."""

import re
from collections.abc import Callable

from workbench.core.draft import RawKind

_INDENT = "  "
_DEEPEST = 60  # levels; beyond that lines are no longer moved to the right

_JSON = re.compile(r'\{\{[^{}]*\}\}|"[^"\\]*(?:\\.[^"\\]*)*"?|[{}\[\],:]|(?:(?!\{\{)[^\s{}\[\],:"])+', re.DOTALL)
_XML = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)"
    r"|<![^<>]*>?|<(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*(?:>|\Z)|[^<]+|<",
    re.DOTALL,
)


def tidy_json(text: str) -> str:
    """A member or element on a line."""
    parts: list[str] = []
    depth, last = 0, ""
    for match in _JSON.finditer(text):
        piece = match[0]
        if piece in "}]":
            depth = max(depth - 1, 0)
            parts.append(piece if last in ("{", "[") else _new_line(depth) + piece)
        elif piece == ",":
            parts.append(piece)
        elif piece == ":":
            parts.append(": ")
        else:
            parts.append(_new_line(depth) + piece if last in ("{", "[", ",") else _gap(last) + piece)
            depth += piece in ("{", "[")
        last = piece
    return "".join(parts)


def tidy_xml(text: str) -> str:
    """An element on a line. Text is kept as it is, and elements that mix it with others stay on one line."""
    parts: list[str] = []
    depth, inline = 0, False
    for match in _XML.finditer(text.strip()):
        piece = match[0]
        if not piece.startswith("<"):
            if piece.strip():
                parts.append(piece)
                inline = True
            continue
        closing = piece.startswith("</")
        depth = max(depth - closing, 0)
        empty = bool(parts) and closing and _opens(parts[-1])
        if parts and not inline and not empty:
            parts.append(_new_line(depth))
        parts.append(piece)
        inline = inline and not closing
        depth += _opens(piece)
    return "".join(parts)


def tidy_graphql(text: str) -> str:
    """Lines moved to where their braces put them; comments and everything else stay."""
    lines, depth = [], 0
    for line in text.strip().splitlines():
        stripped = line.strip()
        bare = re.sub(r'"(?:[^"\\]|\\.)*"|#.*$', "", stripped)
        closing = len(bare) - len(bare.lstrip(")]}"))
        lines.append(_INDENT * max(min(depth - closing, _DEEPEST), 0) + stripped if stripped else "")
        depth = max(depth + sum(bare.count(c) for c in "({[") - sum(bare.count(c) for c in ")}]"), 0)
    return "\n".join(lines)


TIDIERS: dict[RawKind, Callable[[str], str]] = {RawKind.JSON: tidy_json, RawKind.XML: tidy_xml}


def _gap(last: str) -> str:
    return "" if last in ("", ":") else " "


def _opens(piece: str) -> bool:
    return piece.startswith("<") and not piece.startswith(("</", "<?", "<!")) and not piece.endswith("/>")


def _new_line(depth: int) -> str:
    return "\n" + _INDENT * min(depth, _DEEPEST)
