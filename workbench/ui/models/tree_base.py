"""What our tree models have in common: places that hang below each other, with indexes that point at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


@dataclass(slots=True, eq=False, kw_only=True)
class TreePlace:
    """Where a line hangs: in ``row`` below ``parent``. Only the root has no parent."""

    parent: Self | None = None
    row: int = 0


Placed = TypeVar("Placed", bound=TreePlace)


class TreeBase(QAbstractItemModel, Generic[Placed]):
    """Structure and titles; subclasses say what hangs below a place, and give the data.

    An index holds its place itself, which must live as long as the model shows it. A model that takes out lines
    overrides ``place`` and ``index_of``, since views may still ask about those that are gone.
    """

    def __init__(self, titles: Sequence[str], root: Placed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self.root = root

    def below(self, place: Placed) -> Sequence[Placed]:
        """The places below one."""
        raise NotImplementedError

    def place(self, index: Index) -> Placed:
        """The place that ``index`` lies in; the root for an invalid one."""
        place: Placed | None = index.internalPointer() if index.isValid() else None
        return self.root if place is None else place

    def index_of(self, place: Placed, column: int = 0) -> QModelIndex:
        """The index of a cell of ``place``; invalid for the root."""
        return QModelIndex() if place is self.root else self.createIndex(place.row, column, place)

    def index(self, row: int, column: int, parent: Index = NO_PARENT) -> QModelIndex:
        if parent.column() > 0 or not 0 <= column < len(self._titles):
            return QModelIndex()
        below = self.below(self.place(parent))
        return self.index_of(below[row], column) if 0 <= row < len(below) else QModelIndex()

    def parent(self, child: Index = NO_PARENT) -> QModelIndex:  # type: ignore[override]  # QObject has another parent()
        above = self.place(child).parent
        return QModelIndex() if above is None else self.index_of(above)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Number of lines below; only first columns have any."""
        return 0 if parent.column() > 0 else len(self.below(self.place(parent)))

    def columnCount(self, _parent: Index = NO_PARENT) -> int:
        return len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        inside = orientation == Qt.Orientation.Horizontal and 0 <= section < len(self._titles)
        return self._titles[section] if shown and inside else None
