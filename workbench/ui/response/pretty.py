"""Indented JSON and XML, word for word what came: numbers, escapes, order and duplicates stay as they are.

Both work on tokens, not on a parsed document: what is cut off or not well-formed is still laid
out as far as it goes, and no entity is ever expanded.
"""

import json
import re

from workbench.core.i18n import _

_INDENT = "  "
_DEEPEST = 60  # levels; beyond that lines are no longer moved to the right

# Every alternative gives up at a character that another one begins with: time stays linear whatever a server sends.
_JSON = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_XML = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)"
    r"|<![^<>]*>?|<(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*(?:>|\Z)|[^<]+|<",
    re.DOTALL,
)


def pretty_json(text: str) -> str:
    """JSON, or several JSON texts one after the other, a member or element on a line."""
    parts: list[str] = []
    depth, opened, between = 0, False, False
    for match in _JSON.finditer(text.removeprefix("\ufeff")):
        piece = match[0]
        if piece in "}]":
            depth = max(depth - 1, 0)
            parts.append(piece if opened else _new_line(depth) + piece)
            opened, between = False, depth == 0
            continue
        if opened:
            parts.append(_new_line(depth))
            opened = False
        elif between and piece not in ",:":
            parts.append("\n")
        between = False
        if piece in "{[":
            depth += 1
            opened = True
            parts.append(piece)
        elif piece == ",":
            parts.append("," + _new_line(depth))
        elif piece == ":":
            parts.append(": ")
        else:
            parts.append(piece)
            between = depth == 0
    return "".join(parts)


def why_not_json(text: str) -> str:
    """A sentence with the place where ``text`` stops being JSON; "" for JSON and for one JSON text a line."""
    try:
        json.loads(text.removeprefix("\ufeff"), parse_int=str)
    except RecursionError:
        return _("This JSON is nested too deeply to be checked.")
    except json.JSONDecodeError as error:
        if _is_json_lines(text):
            return ""
        return _("This is not JSON from line {line}, column {column} on: {reason}.").format(
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


def pretty_xml(text: str) -> str:
    """XML with an element on a line. Text is kept as it is, and elements that mix it with others stay on one line."""
    parts: list[str] = []
    depth, inline = 0, False
    for match in _XML.finditer(text.removeprefix("\ufeff")):
        piece = match[0]
        if not piece.startswith("<"):
            if piece.strip():
                parts.append(piece)
                inline = True
            continue
        closing = piece.startswith("</")
        if closing:
            depth = max(depth - 1, 0)
        just_opened = bool(parts) and closing and _opens(parts[-1])
        if parts and not inline and not just_opened:
            parts.append(_new_line(depth))
        parts.append(piece)
        inline = inline and not closing
        if _opens(piece):
            depth += 1
    return "".join(parts)


def _opens(piece: str) -> bool:
    return piece.startswith("<") and not piece.startswith(("</", "<?", "<!")) and not piece.endswith("/>")


def _new_line(depth: int) -> str:
    return "\n" + _INDENT * min(depth, _DEEPEST)
