"""The tree of the open collections. New lines are compared with those shown, so that nothing else moves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QIcon

from workbench.core.collection.node import NodeKind
from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.look.badges import badge_icon
from workbench.ui.look.icons import icon
from workbench.ui.look.marks import Mark, mark_icon
from workbench.ui.models.carrying import MIME, Move, read_spots, write_spots
from workbench.ui.models.library import Line, Spot, method_of, spoken

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
_MOST = 64


@dataclass(slots=True, eq=False)
class _Place:
    """A line where it hangs. Indexes carry its number, which is never used again.

    ``below`` is None until somebody asks for the lines below: most folders stay folded.
    """

    line: Line | None
    number: int = 0
    parent: "_Place | None" = None
    row: int = 0
    below: list["_Place"] | None = None


class LibraryTree(QAbstractItemModel):
    """``show_lines()`` in. A wanted name and a wanted move are asked for: the tree changes when the files did."""

    rename_requested = Signal(object, str)
    move_requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = 0
        self._root = _Place(None, below=[])
        self._places: dict[int, _Place] = {}
        self._spots: dict[Spot, _Place] = {}
        self.ordered = True  # whether a line can be dropped between two others

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these: what is gone leaves, what is new comes in, what stayed keeps its indexes.

        Where very much is other than before, the model is reset: views lay themselves out anew after every run
        of lines. Whoever shows it then unfolds and selects again what was.
        """
        if self._differences(self._root, lines) > _MOST:
            self.beginResetModel()
            self._places, self._spots = {}, {}
            self._root = _Place(None)
            self._root.below = self._hung(lines, self._root)
            self.endResetModel()
        else:
            self._match(self._root, lines)

    def line(self, index: Index) -> Line | None:
        """The line that ``index`` lies in, or None for an invalid index."""
        return self._place(index).line if index.isValid() else None

    def find(self, spot: Spot) -> QModelIndex:
        """The index of ``spot``, invalid when it is not shown."""
        place = self._find(spot)
        return self.createIndex(place.row, 0, place.number) if place is not None else QModelIndex()

    def unfoldable(self) -> Iterator[QModelIndex]:
        """The lines whose lines below have been asked for: only these can be unfolded in a view."""
        for place in self._places.values():
            if place.below:
                yield self.createIndex(place.row, 0, place.number)

    def index(self, row: int, column: int, parent: Index = NO_PARENT) -> QModelIndex:
        """The index of a line below ``parent``, invalid when there is none."""
        below = self._below(self._place(parent))
        if column != 0 or not 0 <= row < len(below) or (parent.isValid() and parent.column() != 0):
            return QModelIndex()
        return self.createIndex(row, 0, below[row].number)

    def parent(self, child: Index = NO_PARENT) -> QModelIndex:  # type: ignore[override]  # QObject has another parent()
        """The index of the line above."""
        above = self._place(child).parent if child.isValid() else None
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above.number)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Number of lines below."""
        return _count(self._place(parent))

    def hasChildren(self, parent: Index = NO_PARENT) -> bool:
        """Whether there are lines below."""
        return _count(self._place(parent)) > 0

    def columnCount(self, _parent: Index = NO_PARENT) -> int:
        """One."""
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Files and folders can be carried; folders and collections take them in."""
        flags, line = super().flags(index), self.line(index)
        if line is None:
            return flags
        if line.is_container and not line.trouble:
            flags |= Qt.ItemFlag.ItemIsDropEnabled
        if line.is_root:
            return flags | (Qt.ItemFlag.ItemIsEditable if not line.trouble else Qt.ItemFlag.NoItemFlags)
        flags |= Qt.ItemFlag.ItemIsDragEnabled
        broken = line.node is not None and line.node.kind is NodeKind.BROKEN
        return flags if broken else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What ``role`` asks of a line."""
        line = self.line(index)
        if line is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return line.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(line)
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(part for part in (str(line.spot.file), line.trouble) if part)
            case Qt.ItemDataRole.DecorationRole:
                return _picture(line)
            case Qt.ItemDataRole.FontRole if line.is_root:
                return theme.scaled_font(1.0, bold=True)
            case Qt.ItemDataRole.SizeHintRole:
                return QSize(0, QFontMetrics(QGuiApplication.font()).height() + theme.SPACE - 1)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name."""
        line, wanted = self.line(index), str(value).strip()
        if line is None or role != Qt.ItemDataRole.EditRole or not wanted:
            return False
        if wanted != line.name:
            self.rename_requested.emit(line.spot, wanted)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """The one column's title."""
        shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return _("Collections") if shown and section == 0 and orientation == Qt.Orientation.Horizontal else None

    def supportedDropActions(self) -> Qt.DropAction:
        """Within a collection lines move; they can be copied anywhere."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """Ours, and the files for other programs."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """What is carried: spots, and their files."""
        lines = (self.line(index) for index in indexes)
        return write_spots([line.spot for line in lines if line is not None and not line.is_root])

    def canDropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index) -> bool:
        """Whether the lines may be put there: not into themselves, and in between only when the order is theirs."""
        target, carried = self.line(parent), read_spots(data)
        if target is None or not target.is_container or target.trouble or not carried:
            return False
        if row >= 0 and not self.ordered:
            return False
        return not any(_holds(spot, target.spot) for spot in carried)

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Ask for the move; between two collections it is a copy."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        place, carried = self._place(parent), read_spots(data)
        if place.line is None:
            return False
        into = place.line.spot
        below = self._below(place)
        following = below[row].line if 0 <= row < len(below) else None
        copy = action == Qt.DropAction.CopyAction or any(spot.collection != into.collection for spot in carried)
        before = following.spot if following is not None else None
        self.move_requested.emit(Move(carried, into, before, copy=copy))
        return True

    def _place(self, index: Index) -> _Place:
        return self._places.get(index.internalId(), self._root) if index.isValid() else self._root

    def _differences(self, place: _Place, lines: Sequence[Line]) -> int:
        """How many runs of lines would have to come in or leave; no more than enough to decide."""
        shown = self._below(place)
        present = {_spot(below): below for below in shown}
        wanted = {line.spot for line in lines}
        count = sum(1 for _run in _runs([row for row, below in enumerate(shown) if _spot(below) not in wanted]))
        count += sum(1 for _run in _runs([row for row, line in enumerate(lines) if line.spot not in present]))
        for line in lines:
            below = present.get(line.spot)
            if below is not None and below.line is not line:
                count += self._differences(below, line.lines)
            if count > _MOST:
                break
        return count

    def _match(self, place: _Place, lines: Sequence[Line]) -> None:
        wanted = {line.spot for line in lines}
        shown = self._below(place)
        self._remove_runs(place, [row for row, below in enumerate(shown) if _spot(below) not in wanted])
        present = {_spot(below): below for below in shown}
        self._reorder(place, [line.spot for line in lines if line.spot in present])
        self._insert_runs(place, lines, present)
        for line, below in zip(lines, shown, strict=True):
            self._refresh(below, line)

    def _refresh(self, place: _Place, line: Line) -> None:
        before = place.line
        if before is line:
            return
        if before is not None and before.lines is not line.lines:
            self._below(place)  # as they were until now
        place.line = line
        if place.below is not None:
            self._match(place, line.lines)
        if before is None or not _looks_the_same(before, line):
            index = self.createIndex(place.row, 0, place.number)
            self.dataChanged.emit(index, index)

    def _remove_runs(self, place: _Place, rows: Sequence[int]) -> None:
        for first, last in reversed(list(_runs(rows))):
            self.beginRemoveRows(self._index(place), first, last)
            below = self._below(place)
            gone = below[first : last + 1]
            del below[first : last + 1]
            _number(below, first)
            for one in gone:
                self._forget(one)
            self.endRemoveRows()

    def _reorder(self, place: _Place, order: Sequence[Spot]) -> None:
        shown = self._below(place)
        if [_spot(below) for below in shown] == list(order):
            return
        ranks = {spot: rank for rank, spot in enumerate(order)}
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        places = [self._place(index) for index in old]
        shown.sort(key=lambda below: ranks[_spot(below)])
        _number(shown, 0)
        self.changePersistentIndexList(old, [self._index(one) for one in places])
        self.layoutChanged.emit()

    def _insert_runs(self, place: _Place, lines: Sequence[Line], present: Mapping[Spot, _Place]) -> None:
        new = [row for row, line in enumerate(lines) if line.spot not in present]
        for first, last in _runs(new):
            self.beginInsertRows(self._index(place), first, last)
            below = self._below(place)
            below[first:first] = self._hung(lines[first : last + 1], place)
            _number(below, first)
            self.endInsertRows()

    def _below(self, place: _Place) -> list[_Place]:
        if place.below is None:
            place.below = self._hung(place.line.lines if place.line is not None else (), place)
        return place.below

    def _hung(self, lines: Sequence[Line], parent: _Place) -> list[_Place]:
        made = []
        for row, line in enumerate(lines):
            self._last += 1
            place = self._places[self._last] = self._spots[line.spot] = _Place(line, self._last, parent, row)
            made.append(place)
        return made

    def _find(self, spot: Spot) -> _Place | None:
        if spot not in self._spots and spot.item is not None:
            above = spot.item.parent
            parent = self._find(Spot(spot.collection, above if above.parts else None))
            if parent is not None:
                self._below(parent)
        return self._spots.get(spot)

    def _forget(self, place: _Place) -> None:
        self._places.pop(place.number, None)
        if place.line is not None and self._spots.get(place.line.spot) is place:
            del self._spots[place.line.spot]
        for below in place.below or ():
            self._forget(below)

    def _index(self, place: _Place) -> QModelIndex:
        return QModelIndex() if place is self._root else self.createIndex(place.row, 0, place.number)


def _spot(place: _Place) -> Spot:
    assert place.line is not None  # noqa: S101  # only the root, which hangs nowhere, has none
    return place.line.spot


def _count(place: _Place) -> int:
    if place.below is not None:
        return len(place.below)
    return len(place.line.lines) if place.line is not None else 0


def _number(places: Sequence[_Place], first: int) -> None:
    for row in range(first, len(places)):
        places[row].row = row


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbours; ``rows`` ascend."""
    first = last = -1
    for row in rows:
        if first >= 0 and row == last + 1:
            last = row
            continue
        if first >= 0:
            yield first, last
        first = last = row
    if first >= 0:
        yield first, last


def _holds(carried: Spot, target: Spot) -> bool:
    if carried.collection != target.collection or carried.item is None or target.item is None:
        return False
    return carried.item == target.item or carried.item in target.item.parents


def _looks_the_same(before: Line, after: Line) -> bool:
    if (before.name, before.trouble) != (after.name, after.trouble):
        return False
    if before.node is None or after.node is None:
        return before.node is after.node
    return (before.node.kind, before.node.method) == (after.node.kind, after.node.method)


def _picture(line: Line) -> QIcon:
    if line.node is None:
        return mark_icon(Mark.WARNING) if line.trouble else icon("collections")
    match line.node.kind:
        case NodeKind.FOLDER:
            return icon("folder")
        case NodeKind.BROKEN:
            return mark_icon(Mark.BAD)
        case NodeKind.UNSUPPORTED:
            return mark_icon(Mark.WARNING)
    return badge_icon(method_of(line))
