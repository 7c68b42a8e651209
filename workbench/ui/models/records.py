"""Records of CSV as table rows, taken apart when they come into sight."""

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.core.content.lines import TextLines
from workbench.core.content.tables import cells_of, has_header
from workbench.core.i18n import _
from workbench.core.visible import visible, visible_lines
from workbench.ui.look.plain import tip

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
_CACHED = 2000
_LOOKED_AT = 100  # records that say how many columns there are
_SHOWN = 500  # characters of a cell
_ROLES = frozenset((Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole))


class RecordTable(QAbstractTableModel):
    """``show_records`` shows another text; the first record may be the columns' titles."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines = TextLines()
        self._delimiter = ","
        self._columns = 0
        self._titled = False
        self._cache: OrderedDict[int, list[str]] = OrderedDict()

    def show_records(self, lines: TextLines, delimiter: str) -> None:
        """Show the records of ``lines``."""
        self.beginResetModel()
        self._lines, self._delimiter = lines, delimiter or ","
        self._cache.clear()
        count = max(len(lines.records) - 1, 0)
        self._columns = max((len(self._cells(number)) for number in range(min(count, _LOOKED_AT))), default=0)
        self._titled = count > 0 and has_header(self._cells(0), self._cells(1) if count > 1 else [])
        self.endResetModel()

    @property
    def titled(self) -> bool:
        """Whether the first record stands above the columns."""
        return self._titled

    def set_titled(self, titled: bool) -> None:
        """Put the first record above the columns, or among the others."""
        self.beginResetModel()
        self._titled = titled
        self.endResetModel()

    def record(self, row: int) -> list[str]:
        """The cells of a row."""
        return self._cells(row + self._titled)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Number of records below the titles."""
        return 0 if parent.isValid() else max(len(self._lines.records) - 1 - self._titled, 0)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Cells of the longest of the first records."""
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ROLES or not index.isValid():
            return None
        cells = self.record(index.row())
        text = cells[index.column()] if index.column() < len(cells) else ""
        text = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return visible_lines(f"{self._title(index.column())}: {text}")
        return visible(text.replace("\n", " ⏎ ")) if role == Qt.ItemDataRole.DisplayRole else tip(text)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Titles of the columns; numbers of the records."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return visible(self._title(section)) if 0 <= section < self._columns else None

    def _title(self, column: int) -> str:
        first = self._cells(0) if self._titled else []
        return first[column] if column < len(first) else _("Column {number}").format(number=column + 1)

    def _cells(self, number: int) -> list[str]:
        known = self._cache.get(number)
        if known is None:
            known = self._cache[number] = cells_of(self._lines, number, self._delimiter)
            if len(self._cache) > _CACHED:
                self._cache.popitem(last=False)
        return known
