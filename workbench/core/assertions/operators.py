"""How assertions compare: the operators that Bruno has, under its names."""

from collections.abc import Callable
from typing import Any

from workbench.core.assertions.values import UNDEFINED, plain, read_value, shown
from workbench.core.content.patterns import is_found
from workbench.core.i18n import _

_LONGEST = 100_000  # characters that a pattern is tried on

OPERATORS: tuple[tuple[str, str], ...] = (
    ("eq", _("equals")),
    ("neq", _("does not equal")),
    ("gt", _("is greater than")),
    ("gte", _("is at least")),
    ("lt", _("is less than")),
    ("lte", _("is at most")),
    ("in", _("is one of")),
    ("notIn", _("is none of")),
    ("contains", _("contains")),
    ("notContains", _("does not contain")),
    ("length", _("has length")),
    ("matches", _("matches")),
    ("notMatches", _("does not match")),
    ("startsWith", _("starts with")),
    ("endsWith", _("ends with")),
    ("between", _("is between")),
    ("isEmpty", _("is empty")),
    ("isNotEmpty", _("is not empty")),
    ("isNull", _("is null")),
    ("isUndefined", _("is undefined")),
    ("isDefined", _("is defined")),
    ("isTruthy", _("is truthy")),
    ("isFalsy", _("is falsy")),
    ("isJson", _("is JSON")),
    ("isNumber", _("is a number")),
    ("isString", _("is a string")),
    ("isBoolean", _("is a boolean")),
    ("isArray", _("is an array")),
)
"""As they stand in files, and as people read them. Those that begin with ``is`` take no value."""


def takes_value(operator: str) -> bool:
    """Whether ``operator`` compares with something."""
    return not operator.startswith("is")


def holds(actual: Any, operator: str, text: str) -> bool:
    """Whether ``actual`` stands to the value that ``text`` means as ``operator`` says. Raises ``ValueError``."""
    if operator in _STATES:
        return _STATES[operator](actual)
    if operator in _COMPARED:
        return _COMPARED[operator](actual, text)
    raise ValueError(_("Unknown operator “{operator}”.").format(operator=operator))


def _equal(actual: Any, wanted: Any) -> bool:
    if isinstance(actual, bool) or isinstance(wanted, bool):
        return actual is wanted
    return bool(actual == wanted)


def _ordered(actual: Any, text: str) -> tuple[float, float]:
    try:
        return float(actual), float(read_value(text))
    except (TypeError, ValueError):
        raise ValueError(_("Is {actual}, but only numbers can be compared.").format(actual=shown(actual))) from None


def _members(text: str) -> list[Any]:
    return [read_value(part) for part in text.strip().removeprefix("[").removesuffix("]").split(",")]


def _contains(actual: Any, text: str) -> bool:
    wanted = read_value(text)
    if isinstance(actual, list):
        return any(_equal(member, wanted) for member in actual)
    if isinstance(actual, dict):
        return str(wanted) in actual
    return isinstance(actual, str) and str(wanted if isinstance(wanted, str) else text.strip()) in actual


def _matches(actual: Any, text: str) -> bool:
    pattern = text.strip()
    if len(pattern) > 1 and pattern.startswith("/") and pattern.endswith("/"):
        pattern = pattern[1:-1]
    return is_found(pattern, plain(actual)[:_LONGEST])


def _between(actual: Any, text: str) -> bool:
    low, comma, high = text.partition(",")
    if not comma:
        raise ValueError(_("“is between” needs two numbers separated by a comma."))
    return _ordered(actual, low)[1] <= _ordered(actual, high)[0] <= _ordered(actual, high)[1]


def _text_of(text: str) -> str:
    value = read_value(text)
    return value if isinstance(value, str) else text.strip()


def _is_json(actual: Any) -> bool:
    return isinstance(actual, dict | list)


def _is_number(actual: Any) -> bool:
    return isinstance(actual, int | float) and not isinstance(actual, bool)


_STATES: dict[str, Callable[[Any], bool]] = {
    "isEmpty": lambda actual: actual in ("", None) or actual is UNDEFINED or actual in ([], {}),
    "isNotEmpty": lambda actual: not (actual in ("", None) or actual is UNDEFINED or actual in ([], {})),
    "isNull": lambda actual: actual is None,
    "isUndefined": lambda actual: actual is UNDEFINED,
    "isDefined": lambda actual: actual is not UNDEFINED,
    "isTruthy": lambda actual: actual is not UNDEFINED and (isinstance(actual, dict | list) or bool(actual)),
    "isFalsy": lambda actual: actual is UNDEFINED or not (isinstance(actual, dict | list) or bool(actual)),
    "isJson": _is_json,
    "isNumber": _is_number,
    "isString": lambda actual: isinstance(actual, str),
    "isBoolean": lambda actual: isinstance(actual, bool),
    "isArray": lambda actual: isinstance(actual, list),
}
_COMPARED: dict[str, Callable[[Any, str], bool]] = {
    "eq": lambda actual, text: _equal(actual, read_value(text)),
    "neq": lambda actual, text: not _equal(actual, read_value(text)),
    "gt": lambda actual, text: _ordered(actual, text)[0] > _ordered(actual, text)[1],
    "gte": lambda actual, text: _ordered(actual, text)[0] >= _ordered(actual, text)[1],
    "lt": lambda actual, text: _ordered(actual, text)[0] < _ordered(actual, text)[1],
    "lte": lambda actual, text: _ordered(actual, text)[0] <= _ordered(actual, text)[1],
    "in": lambda actual, text: any(_equal(actual, one) for one in _members(text)),
    "notIn": lambda actual, text: not any(_equal(actual, one) for one in _members(text)),
    "contains": _contains,
    "notContains": lambda actual, text: not _contains(actual, text),
    "length": lambda actual, text: hasattr(actual, "__len__") and len(actual) == read_value(text),
    "matches": _matches,
    "notMatches": lambda actual, text: not _matches(actual, text),
    "startsWith": lambda actual, text: plain(actual).startswith(_text_of(text)),
    "endsWith": lambda actual, text: plain(actual).endswith(_text_of(text)),
    "between": _between,
}
