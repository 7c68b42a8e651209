"""A read-only tree model over nested plain nodes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from workbench.core.visible import visible
from workbench.ui.look.marks import Mark, mark_icon
from workbench.ui.look.plain import tip
from workbench.ui.look.theme import scaled_font
from workbench.ui.models.tree_base import Index, TreeBase, TreePlace


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
class _Place(TreePlace):
    """A node where it hangs: indexes point at places, since equal nodes may hang twice."""

    node: Node
    below: list["_Place"] = field(default_factory=list)


class TreeModel(TreeBase[_Place]):
    """Lines and columns of ``Node`` trees; ``show_nodes()`` replaces them all."""

    def __init__(self, titles: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(titles, _Place(Node(())), parent)

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """Show these nodes at the top level."""
        self.beginResetModel()
        self.root = _hang(Node((), children=tuple(nodes)), None, 0)
        self.endResetModel()

    def node(self, index: Index) -> Node | None:
        """The node that ``index`` lies in, or None for an invalid index."""
        return self.place(index).node if index.isValid() else None

    def indexes(self) -> Iterator[QModelIndex]:
        """First-column indexes of all lines, from the top down."""
        waiting = [self.root]
        while waiting:
            place = waiting.pop()
            if place is not self.root:
                yield self.index_of(place)
            waiting.extend(reversed(place.below))

    def below(self, place: _Place) -> Sequence[_Place]:
        """The places of a node's children."""
        return place.below

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node, first = self.place(index).node, index.column() == 0
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


def _hang(node: Node, parent: _Place | None, row: int) -> _Place:
    place = _Place(node, parent=parent, row=row)
    place.below = [_hang(child, place, number) for number, child in enumerate(node.children)]
    return place
