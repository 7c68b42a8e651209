"""Indented XML, and what can be folded in XML and HTML. Nothing is parsed, no entity is ever expanded."""

import re
from array import array
from collections.abc import Callable, Iterator

_INDENT = "  "
_DEEPEST = 60  # levels; beyond that lines are no longer moved to the right
_FLUSH = 4000  # pieces that are gathered before they are written

_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)"
    r"|<![^<>]*>?|<(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*(?:>|\Z)|[^<]+|<",
    re.DOTALL,
)
_NAME = re.compile(r"</?([^\s/>]+)")
# Elements of HTML that have no end tag (WHATWG HTML 13.1.2).
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_LOOK_BACK = 50  # open elements that an end tag may close over


def pretty_xml(text: str) -> str:
    """XML with an element on a line. Text is kept as it is, and elements that mix it with others stay on one line."""
    parts: list[str] = []
    lay_out_xml(text, parts.append)
    return "".join(parts)


def lay_out_xml(text: str, write: Callable[[str], object]) -> None:
    """As ``pretty_xml``, in pieces."""
    parts: list[str] = []
    depth, inline, last = 0, False, ""
    for match in _PIECE.finditer(text.removeprefix("\ufeff")):
        piece = match[0]
        if not piece.startswith("<"):
            if piece.strip():
                parts.append(piece)
                last, inline = piece, True
            continue
        closing = piece.startswith("</")
        if closing:
            depth = max(depth - 1, 0)
        just_opened = bool(last) and closing and _opens(last)
        if last and not inline and not just_opened:
            parts.append("\n" + _INDENT * min(depth, _DEEPEST))
        parts.append(piece)
        last = piece
        inline = inline and not closing
        if _opens(piece):
            depth += 1
        if len(parts) > _FLUSH:
            write("".join(parts))
            parts.clear()
    write("".join(parts))


def minified_xml(text: str) -> str:
    """Without the white space that stands alone between two tags."""
    pieces = (match[0] for match in _PIECE.finditer(text))
    return "".join(piece for piece in pieces if piece.startswith("<") or piece.strip())


def _opens(piece: str) -> bool:
    return piece.startswith("<") and not piece.startswith(("</", "<?", "<!")) and not piece.endswith("/>")


def markup_folds(text: str, *, html: bool) -> "tuple[array[int], array[int]]":
    """Lines, from 0, where elements and comments of more than one line begin, in order, and where they end."""
    found: dict[int, int] = {}
    waiting: list[tuple[str, int]] = []
    for piece, start, end in _placed(text):
        if piece.startswith("</"):
            _close(_name(piece, html=html), end, waiting, found)
        elif _opens(piece):
            name = _name(piece, html=html)
            if not (html and name in _VOID):
                waiting.append((name, start))
        elif piece.startswith("<!--") and end > start:
            found[start] = max(found.get(start, 0), end)
    starts = sorted(found)
    return array("Q", starts), array("Q", (found[start] for start in starts))


def _placed(text: str) -> Iterator[tuple[str, int, int]]:
    line = 0
    for match in _PIECE.finditer(text):
        piece = match[0]
        end = line + piece.count("\n")
        if piece.startswith("<"):
            yield piece, line, end
        line = end


def _name(piece: str, *, html: bool) -> str:
    found = _NAME.match(piece)
    name = found[1] if found else ""
    return name.lower() if html else name


def _close(name: str, line: int, waiting: list[tuple[str, int]], found: dict[int, int]) -> None:
    for back in range(1, min(len(waiting), _LOOK_BACK) + 1):
        opened, start = waiting[-back]
        if opened == name:
            del waiting[-back:]
            if line > start:
                found[start] = max(found.get(start, 0), line)
            return
