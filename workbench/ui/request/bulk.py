"""Fields as text, a line each, and back: ``name: value``, with ``//`` before those that are off."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from workbench.core.draft import Field, Param

Named = TypeVar("Named", Field, Param)
_OFF = "//"
_BREAK = "⏎"


def to_text(rows: Sequence[Field | Param]) -> str:
    """A line for each row. A line break in a value is shown as ``⏎``."""
    return "\n".join(f"{'' if row.on else _OFF + ' '}{_line(row.name)}: {_line(row.value)}" for row in rows)


def from_text(text: str, before: Sequence[Named], empty: Named) -> tuple[Named, ...]:
    """The rows of ``text``. What no line can say, such as a description, is that of the row of this name ``before``."""
    left = list(before)
    rows = []
    for line in text.splitlines():
        line = line.strip()
        if not line:
            continue
        on = not line.startswith(_OFF)
        name, _colon, value = (line if on else line[len(_OFF) :]).partition(":")
        name, value = name.strip(), value.strip().replace(_BREAK, "\n")
        known = next((row for row in left if row.name == name), None)
        if known is not None:
            left.remove(known)
        rows.append(replace(known or empty, name=name, value=value, on=on))
    return tuple(rows)


def _line(text: str) -> str:
    return text.replace("\r\n", _BREAK).replace("\n", _BREAK).replace("\r", _BREAK)
