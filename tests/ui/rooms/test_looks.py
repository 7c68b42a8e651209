"""How the tree of collections looked comes back, and what cannot be read is as if new."""

from pathlib import Path

import pytest

from workbench.core.collection.location import DraftLocation
from workbench.ui.models.library_news import Look
from workbench.ui.rooms import looks

LOOK = Look(
    True,
    frozenset({DraftLocation(Path("/c"), None), DraftLocation(Path("/c"), Path("orders"))}),
    frozenset({Path("/c")}),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.json"


def test_a_look_comes_back(file: Path) -> None:
    looks.write(file, LOOK)
    assert looks.read(file) == LOOK


def test_one_that_names_no_format_is_read(file: Path) -> None:
    file.write_text('{"by_name": true, "unfolded": {"/c": ["", "orders"]}}')
    assert looks.read(file) == LOOK


@pytest.mark.parametrize("text", ["", "[]", '{"format": 1, "by_name": true}', '{"format": 1, "unfolded": 3}'])
def test_nonsense_is_as_if_new_and_written_over(file: Path, text: str) -> None:
    file.write_text(text)
    assert looks.read(file) == Look()
    looks.write(file, LOOK)
    assert looks.read(file) == LOOK


def test_a_newer_one_is_left_alone(file: Path) -> None:
    file.write_text('{"format": 2, "view": "graph"}')
    assert looks.read(file) == Look()
    looks.write(file, LOOK)
    assert file.read_text() == '{"format": 2, "view": "graph"}'
