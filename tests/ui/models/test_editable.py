"""Rows that are edited: the model passes Qt's own tester, speaks, and tells of a person's changes only."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from workbench.core.draft import Variable
from workbench.core.visible import HIDDEN
from workbench.ui.models.editable import EditableRows, EditColumn

pytestmark = pytest.mark.usefixtures("qapp")
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
CHECK = Qt.ItemDataRole.CheckStateRole
OFF = Qt.CheckState.Unchecked.value


def made(*rows: Variable) -> EditableRows[Variable]:
    columns: tuple[EditColumn[Variable], ...] = (
        EditColumn("Name", lambda row: row.name, lambda row, text: replace(row, name=text)),
        EditColumn(
            "Value", lambda row: row.value, lambda row, text: replace(row, value=text), secret=lambda row: row.secret
        ),
        EditColumn("Fixed", lambda row: row.description, choices=(("a", "first"),)),
    )
    model = EditableRows(columns, Variable())
    model._tester = QAbstractItemModelTester(  # type: ignore[attr-defined]  # lives as long as the model
        model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    model.show_rows(rows)
    return model


def names(model: EditableRows[Variable]) -> list[str]:
    return [row.name for row in model.rows()]


def test_typing_into_the_last_row_makes_another() -> None:
    model = made()
    assert model.setData(model.index(0, 0), "a")
    assert model.setData(model.index(0, 1), "1")
    assert model.rowCount() == 2
    assert model.rows() == (Variable("a", "1"),)


def test_a_row_is_switched_off_and_says_so() -> None:
    model = made(Variable("a", "1"), Variable("b", "2"))
    assert model.setData(model.index(0, 0), OFF, CHECK)
    assert [row.on for row in model.rows()] == [False, True]
    assert model.index(0, 1).data(SPOKEN) == "Value: 1, off"


def test_the_empty_row_can_be_neither_switched_nor_removed() -> None:
    model = made(Variable("a"))
    assert not model.flags(model.index(1, 0)) & Qt.ItemFlag.ItemIsUserCheckable
    assert not model.setData(model.index(1, 0), OFF, CHECK)
    model.remove([1])
    assert model.rowCount() == 2
    assert "empty" in model.index(1, 0).data(SPOKEN)


def test_rows_are_removed_put_in_and_moved() -> None:
    model = made(*(Variable(name) for name in "abcd"))
    kept = QPersistentModelIndex(model.index(3, 0))
    model.remove([0, 2, 4, 9])
    assert names(model) == ["b", "d"]
    assert kept.row() == 1
    model.insert(9, [Variable("e")])
    assert model.shift(0, 1) == 1
    assert names(model) == ["d", "b", "e"]
    assert model.shift(0, -1) == 0
    assert model.shift(2, 1) == 2
    assert model.shift(2, -2) == 0
    assert names(model) == ["e", "d", "b"]


def test_what_cannot_be_written_stays() -> None:
    model = made(Variable("a", description="a"))
    assert not model.setData(model.index(0, 2), "b")
    assert not model.flags(model.index(0, 2)) & Qt.ItemFlag.ItemIsEditable
    assert model.index(0, 2).data() == "first"


def test_a_secret_is_neither_shown_nor_spoken() -> None:
    model = made(Variable("a", "hunter2", secret=True))
    assert model.index(0, 1).data() == HIDDEN
    assert "hunter2" not in model.index(0, 1).data(SPOKEN)
    assert model.index(0, 1).data(Qt.ItemDataRole.EditRole) == "hunter2"


def test_only_what_a_person_does_is_told(qtbot: QtBot) -> None:
    model = made(Variable("a"))
    with qtbot.assertNotEmitted(model.edited):
        model.show_rows([Variable("b")])
        model.show_rows([])
        model.show_rows([Variable("b"), Variable("c")])
        model.setData(model.index(0, 0), "b")
    with qtbot.waitSignal(model.edited):
        model.setData(model.index(0, 0), "z")
    with qtbot.waitSignal(model.edited):
        model.remove([0])
