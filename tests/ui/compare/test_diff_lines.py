"""How two lists become lines, and what is folded."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from workbench.ui.compare.diff_lines import DiffLine, Sign, field_lines, folded, section, text_lines

_TEXTS = st.lists(st.sampled_from(["a", "b", "c", "{", "}"]), max_size=30)


def unfolded(lines: tuple[DiffLine, ...]) -> list[DiffLine]:
    return [inner for line in lines for inner in (line.hidden or (line,))]


@given(_TEXTS, _TEXTS)
def test_both_texts_can_be_read_off(left: list[str], right: list[str]) -> None:
    lines = text_lines(left, right)
    assert [line.left for line in lines if line.sign is not Sign.RIGHT] == left
    assert [line.right for line in lines if line.sign is not Sign.LEFT] == right
    assert all((line.left == line.right) == (line.sign is Sign.SAME) for line in lines)


@given(_TEXTS, _TEXTS)
def test_folding_hides_only_what_is_the_same(left: list[str], right: list[str]) -> None:
    lines = text_lines(left, right)
    shown = folded(lines)
    assert unfolded(shown) == list(lines)
    assert all(line.sign is Sign.SAME for fold in shown for line in fold.hidden)
    assert all(len(fold.hidden) > 1 for fold in shown if fold.sign is Sign.FOLD)


def test_a_change_keeps_its_neighbours_in_sight() -> None:
    texts = [str(number) for number in range(20)]
    shown = folded(text_lines(texts, [*texts[:10], "x", *texts[11:]]))
    assert [line.sign for line in shown] == [Sign.FOLD, *[Sign.SAME] * 2, Sign.OTHER, *[Sign.SAME] * 2, Sign.FOLD]
    assert (shown[3].left, shown[3].right) == ("10", "x")


def test_fields_are_matched_by_name() -> None:
    left = [("Accept", "*/*"), ("X", "1"), ("Set-Cookie", "a"), ("Set-Cookie", "b")]
    right = [("set-cookie", "a"), ("accept", "text/html"), ("Y", "2"), ("Set-Cookie", "c")]
    assert field_lines(left, right) == (
        DiffLine(Sign.OTHER, "Accept: */*", "accept: text/html"),
        DiffLine(Sign.LEFT, "X: 1"),
        DiffLine(Sign.SAME, "Set-Cookie: a", "set-cookie: a"),
        DiffLine(Sign.OTHER, "Set-Cookie: b", "Set-Cookie: c"),
        DiffLine(Sign.RIGHT, right="Y: 2"),
    )


def test_a_heading_counts_what_differs_below_it() -> None:
    lines = (DiffLine(Sign.OTHER, "a", "b"), DiffLine(Sign.LEFT, "c"), DiffLine(Sign.SAME, "d", "d"))
    assert section("T", lines, "none", "{count} differ")[0] == DiffLine(Sign.HEADING, "T", "2 differ")
    same = (replace(lines[2]), replace(lines[2]))
    assert section("T", same, "none", "{count} differ") == (
        DiffLine(Sign.HEADING, "T", "none"),
        DiffLine(Sign.FOLD, hidden=same),
    )
