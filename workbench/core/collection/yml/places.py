"""Where the nodes of a YAML text begin and end, as far as the composer's marks tell it.

A block collection's own mark is where the next thing begins, so ends are those of the last leaf; an
empty value has no place, and an alias has that of what it stands for.
"""

import re
from dataclasses import dataclass

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from workbench.core.collection.yml.render import Style

_FIRST_DASH = re.compile(r"^[ ]*-(?=\s)", re.MULTILINE)


class Unplaceable(Exception):
    """The place of something cannot be told from the nodes."""


@dataclass(slots=True)
class Places:
    """Places in a text with plain newlines."""

    text: str

    def dashes(self, node: SequenceNode) -> list[int] | None:
        """Where the dashes of a list in block style are; None when they do not begin their lines."""
        found: list[int] = []
        low = node.start_mark.index
        for below in node.value:
            dash = self._next_dash(low, self.column(found[0])) if found else self._first_dash(node)
            if dash < 0 or self.text[dash] != "-" or self.text[line_start(self.text, dash) : dash].strip():
                return None
            found.append(dash)
            low = self.end(below, dash + 1)
        return found

    def _first_dash(self, node: SequenceNode) -> int:
        start = int(node.start_mark.index)
        if self.text[start] == "-":
            return start
        match = _FIRST_DASH.search(self.text, start)  # after an anchor or a tag
        return match.end() - 1 if match else -1

    def _next_dash(self, low: int, column: int) -> int:
        match = re.compile(rf"^[ ]{{{column}}}-(?=\s|\Z)", re.MULTILINE).search(self.text, low)
        return match.end() - 1 if match else -1

    def colon_of(self, key: Node) -> int:
        """Where the colon of a key ends. Raises ``Unplaceable``."""
        colon = self.text.find(":", key.end_mark.index)
        if colon < 0 or self.text[key.end_mark.index : colon].strip():
            raise Unplaceable
        return colon + 1

    def end(self, node: Node, otherwise: int) -> int:
        """Where the content of a node ends; ``otherwise`` for one that is not written."""
        if is_empty(node):
            return otherwise
        if node.start_mark.index < otherwise - 1:
            return line_end(self.text, otherwise)  # an alias, on the line of its key
        if isinstance(node, ScalarNode):
            return self._block_end(node) if node.style in {"|", ">"} else int(node.end_mark.index)
        if not isinstance(node, MappingNode | SequenceNode) or node.flow_style or not node.value:
            return int(node.end_mark.index)
        if isinstance(node, MappingNode):
            key, value = node.value[-1]
            return self.end(value, self.colon_of(key))
        dashes = self.dashes(node)
        if dashes is None:
            return self.end(node.value[-1], node.value[-1].start_mark.index)
        return self.end(node.value[-1], dashes[-1] + 1)

    def _block_end(self, node: ScalarNode) -> int:
        raw = self.text[node.start_mark.index : node.end_mark.index]
        header, newline, lines = raw.partition("\n")
        keeps = "+" in header.split("#")[0]
        lines = lines.removesuffix("\n") if keeps else _without_blank_end(lines)
        return int(node.start_mark.index) + len(header) + (len(newline) + len(lines) if lines else 0)

    def column(self, index: int) -> int:
        """How far from the start of its line a place is."""
        return index - line_start(self.text, index)

    def is_spaced(self, node: MappingNode) -> bool:
        """Whether blank lines set the entries of a mapping apart."""
        return any(
            self.text[: line_start(self.text, key.start_mark.index)].endswith("\n\n") for key, _value in node.value[1:]
        )


def _without_blank_end(lines: str) -> str:
    """Lines without the blank ones at their end, and without the newline before those."""
    shorter = lines.rstrip(" \n")
    end = lines.find("\n", len(shorter))
    return "" if not shorter else lines if end < 0 else lines[:end]


def is_empty(node: Node) -> bool:
    """Whether it is a null that is not written at all."""
    return isinstance(node, ScalarNode) and node.start_mark.index == node.end_mark.index


def line_start(text: str, index: int) -> int:
    """Where the line of a place begins."""
    return text.rfind("\n", 0, index) + 1


def line_end(text: str, index: int) -> int:
    """Where the line of a place ends, before its newline."""
    end = text.find("\n", index)
    return len(text) if end < 0 else end


def style_of(root: Node) -> Style | None:
    """The indentation that a text uses below a node."""
    step = dash = None
    under_way = [root]
    while under_way and (step is None or dash is None):
        node = under_way.pop(0)
        if not isinstance(node, MappingNode) or node.flow_style:
            under_way += node.value if isinstance(node, SequenceNode) and not node.flow_style else []
            continue
        for key, value in node.value:
            if getattr(value, "flow_style", True) or not value.value:
                continue
            first = value.value[0][0] if isinstance(value, MappingNode) else value
            deeper = first.start_mark.column - key.start_mark.column
            if isinstance(value, SequenceNode) and value.anchor:
                under_way += value.value  # its place is that of the anchor
                continue
            if isinstance(value, MappingNode):
                step = step or (deeper if deeper > 0 else None)
            elif dash is None and deeper >= 0:
                dash = deeper
            under_way.append(value)
    return Style(step or 2, (step or 2) if dash is None else dash)
