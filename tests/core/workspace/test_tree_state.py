"""How the tree of collections looked comes back, and what cannot be read is as if new."""

from pathlib import Path

import pytest

from workbench.core.collection.location import DraftLocation
from workbench.core.workspace import tree_state
from workbench.core.workspace.tree_state import TreeState

LOOK = TreeState(
    True,
    frozenset({DraftLocation(Path("/c"), None), DraftLocation(Path("/c"), Path("orders"))}),
    frozenset({Path("/c")}),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.json"


def test_a_look_comes_back(file: Path) -> None:
    tree_state.write(file, LOOK)
    assert tree_state.read(file) == LOOK


def test_one_that_names_no_format_is_read(file: Path) -> None:
    file.write_text('{"by_name": true, "unfolded": {"/c": ["", "orders"]}}')
    assert tree_state.read(file) == LOOK


@pytest.mark.parametrize("text", ["", "[]", '{"format": 1, "by_name": true}', '{"format": 1, "unfolded": 3}'])
def test_nonsense_is_as_if_new_and_written_over(file: Path, text: str) -> None:
    file.write_text(text)
    assert tree_state.read(file) == TreeState()
    tree_state.write(file, LOOK)
    assert tree_state.read(file) == LOOK


def test_a_newer_one_is_left_alone(file: Path) -> None:
    file.write_text('{"format": 2, "view": "graph"}')
    assert tree_state.read(file) == TreeState()
    tree_state.write(file, LOOK)
    assert file.read_text() == '{"format": 2, "view": "graph"}'
