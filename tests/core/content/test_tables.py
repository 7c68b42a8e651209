"""CSV: delimiters, records with line ends in them, titles."""

import pytest

from tests.core.content.test_preparing import made
from workbench.core.content.kinds import Kind
from workbench.core.content.lines import TextLines
from workbench.core.content.preparing import Form
from workbench.core.content.tables import cells_of, delimiter_of, has_header


def table(text: str, content_type: str = "text/csv") -> list[list[str]]:
    lines, prepared = made(text.encode(), Kind.CSV, Form.RECORDS, content_type)
    return [cells_of(lines, number, prepared.delimiter) for number in range(len(lines.records) - 1)]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n1,5;2,5;3\n", ";"),
        ("a\tb\n1\t2", "\t"),
        ("a|b\n1|2", "|"),
        ('"x;y",b\n1,2\n', ","),
        ("one column\nonly", ","),
    ],
)
def test_the_delimiter_is_the_one_that_lines_agree_on(text: str, delimiter: str) -> None:
    assert delimiter_of(text, "text/csv") == delimiter


def test_a_media_type_of_its_own_says_tabs() -> None:
    assert delimiter_of("a,b\tc,d", "text/tab-separated-values") == "\t"


def test_cells_may_hold_line_ends_quotes_and_delimiters() -> None:
    assert table('id,text\n1,"two\nlines, and ""more"""\n\n2,x\r\n') == [
        ["id", "text"],
        ["1", 'two\nlines, and "more"'],
        ["2", "x"],
    ]


def test_a_quote_that_never_ends_takes_the_rest() -> None:
    assert table('a,b\n1,"open\nand on') == [["a", "b"], ["1", "open\nand on"]]


@pytest.mark.parametrize(
    ("first", "second", "titled"),
    [
        (["id", "name"], ["1", "x"], True),
        (["1", "2"], ["3", "4"], False),
        (["a", "a"], ["1", "2"], False),
        (["a", ""], ["1", "2"], False),
    ],
)
def test_titles_are_names(first: list[str], second: list[str], titled: bool) -> None:
    assert has_header(first, second) == titled


def test_nothing_has_no_records() -> None:
    assert len(TextLines().records) == 0
    assert table("\n\n") == []
