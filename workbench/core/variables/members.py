"""Parts of variables that hold JSON: ``{{user.name}}``, ``{{users[0]['full name']}}``."""

import json
import re
from collections.abc import Iterator
from typing import Any

_STEP = re.compile(r"""\.([^.\[\]]+)|\[(\d+)\]|\[(["'])(.*?)\3\]""")


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


def splits(name: str) -> Iterator[tuple[str, str]]:
    """The ways to take ``name`` for a variable and a path into it, the longest variable first."""
    for at in range(len(name) - 1, 0, -1):
        if name[at] in ".[":
            yield name[:at], name[at:]


def member(text: str, path: str) -> str | None:
    """What stands at ``path`` of the JSON ``text``, a string without its quotes; None where there is nothing."""
    try:
        found: Any = json.loads(text, parse_int=_Number, parse_float=_Number)
    except (ValueError, RecursionError):
        return None
    at = 0
    while step := _STEP.match(path, at):
        at = step.end()
        name, index, _quote, quoted = step.groups()
        if isinstance(found, list) and index is not None and int(index) < len(found):
            found = found[int(index)]
        elif isinstance(found, dict) and (key := index or name or quoted) in found:
            found = found[key]
        else:
            return None
    return _text(found) if at == len(path) else None


def _text(value: Any) -> str:
    return str(value) if isinstance(value, str) else _json(value)


def _json(value: Any) -> str:
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_json, value))}]"
    if isinstance(value, dict):
        return (
            f"{{{', '.join(f'{json.dumps(key, ensure_ascii=False)}: {_json(each)}' for key, each in value.items())}}}"
        )
    return json.dumps(value, ensure_ascii=False)
