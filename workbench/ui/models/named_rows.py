"""Tables whose first column, the name, can be edited; the model asks for the change and does not make it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from workbench.core.credentials import BundleRow, IdentityRow
from workbench.ui.models.credential_tables import BUNDLE_COLUMNS, IDENTITY_COLUMNS
from workbench.ui.models.table import Column, Index, Row, TableModel


class NamedRows(TableModel[Row]):
    """``rename_requested`` carries the present name and the wanted one."""

    rename_requested = Signal(str, str)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        name: Callable[[Row], str],
        editable: Callable[[Row], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._name, self._editable = name, editable

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names can be edited where that is allowed."""
        flags, row = super().flags(index), self.row(index)
        if row is not None and index.column() == 0 and self._editable(row):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What ``role`` asks of a cell; the name is edited as it is shown."""
        if role == Qt.ItemDataRole.EditRole and index.column() == 0:
            row = self.row(index)
            return self._name(row) if row is not None else None
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; the row changes when the stock did."""
        row, wanted = self.row(index), str(value).strip()
        if row is None or role != Qt.ItemDataRole.EditRole or not wanted or not self._editable(row):
            return False
        if wanted != self._name(row):
            self.rename_requested.emit(self._name(row), wanted)
        return True

    def name_of(self, row: Row) -> str:
        """What ``row`` is called."""
        return self._name(row)

    def place(self, name: str) -> int:
        """The row number of ``name``, or -1."""
        return next((place for place, row in enumerate(self.rows()) if self._name(row) == name), -1)


def identity_rows(parent: QObject | None = None) -> NamedRows[IdentityRow]:
    """The table of identities."""
    return NamedRows(IDENTITY_COLUMNS, lambda row: row.name, lambda _row: True, parent)


def bundle_rows(parent: QObject | None = None) -> NamedRows[BundleRow]:
    """The table of trust bundles; built-in ones keep their names."""
    return NamedRows(BUNDLE_COLUMNS, lambda row: row.name, lambda row: not (row.built_in or row.in_memory), parent)
