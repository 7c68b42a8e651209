"""Exchanges that were, newest first, a heading before each day; more of them come when one scrolls down."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from workbench.core.history.row import HistoryRow
from workbench.core.i18n import _
from workbench.core.visible import visible
from workbench.ui.history.row_words import day_words, local_day, spoken_words, tip_words
from workbench.ui.look.badges import badge_icon
from workbench.ui.look.plain import tip

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
ROW = Qt.ItemDataRole.UserRole
"""The ``HistoryRow`` of an index, None for the heading of a day."""


class HistoryRows(QAbstractListModel):
    """``show_rows()`` and ``add_rows()`` in; ``more_wanted`` carries the last row when there are more after it."""

    more_wanted = Signal(HistoryRow)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[date | HistoryRow] = []
        self._more = False
        self._waiting = False

    def row(self, index: Index) -> HistoryRow | None:
        """The exchange that ``index`` stands for."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        return item if isinstance(item, HistoryRow) else None

    def rows(self) -> tuple[HistoryRow, ...]:
        """All exchanges that are loaded."""
        return tuple(item for item in self._items if isinstance(item, HistoryRow))

    def find(self, entry: int) -> QModelIndex:
        """Where the exchange of this id is, invalid when it is not loaded."""
        places = (place for place, item in enumerate(self._items) if isinstance(item, HistoryRow) and item.id == entry)
        place = next(places, -1)
        return self.index(place) if place >= 0 else QModelIndex()

    def show_rows(self, rows: Sequence[HistoryRow], *, more: bool) -> None:
        """Show these, the newest first; ``more``: there are others after them.

        When they are the present ones with new ones before, only those are put in: nothing else moves.
        """
        if self._put_before(rows):
            return
        self.beginResetModel()
        self._items = _with_days(rows, None)
        self._more, self._waiting = more, False
        self.endResetModel()

    def add_rows(self, rows: Sequence[HistoryRow], *, more: bool) -> None:
        """Show these after the present ones."""
        self._more, self._waiting = more, False
        items = _with_days(rows, self._last())
        if items:
            self.beginInsertRows(QModelIndex(), len(self._items), len(self._items) + len(items) - 1)
            self._items += items
            self.endInsertRows()

    def remove(self, entries: Collection[int]) -> None:
        """Take these away, and the headings of days that are empty then."""
        for place in range(len(self._items) - 1, -1, -1):
            item = self._items[place]
            gone = isinstance(item, HistoryRow) and item.id in entries
            following = self._items[place + 1] if place + 1 < len(self._items) else None
            if gone or (isinstance(item, date) and not isinstance(following, HistoryRow)):
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._items[place]
                self.endRemoveRows()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Exchanges and headings."""
        return 0 if parent.isValid() else len(self._items)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether older ones can be asked for."""
        return not parent.isValid() and self._more and not self._waiting

    def fetchMore(self, parent: Index) -> None:
        """Ask for older ones; they come through ``add_rows``."""
        last = self._last()
        if self.canFetchMore(parent) and last is not None:
            self._waiting = True
            self.more_wanted.emit(last)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings can neither be chosen nor stepped on."""
        if self.row(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if not isinstance(item, HistoryRow):
            return _heading(item, role)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return visible(f"{item.method} {item.path}")
            case Qt.ItemDataRole.AccessibleTextRole:
                return visible(spoken_words(item))
            case Qt.ItemDataRole.ToolTipRole:
                return tip(tip_words(item))
            case Qt.ItemDataRole.DecorationRole:
                return badge_icon(item.method)
        return item if role == ROW else None

    def _last(self) -> HistoryRow | None:
        last = self._items[-1] if self._items else None
        return last if isinstance(last, HistoryRow) else None

    def _put_before(self, rows: Sequence[HistoryRow]) -> bool:
        present = self.rows()
        if not present or not rows:
            return False
        new = next((place for place, row in enumerate(rows) if row.id == present[0].id), None)
        if new is None or [row.id for row in rows[new:]] != [row.id for row in present[: len(rows) - new]]:
            return False
        if any(local_day(row) != self._items[0] for row in rows[:new]):
            return False  # a new day has begun
        if new:
            self.beginInsertRows(QModelIndex(), 1, new)
            self._items[1:1] = rows[:new]
            self.endInsertRows()
        return True


def _with_days(rows: Sequence[HistoryRow], before: HistoryRow | None) -> list[date | HistoryRow]:
    day = local_day(before) if before is not None else None
    items: list[date | HistoryRow] = []
    for row in rows:
        if local_day(row) != day:
            day = local_day(row)
            items.append(day)
        items.append(row)
    return items


def _heading(day: date, role: int) -> Any:
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return day_words(day)
        case Qt.ItemDataRole.AccessibleTextRole:
            return _("Day: {day}").format(day=day_words(day))
    return None
