"""Bodies made ready: kinds, charsets, layout, limits. No window is needed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.content.kinds import Kind, kind_of
from workbench.core.content.layout_json import pretty_json, why_not_json
from workbench.core.content.layout_markup import pretty_xml
from workbench.core.content.lines import hex_dump
from workbench.core.exchange import Body, Response
from workbench.ui.response.bodies import HEX_LIMIT, cut_words, fold, prepare, shown_body


@pytest.mark.parametrize(
    ("data", "content_type", "kind"),
    [
        (b"", "application/json", Kind.EMPTY),
        (b"{}", "application/json; charset=utf-8", Kind.JSON),
        (b"{}", "application/problem+json", Kind.JSON),
        (b"<a/>", "application/soap+xml", Kind.XML),
        (b"<p>", "text/html", Kind.HTML),
        (b"hello", "text/plain", Kind.TEXT),
        (b'{"a":1}', "", Kind.JSON),
        (b"<?xml version='1.0'?><a/>", "", Kind.XML),
        (b"<!DOCTYPE html><p>", "application/octet-stream", Kind.HTML),
        (b"\x89PNG\r\n\x1a\n....", "", Kind.PICTURE),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "", Kind.PICTURE),
        (b"\x00\x01\x02", "application/octet-stream", Kind.BINARY),
        (b"\xff\xfea\0", "", Kind.TEXT),
    ],
)
def test_a_body_is_what_its_type_or_its_beginning_says(data: bytes, content_type: str, kind: Kind) -> None:
    assert kind_of(data, content_type) is kind


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        ("grün".encode("latin-1"), "text/plain; charset=ISO-8859-1"),
        ("grün".encode("utf-16"), "text/plain"),
        ("grün".encode("utf-8-sig"), "text/plain"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>' + "<a>grün</a>".encode("latin-1"), "application/xml"),
        (b'<meta charset="windows-1252">' + "grün".encode("cp1252"), "text/html"),
    ],
)
def test_the_charset_comes_from_the_header_the_mark_or_the_document(data: bytes, content_type: str) -> None:
    body = shown_body(data, content_type, len(data))
    assert "grün" in body.raw
    assert not body.notices


def test_what_does_not_decode_is_shown_and_said() -> None:
    body = shown_body(b"gr\xfcn", "text/plain; charset=utf-8", 4)
    assert body.raw == "gr\N{REPLACEMENT CHARACTER}n"
    assert "byte 2" in body.notices[0]


@pytest.mark.parametrize("charset", ["no-such", "hex", "zlib", "unicode_escape", "punycode", "\x00", "a b"])
def test_a_charset_that_is_none_is_said(charset: str) -> None:
    body = shown_body(b"plain", f'text/plain; charset="{charset}"', 5)
    assert body.raw == "plain"
    assert body.notices


def test_a_character_cut_in_two_by_the_limit_is_no_error() -> None:
    body = shown_body("grü".encode()[:-1], "text/plain", 100)
    assert body.raw == "gr"
    assert not body.notices
    assert body.cut
    assert cut_words(body)


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


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_layout_changes_only_white_space(value: object) -> None:
    import json

    assert json.loads(pretty_json(json.dumps(value))) == value
    assert why_not_json(json.dumps(value)) == ""


@given(st.text(alphabet='{}[]",:\\ \n1ae', max_size=60))
def test_broken_json_is_laid_out_as_far_as_it_goes(text: str) -> None:
    assert "".join(pretty_json(text).split()) == "".join(text.split())


@given(st.text(alphabet="<>/!?-[]CDATA\"' a=\n", max_size=60))
def test_broken_xml_loses_nothing_but_white_space(text: str) -> None:
    assert "".join(pretty_xml(text).split()) == "".join(text.split())


def test_json_lines_stand_one_below_the_other() -> None:
    assert pretty_json('{"a":1}\n{"a":2}') == '{\n  "a": 1\n}\n{\n  "a": 2\n}'
    assert why_not_json('{"a":1}\n{"a":2}') == ""


def test_what_is_not_json_says_where_it_stops() -> None:
    body = shown_body(b'{"a": 1,}', "application/json", 9)
    assert "line 1, column 9" in body.notices[0]


def test_deep_nesting_is_no_trouble() -> None:
    body = shown_body(b"[" * 50_000, "application/json", 50_000)
    assert body.pretty
    assert body.notices


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


def test_lines_are_folded_and_line_ends_made_one() -> None:
    assert fold("a\r\nb\rc\0") == "a\nb\nc\N{SYMBOL FOR NULL}"
    assert max(len(line) for line in fold("x" * 20_000).split("\n")) == 8_000


def test_hex_shows_offset_bytes_and_letters() -> None:
    assert (
        hex_dump(b"ABC\x00" + bytes(14)).split("\n")[0]
        == "00000000  41 42 43 00 00 00 00 00  00 00 00 00 00 00 00 00  ABC............."
    )
    assert len(hex_dump(bytes(18)).split("\n")) == 2


def test_a_large_body_on_disk_is_read_only_as_far_as_it_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "body"
    file.write_bytes(b"a" * 5_000)
    body = prepare(Response(200, headers=(("Content-Type", "text/plain"),), body=Body(file=file, size=5_000)), 1_000)
    assert (body.shown, body.size, len(body.raw)) == (1_000, 5_000, 1_000)


def test_a_body_whose_file_is_gone_says_so(tmp_path: Path) -> None:
    body = prepare(Response(200, body=Body(file=tmp_path / "gone", size=5)))
    assert body.kind is Kind.EMPTY
    assert "No such file" in body.notices[0]


def test_a_large_binary_says_how_much_is_shown() -> None:
    data = bytes(HEX_LIMIT + 100)
    body = shown_body(data, "application/octet-stream", len(data))
    assert body.shown == HEX_LIMIT
    assert "256.0 kB of 256.1 kB" in cut_words(body)
