"""Rows of a changed list find those that they were, and no file makes that take long."""

from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path
from random import Random

import pytest

from workbench.core.collection import Collection
from workbench.core.collection.aligning import opcodes
from workbench.core.draft import Field

MANY = 600
HEADER = {
    ".yml": ("info: {name: r, type: http}\nhttp:\n  url: u\n  headers:\n", "    - {name: a, value: b}\n", ""),
    ".bru": ("meta {\n  name: r\n  type: http\n}\nget {\n  url: u\n}\nheaders {\n", "  a: b\n", "}\n"),
}


def test_what_became_of_each_row_is_told_for_any_two_lists() -> None:
    random = Random(7)  # noqa: S311 - rows, no secrets
    for _round in range(300):
        old, new = ([random.choice("aabc") for _row in range(random.randrange(9))] for _list in "12")
        at = there = 0
        for tag, start, end, first, last in opcodes(old, new):
            assert (start, first) == (at, there)
            assert (old[start:end] == new[first:last]) is (tag == "equal")
            at, there = end, last
        assert (at, there) == (len(old), len(new))


def test_lists_that_people_write_are_compared_row_by_row() -> None:
    old, new = list("abcdefg"), list("abxdfyg")
    assert opcodes(old, new) == SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def test_very_many_rows_are_not_compared_each_with_each() -> None:
    rows = ["same"] * MANY
    assert opcodes(["other", *rows, "last"], [*rows, "same", "end"]) == [("replace", 0, MANY + 2, 0, MANY + 2)]
    assert opcodes(rows, [*rows, "new"]) == [("equal", 0, MANY, 0, MANY), ("insert", MANY, MANY, MANY, MANY + 1)]


@pytest.mark.parametrize("suffix", HEADER)
def test_a_file_of_very_many_equal_rows_is_saved_soon(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "theirs"
    if suffix == ".yml":
        Collection.create(root, "Theirs")
    else:
        root.mkdir()
        (root / "bruno.json").write_text('{"version": "1", "name": "Theirs", "type": "collection"}')
    head, row, foot = HEADER[suffix]
    (root / f"r{suffix}").write_text(head + row * MANY + foot)
    collection = Collection.open(root)
    loaded = collection.load(Path(f"r{suffix}"))
    headers = loaded.draft.headers
    assert len(headers) == MANY
    changed = (Field("a", "first"), *headers[1:-1], Field("a", "last"))
    draft = replace(loaded.draft, headers=changed)
    collection.save(Path(f"r{suffix}"), draft, loaded.stamp)
    assert Collection.open(root).load(Path(f"r{suffix}")).draft.headers == changed
