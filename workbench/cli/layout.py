"""Text laid out for the width of a terminal: tables that keep what matters, lines that break at words."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

_GAP = 2
_NARROWEST = 16
"""Columns of the terminal below which nothing is wrapped."""

_HANGING = re.compile(r" *(?:→ |\S+(?: \S+)* {2,}(?=\S))?")
"""What the further lines of a long one stand below: its indent, an arrow, the name of a fact."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. Where room is short the most ``spare`` ones are left out; 0 never is, but may wrap."""

    title: str
    spare: int = 0
    wraps: bool = False


def table_lines(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int | None) -> list[str]:
    """The titles and the rows, aligned; all of it when ``room`` is None."""
    widths = [max(map(cell_len, cells)) for cells in zip((column.title for column in columns), *rows, strict=True)]
    places = range(len(columns)) if room is None else _that_fit(columns, widths, room)
    if room is not None:
        _shrink(columns, widths, places, room)
    cells = ([column.title for column in columns], *rows)
    return [line for row in cells for line in _row([(row[place], widths[place]) for place in places])]


def wrapped(text: str, room: int) -> list[str]:
    """``text`` as lines of at most ``room`` columns; words, such as URLs and thumbprints, stay whole."""
    if cell_len(text) <= room or room < _NARROWEST:
        return [text]
    match = _HANGING.match(text)
    indent = min(len(match[0]) if match else 0, room // 2)
    return textwrap.wrap(
        text, room, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    ) or [text]


def _that_fit(columns: Sequence[Column], widths: Sequence[int], room: int) -> list[int]:
    kept = [place for place, column in enumerate(columns) if column.spare == 0]
    for place in sorted(range(len(columns)), key=lambda place: columns[place].spare):
        if place not in kept and _total(widths, [*kept, place]) <= room:
            kept.append(place)
    return sorted(kept)


def _shrink(columns: Sequence[Column], widths: list[int], places: Sequence[int], room: int) -> None:
    for place in places:
        excess = _total(widths, places) - room
        if columns[place].wraps and excess > 0:
            widths[place] = max(widths[place] - excess, min(widths[place], _NARROWEST))


def _total(widths: Sequence[int], places: Sequence[int]) -> int:
    return sum(widths[place] for place in places) + _GAP * (len(places) - 1)


def _row(cells: Sequence[tuple[str, int]]) -> Iterator[str]:
    parts = [
        textwrap.wrap(text, width, break_on_hyphens=False) if cell_len(text) > width else [text]
        for text, width in cells
    ]
    for number in range(max(map(len, parts))):
        line = [part[number] if number < len(part) else "" for part in parts]
        yield (
            (" " * _GAP)
            .join(text + " " * (width - cell_len(text)) for text, (_cell, width) in zip(line, cells, strict=True))
            .rstrip()
        )
