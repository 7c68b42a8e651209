"""Changed data brought into a YAML text: only what must change is written anew.

The places are those that the composer's nodes tell. What comes out is read again and compared with
what is wanted; where the finest edit does not do (an alias, say), larger parts are replaced, at last all.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from workbench.core.collection.aligning import opcodes
from workbench.core.collection.encoding import Inexpressible, Malformed, TooLarge, with_line_ends
from workbench.core.collection.yml.places import Places, Unplaceable, is_empty, line_end, line_start, style_of
from workbench.core.collection.yml.render import (
    Style,
    after_colon,
    block,
    can_be_block,
    document,
    double_quoted,
    entry,
    flow,
    is_block,
    item,
    scalar,
)
from workbench.core.collection.yml.roundtrip import round_trip
from workbench.core.collection.yml.source import NULLS, Data, Plain, Source, merged, parse
from workbench.core.i18n import _

_BLOCK_HEADER: Final = re.compile(r"[|>][-+\d]*")
_DIGIT: Final = re.compile(r"\d")
_DEPTHS: Final = (99, 4, 3, 2, 1, 0)


def spliced(source: Source, wanted: Data) -> str:
    """The text changed so that it says ``wanted``; untouched lines stay as they are."""
    if source.data == wanted:
        return source.text
    lines = source.text.replace("\r\n", "\n")
    plain = source if lines == source.text else parse(lines)
    for change in _ways(plain, wanted):
        try:
            result = change()
            if _says(parse(result).data, wanted):
                return with_line_ends(source.text, result)
        except TooLarge:
            raise
        except (Unplaceable, Malformed):
            continue
    raise Inexpressible(_("YAML cannot express one of the characters."))


def _ways(source: Source, wanted: Data) -> Iterator[Callable[[], str]]:
    for depth in _DEPTHS:
        yield partial(_Splice(source.text, depth).result, source.node, source.data, wanted)
    yield partial(_without_aliases, source, wanted)
    yield partial(round_trip, source.text, wanted)
    yield partial(document, wanted if isinstance(wanted, dict) else {})


def _without_aliases(source: Source, wanted: Data) -> str:
    """The change made where aliases are written out first, because they mean different things from now on."""
    splice = _Splice(source.text, 0)
    splice.write_out(source.node, source.data)
    plain = parse(splice.applied())
    return _Splice(plain.text, _DEPTHS[0]).result(plain.node, plain.data, wanted)


def _says(data: Data, wanted: Data) -> bool:
    """Whether both are the same; a null is one however it is written."""
    if isinstance(data, dict) and isinstance(wanted, dict):
        return data.keys() == wanted.keys() and all(_says(value, wanted[key]) for key, value in data.items())
    if isinstance(data, list) and isinstance(wanted, list):
        return len(data) == len(wanted) and all(map(_says, data, wanted))
    if isinstance(data, Plain) and isinstance(wanted, Plain):
        return data == wanted or {data.text, wanted.text} <= NULLS
    return data == wanted


@dataclass(slots=True)
class _Splice(Places):
    depth: int
    style: Style = field(default_factory=Style)
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    flow: tuple[int, int] = (0, 0)

    def result(self, root: Node, old: Data, new: Data) -> str:
        self.style = style_of(root) or Style()
        if (
            not isinstance(root, MappingNode)
            or root.flow_style
            or not isinstance(old, dict)
            or not isinstance(new, dict)
        ):
            raise Unplaceable
        self._mapping(root, old, new, 0)
        return self.applied()

    def applied(self) -> str:
        """The text with all edits."""
        text, at, parts = self.text, 0, list[str]()
        for start, end, replacement in sorted(self.edits, key=lambda edit: edit[:2]):
            if start < at:
                raise Unplaceable
            parts += [text[at:start], replacement]
            at = end
        return "".join([*parts, text[at:]])

    def write_out(self, node: Node, data: Data) -> None:
        """Put what they mean in the place of aliases."""
        self.style = style_of(node) or self.style
        if isinstance(node, MappingNode) and isinstance(data, dict) and not node.flow_style:
            for key, value in node.value:
                colon = self.colon_of(key)
                if merged(key, value):
                    self._write_out_merged(node, key, self.end(value, colon), data)
                    continue
                below = data[key.value]
                if not is_empty(value) and value.start_mark.index < colon:
                    column = key.start_mark.column
                    self.edits.append((colon, line_end(self.text, colon), after_colon(below, column, self.style)))
                else:
                    self.write_out(value, below)
        elif isinstance(node, SequenceNode) and isinstance(data, list) and not node.flow_style:
            for dash, value, below in zip(self.dashes(node) or (), node.value, data, strict=False):
                if not is_empty(value) and value.start_mark.index < dash:
                    written = item(below, self.column(dash) + 2, self.style)
                    self.edits.append((dash + 1, line_end(self.text, dash), f" {written}"))
                else:
                    self.write_out(value, below)

    def _write_out_merged(self, node: MappingNode, key: Node, end: int, data: dict[str, Data]) -> None:
        """Put the entries that ``<<`` brings in its place."""
        own, column = {key.value for key, value in node.value if not merged(key, value)}, key.start_mark.column
        brought = [entry(name, value, column, self.style) for name, value in data.items() if name not in own]
        if not brought:
            raise Unplaceable
        self.edits.append((key.start_mark.index, end, f"\n{' ' * column}".join(brought)))

    # Values

    def _value(self, node: Node, old: Data, new: Data, colon: int, column: int, depth: int) -> None:
        """Change the value of a key at ``column`` whose colon ends at ``colon``."""
        if old == new:
            return
        if not (is_empty(node) or node.start_mark.index >= colon):
            alias_end = line_end(self.text, colon)
            self.edits.append((colon, alias_end, after_colon(new, column, self.style)))
            return
        if self._nested(node, old, new, depth):
            return
        if isinstance(node, ScalarNode) and not is_empty(node) and isinstance(new, str | Plain):
            self.edits.append(self._scalar(node, new, column + self.style.step, column))
        elif getattr(node, "flow_style", False) and new:
            self.edits.append((node.start_mark.index, node.end_mark.index, flow(new)))
        else:
            self.edits.append((colon, self.end(node, colon), after_colon(new, column, self.style)))

    def _item(self, node: Node, old: Data, new: Data, dash: int, depth: int) -> None:
        if old == new:
            return
        if not (is_empty(node) or node.start_mark.index > dash):
            raise Unplaceable
        if self._nested(node, old, new, depth):
            return
        column = self.column(dash) + 2
        if isinstance(node, ScalarNode) and not is_empty(node) and isinstance(new, str | Plain):
            self.edits.append(self._scalar(node, new, column, column - 2))
        elif getattr(node, "flow_style", False) and new:
            self.edits.append((node.start_mark.index, node.end_mark.index, flow(new)))
        else:
            self.edits.append((dash + 1, self.end(node, dash + 1), f" {item(new, column, self.style)}".rstrip(" ")))

    def _nested(self, node: Node, old: Data, new: Data, depth: int) -> bool:
        """Go into a collection, if its changes can be placed in it."""
        if depth >= self.depth or not new:
            return False
        if isinstance(node, MappingNode) and isinstance(old, dict) and isinstance(new, dict):
            if node.flow_style:
                return self._flow_mapping(node, old, new)
            if old.keys() & new.keys():
                self._mapping(node, old, new, depth)
                return True
        if isinstance(node, SequenceNode) and isinstance(old, list) and isinstance(new, list) and not node.flow_style:
            return self._sequence(node, old, new, depth)
        return False

    def _scalar(self, node: ScalarNode, new: str | Plain, indent: int, above: int) -> tuple[int, int, str]:
        start, end = node.start_mark.index, self.end(node, node.start_mark.index)
        if isinstance(new, Plain):
            return start, end, new.text or "null"
        if node.style in {"|", ">"}:
            header = _BLOCK_HEADER.match(self.text, start)
            first_end = line_end(self.text, start)
            rest = self.text[header.end() : first_end] if header else ""
            if can_be_block(new):
                return start, end, block(new, self._block_indent(node, first_end, indent), above, rest)
            return start, end, scalar(new)
        if is_block(new) and not self._in_flow(node):
            return start, end, block(new, indent, above)
        if "\n" in new:
            return start, end, double_quoted(new)
        return start, end, scalar(new, node.style, flow=self._in_flow(node))

    def _block_indent(self, node: ScalarNode, first_end: int, usual: int) -> int:
        lines = self.text[first_end:].split("\n")
        first = next((line for line in lines if line.strip()), "")
        found = len(first) - len(first.lstrip(" "))
        digits = _DIGIT.search(self.text[node.start_mark.index : first_end].split("#")[0])
        return usual if digits or not str(node.value).strip() else found

    def _in_flow(self, node: Node) -> bool:
        start, end = self.flow
        return bool(start <= node.start_mark.index < end)

    def _flow_mapping(self, node: MappingNode, old: dict[str, Data], new: dict[str, Data]) -> bool:
        """Change scalars in a mapping in braces; False where more than that must change."""
        if old.keys() != new.keys():
            return False
        self.flow = start, end = node.start_mark.index, node.end_mark.index
        edits: list[tuple[int, int, str]] = []
        for key, value in node.value:
            if merged(key, value) or old[key.value] == new[key.value]:
                continue
            after = new[key.value]
            placed = start < value.start_mark.index < end and not is_empty(value)
            if not (placed and isinstance(value, ScalarNode) and isinstance(after, str | Plain)):
                return False
            edits.append(self._scalar(value, after, 0, 0))
        self.edits += edits
        return True

    # Collections in block style

    def _mapping(self, node: MappingNode, old: dict[str, Data], new: dict[str, Data], depth: int) -> None:
        entries = {key.value: (key, value) for key, value in node.value if not merged(key, value)}
        column = node.value[0][0].start_mark.column
        gap = "\n" if depth == 0 and self.is_spaced(node) else ""
        last_kept = self._after_merged(node)
        renamed = _renamed(old, new) if depth < self.depth else {}
        for name, value in new.items():
            was = renamed.get(name, name)
            if was in entries:
                key, below = entries[was]
                colon = self.colon_of(key)
                if was != name:
                    self.edits.append((key.start_mark.index, key.end_mark.index, scalar(name, flow=True)))
                self._value(below, old[was], value, colon, column, depth + 1)
                last_kept = line_end(self.text, self.end(below, colon))
                continue
            if name in old and old[name] == value:
                continue  # merged into the mapping
            written = entry(name, value, column, self.style)
            space = gap if isinstance(value, dict | list) else ""
            if last_kept is not None:
                self.edits.append((last_kept, last_kept, f"\n{space}{' ' * column}{written}"))
            else:
                first = node.value[0][0].start_mark.index
                self.edits.append((first, first, f"{written}\n{gap}{' ' * column}"))
        for place, (key, below) in enumerate(node.value):
            if key.value not in new and key.value not in renamed.values() and not merged(key, below):
                self._drop_entry(node, place, new)

    def _after_merged(self, node: MappingNode) -> int | None:
        """The end of the line of the first entry, where that is what is merged; new ones stand below it."""
        key, value = node.value[0]
        return line_end(self.text, self.end(value, self.colon_of(key))) if merged(key, value) else None

    def _drop_entry(self, node: MappingNode, place: int, new: dict[str, Data]) -> None:
        key, value = node.value[place]
        start = line_start(self.text, key.start_mark.index)
        if self.text[start : key.start_mark.index].strip():  # it follows a dash
            following = node.value[place + 1] if place + 1 < len(node.value) else None
            if following is None or not (following[0].value in new or merged(*following)):
                raise Unplaceable
            self.edits.append((key.start_mark.index, following[0].start_mark.index, ""))
            return
        self._drop_lines(start, self.end(value, self.colon_of(key)))

    def _drop_lines(self, start: int, end: int) -> None:
        after = line_end(self.text, end)
        rest = self.text[after + 1 :]
        if after < len(self.text):
            after += 1
        elif start:
            start -= 1  # the newline before: the file ends without one
        if not rest.strip(" ") or rest.startswith("\n"):
            while self.text[max(0, start - 2) : start] == "\n\n":
                start -= 1
        self.edits.append((start, after, ""))

    def _sequence(self, node: SequenceNode, old: list[Data], new: list[Data], depth: int) -> bool:
        dashes = self.dashes(node)
        if dashes is None or not old:
            return False
        ends = [line_end(self.text, self.end(below, dash + 1)) for below, dash in zip(node.value, dashes, strict=True)]
        column = self.column(dashes[0])
        last_kept: int | None = None
        for start, end, first, last in _aligned(old, new):
            pairs = min(end - start, last - first)
            for place in range(pairs):
                at = start + place
                self._item(node.value[at], old[at], new[first + place], dashes[at], depth + 1)
                last_kept = ends[at]
            for at in range(start + pairs, end):
                self._drop_lines(line_start(self.text, dashes[at]), self.end(node.value[at], dashes[at] + 1))
            for value in new[first + pairs : last]:
                written = f"- {item(value, column + 2, self.style)}"
                if last_kept is not None:
                    self.edits.append((last_kept, last_kept, f"\n{' ' * column}{written}"))
                else:
                    self.edits.append((dashes[0], dashes[0], f"{written}\n{' ' * column}"))
        return True


def _renamed(old: dict[str, Data], new: dict[str, Data]) -> dict[str, str]:
    """The one key that stands for another with much the same below it, by its new name."""
    added, gone = [key for key in new if key not in old], [key for key in old if key not in new]
    if len(added) != 1 or len(gone) != 1:
        return {}
    before, after = old[gone[0]], new[added[0]]
    alike = isinstance(before, dict) and isinstance(after, dict) and before.keys() & after.keys()
    return {added[0]: gone[0]} if alike else {}


def _aligned(old: list[Data], new: list[Data]) -> Iterator[tuple[int, int, int, int]]:
    """Which items became which: those with the same content, else those of the same name, else one by one."""
    before, after = [repr(value) for value in old], [repr(value) for value in new]
    for tag, start, end, first, last in opcodes(before, after):
        if tag != "replace":
            yield start, end, first, last
            continue
        names_before, names_after = [_name(v) for v in old[start:end]], [_name(v) for v in new[first:last]]
        for _tag, a, b, c, d in opcodes(names_before, names_after):
            yield start + a, start + b, first + c, first + d


def _name(value: Data) -> str:
    return repr(value.get("name")) if isinstance(value, dict) else repr(value)
