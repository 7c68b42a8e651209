"""Cells that are edited in a table."""

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from workbench.ui.models.editable import EditableRows, EditColumn
from workbench.ui.widgets.edit_table import EditTable
from workbench.ui.widgets.variables import Variables


@dataclass(frozen=True, slots=True)
class Pair:
    name: str = ""
    on: bool = True


def test_a_cell_that_is_opened_says_what_belongs_in_it(qtbot: QtBot) -> None:
    column: EditColumn[Pair] = EditColumn(
        "Name", lambda row: row.name, lambda row, text: replace(row, name=text), invitation="Add a pair…"
    )
    table = EditTable("Pairs", EditableRows((column,), Pair()), Variables())
    qtbot.addWidget(table)
    table.show()
    table.edit(table.model().index(0, 0))
    cell = table.findChild(QLineEdit)
    assert isinstance(cell, QLineEdit)
    assert cell.placeholderText() == "Add a pair…"
    assert cell.accessibleName() == "Name"
