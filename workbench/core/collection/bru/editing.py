"""A ``.bru`` file while it is changed: block by block, pair by pair, everything else as it is."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from workbench.core.collection.aligning import opcodes
from workbench.core.collection.bru.source import Block, Pair, blocks, indented, pair, pairs

_T = TypeVar("_T", bound=Hashable)


class Editing:
    """The parts of a file. ``order`` tells where a new block goes. Raises ``Malformed``."""

    def __init__(self, text: str, order: Sequence[str]) -> None:
        self._parts = blocks(text)
        self._order = tuple(order)

    @property
    def text(self) -> str:
        """The file as it is now."""
        return "".join(part if isinstance(part, str) else part.raw for part in self._parts)

    @property
    def blocks(self) -> list[Block]:
        """All blocks."""
        return [part for part in self._parts if isinstance(part, Block)]

    def block(self, *names: str) -> Block | None:
        """The first block of one of these names."""
        return next((block for block in self.blocks if block.name in names), None)

    def pairs(self, *names: str) -> list[Pair]:
        """The pairs of all blocks of these names."""
        chosen = [block for block in self.blocks if block.name in names]
        return [one for block in chosen for one in pairs(block.body) if isinstance(one, Pair)]

    def values(self, *names: str) -> dict[str, str]:
        """The pairs of a block as a mapping."""
        return {one.key: one.value for one in self.pairs(*names)}

    def content(self, *names: str) -> str:
        """The text of a text block, "" without one."""
        block = self.block(*names)
        return block.content if block else ""

    def loose(self) -> str:
        """What stands outside of blocks."""
        return "".join(part for part in self._parts if isinstance(part, str))

    def replace_loose(self, old: str, new: str) -> None:
        """Change what stands outside of blocks."""
        self._parts = [part.replace(old, new) if isinstance(part, str) else part for part in self._parts]

    def append(self, text: str) -> None:
        """Add what stands outside of blocks, at the end."""
        if self.text and not self.text.endswith("\n"):
            self._parts.append("\n")
        self._parts.append(text)

    def set_values(self, name: str, wanted: dict[str, str | None]) -> None:
        """Give keys of a dictionary block these values; None takes one away."""
        block = self.block(name) or self._new(name)
        parts = pairs(block.body)
        for key, value in wanted.items():
            place = next((at for at, one in enumerate(parts) if isinstance(one, Pair) and one.key == key), None)
            if place is None:
                if value is not None:
                    parts.append(Pair(pair(key, value), key, value))
            elif value is None:
                del parts[place]
            elif isinstance(present := parts[place], Pair) and present.value != value:
                parts[place] = Pair(pair(key, value), key, value)
        block.body = _joined(parts)

    def set_raw(self, name: str, key: str, raw: str) -> None:
        """Give a key of a dictionary block these lines, none to take it away."""
        block = self.block(name) or self._new(name)
        parts = pairs(block.body)
        place = next((at for at, one in enumerate(parts) if isinstance(one, Pair) and one.key == key), None)
        if place is None:
            parts.append(raw)
        else:
            parts[place] = raw
        block.body = _joined(parts)

    def set_rows(
        self,
        names: Sequence[str],
        wanted: Sequence[_T],
        read: Callable[[Pair], _T],
        write: Callable[[_T, Pair | None], str],
    ) -> None:
        """Make the pairs of a block read as ``wanted``; the first name is a new block's. No row, no block."""
        block = self.block(*names)
        parts = pairs(block.body) if block else []
        places = [at for at, one in enumerate(parts) if isinstance(one, Pair)]
        present = [one for one in parts if isinstance(one, Pair)]
        were = [read(one) for one in present]
        if were == list(wanted):
            return
        if not wanted:
            if block:
                self.remove(block.name)
            return
        block = block or self._new(names[0])
        lines: dict[int, list[str]] = {}
        gone: set[int] = set()
        for tag, start, end, first, last in opcodes(were, wanted):
            if tag == "equal":
                continue
            for at in range(first, last):
                old = start + at - first
                before = (
                    places[old] if old < end else places[end - 1] + 1 if end > start else _place(places, start, parts)
                )
                lines.setdefault(before, []).append(write(wanted[at], present[old] if old < end else None))
            gone |= {places[at] for at in range(start, end)}
        result: list[str] = []
        for at, one in enumerate([*parts, ""]):
            result += lines.get(at, [])
            if at not in gone:
                result.append(one if isinstance(one, str) else one.raw)
        block.body = "".join(result)

    def set_text(self, name: str, text: str) -> None:
        """Make a text block say this."""
        block = self.block(name) or self._new(name)
        if block.content != text or not block.body:
            block.body = indented(text) + "\n"

    def set_names(self, name: str, names: Sequence[str]) -> None:
        """Make a list block hold these; none, no block."""
        block = self.block(name)
        if not names:
            self.remove(name)
        elif block is None or block.names != list(names):
            block = block or self._new(name, "[]")
            block.body = ",\n".join(f"  {one}" for one in names) + "\n"

    def remove(self, *names: str) -> None:
        """Take blocks away, with one of the blank lines beside each."""
        at = 0
        while at < len(self._parts):
            part = self._parts[at]
            if isinstance(part, Block) and part.name in names:
                del self._parts[at]
                after = self._parts[at] if at < len(self._parts) else ""
                if at and isinstance(after, str) and isinstance(before := self._parts[at - 1], str):
                    self._parts[at - 1 : at + 1] = [_merged(before, after)]
                    at -= 1
            else:
                at += 1

    def rename(self, block: Block, name: str) -> None:
        """Give a block another name."""
        block.opening = block.opening.replace(block.name, name, 1)
        block.name = name

    def _new(self, name: str, braces: str = "{}") -> Block:
        block = Block(name, f"{name} {braces[0]}\n", "", f"{braces[1]}\n")
        rank = self._rank(name)
        places = [
            at for at, part in enumerate(self._parts) if isinstance(part, Block) and self._rank(part.name) <= rank
        ]
        if not places:
            gap = "\n" if self.blocks else ""
            first = next((at for at, part in enumerate(self._parts) if isinstance(part, Block)), len(self._parts))
            self._parts[first:first] = [block, gap]
            return block
        place = places[-1]
        above = self._parts[place]
        if isinstance(above, Block) and not above.closing.endswith("\n"):
            above.closing += "\n"
            block.closing = block.closing.removesuffix("\n")
        self._parts[place + 1 : place + 1] = ["\n", block]
        return block

    def _rank(self, name: str) -> int:
        return self._order.index(name) if name in self._order else len(self._order)


def _place(places: Sequence[int], row: int, parts: Sequence[str | Pair]) -> int:
    """Where a row that is inserted before another stands."""
    return places[row - 1] + 1 if row and places else places[0] if places else len(parts)


def _joined(parts: Sequence[str | Pair]) -> str:
    return "".join(one if isinstance(one, str) else one.raw for one in parts)


def _merged(before: str, after: str) -> str:
    """The gap that is left where a block was."""
    if not after.strip("\n"):
        return before if after else before.removesuffix("\n")
    return before + (after.removeprefix("\n") if before.endswith("\n") or not before else after)
