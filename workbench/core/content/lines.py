"""Texts by rows, for views that paint only what is in sight.

An offset is a place in the text; what it counts is the text's own affair (bytes of UTF-8, cells of
a dump). A row is a line, or a piece of a line that is too long to be laid out in one go.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

Buffer = bytes | memoryview


class Lines(Protocol):
    """What a view asks of a text. All of it is quick, whatever the text's size."""

    @property
    def count(self) -> int:
        """Number of rows, at least one."""

    @property
    def size(self) -> int:
        """The offset of the end."""

    def text(self, row: int) -> str:
        """One row without its line end."""

    def number(self, row: int) -> int | None:
        """The row's line number from 1; None where a line goes on."""

    def start(self, row: int) -> int:
        """The offset at which the row begins."""

    def row_at(self, offset: int) -> int:
        """The row that ``offset`` lies in."""

    def piece(self, start: int, end: int) -> str:
        """The text between two offsets, as it is copied."""

    def offset_at(self, row: int, column: int) -> int:
        """The offset of the character ``column`` of a row."""

    def column_at(self, row: int, offset: int) -> int:
        """Which character of the row ``offset`` is at."""

    def fold_end(self, row: int) -> int | None:
        """The last row of what can be folded away below ``row``, None for nothing."""


@dataclass(frozen=True, slots=True)
class TextLines:
    """UTF-8 text. ``starts`` holds the offset of each row and, at last, that of the end.

    ``cuts`` are the rows that go on with the line before, in order. ``fold_starts`` are rows, in order,
    and ``fold_ends`` the row where each of these ends. ``records`` are offsets of CSV records.
    """

    data: Buffer = field(default=b"", repr=False)
    starts: Sequence[int] = (0, 0)
    cuts: Sequence[int] = ()
    fold_starts: Sequence[int] = ()
    fold_ends: Sequence[int] = ()
    records: Sequence[int] = ()

    @property
    def count(self) -> int:
        """Number of rows."""
        return len(self.starts) - 1

    @property
    def size(self) -> int:
        """Bytes of the text."""
        return self.starts[-1]

    def text(self, row: int) -> str:
        """One row; what is no UTF-8 was replaced when the rows were made."""
        return bytes(self.data[self.starts[row] : self._end(row)]).decode("utf-8", "replace")

    def whole(self) -> str:
        """All of it: for texts that are small."""
        return self.piece(0, self.size)

    def number(self, row: int) -> int | None:
        """The row's line number."""
        before = bisect_right(self.cuts, row)
        return None if before and self.cuts[before - 1] == row else row + 1 - before

    def row_of_line(self, number: int) -> int:
        """The row where line ``number`` begins, the nearest that there is."""
        low, high = 0, self.count - 1
        while low < high:
            middle = (low + high + 1) // 2
            if middle + 1 - bisect_right(self.cuts, middle) <= number:
                low = middle
            else:
                high = middle - 1
        while low and self.number(low) is None:
            low -= 1
        return low

    def start(self, row: int) -> int:
        """Where the row begins."""
        return self.starts[row]

    def row_at(self, offset: int) -> int:
        """The row of an offset."""
        return min(max(bisect_right(self.starts, offset) - 1, 0), self.count - 1)

    def piece(self, start: int, end: int) -> str:
        """The text between two offsets; lines that were cut are whole in it."""
        return bytes(self.data[start:end]).decode("utf-8", "replace")

    def offset_at(self, row: int, column: int) -> int:
        """The offset of a character."""
        return self.starts[row] + len(self.text(row)[:column].encode("utf-8", "surrogatepass"))

    def column_at(self, row: int, offset: int) -> int:
        """The character at an offset."""
        begin = self.starts[row]
        return len(self.piece(begin, min(max(offset, begin), self._end(row))))

    def fold_end(self, row: int) -> int | None:
        """Where the fold that begins here ends."""
        place = bisect_left(self.fold_starts, row)
        found = place < len(self.fold_starts) and self.fold_starts[place] == row
        return self.fold_ends[place] if found else None

    def fold_around(self, row: int) -> int | None:
        """The row where the innermost fold around ``row`` begins."""
        place = bisect_left(self.fold_starts, row) - 1
        while place >= 0:
            if self.fold_ends[place] >= row:
                return self.fold_starts[place]
            place -= 1
        return None

    def _end(self, row: int) -> int:
        end = self.starts[row + 1]
        return end - 1 if end > self.starts[row] and self.data[end - 1] == 10 else end


_ACROSS = 16  # bytes in a row of a dump
_HEX_WIDTH = 8 + 2 + 23 + 2 + 23 + 2 + _ACROSS
_STRIDE = _HEX_WIDTH + 1


@dataclass(frozen=True, slots=True)
class HexLines:
    """Bytes as a dump: offset, sixteen bytes, and the printable ASCII among them, a row each."""

    data: Buffer = field(default=b"", repr=False)

    @property
    def count(self) -> int:
        """Number of rows."""
        return max((len(self.data) + _ACROSS - 1) // _ACROSS, 1)

    @property
    def size(self) -> int:
        """Cells of all rows."""
        return self.count * _STRIDE

    def text(self, row: int) -> str:
        """One row of the dump."""
        return dump_row(bytes(self.data[row * _ACROSS : (row + 1) * _ACROSS]), row * _ACROSS)

    def number(self, row: int) -> int | None:
        """Dumps carry their offsets in the text."""
        return None

    def start(self, row: int) -> int:
        """Rows are equally wide."""
        return row * _STRIDE

    def row_at(self, offset: int) -> int:
        """The row of a cell."""
        return min(max(offset // _STRIDE, 0), self.count - 1)

    def piece(self, start: int, end: int) -> str:
        """The dump between two cells."""
        first, last = self.row_at(start), self.row_at(end)
        rows = [self.text(row) for row in range(first, last + 1)]
        rows[-1] = rows[-1][: end - last * _STRIDE]
        rows[0] = rows[0][start - first * _STRIDE :]
        return "\n".join(rows)

    def offset_at(self, row: int, column: int) -> int:
        """The cell of a character."""
        return row * _STRIDE + min(column, _HEX_WIDTH)

    def column_at(self, row: int, offset: int) -> int:
        """The character at a cell."""
        return min(max(offset - row * _STRIDE, 0), _HEX_WIDTH)

    def fold_end(self, row: int) -> int | None:
        """Nothing folds."""
        return None


def dump_row(data: bytes, offset: int) -> str:
    """At most sixteen bytes in hexadecimal and as letters."""
    letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in data)
    return f"{offset:08x}  {data[:8].hex(' '):<23}  {data[8:].hex(' '):<23}  {letters}"


def hex_dump(data: bytes, start: int = 0) -> str:
    """All rows of a dump as one text."""
    return "\n".join(dump_row(data[at : at + _ACROSS], start + at) for at in range(0, len(data), _ACROSS))
