"""Tokens of JSON and markup, line by line, and the view that colours only what it shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from workbench.ui.look import theme
from workbench.ui.widgets.code.code_view import CodeView
from workbench.ui.widgets.code.syntax import Span, Syntax, Tokenizer, TokenKind, json_spans, markup_spans


def words(line: str, read: Tokenizer = json_spans, state: int = 0) -> list[tuple[str, TokenKind]]:
    return [(line[start : start + length], token) for start, length, token in read(line, state)[0]]


def test_json_names_strings_numbers_and_literals_differ() -> None:
    assert words('  "a\\"b" : ["x", -1.5e3, true, null],') == [
        ('"a\\"b"', TokenKind.NAME),
        ('"x"', TokenKind.STRING),
        ("-1.5e3", TokenKind.NUMBER),
        ("true", TokenKind.LITERAL),
        ("null", TokenKind.LITERAL),
    ]


def test_markup_tags_attributes_and_entities_differ() -> None:
    assert words('<a href="x>y">1 &amp; 2</a><b/>', markup_spans) == [
        ("<a", TokenKind.NAME),
        ("href", TokenKind.LITERAL),
        ('"x>y"', TokenKind.STRING),
        (">", TokenKind.NAME),
        ("&amp;", TokenKind.NUMBER),
        ("</a", TokenKind.NAME),
        (">", TokenKind.NAME),
        ("<b", TokenKind.NAME),
        ("/>", TokenKind.NAME),
    ]


def test_comments_and_tags_go_on_in_the_next_line() -> None:
    spans, state = markup_spans("<!-- one", 0)
    assert spans == [Span(0, 8, TokenKind.COMMENT)]
    assert words("two --><p", markup_spans, state) == [("two -->", TokenKind.COMMENT), ("<p", TokenKind.NAME)]
    _spans, state = markup_spans("<p", 0)
    assert words('class="x">', markup_spans, state)[0] == ("class", TokenKind.LITERAL)


@pytest.mark.parametrize("read", [json_spans, markup_spans])
@given(line=st.text(alphabet="<>/!-\"' =&;ab{}[]1.e", max_size=40), state=st.integers(-1, 3))
def test_spans_lie_in_the_line_and_in_order(read: Tokenizer, line: str, state: int) -> None:
    spans, after = read(line, state)
    end = 0
    for start, length, _token in spans:
        assert start >= end
        end = start + length
    assert end <= len(line)
    assert 0 <= after < 8


def test_only_lines_in_sight_are_coloured(qtbot: QtBot) -> None:
    view = CodeView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    view.show_text('"a": 1\n' * 1000, Syntax.JSON)
    first, last = view.document().firstBlock(), view.document().lastBlock().previous()
    qtbot.waitUntil(lambda: bool(first.layout().formats()))
    assert not last.layout().formats()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: bool(last.layout().formats()))


@pytest.mark.parametrize("token", TokenKind)
@pytest.mark.parametrize("dark", [False, True])
def test_every_colour_reads_well_on_its_ground(token: TokenKind, dark: bool) -> None:
    ground = theme.palette(dark=dark).color(QPalette.ColorRole.Base)
    darker, lighter = sorted((luminance(ground), luminance(QColor(token.value[dark]))))
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5  # WCAG 1.4.3


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
