"""A read-only table model over a tuple of rows, made from one list of typed columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.core.visible import visible
from workbench.ui.look.marks import Mark, mark_icon
from workbench.ui.look.plain import tip
from workbench.ui.look.theme import fixed_font

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its title and what it says of a row.

    ``spoken`` is the text for assistive technology where the shown one would not be understood;
    ``sort`` a key where the text's order is not the meaning's; ``mark`` a shape beside the text;
    ``values`` what a delegate asks for under roles of its own.
    """

    title: str
    text: Callable[[Row], str]
    spoken: Callable[[Row], str] | None = None
    tip: Callable[[Row], str] | None = None
    mark: Callable[[Row], Mark | None] | None = None
    sort: Callable[[Row], Any] | None = None
    numeric: bool = False
    fixed_width: bool = False
    values: Mapping[int, Callable[[Row], Any]] = field(default_factory=dict)

    def say(self, row: Row) -> str:
        """The text for assistive technology: never empty of its column's title."""
        said = self.spoken(row) if self.spoken else self.text(row)
        return f"{self.title}: {said}"


class TableModel(QAbstractTableModel, Generic[Row]):
    """``rows()`` and ``show_rows()``; everything else follows from the columns."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()

    def rows(self) -> tuple[Row, ...]:
        """The rows as last shown or sorted."""
        return self._rows

    def row(self, index: Index) -> Row | None:
        """The row that ``index`` lies in, or None for an invalid index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows in place of the present ones."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def show_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Say other things of the same rows."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Number of rows; cells have none below them."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        column = self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return visible(column.text(row))
            case Qt.ItemDataRole.AccessibleTextRole:
                return visible(column.say(row))
            case Qt.ItemDataRole.ToolTipRole:
                return tip(column.tip(row) if column.tip else column.text(row))
            case Qt.ItemDataRole.DecorationRole:
                mark = column.mark(row) if column.mark else None
                return mark_icon(mark) if mark else None
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column.numeric else _LEFT
            case Qt.ItemDataRole.FontRole:
                return fixed_font() if column.fixed_width else None
        own = column.values.get(role)
        return own(row) if own else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        """Titles of the columns; rows have no header."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._columns[section].numeric else _LEFT
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return self._columns[section].title if role in shown else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by one column; equal rows keep their order."""
        if not 0 <= column < len(self._columns):
            return
        chosen = self._columns[column]
        key = chosen.sort or (lambda row: chosen.text(row).casefold())
        self.layoutAboutToBeChanged.emit()
        before = {id(row): place for place, row in enumerate(self._rows)}
        self._rows = tuple(sorted(self._rows, key=key, reverse=order == Qt.SortOrder.DescendingOrder))
        moved = {before[id(row)]: place for place, row in enumerate(self._rows)}
        for old in self.persistentIndexList():
            self.changePersistentIndex(old, self.index(moved[old.row()], old.column()))
        self.layoutChanged.emit()
