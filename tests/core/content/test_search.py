"""Finding in long texts: every place, whatever its case, whatever lies between two pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.content import search as module
from workbench.core.content.lines import HexLines, TextLines
from workbench.core.content.rows import rows_of
from workbench.core.content.search import Matches, search
from workbench.core.content.work import Stopped, Work


def lines(text: str) -> TextLines:
    data = text.encode()
    rows = rows_of(data)
    return TextLines(data, rows.starts, rows.cuts)


def found(text: str, matches: Matches) -> list[str]:
    pairs = zip(matches.offsets, matches.lengths, strict=True)
    return [lines(text).piece(offset, offset + length) for offset, length in pairs]


@given(st.text(alphabet="abAB \nü", max_size=80), st.text(alphabet="abAB", min_size=1, max_size=3))
def test_every_match_is_found_across_pieces(text: str, wanted: str) -> None:
    before = module._PIECE
    module._PIECE = 7
    try:
        matches = search(lines(text), wanted, Work())
    finally:
        module._PIECE = before
    assert all(piece.lower() == wanted.lower() for piece in found(text, matches))
    if len(wanted) == 1:
        assert matches.total == text.lower().count(wanted.lower())


def test_letters_beyond_ascii_have_cases_too() -> None:
    text = "über ÜBER\nübrig 😀 Über"
    assert found(text, search(lines(text), "üBer", Work())) == ["über", "ÜBER", "Über"]


def test_what_is_too_much_to_keep_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 10)
    matches = search(lines("x" * 600_000), "x", Work())
    assert len(matches.offsets) == 10
    assert matches.total == 600_000


def test_nothing_wanted_is_nothing_found() -> None:
    assert search(lines("abc"), "", Work()).total == 0


def test_a_search_can_be_stopped() -> None:
    work = Work()
    work.stop()
    with pytest.raises(Stopped):
        search(lines("abc"), "b", work)


@pytest.mark.parametrize("wanted", ["Hello", "68 65 6c 6c 6f", "68656C6C6F"])
def test_bytes_are_found_as_text_and_as_hexadecimal(wanted: str) -> None:
    dump = HexLines(b"\0" * 20 + b"hello" + b"\0" * 20)
    matches = search(dump, wanted, Work())
    assert matches.total == 1
    start = matches.offsets[0]
    assert dump.piece(start, start + matches.lengths[0]) == "68 65 6c 6c  6f"
