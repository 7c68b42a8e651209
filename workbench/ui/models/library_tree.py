"""The tree of the open collections. New lines are compared with those shown, so that nothing else moves."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QIcon

from workbench.core.collection.location import DraftLocation
from workbench.core.collection.node import NodeKind
from workbench.core.i18n import _
from workbench.core.visible import visible, visible_lines
from workbench.core.workspace.collection_state import Move
from workbench.ui.look import theme
from workbench.ui.look.badges import badge_icon
from workbench.ui.look.icons import icon
from workbench.ui.look.marks import Mark, mark_icon
from workbench.ui.look.plain import tip
from workbench.ui.models.library_lines import LibraryLine, looks, method_of, spoken
from workbench.ui.models.library_mime import MIME, read_locations, write_locations
from workbench.ui.models.library_places import LibraryPlace, LibraryPlaces, count, number_rows, runs
from workbench.ui.models.tree_base import NO_PARENT, Index, TreeBase

_MOST = 64  # runs of lines that change one by one
RESTRICTED = _(
    "This collection was not created on this computer and cannot use anything of yours "
    "without your agreement. See Agreements in its settings."
)
_MANY = 1500  # lines that views lay out anew in no time


_FIXED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITABLE, _DRAGGED, _TAKING = Qt.ItemFlag.ItemIsEditable, Qt.ItemFlag.ItemIsDragEnabled, Qt.ItemFlag.ItemIsDropEnabled
# Made once: views ask for each of ten thousand lines, and putting flags together takes long.
_ROOT, _BROKEN_ROOT = _FIXED | _TAKING | _EDITABLE, _FIXED
_FOLDER, _BROKEN_FOLDER = _FIXED | _TAKING | _DRAGGED | _EDITABLE, _FIXED | _DRAGGED | _EDITABLE
_FILE = _FIXED | _DRAGGED | _EDITABLE | Qt.ItemFlag.ItemNeverHasChildren
_BROKEN_FILE = _FIXED | _DRAGGED | Qt.ItemFlag.ItemNeverHasChildren


class LibraryTree(TreeBase[LibraryPlace]):
    """``show_lines()`` in. A wanted name and a wanted move are asked for: the tree changes when the files did."""

    rename_requested = Signal(DraftLocation, str)
    move_requested = Signal(Move)

    def __init__(self, parent: QObject | None = None) -> None:
        self._places = LibraryPlaces()
        super().__init__((_("Collections"),), self._places.root, parent)
        self.ordered = True  # whether a line can be dropped between two others

    def show_lines(self, lines: Sequence[LibraryLine]) -> None:
        """Show these: what is gone leaves, what is new comes in, what stayed keeps its indexes.

        Where very much is other than before, the model is reset: views lay themselves out anew after every run
        of lines. Whoever shows it then unfolds and selects again what was.
        """
        if self._differences(self.root, lines) > _MOST:
            self.beginResetModel()
            self._places.begin_anew(lines)
            self.root = self._places.root
            self.endResetModel()
        else:
            self._match(self.root, lines)

    def lines(self) -> tuple[LibraryLine, ...]:
        """The collections shown."""
        return tuple(place.line for place in self.root.below or () if place.line is not None)

    def line(self, index: Index) -> LibraryLine | None:
        """The line that ``index`` lies in, or None for an invalid index."""
        return self.place(index).line if index.isValid() else None

    def find(self, location: DraftLocation) -> QModelIndex:
        """The index of ``location``, invalid when it is not shown."""
        place = self._places.find(location)
        return self.index_of(place) if place is not None else QModelIndex()

    def unfoldable(self) -> Iterator[QModelIndex]:
        """The lines whose lines below have been asked for: only these can be unfolded in a view."""
        for place in self._places.numbered.values():
            if place.below:
                yield self.index_of(place)

    def place(self, index: Index) -> LibraryPlace:
        """The place with the number that ``index`` holds; the root for one that is gone."""
        return self._places.numbered.get(index.internalId(), self.root) if index.isValid() else self.root

    def index_of(self, place: LibraryPlace, column: int = 0) -> QModelIndex:
        """The index of ``place``."""
        return QModelIndex() if place is self.root else self.createIndex(place.row, column, place.number)

    def below(self, place: LibraryPlace) -> list[LibraryPlace]:
        """The places below one, made when they are first asked for."""
        return self._places.below(place)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Number of lines below, which need not be there yet."""
        return count(self.place(parent))

    def hasChildren(self, parent: Index = NO_PARENT) -> bool:
        return count(self.place(parent)) > 0

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Files and folders can be carried; folders and collections take them in."""
        line = self.line(index)
        if line is None:
            return Qt.ItemFlag.NoItemFlags
        if line.is_root:
            return _BROKEN_ROOT if line.away else _ROOT
        if line.is_container:
            return _BROKEN_FOLDER if line.trouble else _FOLDER
        broken = line.node is not None and line.node.kind is NodeKind.BROKEN
        return _BROKEN_FILE if broken else _FILE

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index)
        if line is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                name = visible(line.name)
                return _("{name} · restricted").format(name=name) if line.restricted else name
            case Qt.ItemDataRole.EditRole:
                return line.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return visible_lines(spoken(line))
            case Qt.ItemDataRole.ToolTipRole:
                restricted = RESTRICTED if line.restricted else ""
                parts = (visible(str(line.location.file)), line.trouble, restricted)
                return tip("\n".join(part for part in parts if part))
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
            self.rename_requested.emit(line.location, wanted)
        return True

    def supportedDropActions(self) -> Qt.DropAction:
        """Within a collection lines move; they can be copied anywhere."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """Ours, and the files for other programs."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """What is carried: locations, and their files."""
        lines = (self.line(index) for index in indexes)
        return write_locations([line.location for line in lines if line is not None and not line.is_root])

    def canDropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index) -> bool:
        """Whether the lines may be put there: not into themselves, and in between only when the order is theirs."""
        target, carried = self.line(parent), read_locations(data)
        if target is None or not target.takes or not carried:
            return False
        if row >= 0 and not self.ordered:
            return False
        return not any(_holds(location, target.location) for location in carried)

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Ask for the move; between two collections it is a copy."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        place, carried = self.place(parent), read_locations(data)
        if place.line is None:
            return False
        into = place.line.location
        below = self.below(place)
        following = below[row].line if 0 <= row < len(below) else None
        copy = action == Qt.DropAction.CopyAction or any(location.collection != into.collection for location in carried)
        before = following.location if following is not None else None
        self.move_requested.emit(Move(carried, into, before, copy=copy))
        return True

    def _differences(self, place: LibraryPlace, lines: Sequence[LibraryLine]) -> int:
        """How many runs of lines would come in or leave; enough to decide. Views lay out all for another order."""
        shown = self.below(place)
        if _are_those(shown, lines):
            changes, pairs = 0, list(zip(shown, lines, strict=True))
        else:
            present = {below.location: below for below in shown}
            wanted = {line.location for line in lines}
            changes = sum(1 for _run in runs([row for row, below in enumerate(shown) if below.location not in wanted]))
            changes += sum(1 for _run in runs([row for row, line in enumerate(lines) if line.location not in present]))
            pairs = [(present[line.location], line) for line in lines if line.location in present]
            if [below for below in shown if below.location in wanted] != [below for below, _line in pairs]:
                changes += 1 if len(self._places.numbered) < _MANY else _MOST + 1
        for below, line in pairs:
            if changes > _MOST:
                break
            if below.line is not line:
                changes += self._differences(below, line.lines)
        return changes

    def _match(self, place: LibraryPlace, lines: Sequence[LibraryLine]) -> None:
        shown = self.below(place)
        if not _are_those(shown, lines):
            wanted = {line.location for line in lines}
            self._remove_runs(place, [row for row, below in enumerate(shown) if below.location not in wanted])
            present = {below.location: below for below in shown}
            self._reorder(place, [line.location for line in lines if line.location in present])
            self._insert_runs(place, lines, present)
        for line, below in zip(lines, shown, strict=True):
            self._refresh(below, line)

    def _refresh(self, place: LibraryPlace, line: LibraryLine) -> None:
        before = place.line
        if before is line:
            return
        if before is not None and before.lines is not line.lines:
            self.below(place)  # as they were until now
        place.line = line
        if place.below is not None:
            self._match(place, line.lines)
        if before is None or not _looks_the_same(before, line):
            index = self.index_of(place)
            self.dataChanged.emit(index, index)

    def _remove_runs(self, place: LibraryPlace, rows: Sequence[int]) -> None:
        for first, last in reversed(list(runs(rows))):
            self.beginRemoveRows(self.index_of(place), first, last)
            below = self.below(place)
            gone = below[first : last + 1]
            del below[first : last + 1]
            number_rows(below, first)
            for one in gone:
                self._places.forget(one)
            self.endRemoveRows()

    def _reorder(self, place: LibraryPlace, order: Sequence[DraftLocation]) -> None:
        shown = self.below(place)
        if [below.location for below in shown] == list(order):
            return
        ranks = {location: rank for rank, location in enumerate(order)}
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        places = [self.place(index) for index in old]
        shown.sort(key=lambda below: ranks[below.location])
        number_rows(shown, 0)
        self.changePersistentIndexList(old, [self.index_of(one) for one in places])
        self.layoutChanged.emit()

    def _insert_runs(
        self, place: LibraryPlace, lines: Sequence[LibraryLine], present: Mapping[DraftLocation, LibraryPlace]
    ) -> None:
        new = [row for row, line in enumerate(lines) if line.location not in present]
        for first, last in runs(new):
            self.beginInsertRows(self.index_of(place), first, last)
            below = self.below(place)
            below[first:first] = self._places.hang(lines[first : last + 1], place)
            number_rows(below, first)
            self.endInsertRows()


def _are_those(places: Sequence[LibraryPlace], lines: Sequence[LibraryLine]) -> bool:
    return [place.location for place in places] == [line.location for line in lines]


def _holds(carried: DraftLocation, target: DraftLocation) -> bool:
    if carried.collection != target.collection or carried.item is None or target.item is None:
        return False
    return carried.item == target.item or carried.item in target.item.parents


def _looks_the_same(before: LibraryLine, after: LibraryLine) -> bool:
    if looks(before) != looks(after):
        return False
    if before.node is None or after.node is None:
        return before.node is after.node
    return (before.node.kind, before.node.method) == (after.node.kind, after.node.method)


def _picture(line: LibraryLine) -> QIcon:
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
