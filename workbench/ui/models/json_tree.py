"""JSON as a tree: the lines of its indented text are the nodes, so that a body of any size is one."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Qt

from workbench.core.content.lines import TextLines
from workbench.core.i18n import _, ngettext, number
from workbench.core.visible import visible
from workbench.ui.look.plain import tip
from workbench.ui.look.theme import fixed_font
from workbench.ui.models.tree_base import NO_PARENT, Index, TreeBase, TreePlace

MOST = 2_000
"""Children of one node that are listed: Qt looks at each of them whenever one is added."""

_BATCH = 200  # children that are found at a time
_HINT = -2  # the beginning of a node that stands for all the others
_COUNTED = 100  # children that are counted to say how many there are
_SHOWN = 300  # characters of a value
_MEMBER = re.compile(r'("[^"\\]*(?:\\.[^"\\]*)*"): (.*)', re.DOTALL)
_ROLES = frozenset(
    (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.FontRole,
    )
)
_SIMPLE = re.compile(r"[A-Za-z_]\w*")


@dataclass(slots=True, eq=False)
class _Place(TreePlace):
    """One node: the row of the text where it begins and the last of its rows."""

    start: int
    end: int
    below: list["_Place"] = field(default_factory=list)
    next: int = 0  # the row where the next child may begin
    texts: tuple[str, str, str] | None = None


class JSONTree(TreeBase[_Place]):
    """Name, value and kind of each member and element. ``lines`` is JSON laid out one to a line.

    Children are found as they are asked for, some hundreds at a time.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((_("Name"), _("Value"), _("Kind")), _Place(-1, -1), parent)
        self._lines = TextLines()
        self._font = fixed_font()

    def show_lines(self, lines: TextLines) -> None:
        """Show another text."""
        self.beginResetModel()
        self._lines = lines
        self.root = _Place(-1, lines.count)
        if lines.size:
            self.root.below += self._next_children(self.root)
        self.endResetModel()

    def path(self, index: Index) -> str:
        """The node's place as a JSONPath (RFC 9535 2.7), with short names where they can be."""
        place: _Place | None = self.place(index)
        if place is not None and place.start == _HINT:
            place = place.parent
        parts: list[str] = []
        while place is not None and place.parent is not None and place.parent is not self.root:
            name = self._member(place)[0]
            if name is None:
                parts.append(f"[{place.row}]")
            else:
                plain = json.loads(name, strict=False)
                parts.append(f".{plain}" if _SIMPLE.fullmatch(plain) else f"[{_quoted(plain)}]")
            place = place.parent
        return "$" + "".join(reversed(parts))

    def value(self, index: Index) -> str:
        """The node's value as JSON, indented from its own beginning; a string as JSON writes it."""
        place = self.place(index)
        if place.start < 0:
            return ""
        lines = self._lines
        text = lines.piece(lines.start(place.start), lines.starts[self._last_row(place) + 1])
        indent = len(text) - len(text.lstrip(" "))
        text = "\n".join(line[indent:] for line in text.rstrip("\n").split("\n")).removesuffix(",")
        found = _MEMBER.match(text)
        return found[2] if found else text

    def row_of(self, index: Index) -> int:
        """The row of the text where the node begins."""
        return max(self.place(index).start, 0)

    def below(self, place: _Place) -> Sequence[_Place]:
        """The children found so far."""
        return place.below

    def hasChildren(self, parent: Index = NO_PARENT) -> bool:
        """Whether there are any, found or not."""
        place = self.place(parent)
        return bool(place.below) or self._more(place)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are children that were not asked for yet."""
        return parent.column() <= 0 and self._more(self.place(parent))

    def fetchMore(self, parent: Index) -> None:
        place = self.place(parent)
        found = self._next_children(place)
        if found:
            self.beginInsertRows(self.index_of(place), len(place.below), len(place.below) + len(found) - 1)
            place.below += found
            place.texts = None
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ROLES or not index.isValid():
            return None
        place = self.place(index)
        if role == Qt.ItemDataRole.FontRole:
            return self._font if index.column() == 1 else None
        if place.texts is None:
            place.texts = self._texts(place)
        name, value, kind = place.texts
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (name, value, kind)[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{name}: {value}, {kind}" if index.column() == 0 else (name, value, kind)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return tip(self.path(index)) if index.column() == 0 else None
        return None

    def _texts(self, place: _Place) -> tuple[str, str, str]:
        if place.start == _HINT:
            words = _("Only the first {count} are listed; use the filter to find the others").format(count=number(MOST))
            return "…", words, ""
        name, value = self._member(place)
        if name is not None:
            shown = json.loads(name, strict=False)
        elif place.parent is self.root:
            shown = "$"
        else:
            shown = f"[{place.row}]"
        kind = _kind(value)
        if kind in _CONTAINERS and place.end > place.start:
            value = self._inside(place, kind)
        return visible(shown), visible(value), f"{_SIGNS[kind]} {_words(kind)}"

    def _inside(self, place: _Place, kind: str) -> str:
        count, row = 0, place.start + 1
        while row < place.end and count < _COUNTED:
            count += self._lines.number(row) is not None
            row = (self._lines.fold_end(row) or row) + 1
        shown = f"{count}{'+' if row < place.end else ''}"
        if kind == "array":
            return ngettext("{count} element", "{count} elements", count).format(count=shown)
        return ngettext("{count} member", "{count} members", count).format(count=shown)

    def _member(self, place: _Place) -> tuple[str | None, str]:
        text = self._lines.text(place.start).strip().removesuffix(",")
        found = _MEMBER.match(text)
        name, value = (found[1], found[2]) if found else (None, text)
        return name, value if len(value) <= _SHOWN else value[:_SHOWN] + "…"

    def _more(self, place: _Place) -> bool:
        if place is self.root:
            return 0 < place.next < self._lines.count
        return (place.next or place.start + 1) < place.end

    def _next_children(self, place: _Place) -> list[_Place]:
        found: list[_Place] = []
        row = place.next or place.start + 1
        while row < place.end and len(found) < _BATCH:
            end = self._lines.fold_end(row) or row
            if self._lines.number(row) is not None and self._lines.text(row).strip():
                found.append(_Place(row, end, parent=place, row=len(place.below) + len(found)))
            row = end + 1
            if len(place.below) + len(found) == MOST and row < place.end:
                found.append(_Place(_HINT, _HINT, parent=place, row=MOST))
                row = place.end
        place.next = row
        return found

    def _last_row(self, place: _Place) -> int:
        last = place.end
        while last + 1 < self._lines.count and self._lines.number(last + 1) is None:
            last += 1
        return last


def _quoted(name: str) -> str:
    inside = json.dumps(name, ensure_ascii=False)[1:-1].replace('\\"', '"').replace("'", "\\'")
    return f"'{inside}'"


_CONTAINERS = ("object", "array")
_SIGNS = {"object": "{ }", "array": "[ ]", "string": "“”", "number": "#", "boolean": "◐", "null": "∅"}


def _kind(value: str) -> str:
    match value[:1]:
        case "{":
            return "object"
        case "[":
            return "array"
        case '"':
            return "string"
        case "t" | "f":
            return "boolean"
        case "n":
            return "null"
    return "number"


def _words(kind: str) -> str:
    return {
        "object": _("object"),
        "array": _("array"),
        "string": _("string"),
        "number": _("number"),
        "boolean": _("boolean"),
        "null": _("null"),
    }[kind]
