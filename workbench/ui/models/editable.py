"""Rows being edited: a cell for each column, each row on or off, and an empty row at the end to type into."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from workbench.core.i18n import _
from workbench.core.visible import HIDDEN, visible
from workbench.ui.models.table import NO_PARENT, Index, Row


def _nothing(_row: Any) -> tuple[str, ...]:
    return ()


def _never(_row: Any) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class EditColumn(Generic[Row]):
    """One column: how its text is read from a row and written to it; without ``write`` it is only shown.

    ``choices`` are pairs of value and words, where only these can be chosen. ``suggestions`` are offered
    while one types. ``variables``: the text may hold ``{{variables}}``. ``secret`` rows show dots.
    ``extra`` columns are hidden until a person asks for them. ``invitation`` stands in the empty row.
    ``width`` is in pixels; the column without one takes what the others leave.
    """

    title: str
    read: Callable[[Row], str]
    write: Callable[[Row, str], Row] | None = None
    choices: tuple[tuple[str, str], ...] = ()
    suggestions: Callable[[Row], Sequence[str]] = _nothing
    variables: bool = False
    secret: Callable[[Row], bool] = _never
    extra: bool = False
    invitation: str = ""
    width: int = 0

    def shown(self, row: Row) -> str:
        """The text as it stands in the cell."""
        text = self.read(row)
        if self.secret(row) and text:
            return HIDDEN
        return next((words for value, words in self.choices if value == text), text)


class EditableRows(QAbstractTableModel, Generic[Row]):
    """``rows()`` and ``show_rows()``; typing into the last row makes another.

    ``switch`` names the field of a row that says whether it is on. ``edited`` tells of what a person did,
    not of ``show_rows``.
    """

    edited = Signal()

    def __init__(
        self, columns: Sequence[EditColumn[Row]], empty: Row, parent: QObject | None = None, *, switch: str = "on"
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._empty = empty
        self._switch = switch
        self._rows: list[Row] = [empty]

    def rows(self) -> tuple[Row, ...]:
        """All rows but the empty one at the end."""
        return tuple(self._rows[:-1])

    def row(self, index: Index) -> Row:
        """The row that ``index`` lies in, the empty one for an invalid index."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else self._empty

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these in place of the present ones; the same ones again leave cursor and selection alone."""
        if tuple(rows) == self.rows():
            return
        if len(rows) == len(self._rows) - 1 and rows:
            self._rows = [*rows, self._empty]
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._rows = [*rows, self._empty]
        self.endResetModel()

    def remove(self, places: Iterable[int]) -> None:
        """Remove some rows; the empty one at the end stays."""
        gone = [place for place in sorted(set(places), reverse=True) if 0 <= place < len(self._rows) - 1]
        for place in gone:
            self.beginRemoveRows(NO_PARENT, place, place)
            del self._rows[place]
            self.endRemoveRows()
        if gone:
            self.edited.emit()

    def insert(self, place: int, rows: Sequence[Row]) -> None:
        """Put ``rows`` in before the row at ``place``, at the latest before the empty one."""
        place = max(0, min(place, len(self._rows) - 1))
        if not rows:
            return
        self.beginInsertRows(NO_PARENT, place, place + len(rows) - 1)
        self._rows[place:place] = rows
        self.endInsertRows()
        self.edited.emit()

    def put(self, place: int, row: Row) -> None:
        """Put ``row`` in place of the one there; in place of the empty one it is another row."""
        last = place == len(self._rows) - 1
        if row == self._rows[place]:
            return
        self._rows[place] = row
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))
        if last:
            self.beginInsertRows(NO_PARENT, place + 1, place + 1)
            self._rows.append(self._empty)
            self.endInsertRows()
        self.edited.emit()

    def shift(self, place: int, by: int) -> int:
        """Move one row up or down; where it is afterwards."""
        target = place + by
        if not (0 <= place < len(self._rows) - 1 and 0 <= target < len(self._rows) - 1) or not by:
            return place
        self.beginMoveRows(NO_PARENT, place, place, NO_PARENT, target + 1 if by > 0 else target)
        self._rows.insert(target, self._rows.pop(place))
        self.endMoveRows()
        self.edited.emit()
        return target

    def is_empty_row(self, index: Index) -> bool:
        """Whether ``index`` lies in the row to type into."""
        return index.row() == len(self._rows) - 1 and self._rows[-1] == self._empty

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Rows and the empty one."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be written can be edited; a row that holds something can be switched off."""
        flags = super().flags(index)
        if not index.isValid():
            return flags
        if self.columns[index.column()].write is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        switched = index.column() == 0 and self._switch and not self.is_empty_row(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if switched else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column, last = self._rows[index.row()], self.columns[index.column()], self.is_empty_row(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return "" if last else visible(column.shown(row))
            case Qt.ItemDataRole.EditRole:
                return column.read(row)
            case Qt.ItemDataRole.CheckStateRole if index.column() == 0 and self._switch and not last:
                return Qt.CheckState.Checked if self._is_on(row) else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleTextRole:
                return visible(self._spoken(row, column, last=last))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Change a cell; raises nothing, refuses what it does not know."""
        if not index.isValid():
            return False
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole:
            if index.column() or not self._switch or self.is_empty_row(index):
                return False
            on = Qt.CheckState(value) == Qt.CheckState.Checked
            self.put(index.row(), replace(row, **{self._switch: on}))  # type: ignore[type-var]  # rows are dataclasses
            return True
        if role != Qt.ItemDataRole.EditRole or column.write is None:
            return False
        if str(value) != column.read(row):
            self.put(index.row(), column.write(row, str(value)))
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        there = orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns)
        return self.columns[section].title if shown and there else None

    def _is_on(self, row: Row) -> bool:
        return bool(getattr(row, self._switch)) if self._switch else True

    def _spoken(self, row: Row, column: EditColumn[Row], *, last: bool) -> str:
        if last:
            return _("{title}: empty, type to add a row").format(title=column.title)
        hidden = column.secret(row) and column.read(row)
        state = "" if self._is_on(row) else ", " + _("off")
        return f"{column.title}: {_('hidden') if hidden else column.shown(row)}{state}"
