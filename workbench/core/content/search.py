"""Finding a text in a long one, piece by piece, so that nobody else has to wait for it."""

import re
import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.core.content.lines import Buffer, HexLines, Lines, TextLines
from workbench.core.content.work import Work

MOST = 100_000
"""Matches whose places are kept; the others are counted only."""

_PIECE = 256 * 1024
_PAUSE = 0.0005  # seconds after each piece in which another thread gets its turn
_HEX_BYTES = re.compile(r"(?:[0-9a-fA-F]{2}\s*)+")
_ACROSS = 16


def _numbers() -> "array[int]":
    return array("Q")


@dataclass(frozen=True, slots=True)
class Matches:
    """Offsets and lengths of the first ``MOST`` matches in order, and how many there are."""

    offsets: "array[int]" = field(default_factory=_numbers)
    lengths: "array[int]" = field(default_factory=_numbers)
    total: int = 0


def search(lines: Lines, wanted: str, work: Work) -> Matches:
    """Every place of ``wanted``, whatever its case; in a dump of bytes also as hexadecimal. Raises ``Stopped``."""
    if not wanted:
        return Matches()
    if isinstance(lines, HexLines):
        return _in_bytes(lines, wanted, work)
    if not isinstance(lines, TextLines):
        return Matches()
    if wanted.isascii():
        return _gathered(_ascii(lines.data, wanted.encode().lower(), work))
    return _gathered(_letters(lines.data, wanted.lower(), work))


def _gathered(found: Iterator[tuple[int, int, int]]) -> Matches:
    offsets, lengths, total = _numbers(), _numbers(), 0
    for offset, length, count in found:
        total += count
        if length and len(offsets) < MOST:
            offsets.append(offset)
            lengths.append(length)
    return Matches(offsets, lengths, total)


def _ascii(data: Buffer, needle: bytes, work: Work) -> Iterator[tuple[int, int, int]]:
    """Place and length of a match and 1; once there are enough, nothing and how many a piece holds."""
    size, kept = len(data), 0
    for at in range(0, size, _PIECE):
        piece = bytes(data[at : at + _PIECE + len(needle) - 1]).lower()
        if kept >= MOST:
            yield 0, 0, piece.count(needle)
        else:
            place = piece.find(needle)
            while place >= 0:
                kept += 1
                yield at + place, len(needle), 1
                place = piece.find(needle, place + len(needle))
        work.check(at / size)
        time.sleep(_PAUSE)


def _letters(data: Buffer, needle: str, work: Work) -> Iterator[tuple[int, int, int]]:
    pattern = re.compile(re.escape(needle), re.IGNORECASE)
    size, at = len(data), 0
    while at < size:
        end = _line_end(data, at + _PIECE)
        text = bytes(data[at:end]).decode("utf-8", "replace")
        chars, offset = 0, at
        for match in pattern.finditer(text):
            offset += len(text[chars : match.start()].encode())
            length = len(match[0].encode())
            yield offset, length, 1
            offset, chars = offset + length, match.end()
        at = end
        work.check(at / size)
        time.sleep(_PAUSE)


def _line_end(data: Buffer, at: int) -> int:
    """The end of the line that ``at`` lies in, or of a piece of a very long one."""
    size = len(data)
    for start in range(at, min(at + 4 * _PIECE, size), 4096):
        place = bytes(data[start : start + 4096]).find(b"\n")
        if place >= 0:
            return start + place + 1
    end = min(at + 4 * _PIECE, size)
    while end < size and data[end] & 0xC0 == 0x80:
        end += 1
    return end


def _in_bytes(lines: HexLines, wanted: str, work: Work) -> Matches:
    if _HEX_BYTES.fullmatch(wanted.strip()):
        needle, data = bytes.fromhex(wanted), lines.data
        found = _exact(data, needle, work)
    else:
        needle = wanted.encode()
        found = _ascii(lines.data, needle.lower(), work)
    return _gathered(
        (_cell(lines, offset), length and _cells(offset, length), count) for offset, length, count in found
    )


def _exact(data: Buffer, needle: bytes, work: Work) -> Iterator[tuple[int, int, int]]:
    size = len(data)
    for at in range(0, size, _PIECE):
        piece = bytes(data[at : at + _PIECE + len(needle) - 1])
        place = piece.find(needle)
        while place >= 0:
            yield at + place, len(needle), 1
            place = piece.find(needle, place + len(needle))
        work.check(at / size)
        time.sleep(_PAUSE)


def _cell(lines: HexLines, offset: int) -> int:
    row, column = divmod(offset, _ACROSS)
    return lines.start(row) + _column(column)


def _column(byte: int) -> int:
    return 10 + 3 * byte + (1 if byte >= _ACROSS // 2 else 0)


def _cells(offset: int, length: int) -> int:
    """Cells of the bytes that lie in the first row of a match."""
    column = offset % _ACROSS
    last = min(column + length, _ACROSS) - 1
    return _column(last) + 2 - _column(column)
