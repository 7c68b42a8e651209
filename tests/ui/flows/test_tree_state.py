"""The tree of collections tree_state as it was left: its order, and what was unfolded."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.keyring import MemoryKeyring
from workbench.core.collection import Collection
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft
from workbench.core.storage import Home
from workbench.core.workspace import tree_state
from workbench.core.workspace.tree_state import TreeState
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.runner import Runner
from workbench.ui.settings import Settings, WindowState
from workbench.ui.windows.main_window import MainWindow

_PATIENCE = 20_000


@contextmanager
def window(qtbot: QtBot, open_: int) -> Iterator[MainWindow]:
    """A window of the default workspace, once ``open_`` collections are shown."""
    made = MainWindow(Bridge(Runner()), Settings())
    qtbot.addWidget(made)
    made.show_as(WindowState())
    made.furnish()
    qtbot.waitUntil(lambda: made.pages.trust.model.rowCount() > 0, timeout=_PATIENCE)
    qtbot.waitUntil(lambda: made.pages.library.model.rowCount() == open_, timeout=_PATIENCE)
    yield made
    made.close()


def file() -> Path:
    return Home.default().workspaces / "default" / "look.json"


def make(root: Path) -> Path:
    made = Collection.create(root, root.name)
    for name in ("Orders", "Users"):
        folder = made.add_folder(Path(), name)
        made.add(folder, Draft(name="List", url="https://localhost"))
    return root


def test_order_and_folders_come_back(qtbot: QtBot, tmp_path: Path, keyring: MemoryKeyring) -> None:
    assert not keyring.entries
    payments, stock = make(tmp_path / "payments"), make(tmp_path / "stock")
    with window(qtbot, 0) as first:
        first.open_paths([payments, stock])
        tree = first.pages.library.tree
        qtbot.waitUntil(lambda: {DraftLocation(payments), DraftLocation(stock)} <= tree.unfolded(), timeout=_PATIENCE)
        tree.expand(first.pages.library.model.find(DraftLocation(payments, Path("Users"))))
        tree.collapse(first.pages.library.model.find(DraftLocation(stock)))
        first.commands["tree-sort"].setChecked(True)
        wanted = TreeState(
            True,
            frozenset({DraftLocation(payments), DraftLocation(payments, Path("Users"))}),
            frozenset({payments, stock}),
        )
        qtbot.waitUntil(lambda: tree_state.read(file()) == wanted, timeout=_PATIENCE)
    with window(qtbot, 2) as second:
        qtbot.waitUntil(lambda: second.pages.library.tree.unfolded() == wanted.unfolded, timeout=_PATIENCE)
        assert second.commands["tree-sort"].isChecked()
        assert second.pages.library.library().by_name


def test_the_filter_is_no_choice_of_the_persons(qtbot: QtBot, tmp_path: Path, keyring: MemoryKeyring) -> None:
    assert not keyring.entries
    payments = make(tmp_path / "payments")
    with window(qtbot, 0) as shown:
        shown.open_paths([payments])
        side = shown.pages.library
        qtbot.waitUntil(lambda: tree_state.read(file()).unfolded == {DraftLocation(payments)}, timeout=_PATIENCE)
        side._filter.setText("list")
        qtbot.waitUntil(lambda: len(side.tree.unfolded()) == 3, timeout=_PATIENCE)
        side._telling.timeout.emit()
        side._filter.clear()
        qtbot.waitUntil(lambda: side.tree.unfolded() == {DraftLocation(payments)}, timeout=_PATIENCE)
        side._telling.timeout.emit()
        assert side._tree_state.unfolded == {DraftLocation(payments)}


@pytest.mark.parametrize("content", ["", "[]", "{", '{"by_name": 1, "unfolded": [3]}', '{"unfolded": {"/x": 3}}'])
def test_what_cannot_be_read_is_as_if_new(tmp_path: Path, content: str) -> None:
    path = tmp_path / "look.json"
    assert tree_state.read(path) == TreeState()
    path.write_text(content)
    assert tree_state.read(path) == TreeState()
