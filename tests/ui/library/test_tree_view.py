"""The tree in the window: very much is unfolded little by little, and what was unfolded stays so."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.library.trees import collection, folder, large, location, request, sample
from workbench.core.workspace.collection_state import CollectionState
from workbench.ui.library.tree_view import TreeView
from workbench.ui.models.library_lines import lines_of
from workbench.ui.models.library_tree import LibraryTree

_LINES = 10_051  # requests, folders and the collection


@pytest.fixture
def tree(qtbot: QtBot) -> TreeView:
    view = TreeView(LibraryTree())
    qtbot.addWidget(view)
    view.resize(300, 600)
    view.show()
    return view


def show(tree: TreeView, root: CollectionState, *, by_name: bool = False) -> None:
    tree._lines.show_lines(lines_of([root], by_name=by_name))


def height(tree: TreeView) -> int:
    """How many lines are in the view, those out of sight too."""
    count, index = 0, tree.model().index(0, 0)
    while index.isValid():
        count += 1
        index = tree.indexBelow(index)
    return count


def test_little_is_unfolded_at_once(tree: TreeView) -> None:
    show(tree, sample())
    tree.unfold_all()
    assert tree.unfolded() == {location(""), location("orders"), location("users")}
    tree.fold_all()
    assert not tree.unfolded()


def test_much_is_unfolded_little_by_little_and_can_be_stopped(tree: TreeView, qtbot: QtBot) -> None:
    show(tree, large(10_000))
    with qtbot.waitSignal(tree._unfolding.finished):
        tree.unfold_all()
        assert height(tree) < 2_000
        assert len(tree.unfolded()) == 51  # what waits is meant as well
    assert height(tree) == _LINES
    tree.fold_all()
    tree.unfold_all()
    tree.fold_all()
    assert not tree._unfolding.is_under_way
    assert height(tree) == 1


def test_in_another_order_it_looks_as_before(tree: TreeView, qtbot: QtBot) -> None:
    show(tree, large(10_000))
    with qtbot.waitSignal(tree._unfolding.finished):
        tree.unfold_all()
    unfolded = tree.unfolded()
    tree.choose(location("f30/r7.yml"))
    bar = tree.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    wanted = bar.value()
    many = large(10_000)
    assert many.tree is not None
    with qtbot.waitSignal(tree._unfolding.finished):
        show(tree, replace(many, tree=replace(many.tree, children=many.tree.children[::-1])))
    assert height(tree) == _LINES
    assert tree.unfolded() == unfolded
    assert [line.location for line in tree.chosen_lines()] == [location("f30/r7.yml")]
    assert bar.value() == wanted


def test_folders_in_folders_are_unfolded_whichever_is_named_first(tree: TreeView) -> None:
    show(tree, collection(folder("a", folder("a/b", folder("a/b/c", request("a/b/c/d.yml"))))))
    tree.unfold([location("a/b/c"), location("a/b"), location(""), location("a"), location("gone")])
    assert height(tree) == 5
