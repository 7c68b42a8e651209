"""CSV (RFC 4180) and its kin: which delimiter, where records begin, and the cells of one."""

import csv
from array import array
from collections import Counter

from workbench.core.content.kinds import media_type
from workbench.core.content.lines import Buffer, TextLines

MOST_RECORDS = 1_000_000
"""Records that a table shows; more cannot be scrolled through in any useful way."""

_DELIMITERS = ",;\t|"
_LOOKED_AT = 50  # lines
_LONGEST = 1_000_000  # bytes of one record that are taken apart
_PIECE = 1 << 20


def delimiter_of(beginning: str, content_type: str) -> str:
    """What divides cells: the one that gives the most lines the same number of them."""
    if media_type(content_type) == "text/tab-separated-values":
        return "\t"
    lines = [line for line in beginning.split("\n")[:_LOOKED_AT] if line.strip()]
    best, score = ",", 0
    for delimiter in _DELIMITERS:
        counts = Counter(len(next(csv.reader([line], delimiter=delimiter), [])) for line in lines)
        cells, agreeing = counts.most_common(1)[0] if counts else (0, 0)
        if cells > 1 and agreeing * cells > score:
            best, score = delimiter, agreeing * cells
    return best


def records_of(data: Buffer) -> "array[int]":
    """Offsets at which records begin, at most ``MOST_RECORDS``, and of the end of the last. Empty lines are none."""
    starts = array("Q")
    at, begin, quotes = 0, 0, 0
    size = len(data)
    rest = b""
    while at < size and len(starts) < MOST_RECORDS:
        piece = bytes(data[at : at + _PIECE])
        at += len(piece)
        lines = (rest + piece).split(b"\n")
        rest = lines.pop() if at < size else b""
        for line in lines:
            end = begin + len(line) + 1
            if quotes % 2 == 0 and line.strip() and len(starts) < MOST_RECORDS:
                starts.append(begin)
            if b'"' in line:
                quotes += line.count(b'"')
            begin = end
    starts.append(min(begin, size))
    return starts


def cells_of(lines: TextLines, record: int, delimiter: str) -> list[str]:
    """The cells of one record."""
    start, end = lines.records[record], lines.records[record + 1]
    text = lines.piece(start, min(end, start + _LONGEST))
    csv.field_size_limit(_LONGEST)
    try:
        return next(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), [])
    except csv.Error:
        return [text.rstrip("\n")]


def has_header(first: list[str], second: list[str]) -> bool:
    """Whether the first record names the columns: all of it text, each name once, none empty or a number."""
    names = [cell.strip() for cell in first]
    named = all(names) and len(set(names)) == len(names) and not any(_is_number(name) for name in names)
    return named and (not second or first != second)


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True
