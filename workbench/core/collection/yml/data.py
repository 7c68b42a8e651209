"""Reading out of YAML data whatever shape it has, and changing only what reads differently than it should."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

from workbench.core.collection.aligning import opcodes
from workbench.core.collection.yml.source import NULLS, Data, Plain

_T = TypeVar("_T", bound=Hashable)
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})


def text(value: Data | None) -> str:
    """A text as it is, a number or truth value as it is written, "" for everything else."""
    if isinstance(value, Plain):
        return "" if value.text in NULLS else value.text
    return value if isinstance(value, str) else ""


def mapping(value: Data | None) -> dict[str, Data]:
    """A mapping, or an empty one."""
    return value if isinstance(value, dict) else {}


def rows(value: Data | None) -> list[Data]:
    """A list, or an empty one."""
    return value if isinstance(value, list) else []


def truth(value: Data | None) -> bool | None:
    """A truth value, None for everything else."""
    written = value.text if isinstance(value, Plain) else value
    if isinstance(written, str):
        return True if written in _TRUE else False if written in _FALSE else None
    return None


def number(value: Data | None) -> float | None:
    """A finite number, None for everything else."""
    try:
        result = float(value.text if isinstance(value, Plain) else value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return result if abs(result) < 1e15 else None


def prose(value: Data | None) -> str:
    """A description or documentation: a text, or a mapping whose ``content`` it is."""
    return text(value["content"]) if isinstance(value, dict) and "content" in value else text(value)


def written_prose(value: Data | None, wanted: str) -> Data | None:
    """What ``prose`` reads as ``wanted``; None to leave it out."""
    if prose(value) == wanted:
        return value
    if isinstance(value, dict) and wanted:
        return {**value, "content": wanted}
    return wanted or None


def written_truth(value: bool) -> Plain:
    """A truth value."""
    return Plain("true" if value else "false")


def edited(data: Mapping[str, Data], wanted: Mapping[str, Data | None], order: Sequence[str]) -> dict[str, Data]:
    """``data`` with these keys at these values: None takes a key away, a new one is put where ``order`` has it."""
    result = dict(data)
    for key, value in wanted.items():
        if value is None:
            result.pop(key, None)
        elif key in result:
            result[key] = value
        else:
            result = _inserted(result, key, value, order)
    return result


def kept(data: Mapping[str, Data], key: str, wanted: str, *, empty: bool = False) -> Data | None:
    """What reads as the text ``wanted`` under ``key``, as it is there if it does. ``empty`` writes a new "" too."""
    present = data.get(key)
    if present is not None and not isinstance(present, dict | list) and text(present) == wanted:
        return present
    return wanted if wanted or present is not None or empty else None


def edited_rows(
    present: Data | None,
    wanted: Sequence[_T],
    read: Callable[[Data], _T],
    write: Callable[[dict[str, Data], _T], Data],
) -> Data | None:
    """A list that reads as ``wanted``, with the rows of ``present`` that do so kept. None when there is nothing."""
    there = rows(present)
    were = [read(row) for row in there]
    if were == list(wanted):
        return present
    result: list[Data] = []
    for tag, start, end, first, last in opcodes(were, wanted):
        if tag == "equal":
            result += there[start:end]
            continue
        for place in range(first, last):
            old = start + place - first
            result.append(write(mapping(there[old]) if old < end else {}, wanted[place]))
    return result or None


def _inserted(data: dict[str, Data], key: str, value: Data, order: Sequence[str]) -> dict[str, Data]:
    before = set(order[: order.index(key)]) if key in order else set(order)
    place = max((at + 1 for at, name in enumerate(data) if name in before), default=0 if key in order else len(data))
    items = list(data.items())
    return dict([*items[:place], (key, value), *items[place:]])
