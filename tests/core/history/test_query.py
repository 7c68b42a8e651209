"""What a search line means."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.exchange import Outcome
from workbench.core.history import History, Query, parse

PIECES = (
    "host:",
    "status:",
    "since:",
    "cert:",
    '"',
    "*",
    "(",
    ")",
    "NEAR",
    " AND ",
    " OR ",
    "-",
    "\0",
    "%",
    "_",
    "\\",
    "^",
    ":",
    "{",
    "é",
    "書",
    " ",
)
NOW = datetime(2026, 11, 25, 12, 30, tzinfo=timezone(timedelta(hours=0)))


def read(line: str) -> Query:
    return parse(line, NOW)


def test_everything_at_once() -> None:
    query = read('host:Example.org:8443 status:4xx,200,failed cert:AB:12:cd method:post identity:alice "two words" one')
    assert query == Query(
        text=("two words", "one"),
        host="example.org",
        port=8443,
        status=((400, 499), (200, 200)),
        outcomes=(Outcome.FAILURE,),
        cert="ab12cd",
        method="POST",
        identity="alice",
    )


@pytest.mark.parametrize("line", ["", "  ", '"', '""', "host:", "status: ", "since:"])
def test_nothing_is_looked_for_while_it_is_being_typed(line: str) -> None:
    assert read(line) == Query()


@pytest.mark.parametrize(
    ("line", "host", "port"),
    [("host:[::1]:8443", "::1", 8443), ("host:::1", "::1", None), ("host:localhost", "localhost", None)],
)
def test_hosts(line: str, host: str, port: int | None) -> None:
    assert (read(line).host, read(line).port) == (host, port)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("today", datetime(2026, 11, 25, tzinfo=UTC)),
        ("yesterday", datetime(2026, 11, 24, tzinfo=UTC)),
        ("7d", datetime(2026, 11, 18, tzinfo=UTC)),
        ("2h", datetime(2026, 11, 25, 10, 30, tzinfo=UTC)),
        ("2026-11-01", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026-11-01T10:00+02:00", datetime(2026, 11, 1, 8, tzinfo=UTC)),
    ],
)
def test_moments(word: str, expected: datetime) -> None:
    assert read(f"since:{word}").since == expected
    assert read(f"before:{word}").before == expected


def test_two_digits_are_a_range_of_ten() -> None:
    assert read("status:50x").status == ((500, 509),)


@pytest.mark.parametrize(
    "line", ["status:teapot", "since:soon", "before:2026-13-01", "cert:xyz1", "cert:ab", "since:9999999d"]
)
def test_what_makes_no_sense_is_told_and_not_looked_for(line: str) -> None:
    query = read(line + " word")
    assert query.text == ("word",)
    assert len(query.problems) == 1
    assert line.partition(":")[2] in query.problems[0]
    assert query == Query(text=("word",), problems=query.problems)


def test_an_unknown_key_is_a_word() -> None:
    assert read("https://example.org/a color:red").text == ("https://example.org/a", "color:red")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    made = History.open(tmp_path_factory.mktemp("empty") / "history.sqlite3")
    yield made
    made.close()


@given(line=st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=4).map("".join))
@settings(deadline=None)
def test_no_line_is_too_strange_to_be_looked_for(empty: History, line: str) -> None:
    assert empty.search(parse(line)) == ()
