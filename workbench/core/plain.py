"""Frozen dataclasses as plain data, what JSON can hold, and back again by their annotations.

A field that has its default is left out, so that what is written is short and what was written before
the field existed can be read. Fields that nobody knows any more are ignored.
"""

import enum
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

TAG = "type"
"""The key that tells which member of a union an object is."""


@dataclass(frozen=True)
class Leaf:
    """How values of one type are written, and read again. Reading raises ``ValueError``."""

    encode: Callable[[Any], object]
    decode: Callable[[Any], object]


@dataclass(frozen=True)
class Plain:
    """Writes and reads dataclasses.

    ``tags`` names the members of unions; ``leaves`` are the types that are no dataclasses and that JSON does not know.
    """

    tags: Mapping[type, str] = field(default_factory=dict)
    leaves: Mapping[type, Leaf] = field(default_factory=dict)

    def encode(self, value: Any) -> Any:
        """``value`` as dictionaries, lists, texts, numbers, truth values and None."""
        kind = type(value)
        if kind in self.leaves:
            return self.leaves[kind].encode(value)
        if isinstance(value, enum.Enum):
            return value.value
        if isinstance(value, tuple):
            return [self.encode(item) for item in value]
        if is_dataclass(value):
            written = {name: self.encode(given) for name, given in _changed(value)}
            return {TAG: self.tags[kind], **written} if kind in self.tags else written
        if value is None or isinstance(value, str | int | float):
            return value
        raise TypeError(f"no plain data: {kind.__name__}")

    def decode(self, kind: Any, data: Any) -> Any:
        """A ``kind`` from what ``encode`` made of one. Raises ``ValueError`` for anything else."""
        if kind in self.leaves:
            return self.leaves[kind].decode(data)
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            return self._decode_union(get_args(kind), data)
        if origin is tuple:
            return self._decode_tuple(get_args(kind), data)
        if isinstance(kind, type) and issubclass(kind, enum.Enum):
            return _member(kind, data)
        if is_dataclass(kind):
            return self._decode_object(kind, data)
        return _checked(kind, data)

    def _decode_union(self, kinds: tuple[Any, ...], data: Any) -> Any:
        if data is None and type(None) in kinds:
            return None
        members = [kind for kind in kinds if kind is not type(None)]
        if len(members) == 1:
            return self.decode(members[0], data)
        tag = data.get(TAG) if isinstance(data, dict) else None
        for kind in members:
            if kind in self.tags and self.tags[kind] == tag:
                return self.decode(kind, data)
        raise ValueError("unknown kind")

    def _decode_tuple(self, kinds: tuple[Any, ...], data: Any) -> tuple[Any, ...]:
        if not isinstance(data, list):
            raise ValueError(f"not a list: {type(data).__name__}")  # noqa: TRY004 - one error for all bad data
        if len(kinds) == 2 and kinds[1] is Ellipsis:
            return tuple(self.decode(kinds[0], item) for item in data)
        if len(kinds) != len(data):
            raise ValueError(f"{len(data)} values in place of {len(kinds)}")
        return tuple(self.decode(kind, item) for kind, item in zip(kinds, data, strict=True))

    def _decode_object(self, kind: Any, data: Any) -> Any:
        if not isinstance(data, dict):
            raise ValueError(f"not an object: {type(data).__name__}")  # noqa: TRY004
        known = _annotations(kind)
        given = {name: self.decode(known[name], value) for name, value in data.items() if name in known}
        try:
            return kind(**given)
        except TypeError as error:  # a field without a default is missing
            raise ValueError(str(error)) from error


def _changed(value: Any) -> list[tuple[str, Any]]:
    given = [(one, getattr(value, one.name)) for one in fields(value)]
    return [(one.name, there) for one, there in given if one.default is MISSING or there != one.default]


@cache
def _annotations(kind: type) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}


def _member(kind: type[enum.Enum], data: Any) -> enum.Enum:
    try:
        return kind(data)
    except ValueError:
        raise ValueError(f"no {kind.__name__}") from None  # without the value, which may be anything


def _checked(kind: Any, data: Any) -> Any:
    if kind is float and type(data) is int:
        return float(data)
    if type(data) is not kind:
        raise ValueError(f"{type(data).__name__} in place of {getattr(kind, '__name__', kind)}")
    return data
