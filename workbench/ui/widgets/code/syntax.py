"""Tokens of the text formats that servers answer with, line by line, and their colours.

A tokenizer gets one line and the state in which the line before ended, and gives spans and the
state in which this one ends: so a view colours the lines it shows without reading those above.
"""

import enum
import re
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtGui import QColor

from workbench.ui.look import theme


class Syntax(enum.Enum):
    """What a text is written in."""

    PLAIN = "plain"
    JSON = "json"
    MARKUP = "markup"  # XML and HTML
    GRAPHQL = "graphql"


class TokenKind(enum.Enum):
    """What a span is: (colour on light ground, on dark ground), contrast 4.5 or more on the theme's base."""

    NAME = ("#7a2c8f", "#d7a1e8")
    STRING = ("#176b33", "#8fd6a4")
    NUMBER = ("#0b5cad", "#8cc3fa")
    LITERAL = ("#a3410f", "#f5a97a")
    COMMENT = ("#5c636a", "#a3abb3")


class Span(NamedTuple):
    """``length`` characters from ``start`` are a ``token``."""

    start: int
    length: int
    token: TokenKind


Tokenizer = Callable[[str, int], tuple[list[Span], int]]

COLOURED = 20_000
"""Characters of one line that are coloured."""

_PLAIN, _TAG, _COMMENT, _CDATA = range(4)

_JSON = re.compile(
    r'(?P<name>"(?:[^"\\]|\\.)*"(?=\s*:))|(?P<string>"(?:[^"\\]|\\.)*"?)'
    r"|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<literal>\b(?:true|false|null)\b)"
)
_GRAPHQL = re.compile(
    r'(?P<comment>#.*)|(?P<string>"(?:[^"\\]|\\.)*"?)|(?P<name>[$@]\w+)'
    r"|(?P<literal>\b(?:query|mutation|subscription|fragment|on|true|false|null)\b)|(?P<number>-?\b\d+(?:\.\d+)?\b)"
)
_ENTITY = re.compile(r"&[\w#]+;")
_TAG_NAME = re.compile(r"</?[^\s/>=\"']+|[/?]?>")
_ATTRIBUTE = re.compile(
    r"(?P<literal>(?<![^\s=\"'<>/?])[^\s=\"'<>/?]++(?=\s*=))|(?P<string>\"[^\"]*\"?|'[^']*'?)|(?P<end>[/?]?>)"
)


def colour(token: TokenKind) -> QColor:
    """The colour of ``token`` on the palette in force."""
    light, dark = token.value
    return QColor(dark if theme.is_dark() else light)


def tokenizer(syntax: Syntax) -> Tokenizer | None:
    """The tokenizer of ``syntax``; None for plain text."""
    return {Syntax.PLAIN: None, Syntax.JSON: json_spans, Syntax.MARKUP: markup_spans, Syntax.GRAPHQL: graphql_spans}[
        syntax
    ]


def json_spans(line: str, _state: int) -> tuple[list[Span], int]:
    """Spans of one line of JSON (RFC 8259); strings never reach over a line's end."""
    spans = []
    for match in _JSON.finditer(line[:COLOURED]):
        token = TokenKind[(match.lastgroup or "string").upper()]
        spans.append(Span(match.start(), match.end() - match.start(), token))
    return spans, _PLAIN


def graphql_spans(line: str, _state: int) -> tuple[list[Span], int]:
    """Spans of one line of GraphQL; a block string is coloured line by line as what it looks like."""
    spans = []
    for match in _GRAPHQL.finditer(line[:COLOURED]):
        token = TokenKind[(match.lastgroup or "string").upper()]
        spans.append(Span(match.start(), match.end() - match.start(), token))
    return spans, _PLAIN


def markup_spans(line: str, state: int) -> tuple[list[Span], int]:
    """Spans of one line of XML or HTML; tags, comments and CDATA sections may go on in the next."""
    spans: list[Span] = []
    place, line = 0, line[:COLOURED]
    state = max(state, _PLAIN)
    while place < len(line):
        place, state = _STEPS[state](line, place, spans)
    return spans, state


def _in_text(line: str, place: int, spans: list[Span]) -> tuple[int, int]:
    opening = line.find("<", place)
    end = len(line) if opening < 0 else opening
    spans.extend(
        Span(found.start(), found.end() - found.start(), TokenKind.NUMBER)
        for found in _ENTITY.finditer(line, place, end)
    )
    if opening < 0:
        return end, _PLAIN
    if line.startswith("<!--", opening):
        return opening, _COMMENT
    if line.startswith("<![CDATA[", opening):
        return opening, _CDATA
    name = _TAG_NAME.match(line, opening)
    if name is None:
        return opening + 1, _PLAIN
    spans.append(Span(opening, name.end() - opening, TokenKind.NAME))
    return name.end(), _TAG


def _in_tag(line: str, place: int, spans: list[Span]) -> tuple[int, int]:
    match = _ATTRIBUTE.search(line, place)
    if match is None:
        return len(line), _TAG
    ending = match.lastgroup == "end"
    token = TokenKind.NAME if ending else TokenKind[(match.lastgroup or "string").upper()]
    spans.append(Span(match.start(), match.end() - match.start(), token))
    return match.end(), _PLAIN if ending else _TAG


def _until(closing: str, state: int, token: TokenKind) -> Callable[[str, int, list[Span]], tuple[int, int]]:
    def step(line: str, place: int, spans: list[Span]) -> tuple[int, int]:
        found = line.find(closing, place)
        end = len(line) if found < 0 else found + len(closing)
        spans.append(Span(place, end - place, token))
        return end, state if found < 0 else _PLAIN

    return step


_STEPS = {
    _PLAIN: _in_text,
    _TAG: _in_tag,
    _COMMENT: _until("-->", _COMMENT, TokenKind.COMMENT),
    _CDATA: _until("]]>", _CDATA, TokenKind.STRING),
}
