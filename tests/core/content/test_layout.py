"""Indented JSON and XML: only white space differs, whatever comes in, in pieces of whatever size."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.content.layout_json import JSONLayout, pretty_json, why_not_json
from workbench.core.content.layout_markup import markup_folds, minified_xml, pretty_xml

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_json_keeps_every_number_escape_order_and_duplicate() -> None:
    text = r'{"b":1.10,"a":1e400,"b":"\u00fc\"","c":[],"d":{},"e":[1,[2]]}'
    assert pretty_json(text) == "\n".join(
        [
            "{",
            '  "b": 1.10,',
            '  "a": 1e400,',
            r'  "b": "\u00fc\"",',
            '  "c": [],',
            '  "d": {},',
            '  "e": [',
            "    1,",
            "    [",
            "      2",
            "    ]",
            "  ]",
            "}",
        ]
    )


@given(VALUES)
def test_layout_changes_only_white_space(value: object) -> None:
    text = json.dumps(value)
    assert json.loads(pretty_json(text)) == value
    small: list[str] = []
    JSONLayout(small.append, compact=True).feed(pretty_json(text), final=True)
    assert json.loads("".join(small)) == value
    assert len("".join(small)) <= len(text)
    assert why_not_json(text) == ""


@given(VALUES, st.integers(1, 9))
def test_pieces_of_any_size_give_the_same_layout(value: object, size: int) -> None:
    text = json.dumps(value, ensure_ascii=False)
    parts: list[str] = []
    layout = JSONLayout(parts.append)
    for at in range(0, len(text), size):
        layout.feed(text[at : at + size])
    layout.feed("", final=True)
    assert "".join(parts) == pretty_json(text)


@given(st.text(alphabet='{}[]",:\\ \n1ae', max_size=60), st.integers(1, 9))
def test_broken_json_is_laid_out_as_far_as_it_goes(text: str, size: int) -> None:
    parts: list[str] = []
    layout = JSONLayout(parts.append)
    for at in range(0, len(text), size):
        layout.feed(text[at : at + size])
    layout.feed("", final=True)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert "".join(pretty_json(text).split()) == "".join(text.split())


def test_a_string_longer_than_a_piece_stays_whole() -> None:
    text = json.dumps({"a": 'x\\"' * 20_000, "b": [1]})
    parts: list[str] = []
    layout = JSONLayout(parts.append)
    for at in range(0, len(text), 10_001):
        layout.feed(text[at : at + 10_001])
    layout.feed("", final=True)
    assert "".join(parts) == pretty_json(text)
    assert json.loads("".join(parts)) == json.loads(text)


def test_folds_go_from_a_bracket_to_the_one_that_closes_it() -> None:
    layout = JSONLayout(lambda _text: None)
    layout.feed('{"a": [1, {"b": 2}], "c": {}, "d": [', final=True)
    assert [*map(tuple, map(list, layout.folds))] == [(1, 3), (6, 5)]


@given(st.text(alphabet="<>/!?-[]CDATA\"' a=\n", max_size=60))
def test_broken_xml_loses_nothing_but_white_space(text: str) -> None:
    assert "".join(pretty_xml(text).split()) == "".join(text.split())


def test_json_lines_stand_one_below_the_other() -> None:
    assert pretty_json('{"a":1}\n{"a":2}') == '{\n  "a": 1\n}\n{\n  "a": 2\n}'
    assert why_not_json('{"a":1}\n{"a":2}') == ""


def test_xml_has_an_element_on_a_line_and_keeps_mixed_text_together() -> None:
    text = "<?xml version='1.0'?><a><!-- c --><b x='>'>one</b><p>two <i>three</i> four</p><e/></a>"
    assert pretty_xml(text) == "\n".join(
        [
            "<?xml version='1.0'?>",
            "<a>",
            "  <!-- c -->",
            "  <b x='>'>one</b>",
            "  <p>two <i>three</i> four</p>",
            "  <e/>",
            "</a>",
        ]
    )


@pytest.mark.parametrize("text", ["<a '" * 100_000, "<![" * 100_000, "<!--" * 100_000, '<a "b' * 100_000])
@pytest.mark.timeout(10)
def test_hostile_markup_takes_no_longer_than_its_length(text: str) -> None:
    assert pretty_xml(text)


@pytest.mark.parametrize("text", ['"a": ' * 100_000, '"' * 200_000, "a " * 200_000, '"a"   ' * 50_000, "[" * 200_000])
@pytest.mark.timeout(10)
def test_hostile_json_takes_no_longer_than_its_length(text: str) -> None:
    layout = JSONLayout(lambda _text: None)
    for at in range(0, len(text), 4096):
        layout.feed(text[at : at + 4096])
    layout.feed("", final=True)


def test_minified_markup_keeps_text_and_loses_indentation() -> None:
    assert minified_xml("<a>\n  <b>one two</b>\n</a>\n") == "<a><b>one two</b></a>"


def test_elements_and_comments_fold_and_void_ones_do_not() -> None:
    html = "<html>\n<body>\n<!-- one\ntwo -->\n<p>x\n<br>\n<li>y\n</BODY>\n</html>"
    starts, ends = markup_folds(html, html=True)
    assert list(zip(starts, ends, strict=True)) == [(0, 8), (1, 7), (2, 3)]


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_escaped_letters_can_be_read_and_what_cannot_be_seen_stays_escaped(size: int) -> None:
    text = r'["\u00e9\u003c \ud83d\uDE00", "\\u00e9", "\"\u0022\u005c", "\u200f\u0000\u00a0", "\ud83d", "\u12"]'
    wanted = r'["é< 😀", "\\u00e9", "\"\u0022\u005c", "\u200f\u0000\u00a0", "\ud83d", "\u12"]'
    parts: list[str] = []
    layout = JSONLayout(parts.append, readable=True)
    for start in range(0, len(text), size):
        layout.feed(text[start : start + size])
    layout.feed("", final=True)
    assert "".join(parts) == pretty_json(wanted)
    assert "é" not in pretty_json(text)
