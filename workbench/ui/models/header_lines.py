"""Header fields being edited: name, value, on or off, and an empty line at the end to type into."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from workbench.core.i18n import _
from workbench.ui.models.table import NO_PARENT, Index

_NAME, _VALUE = 0, 1
_TITLES = (_("Name"), _("Value"))


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """One header field; ``on`` False keeps it without sending it."""

    name: str = ""
    value: str = ""
    on: bool = True


_EMPTY = HeaderLine()


class HeaderLines(QAbstractTableModel):
    """``lines()`` and ``show_lines()``; typing into the last line makes another."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[HeaderLine] = [_EMPTY]

    def lines(self) -> tuple[HeaderLine, ...]:
        """All lines but the empty one at the end."""
        return tuple(self._lines[:-1])

    def show_lines(self, lines: Sequence[HeaderLine]) -> None:
        """Show these in place of the present ones."""
        self.beginResetModel()
        self._lines = [*lines, _EMPTY]
        self.endResetModel()

    def remove(self, rows: Iterable[int]) -> None:
        """Remove some lines; the empty one at the end stays."""
        for row in sorted(set(rows), reverse=True):
            if row < len(self._lines) - 1:
                self.beginRemoveRows(NO_PARENT, row, row)
                del self._lines[row]
                self.endRemoveRows()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Lines and the empty one."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Name and value."""
        return 0 if parent.isValid() else len(_TITLES)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be edited; a line that holds something can be switched off."""
        flags = super().flags(index)
        if not index.isValid():
            return flags
        flags |= Qt.ItemFlag.ItemIsEditable
        filled = index.row() < len(self._lines) - 1
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == _NAME and filled else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What ``role`` asks of a cell."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line, last = self._lines[index.row()], index.row() == len(self._lines) - 1
        text = line.name if index.column() == _NAME else line.value
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return text
            case Qt.ItemDataRole.CheckStateRole if index.column() == _NAME and not last:
                return Qt.CheckState.Checked if line.on else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(line, _TITLES[index.column()], text)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Change a cell; raises nothing, refuses what it does not know."""
        if not index.isValid():
            return False
        row, line = index.row(), self._lines[index.row()]
        last = row == len(self._lines) - 1
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == _NAME and not last:
            changed = replace(line, on=Qt.CheckState(value) == Qt.CheckState.Checked)
        elif role == Qt.ItemDataRole.EditRole:
            text = str(value)
            changed = replace(line, name=text) if index.column() == _NAME else replace(line, value=text)
        else:
            return False
        if changed == line:
            return True
        self._lines[row] = changed
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(_TITLES) - 1))
        if last:
            self.beginInsertRows(NO_PARENT, row + 1, row + 1)
            self._lines.append(_EMPTY)
            self.endInsertRows()
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Titles of the columns."""
        shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return (
            _TITLES[section] if shown and orientation == Qt.Orientation.Horizontal and section < len(_TITLES) else None
        )


def _spoken(line: HeaderLine, title: str, text: str) -> str:
    if line == _EMPTY:
        return _("{title}: empty, type to add a header").format(title=title)
    state = "" if line.on else ", " + _("off")
    return f"{title}: {text}{state}"
