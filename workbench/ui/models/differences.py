"""Where two versions of a request differ, in rows that people can read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from workbench.core.draft import Auth, Draft
from workbench.core.i18n import _

_PARTS = {
    "name": _("Name"),
    "method": _("Method"),
    "url": _("URL"),
    "params": _("Parameter"),
    "headers": _("Header"),
    "body": _("Body"),
    "auth": _("Authorization"),
    "variables": _("Variable"),
    "assertions": _("Assertion"),
    "settings": _("Settings"),
    "docs": _("Docs"),
    "tags": _("Tags"),
}


def part_words(part: str) -> str:
    """The name of a part of ``Draft`` for a person; what follows a dot names a row of it."""
    name, _dot, row = part.partition(".")
    words = _PARTS.get(name, name)
    return f"{words} {row}" if row else words


@dataclass(frozen=True, slots=True)
class Difference:
    """One part, and what it is in either version; empty where one of them lacks it."""

    part: str
    mine: str
    theirs: str


def differences(mine: Draft, theirs: Draft) -> tuple[Difference, ...]:
    """The parts that differ, in the order of ``Draft``."""
    return tuple(_every(mine, theirs))


def _every(mine: Draft, theirs: Draft) -> Iterator[Difference]:
    for name, words in _PARTS.items():
        my, their = getattr(mine, name), getattr(theirs, name)
        if my == their:
            continue
        if name == "auth":
            yield Difference(words, _auth(my), _auth(their))
        elif name in ("params", "headers", "variables", "assertions"):
            yield from _rows(words, my, their)
        else:
            yield Difference(words, _text(my), _text(their))


def _rows(words: str, mine: Sequence[Any], theirs: Sequence[Any]) -> Iterator[Difference]:
    gone, came = [row for row in mine if row not in theirs], [row for row in theirs if row not in mine]
    if not gone and not came:
        yield Difference(words, _("in a different order"), _("in a different order"))
    for row in gone:
        match = next((other for other in came if _key(other) == _key(row)), None)
        if match is not None:
            came.remove(match)
        yield Difference(f"{words} {_key(row)}", _value(row), _value(match) if match is not None else "")
    for row in came:
        yield Difference(f"{words} {_key(row)}", "", _value(row))


def _key(row: Any) -> str:
    return str(getattr(row, "name", "") or getattr(row, "expression", ""))


def _value(row: Any) -> str:
    state = "" if row.on else " · " + _("off")
    operator = f"{row.operator} " if hasattr(row, "operator") else ""
    return f"{operator}{row.value}{state}"


def _auth(auth: Auth | None) -> str:
    # What it is made of may be secret: its kind must do.
    return _("none") if auth is None else type(auth).__name__.removesuffix("Auth")


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(_text(each) for each in value)
    if is_dataclass(value):
        parts = (_text(getattr(value, each.name)) for each in fields(value))
        return " ".join(part for part in parts if part)
    return "" if value is None else str(getattr(value, "value", value))
