"""A read-only tree model over nested plain nodes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.core.visible import visible
from workbench.ui.look.marks import Mark, mark_icon
from workbench.ui.look.plain import tip
from workbench.ui.look.theme import scaled_font

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Node:
    """One line: a text for each column, perhaps a mark, what it stands for, and the lines below it.

    ``spoken`` is the whole line for assistive technology; without it the texts are read in turn.
    """

    texts: tuple[str, ...]
    mark: Mark | None = None
    spoken: str = ""
    tip: str = ""
    strong: bool = False
    item: object = None
    children: tuple["Node", ...] = ()

    def say(self) -> str:
        """The line as assistive technology reads it."""
        return self.spoken or ", ".join(text for text in self.texts if text)


@dataclass(slots=True, eq=False)
class _Place:
    """A node where it hangs: indexes point at places, since equal nodes may hang twice."""

    node: Node
    parent: "_Place | None" = None
    row: int = 0
    below: list["_Place"] = field(default_factory=list)


class TreeModel(QAbstractItemModel):
    """Lines and columns of ``Node`` trees; ``show_nodes()`` replaces them all."""

    def __init__(self, titles: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self._root = _Place(Node(()))

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """Show these nodes at the top level."""
        self.beginResetModel()
        self._root = _hang(Node((), children=tuple(nodes)), None, 0)
        self.endResetModel()

    def node(self, index: Index) -> Node | None:
        """The node that ``index`` lies in, or None for an invalid index."""
        return self._place(index).node if index.isValid() else None

    def indexes(self) -> Iterator[QModelIndex]:
        """First-column indexes of all lines, from the top down."""
        waiting = [self._root]
        while waiting:
            place = waiting.pop()
            if place.parent is not None:
                yield self.createIndex(place.row, 0, place)
            waiting.extend(reversed(place.below))

    def index(self, row: int, column: int, parent: Index = NO_PARENT) -> QModelIndex:
        """The index of a cell below ``parent``, invalid when there is none."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._place(parent).below[row])

    def parent(self, child: Index = NO_PARENT) -> QModelIndex:  # type: ignore[override]  # QObject has another parent()
        """The index of the line above."""
        above = self._place(child).parent if child.isValid() else None
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Number of lines below; only first columns have any."""
        return 0 if parent.isValid() and parent.column() > 0 else len(self._place(parent).below)

    def columnCount(self, _parent: Index = NO_PARENT) -> int:
        """Number of columns."""
        return len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What ``role`` asks of a cell."""
        if not index.isValid():
            return None
        node, first = self._place(index).node, index.column() == 0
        text = node.texts[index.column()] if index.column() < len(node.texts) else ""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return visible(text)
            case Qt.ItemDataRole.AccessibleTextRole:
                return visible(node.say() if first else text)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(node.tip or text)
            case Qt.ItemDataRole.DecorationRole:
                return mark_icon(node.mark) if first and node.mark else None
            case Qt.ItemDataRole.FontRole if node.strong:
                return scaled_font(1.0, bold=True)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Titles of the columns."""
        shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        inside = orientation == Qt.Orientation.Horizontal and 0 <= section < len(self._titles)
        return self._titles[section] if shown and inside else None

    def _place(self, index: Index) -> _Place:
        place = index.internalPointer() if index.isValid() else None
        return place if isinstance(place, _Place) else self._root


def _hang(node: Node, parent: _Place | None, row: int) -> _Place:
    place = _Place(node, parent, row)
    place.below = [_hang(child, place, number) for number, child in enumerate(node.children)]
    return place
