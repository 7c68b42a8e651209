"""Rows of OpenCollection lists: headers and form fields, parameters, variables, assertions."""

import re
from collections.abc import Mapping

from workbench.core.collection.yml.data import edited, kept, mapping, prose, rows, text, truth, written_prose
from workbench.core.collection.yml.data import written_truth as written
from workbench.core.collection.yml.source import Data, Plain
from workbench.core.draft import Assertion, Field, Param, ParamKind, ValueKind, Variable

_FIELD = ("name", "value", "description", "type", "disabled")
_VARIABLE = ("secret", "name", "value", "type", "description", "disabled")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_ASSERTION = ("expression", "operator", "value", "disabled", "description")


def is_on(row: Mapping[str, Data]) -> bool:
    """Whether a row is in force: ``disabled`` is the format's word, ``enabled`` that of some programs."""
    return truth(row.get("disabled")) is not True and truth(row.get("enabled")) is not False


def switch(row: Mapping[str, Data], on: bool) -> dict[str, Data | None]:
    """The keys that say so, in the words that the row uses."""
    if is_on(row) == on:
        return {}
    if truth(row.get("disabled")) is not None or "enabled" not in row:
        wanted: dict[str, Data | None] = {"disabled": None if on else written(True)}
        return wanted | ({"enabled": written(True)} if on and truth(row.get("enabled")) is False else {})
    return {"enabled": written(on)}


def read_field(data: Data) -> Field:
    """A header, or a field of a form."""
    row = mapping(data)
    return Field(text(row.get("name")), text(row.get("value")), is_on(row), prose(row.get("description")))


def write_field(row: dict[str, Data], field: Field) -> dict[str, Data]:
    """``row`` so that it reads as ``field``."""
    wanted = {"name": kept(row, "name", field.name, empty=True), "value": kept(row, "value", field.value, empty=True)}
    wanted["description"] = written_prose(row.get("description"), field.description)
    return edited(row, wanted | switch(row, field.on), _FIELD)


def read_param(data: Data) -> Param:
    """A parameter of the URL."""
    row = mapping(data)
    kind = ParamKind.PATH if text(row.get("type")) == "path" else ParamKind.QUERY
    return Param(text(row.get("name")), text(row.get("value")), kind, is_on(row), prose(row.get("description")))


def write_param(row: dict[str, Data], param: Param) -> dict[str, Data]:
    """``row`` so that it reads as ``param``."""
    wanted = {"name": kept(row, "name", param.name, empty=True), "value": kept(row, "value", param.value, empty=True)}
    wanted["description"] = written_prose(row.get("description"), param.description)
    wanted["type"] = kept(row, "type", param.kind.value)
    return edited(row, wanted | switch(row, param.on), _FIELD)


def read_variable(data: Data) -> Variable:
    """A variable; the value of a secret one is not in the file."""
    row = mapping(data)
    name, on, description = text(row.get("name")), is_on(row), prose(row.get("description"))
    if truth(row.get("secret")):
        return Variable(name, "", _kind(row.get("type")), on, secret=True, description=description)
    value, kind = _typed(_chosen(row.get("value")))
    return Variable(name, value, kind, on, description=description)


def write_variable(row: dict[str, Data], variable: Variable) -> dict[str, Data]:
    """``row`` so that it reads as ``variable``; a secret's value is never written."""
    wanted: dict[str, Data | None] = {"name": kept(row, "name", variable.name, empty=True)}
    wanted["description"] = written_prose(row.get("description"), variable.description)
    if variable.secret:
        named = None if variable.kind is ValueKind.STRING and "type" not in row else variable.kind.value
        wanted |= {"secret": _already(row, True) or written(True), "value": None, "type": named}
    else:
        wanted |= {"secret": _already(row, False), "value": _written_value(row.get("value"), variable)}
        wanted |= {"type": None} if truth(row.get("secret")) else {}
    return edited(row, wanted | switch(row, variable.on), _VARIABLE)


def read_assertion(data: Data) -> Assertion:
    """What a response must fulfil."""
    row = mapping(data)
    operator = text(row.get("operator")) or "eq"
    return Assertion(text(row.get("expression")), operator, text(row.get("value")), is_on(row))


def write_assertion(row: dict[str, Data], assertion: Assertion) -> dict[str, Data]:
    """``row`` so that it reads as ``assertion``."""
    wanted = {
        "expression": kept(row, "expression", assertion.expression, empty=True),
        "operator": kept(row, "operator", assertion.operator, empty=True),
        "value": kept(row, "value", assertion.value),
    }
    return edited(row, wanted | switch(row, assertion.on), _ASSERTION)


def chosen_place(variants: list[Data]) -> int | None:
    """Which of several variants is selected: the first when none says anything, None when all say no."""
    said = [truth(mapping(variant).get("selected")) for variant in variants]
    if True in said:
        return said.index(True)
    return 0 if None in said else None


def _already(row: Mapping[str, Data], secret: bool) -> Data | None:
    return row.get("secret") if truth(row.get("secret")) is secret else None


def _kind(value: Data | None) -> ValueKind:
    try:
        return ValueKind(text(value))
    except ValueError:
        return ValueKind.STRING


def _chosen(value: Data | None) -> Data | None:
    if isinstance(value, list):
        place = chosen_place(value)
        return None if place is None else mapping(value[place]).get("value")
    return value


def _typed(value: Data | None) -> tuple[str, ValueKind]:
    if isinstance(value, dict):
        return text(value.get("data")), _kind(value.get("type"))
    if isinstance(value, Plain) and text(value):
        return value.text, ValueKind.NUMBER if truth(value) is None else ValueKind.BOOLEAN
    return text(value), ValueKind.STRING


def _written_value(present: Data | None, variable: Variable) -> Data:
    if present is not None and _typed(_chosen(present)) == (variable.value, variable.kind):
        return present
    if isinstance(present, list) and (place := chosen_place(rows(present))) is not None:
        variant = mapping(present[place])
        changed: Data = {**variant, "value": _written_value(variant.get("value"), variable)}
        return [*present[:place], changed, *present[place + 1 :]]
    if isinstance(present, Plain) and _NUMBER.fullmatch(variable.value) and variable.kind is ValueKind.NUMBER:
        return Plain(variable.value)  # as it was written
    if isinstance(present, dict) and "data" in present:
        return {**present, "type": variable.kind.value, "data": variable.value}
    if variable.kind is ValueKind.STRING:
        return variable.value
    return {"type": variable.kind.value, "data": variable.value}
