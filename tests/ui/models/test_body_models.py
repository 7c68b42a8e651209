"""Models of bodies: JSON as a tree, CSV as a table, events, cookies."""

import json

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.core.content.test_preparing import made
from workbench.core.content.cookies import cookies_of
from workbench.core.content.events import Event
from workbench.core.content.kinds import Kind
from workbench.core.content.preparing import Form
from workbench.core.visible import HIDDEN
from workbench.ui.models import json_tree
from workbench.ui.models.cookies import cookie_columns
from workbench.ui.models.events import EventRow, EventTable, data_words, event_columns
from workbench.ui.models.json_tree import JSONTree
from workbench.ui.models.records import RecordTable

pytestmark = pytest.mark.usefixtures("qapp")

DOCUMENT = {"a b": [1, {"c": "x, {"}, []], "d": None, "e": True, "f'": {"g": 1.5}}


def tree_of(document: object) -> JSONTree:
    model = JSONTree()
    model.show_lines(made(json.dumps(document).encode(), Kind.JSON, Form.PRETTY)[0])
    return model


def find(model: JSONTree, *rows: int) -> QModelIndex:
    index = QModelIndex()
    for row in rows:
        while model.canFetchMore(index) and model.rowCount(index) <= row:
            model.fetchMore(index)
        index = model.index(row, 0, index)
    return index


def texts(model: JSONTree, index: QModelIndex) -> list[str]:
    return [model.index(index.row(), column, index.parent()).data() for column in range(3)]


def test_the_tree_keeps_the_rules() -> None:
    model = tree_of(DOCUMENT)
    # Made now: during a reset it does not bear the rows that it fetches itself.
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for rows in ((0, 0, 2), (0, 3, 0)):
        assert find(model, *rows).data(Qt.ItemDataRole.AccessibleTextRole)
    model.show_lines(made(b"", Kind.JSON, Form.PRETTY)[0])
    assert model.rowCount() == 0
    assert tester is not None


@pytest.mark.parametrize(
    ("rows", "shown", "path", "value"),
    [
        ((0,), ["$", "4 members", "{ } object"], "$", json.dumps(DOCUMENT)),
        ((0, 0), ["a b", "3 elements", "[ ] array"], "$['a b']", '[1, {"c": "x, {"}, []]'),
        ((0, 0, 0), ["[0]", "1", "# number"], "$['a b'][0]", "1"),
        ((0, 0, 1, 0), ["c", '"x, {"', "“” string"], "$['a b'][1].c", '"x, {"'),
        ((0, 0, 2), ["[2]", "[]", "[ ] array"], "$['a b'][2]", "[]"),
        ((0, 1), ["d", "null", "∅ null"], "$.d", "null"),
        ((0, 2), ["e", "true", "◐ boolean"], "$.e", "true"),
        ((0, 3, 0), ["g", "1.5", "# number"], "$['f\\''].g", "1.5"),
    ],
)
def test_nodes_have_a_name_a_value_a_kind_and_a_path(
    rows: tuple[int, ...], shown: list[str], path: str, value: str
) -> None:
    model = tree_of(DOCUMENT)
    index = find(model, *rows)
    assert texts(model, index) == shown
    assert model.path(index) == path
    assert json.loads(model.value(index)) == json.loads(value)


def test_children_are_found_some_at_a_time_and_no_more_than_qt_bears(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_tree, "MOST", 450)
    model = tree_of(list(range(1_000)))
    top = model.index(0, 0)
    model.fetchMore(top)
    assert model.rowCount(top) == 200
    while model.canFetchMore(top):
        model.fetchMore(top)
    assert model.rowCount(top) == 451
    last = model.index(450, 0, top)
    assert "first 450" in texts(model, last)[1]
    assert model.path(last) == "$"
    assert not model.hasChildren(last)


def test_several_documents_stand_side_by_side() -> None:
    model = JSONTree()
    model.show_lines(made(b'{"a": 1}\n{"a": 2}', Kind.JSON, Form.PRETTY)[0])
    assert model.rowCount() == 2
    assert model.value(find(model, 1, 0)) == "2"


def test_a_long_string_is_one_node_whatever_rows_it_takes() -> None:
    model = tree_of(["x" * 5_000, "y"])
    model.fetchMore(model.index(0, 0))
    assert model.rowCount(model.index(0, 0)) == 2
    assert json.loads(model.value(find(model, 0, 0))) == "x" * 5_000


def test_records_keep_the_rules_and_the_first_may_be_titles() -> None:
    model = RecordTable()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    lines, prepared = made(b'id;name\n1;"two\nlines"\n2;x;more\n', Kind.CSV, Form.RECORDS, "text/csv")
    model.show_records(lines, prepared.delimiter)
    assert model.titled
    assert (model.rowCount(), model.columnCount()) == (2, 3)
    assert model.headerData(1, Qt.Orientation.Horizontal) == "name"
    assert model.headerData(2, Qt.Orientation.Horizontal) == "Column 3"
    assert model.index(0, 1).data() == "two ⏎ lines"
    assert model.index(0, 2).data() == ""
    assert model.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "name: x"
    model.set_titled(False)
    assert (model.rowCount(), model.index(0, 0).data()) == (3, "id")
    assert tester is not None


def test_events_are_appended_and_old_ones_forgotten() -> None:
    model = EventTable(event_columns())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for number in range(1, 8):
        model.append_rows([EventRow(number, Event("tick", f"data {number}\nmore").message())], 5)
    assert [row.number for row in model.rows()] == [3, 4, 5, 6, 7]
    assert model.index(0, 4).data() == "data 3 ⏎ more"
    model.append_rows([EventRow(number, Event().message()) for number in range(8, 20)], 5)
    assert [row.number for row in model.rows()] == [15, 16, 17, 18, 19]
    assert tester is not None


@pytest.mark.parametrize(
    ("data", "shown"), [('{"a":1}', ('{\n  "a": 1\n}', True)), ("{no", ("{no", False)), ("text", ("text", False))]
)
def test_the_data_of_an_event_is_laid_out_when_it_is_json(data: str, shown: tuple[str, bool]) -> None:
    assert data_words(Event("message", data).message()) == shown


def test_cookie_values_are_hidden_until_they_are_wanted() -> None:
    (cookie,) = cookies_of((("Set-Cookie", "sid=geheim; HttpOnly; SameSite=Lax"),))

    def shown(revealed: bool) -> list[str]:
        return [column.text(cookie) for column in cookie_columns(revealed=revealed)]

    assert shown(False) == ["sid", HIDDEN, "this host", "that of the URL", "with the session", "HttpOnly, SameSite=Lax"]
    assert shown(True)[1] == "geheim"
    assert "geheim" not in cookie_columns(revealed=False)[1].say(cookie)


def test_a_body_shows_what_cannot_be_seen_and_is_no_markup() -> None:
    tree = tree_of({"<img src='/path'>\u202e": "a\u200bb"})
    shown = find(tree, 0, 0)
    assert texts(tree, shown)[:2] == ["<img src='/path'>\\u202e", '"a\\u200bb"']
    table = RecordTable()
    lines, prepared = made(
        b"name,<img src='/path'>\xe2\x80\xae\n1,<img src='/path'>\xe2\x80\xae\n", Kind.CSV, Form.RECORDS
    )
    table.show_records(lines, prepared.delimiter)
    tips = [str(shown.data(Qt.ItemDataRole.ToolTipRole))]
    for cell in (table.index(row, 1) for row in range(table.rowCount())):
        assert cell.data() == "<img src='/path'>\\u202e"
        tips.append(str(cell.data(Qt.ItemDataRole.ToolTipRole)))
    assert not any("<img" in words for words in tips)
