"""Patterns: quick ones at once, others apart, and none for ever."""

import re

import pytest
from jsonpath import JSONPathError

from workbench.core.content import patterns
from workbench.core.content.patterns import is_found, selected


@pytest.mark.parametrize(
    ("pattern", "text", "wanted"),
    [
        ("^f.o$", "foo", True),
        ("^f.o$", "fooo", False),
        (r"^\d{4}-\d\d$", "2026-01", True),
        ("(ab)+c", "xababc", True),
        ("(ab)+c", "xabab", False),
        (r"\)\*", "a)*", True),
        ("ü\ud800?$", "ü" * 5, True),
    ],
)
def test_it_says_what_python_says(pattern: str, text: str, wanted: bool) -> None:
    assert is_found(pattern, text) is wanted
    assert is_found(pattern, "x" * 100_000 + "\n" + text) is (
        re.search(pattern, "x" * 100_000 + "\n" + text) is not None
    )


def test_a_search_without_an_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "PATIENCE", 0.5)
    with pytest.raises(ValueError, match="too long"):
        is_found("(a+)+$", "a" * 60 + "b")
    with pytest.raises(ValueError, match="too long"):
        is_found("a*a*a*a*a*b", "a" * 5_000)


def test_what_is_no_pattern() -> None:
    with pytest.raises(re.error, match="unterminated"):
        is_found("(", "")


ROWS = {"rows": [{"name": "anna", "n": 1}, {"name": "otto", "n": 2}, {"name": "bob", "n": 3.5}]}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$.rows[?@.n > 1].name", ["otto", "bob"]),
        ("$.rows[?search(@.name, '(n|t)+')].n", [1, 2]),
        ("$.rows[?match(@.name, '.o.')]", [{"name": "bob", "n": 3.5}]),
        ("$.rows[?@.name =~ /^a.*/].name", ["anna"]),
        ("$.nothing[?search(@, 'x')]", []),
    ],
)
def test_what_a_path_selects(path: str, found: list[object]) -> None:
    assert selected(path, ROWS) == found


@pytest.mark.parametrize("test", ["search(@, '(a+)+$')", "match(@, '(a+)+$')", "@ =~ /(a+)+$/"])
def test_a_path_without_an_end_is_ended(monkeypatch: pytest.MonkeyPatch, test: str) -> None:
    monkeypatch.setattr(patterns, "PATIENCE", 0.5)
    with pytest.raises(ValueError, match="too long"):
        selected(f"$[?{test}]", ["a" * 60 + "b"])


def test_what_is_no_path() -> None:
    with pytest.raises(JSONPathError):
        selected("$[?search(", ROWS)
