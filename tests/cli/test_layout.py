import pytest

from workbench.cli.layout import Column, table_lines, wrapped

COLUMNS = (Column("Name"), Column("Subject", 2), Column("Expires"), Column("Password", 1))
ROWS = [("alice", "CN=alice,O=Example", "2027-02-23", "keyring"), ("山田", "CN=山田", "2027-03-01", "ask")]


def test_a_pipe_gets_everything() -> None:
    assert table_lines(COLUMNS, ROWS, None) == [
        "Name   Subject             Expires     Password",
        "alice  CN=alice,O=Example  2027-02-23  keyring",
        "山田   CN=山田             2027-03-01  ask",
    ]


@pytest.mark.parametrize(
    ("room", "titles"),
    [(47, "Name Subject Expires Password"), (46, "Name Expires Password"), (26, "Name Expires"), (5, "Name Expires")],
)
def test_what_is_most_spare_goes_first(room: int, titles: str) -> None:
    assert table_lines(COLUMNS, ROWS, room)[0].split() == titles.split()


def test_a_column_that_may_wrap_takes_what_the_others_leave() -> None:
    columns = (Column("Server"), Column("What", wraps=True))
    assert table_lines(columns, [("mutual", "Asks for a certificate and insists.")], 30) == [
        "Server  What",
        "mutual  Asks for a certificate",
        "        and insists.",
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("short", ["short"]),
        ("", [""]),
        ("  a detail that is long", ["  a detail that is", "  long"]),
        ("  → do this and then that", ["  → do this and then", "    that"]),
        ("issuer   CN=one two three", ["issuer   CN=one two", "         three"]),
        ("see https://localhost:8443/path/to/it", ["see", "https://localhost:8443/path/to/it"]),
    ],
)
def test_lines_break_at_words_below_what_they_say(text: str, lines: list[str]) -> None:
    assert wrapped(text, 20) == lines


def test_where_there_is_hardly_room_the_terminal_breaks_lines_itself() -> None:
    assert wrapped("a line that is long", 5) == ["a line that is long"]
