"""Values as assertions compare them: what JSON knows, and ``UNDEFINED``."""

import json
import re
from typing import Any

_SHOWN = 200
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")


class Undefined:
    """What an expression comes to that leads nowhere."""

    def __repr__(self) -> str:
        return "undefined"


UNDEFINED = Undefined()


def read_value(text: str) -> Any:
    """What a value stands for: a quoted text, null, undefined, true, false, a number, or the text as it is."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1].replace('\\"', '"') if text[0] == '"' else text[1:-1]
    known = {"null": None, "undefined": UNDEFINED, "true": True, "false": False}
    if text in known:
        return known[text]
    return _number(text) if _NUMBER.fullmatch(text) else text


def _number(text: str) -> int | float:
    return float(text) if set(text) & set(".eE") else int(text)


def plain(value: Any) -> str:
    """``value`` as a text to search in: a text is itself, everything else JSON."""
    return value if isinstance(value, str) else shown(value)


def shown(value: Any) -> str:
    """``value`` for a person, as JSON, shortened."""
    text = repr(value) if value is UNDEFINED else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
