"""Where the rows of a text begin, at the speed of the library's own loops."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, count, islice
from operator import add, sub

from workbench.core.content.lines import Buffer

LONGEST = 1000
"""Bytes of a row: longer lines are cut, since laying out a line takes time in proportion to its length."""

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Rows:
    """``starts`` of the rows and the end, ``cuts`` as in ``TextLines``, and how lines became rows."""

    starts: "array[int]"
    cuts: "array[int]"
    _long: tuple[int, ...] = ()
    _more: tuple[int, ...] = ()

    def row_of(self, line: int) -> int:
        """The row where ``line`` (from 0) begins."""
        before = bisect_left(self._long, line)
        return line + (self._more[before - 1] if before else 0)

    def rows_of(self, lines: "array[int]") -> "array[int]":
        """The rows of many lines."""
        return lines if not self._long else array("Q", map(self.row_of, lines))


def rows_of(data: Buffer, longest: int = LONGEST) -> Rows:
    """Cut ``data``, UTF-8 with LF for line ends, into rows of at most ``longest`` bytes."""
    starts = array("Q", _line_starts(data))
    starts.append(len(data))
    if max(map(sub, islice(starts, 1, None), starts), default=0) <= longest + 1:
        return Rows(starts, array("Q"))
    return _cut(data, starts, longest)


def _line_starts(data: Buffer) -> Iterator[int]:
    yield 0
    for base in range(0, len(data), _PIECE):
        parts = bytes(data[base : base + _PIECE]).split(b"\n")
        parts.pop()
        yield from islice(map(add, accumulate(map(len, parts), initial=base), count()), 1, None)


def _cut(data: Buffer, starts: "array[int]", longest: int) -> Rows:
    made, cuts = array("Q"), array("Q")
    long: list[int] = []
    more: list[int] = []
    done = 0
    for line, length in enumerate(map(sub, islice(starts, 1, None), starts)):
        if length <= longest + 1:
            continue
        made.extend(starts[done:line])
        done = line + 1
        at, end = starts[line], starts[line + 1]
        made.append(at)
        while end - at > longest + 1:
            at = _boundary(data, at + longest)
            cuts.append(len(made))
            made.append(at)
        long.append(line)
        more.append(len(cuts))
    made.extend(starts[done:])
    return Rows(made, cuts, tuple(long), tuple(more))


def _boundary(data: Buffer, at: int) -> int:
    """``at`` or a little before it: never inside a character."""
    for place in range(at, at - 4, -1):
        if data[place] & 0xC0 != 0x80:
            return place
    return at
