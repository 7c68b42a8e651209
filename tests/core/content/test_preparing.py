"""Forms of bodies as rows: charsets, line ends, cuts, folds, limits."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.content.charset import decode
from workbench.core.content.kinds import Kind
from workbench.core.content.lines import HexLines, TextLines, hex_dump
from workbench.core.content.preparing import Form, Order, Prepared, lines_of, prepare
from workbench.core.content.rows import rows_of
from workbench.core.content.work import Stopped, Work


def made(
    data: bytes, kind: Kind = Kind.TEXT, form: Form = Form.RAW, content_type: str = "text/plain", longest: int = 1000
) -> tuple[TextLines, Prepared]:
    sink = io.BytesIO()
    prepared = prepare(io.BytesIO(data), sink, Order(form, kind, content_type, "", longest), Work())
    return lines_of(sink, prepared), prepared


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        ("grün".encode("latin-1"), "text/plain; charset=ISO-8859-1"),
        ("grün".encode("utf-16"), "text/plain"),
        ("grün".encode("utf-8-sig"), "text/plain"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>' + "<a>grün</a>".encode("latin-1"), "application/xml"),
        (b'<meta charset="windows-1252">' + "grün".encode("cp1252"), "text/html"),
        ("it is grün".encode("utf-16-le"), "text/plain; charset=utf-16"),
        ("it is grün".encode("utf-16-be"), "text/plain; charset=UTF16"),
        ("it is grün".encode("utf-32-be"), "text/plain; charset=utf-32"),
        ("it is grün".encode("utf-16"), "text/plain; charset=utf-16"),
        ('<?xml version="1.0" encoding="utf-16"?><a>grün</a>'.encode(), "application/xml"),
        ('<meta charset="utf-16le">grün'.encode(), "text/html"),
    ],
)
def test_the_charset_comes_from_the_header_the_mark_or_the_document(data: bytes, content_type: str) -> None:
    lines, prepared = made(data, content_type=content_type)
    assert lines.whole().endswith(("grün", "grün</a>"))
    assert not lines.whole().startswith("\ufeff")
    assert not prepared.notices


def test_what_does_not_decode_is_shown_and_said_with_its_place() -> None:
    lines, prepared = made(b"a" * 2_000_000 + b"gr\xfcn and on", content_type="text/plain; charset=utf-8")
    assert lines.whole()[-11:] == "gr\N{REPLACEMENT CHARACTER}n and on"
    assert "byte 2000002" in prepared.notices[0]


def test_an_escape_sequence_that_goes_on_too_long_is_shown_as_what_does_not_decode() -> None:
    data = b"\x1b$B$3$l\x1b(idnaplain"  # Python's decoder names no place for it, and raises another error
    lines, prepared = made(data, content_type="text/plain; charset=iso-2022-jp")
    assert lines.whole().startswith("これ\N{REPLACEMENT CHARACTER}")
    assert prepared.notices == ("Not valid iso-2022-jp: bytes that cannot be decoded are shown as �.",)
    assert decode(data, "iso-2022-jp", whole=False)[1] == prepared.notices


@pytest.mark.parametrize("charset", ["no-such", "hex", "zlib", "unicode_escape", "punycode", "\x00", "a b"])
def test_a_charset_that_is_none_is_said(charset: str) -> None:
    lines, prepared = made(b"plain", content_type=f'text/plain; charset="{charset}"')
    assert lines.whole() == "plain"
    assert prepared.notices


def test_line_ends_are_made_one_and_nul_is_seen() -> None:
    lines, _prepared = made(b"a\r\nb\rc\0\n")
    assert [lines.text(row) for row in range(lines.count)] == ["a", "b", "c\N{SYMBOL FOR NULL}", ""]


def test_a_line_end_that_two_pieces_share_is_one() -> None:
    lines, _prepared = made(b"a" * ((1 << 20) - 1) + b"\r\nb")
    assert lines.number(lines.count - 1) == 2


def test_what_is_not_json_says_where_it_stops() -> None:
    _lines, prepared = made(b'{"a": 1,}', Kind.JSON, Form.PRETTY)
    assert "line 1, column 9" in prepared.notices[0]


def test_deep_nesting_is_no_trouble() -> None:
    lines, prepared = made(b"[" * 50_000, Kind.JSON, Form.PRETTY)
    assert lines.count == 50_000
    assert prepared.notices


@given(st.lists(st.text(alphabet="aü😀 ", max_size=40), min_size=1, max_size=20), st.integers(5, 12))
def test_rows_hold_every_line_whole(texts: list[str], longest: int) -> None:
    whole = "\n".join(texts)
    data = whole.encode()
    rows = rows_of(data, longest)
    lines = TextLines(data, rows.starts, rows.cuts)
    assert lines.whole() == whole
    numbers = [number for row in range(lines.count) if (number := lines.number(row)) is not None]
    assert numbers == list(range(1, len(texts) + 1))
    for number, text in enumerate(texts):
        first = rows.row_of(number)
        assert first == lines.row_of_line(number + 1)
        last = rows.row_of(number + 1) if number + 1 < len(texts) else lines.count
        assert "".join(lines.text(row) for row in range(first, last)) == text
        assert all(len(lines.text(row).encode()) <= longest + 1 for row in range(first, last))


@given(st.text(alphabet="aü😀\n", max_size=60), st.data())
def test_offsets_and_columns_are_two_names_of_one_place(text: str, data: st.DataObject) -> None:
    encoded = text.encode()
    rows = rows_of(encoded, 8)
    lines = TextLines(encoded, rows.starts, rows.cuts)
    row = data.draw(st.integers(0, lines.count - 1))
    column = data.draw(st.integers(0, len(lines.text(row))))
    offset = lines.offset_at(row, column)
    assert lines.column_at(row, offset) == column
    assert text.startswith(lines.piece(0, offset))


def test_folds_are_rows_also_where_lines_before_them_are_cut() -> None:
    lines, _prepared = made(b'{"long": "' + b"x" * 5000 + b'", "inner": {"a": 1}}', Kind.JSON, Form.PRETTY)
    fold = next(row for row in range(lines.count) if lines.text(row).endswith('"inner": {'))
    assert lines.fold_end(fold) == fold + 2
    assert lines.fold_end(fold + 1) is None
    assert lines.fold_around(fold + 1) == fold
    assert lines.fold_end(0) == lines.count - 1


def test_stopped_work_goes_no_further() -> None:
    work = Work()
    work.stop()
    with pytest.raises(Stopped):
        prepare(io.BytesIO(b"a"), io.BytesIO(), Order(Form.RAW, Kind.TEXT), work)


def test_a_layout_that_grows_without_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.core.content.preparing._GROWTH_FREE", 1000)
    _lines, prepared = made(b"[" * 5000, Kind.JSON, Form.PRETTY)
    assert "would be too large" in prepared.error


def test_hex_shows_offset_bytes_and_letters() -> None:
    data = b"ABC\x00" + bytes(14)
    lines = HexLines(data)
    assert lines.text(0) == "00000000  41 42 43 00 00 00 00 00  00 00 00 00 00 00 00 00  ABC............."
    assert lines.count == 2
    assert lines.piece(0, lines.size) == hex_dump(data)
    assert lines.piece(lines.offset_at(0, 10), lines.offset_at(1, 8)) == lines.text(0)[10:] + "\n00000010"
    assert lines.row_at(lines.offset_at(1, 3)) == 1
