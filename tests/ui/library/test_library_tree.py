"""The model of the tree: compared and not reset, spoken whole, carried about."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.ui.library.trees import ROOT, collection, folder, large, location, request, sample
from workbench.core.collection.location import DraftLocation
from workbench.core.collection.node import Node
from workbench.core.workspace.collection_state import Move, outermost
from workbench.ui.models.library_lines import LibraryLine, folder_lines, lines_of, matching
from workbench.ui.models.library_mime import read_locations, write_locations
from workbench.ui.models.library_tree import LibraryTree

pytestmark = pytest.mark.usefixtures("qapp")
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def watched(model: LibraryTree) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def names(model: LibraryTree, parent: QModelIndex | None = None) -> list[object]:
    """Names, each folder followed by the list of what it holds."""
    above = parent or QModelIndex()
    found: list[object] = []
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        found.append(index.data())
        if model.hasChildren(index):
            found.append(names(model, index))
    return found


def test_what_is_shown_can_be_read_aloud() -> None:
    model = LibraryTree()
    _tester = watched(model)
    model.show_lines(lines_of([sample()]))
    said = {path: model.find(location(path)).data(SPOKEN) for path in ("", "health.yml", "orders", "broken.yml")}
    assert said == {
        "": "collection Payments",
        "health.yml": "GET health",
        "orders": "folder orders",
        "broken.yml": "broken.yml, damaged file: Line 3, column 7: not YAML.",
    }
    assert "not supported here: It is a WebSocket." in model.find(location("socket.yml")).data(SPOKEN)
    assert "Line 3" in model.find(location("broken.yml")).data(Qt.ItemDataRole.ToolTipRole)


def test_a_new_file_leaves_all_others_where_they_are() -> None:
    model = LibraryTree()
    _tester = watched(model)
    model.show_lines(lines_of([sample()]))
    kept = QPersistentModelIndex(model.find(location("users/list-users.yml")))
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    before = sample().tree
    assert before is not None
    children = (request("first.yml"), *before.children, folder("zoo", request("zoo/lion.yml")))
    model.show_lines(lines_of([replace(sample(), tree=replace(before, children=children))]))
    assert kept.isValid()
    assert kept.data() == "List users"
    assert not resets
    assert names(model)[:3] == ["Payments", ["first", "health", "orders", ["create", "list", "deep"], "users",
                                             ["List users"], "broken.yml", "Socket", "zoo", ["lion"]]][:2]  # fmt: skip


def test_another_method_and_name_are_news_of_one_line() -> None:
    model = LibraryTree()
    model.show_lines(lines_of([sample()]))
    changed: list[str] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.data()))
    model.show_lines(lines_of([sample()]))
    assert not changed
    before = sample().tree
    assert before is not None
    children = (request("health.yml", "PUT", name="Alive"), *before.children[1:])
    model.show_lines(lines_of([replace(sample(), tree=replace(before, children=children))]))
    assert changed == ["Alive"]


def test_what_is_gone_is_forgotten() -> None:
    model = LibraryTree()
    _tester = watched(model)
    model.show_lines(lines_of([sample()]))
    gone = model.find(location("orders/create.yml"))
    model.show_lines(lines_of([collection(request("health.yml"))]))
    assert names(model) == ["Payments", ["health"]]
    assert not model.find(location("orders/create.yml")).isValid()
    assert model.line(gone) is None
    model.show_lines(())
    assert model.rowCount() == 0


trees = st.recursive(
    st.lists(st.sampled_from("abcdef"), unique=True, max_size=5).map(tuple),
    lambda below: st.lists(st.tuples(st.sampled_from("uvwxyz"), below), unique_by=lambda t: t[0], max_size=4).map(
        tuple
    ),
    max_leaves=8,
)


def grown(tree: object, above: str = "") -> tuple[Node, ...]:
    assert isinstance(tree, tuple)
    return tuple(
        request(f"{above}{one}")
        if isinstance(one, str)
        else folder(f"{above}{one[0]}", *grown(one[1], f"{above}{one[0]}/"))
        for one in tree
    )


def expected(nodes: tuple[Node, ...]) -> list[object]:
    found: list[object] = []
    for node in nodes:
        found.append(node.name)
        if node.children:
            found.append(expected(node.children))
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(trees, min_size=2, max_size=4))
def test_any_tree_becomes_any_other(states: list[object]) -> None:
    model = LibraryTree()
    _tester = watched(model)
    for state in states:
        nodes = grown(state)
        model.show_lines(lines_of([collection(*nodes)]))
        assert names(model) == (["Payments", expected(nodes)] if nodes else ["Payments"])


def test_a_name_is_asked_for_and_not_changed(qtbot: QtBot) -> None:
    model = LibraryTree()
    model.show_lines(lines_of([sample()]))
    index = model.find(location("health.yml"))
    with qtbot.waitSignal(model.rename_requested) as asked:
        assert model.setData(index, " Alive ")
    assert asked.args == [location("health.yml"), "Alive"]
    assert index.data() == "health"
    assert not model.setData(index, "  ")
    assert not model.flags(model.find(location("broken.yml"))) & Qt.ItemFlag.ItemIsEditable


def test_lines_are_dropped_between_and_into_but_not_into_themselves(qtbot: QtBot) -> None:
    model = LibraryTree()
    model.show_lines(lines_of([sample(), collection(request("a.yml"), at=Path("/other"), name="Other")]))
    carried = write_locations([location("orders"), location("orders/list.yml")])
    assert read_locations(carried) == (location("orders"),)
    assert carried.urls()[0].toLocalFile() == str(ROOT / "orders")
    move, users, root = Qt.DropAction.MoveAction, model.find(location("users")), model.find(location(""))
    assert model.canDropMimeData(carried, move, -1, 0, users)
    assert not model.canDropMimeData(carried, move, -1, 0, model.find(location("orders/deep")))
    assert not model.canDropMimeData(carried, move, -1, 0, model.find(location("health.yml")))
    with qtbot.waitSignal(model.move_requested) as asked:
        model.dropMimeData(carried, move, 0, 0, root)
    assert asked.args == [Move((location("orders"),), location(""), location("health.yml"))]
    with qtbot.waitSignal(model.move_requested) as asked:
        model.dropMimeData(carried, move, -1, 0, model.find(location("", Path("/other"))))
    assert asked.args == [Move((location("orders"),), location("", Path("/other")), copy=True)]
    model.ordered = False
    assert not model.canDropMimeData(carried, move, 0, 0, root)


def test_the_outermost_are_carried_once() -> None:
    locations = [location("a/b/c"), location("a"), location("x/y"), location("x/y")]
    assert outermost(locations) == (location("a"), location("x/y"))


def lines(wanted: str = "", *, by_name: bool = False) -> list[str]:
    found: list[str] = []

    def walk(line: LibraryLine) -> None:
        found.append(line.name)
        for below in line.lines:
            walk(below)

    for line in matching(lines_of([sample()], by_name=by_name), wanted):
        walk(line)
    return found


def test_the_filter_keeps_the_way_to_what_matches() -> None:
    assert lines("lsusr") == ["Payments", "users", "List users"]
    assert lines("post") == ["Payments", "orders", "create"]
    assert lines("orders") == ["Payments", "orders", "create", "list", "deep"]
    assert lines("nothing like it") == []


def test_by_name_folders_come_first_and_numbers_count() -> None:
    numbered = collection(request("r10.yml"), request("r9.yml"), folder("z"))
    (root,) = lines_of([numbered], by_name=True)
    assert [line.name for line in root.lines] == ["z", "r9", "r10"]
    assert lines(by_name=True)[:3] == ["Payments", "orders", "deep"]


def test_requests_are_saved_in_folders() -> None:
    (root,) = folder_lines([sample()])
    assert [line.name for line in root.lines] == ["orders", "users"]


def test_lines_that_are_still_true_are_the_same_ones() -> None:
    (before,) = lines_of([sample()])
    (again,) = lines_of([sample()], [before])
    assert again is before
    tree = sample().tree
    assert tree is not None
    changed = replace(sample(), tree=replace(tree, children=(request("new.yml"), *tree.children)))
    (after,) = lines_of([changed], [before])
    assert [line.name for line in after.lines[:2]] == ["new", "health"]
    assert after.lines[2] is before.lines[1]
    (sorted_,) = lines_of([sample()], [before], by_name=True)
    assert [line.name for line in sorted_.lines[0].lines] == ["deep", "create", "list"]


def test_ten_thousand_requests_are_shown_and_compared() -> None:
    model = LibraryTree()
    many = large(10_000)
    assert many.tree is not None
    fewer = replace(many, tree=replace(many.tree, children=many.tree.children[1:]))
    model.show_lines(lines_of([many]))
    model.show_lines(lines_of([fewer]))
    assert model.find(DraftLocation(ROOT, Path("f49/r199.yml"))).isValid()
