"""Pairs of ``.bru`` dictionary blocks: headers, parameters, variables, assertions, parts and files."""

import re
from typing import Final

from workbench.core.collection.bru.source import Pair, pair
from workbench.core.draft import Assertion, Field, FileChoice, Param, ParamKind, Part, ValueKind, Variable

_TYPE: Final = re.compile(r"@contentType\(([^()]*)\)[ \t]*$")
_FILE: Final = re.compile(r"@file\((.*)\)$", re.DOTALL)
_OPERATORS: Final = frozenset(
    (
        *("eq", "neq", "gt", "gte", "lt", "lte", "in", "notIn", "contains", "notContains", "length", "matches"),
        *("notMatches", "startsWith", "endsWith", "between", "isEmpty", "isNotEmpty", "isNull", "isUndefined"),
        *("isDefined", "isTruthy", "isFalsy", "isJson", "isNumber", "isString", "isBoolean", "isArray"),
    )
)
_KINDS: Final = {kind.value: kind for kind in ValueKind}


def read_field(one: Pair) -> Field:
    """A header or a field of a form."""
    return Field(one.key, one.value, one.on, one.notes.get("description", ""))


def write_field(field: Field, present: Pair | None) -> str:
    """Its lines."""
    return pair(field.name, field.value, on=field.on, notes=_notes(present, field.description))


def read_query(one: Pair) -> Param:
    """A parameter after the question mark."""
    return Param(one.key, one.value, ParamKind.QUERY, one.on, one.notes.get("description", ""))


def read_path(one: Pair) -> Param:
    """A parameter in the path."""
    return Param(one.key, one.value, ParamKind.PATH, one.on, one.notes.get("description", ""))


def write_param(param: Param, present: Pair | None) -> str:
    """Its lines."""
    return pair(param.name, param.value, on=param.on, notes=_notes(present, param.description))


def read_variable(one: Pair) -> Variable:
    """A variable; one that is local to the request begins with ``@``, which is no part of its name."""
    kind = next((_KINDS[note] for note in one.notes if note in _KINDS), ValueKind.STRING)
    name = one.key.removeprefix("@")
    return Variable(name, one.value, kind, one.on, description=one.notes.get("description", ""))


def write_variable(variable: Variable, present: Pair | None) -> str:
    """Its lines."""
    notes = {note: text for note, text in _notes(present, variable.description).items() if note not in _KINDS}
    if variable.kind is not ValueKind.STRING:
        notes[variable.kind.value] = ""
    local = "@" if present and present.key.startswith("@") else ""
    lines = pair(variable.name, variable.value, on=variable.on, notes=notes)
    if local:
        begin, end = lines.rsplit(variable.name + ":", 1) if variable.name + ":" in lines else (lines, "")
        return f"{begin}{local}{variable.name}:{end}"
    return lines


def read_assertion(one: Pair) -> Assertion:
    """What a response must fulfil: an operator and a value, ``eq`` where none is known."""
    operator, _space, value = one.value.partition(" ")
    if operator not in _OPERATORS:
        operator, value = "eq", one.value
    return Assertion(one.key, operator, value.strip(), one.on)


def write_assertion(assertion: Assertion, _present: Pair | None) -> str:
    """Its lines."""
    value = f"{assertion.operator} {assertion.value}".rstrip()
    return f"  {'' if assertion.on else '~'}{assertion.expression}: {value}\n"


def read_part(one: Pair) -> Part:
    """A part of a multipart form."""
    value, content_type = _typed(one.value)
    description = one.notes.get("description", "")
    files = _FILE.fullmatch(value)
    if files:
        names = tuple(name for name in files.group(1).split("|") if name)
        return Part(one.key, "", names, content_type, one.on, description)
    return Part(one.key, value, None, content_type, one.on, description)


def write_part(part: Part, present: Pair | None) -> str:
    """Its lines."""
    value = part.value if part.files is None else f"@file({'|'.join(part.files)})"
    suffix = f" @contentType({part.content_type})" if part.content_type else ""
    return pair(part.name, value, on=part.on, notes=_notes(present, part.description), suffix=suffix)


def read_file(one: Pair) -> FileChoice:
    """A file that can be the body."""
    value, content_type = _typed(one.value)
    found = _FILE.fullmatch(value)
    return FileChoice(found.group(1) if found else value, content_type, one.on)


def write_file(file: FileChoice, _present: Pair | None) -> str:
    """Its lines."""
    suffix = f" @contentType({file.content_type})" if file.content_type else ""
    return pair("file", f"@file({file.path})", on=file.selected, suffix=suffix)


def _typed(value: str) -> tuple[str, str]:
    found = _TYPE.search(value)
    return (value[: found.start()].rstrip(" \t"), found.group(1)) if found else (value, "")


def _notes(present: Pair | None, description: str) -> dict[str, str]:
    notes = dict(present.notes) if present else {}
    notes.pop("description", None)
    return {"description": description, **notes} if description else notes
