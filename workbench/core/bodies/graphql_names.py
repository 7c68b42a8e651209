"""Which names could be meant while a GraphQL document is being typed, by the service's schema."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.core.i18n import _

if TYPE_CHECKING:
    from graphql import GraphQLSchema

_TOKEN = re.compile(
    r'#[^\n]*|"""(?:[^"]|"(?!""))*+"""|(?P<open_block>"""[\s\S]*)|"(?:\\.|[^"\\\n])*+"|(?P<open_string>"[^\n]*)'
    r"|\{\{[^{}]*\}\}|\.\.\.|[A-Za-z_]\w*|-?\d[\w.+-]*|[{}()\[\]:$@!=|&]",
    re.ASCII,
)
_TYPED = re.compile(r"(?<!\w)[A-Za-z_]\w*$", re.ASCII)
_OPERATIONS = ("query", "mutation", "subscription")
_LONGEST = 60_000  # characters before the cursor that are looked at


@dataclass(frozen=True, slots=True)
class Name:
    """A name that could be meant, and a few words on it."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A field of a type. ``of`` is the name of its own type, without lists and marks."""

    name: str
    note: str
    of: str
    arguments: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A schema as far as names are concerned: the fields of each type, and the types that operations begin with."""

    types: Mapping[str, tuple[Member, ...]] = field(default_factory=dict)
    roots: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Level:
    """Inside one pair of braces: whose fields, which one came last, and of what type the next braces are."""

    of: str = ""
    last: Member | None = None
    next: str = ""


@dataclass(slots=True)
class _Reading:
    """What is open where the text ends."""

    shape: Shape
    levels: list[_Level] = field(default_factory=list)
    before: tuple[str, str] = ("", "")
    brackets: int = 0
    root: str = ""

    def read(self, word: str) -> None:
        """Take the next token."""
        if self.brackets:
            self.brackets += {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}.get(word, 0)
        elif word == "(":
            self.brackets = 1
        elif word == "{":
            self._open()
        elif word == "}":
            self._close()
        elif self.levels:
            self._inside(self.levels[-1], word)
        elif word in _OPERATIONS:
            self.root = self.shape.roots.get(word, "")
        elif self.before[1] == "on":  # fragment name on Type
            self.root = word
        self.before = self.before[1], word

    def _open(self) -> None:
        if not self.levels:
            self.levels.append(_Level(self.root or self.shape.roots.get("query", "")))
            return
        above = self.levels[-1]
        self.levels.append(_Level(above.next or (above.last.of if above.last is not None else "")))
        above.next = ""

    def _close(self) -> None:
        if self.levels:
            self.levels.pop()
        if not self.levels:
            self.root = ""

    def _inside(self, level: _Level, word: str) -> None:
        if word == "...":
            level.next, level.last = level.of, None
        elif self.before == ("...", "on"):
            level.next = word
        elif self.before[1] not in ("...", "@") and (word[0].isalpha() or word[0] == "_"):
            level.next = ""
            level.last = next((one for one in self.shape.types.get(level.of, ()) if one.name == word), None)


def names_at(before: str, shape: Shape) -> tuple[str, tuple[Name, ...]] | None:
    """What was typed of a name at the end of ``before``, and the names that may stand there; None where none may."""
    before = before[-_LONGEST:]
    found = _TYPED.search(before)
    typed = found[0] if found else ""
    reading = _Reading(shape)
    end = len(before) - len(typed)
    last = 0
    for match in _TOKEN.finditer(before, 0, end):
        last = match.end()
        if match[0][0] not in '#"' and not match[0].startswith("{{"):
            reading.read(match[0])
        elif (match[0][0] == "#" or match.lastgroup) and last == end:
            return None  # inside a comment or a string
    if before[last:end].strip(" \t\r\n,") or reading.before[1] in ("$", "@"):
        return None  # of a kind that the schema says nothing of
    return typed, _allowed(reading)


def _allowed(reading: _Reading) -> tuple[Name, ...]:
    if not reading.levels:
        return tuple(Name(word) for word in (*_OPERATIONS, "fragment")) if not reading.before[1] else ()
    level = reading.levels[-1]
    if reading.brackets:
        return level.last.arguments if reading.brackets == 1 and level.last and reading.before[1] != ":" else ()
    if reading.before == ("...", "on"):
        return tuple(Name(name) for name in reading.shape.types)
    if reading.before[1] == "...":
        return (Name("on", _("a type")),)
    own = tuple(Name(one.name, one.note) for one in reading.shape.types.get(level.of, ()))
    return (*own, Name("__typename", _("the type's name"))) if level.of else ()


def shape_of(sdl: str) -> Shape:
    """The names of a schema. Takes as long as parsing it: not for a thread that must not wait."""
    from workbench.core.bodies.graphql_text import built

    schema = built(sdl)
    return Shape() if schema is None else _shape(schema)


def _shape(schema: "GraphQLSchema") -> Shape:
    from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLUnionType, get_named_type

    types: dict[str, tuple[Member, ...]] = {}
    for name, kind in schema.type_map.items():
        if name.startswith("__"):
            continue
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            types[name] = tuple(
                Member(
                    key,
                    _note(str(one.type), one.description, one.deprecation_reason),
                    get_named_type(one.type).name,
                    tuple(
                        Name(argument, _note(str(each.type), each.description, each.deprecation_reason))
                        for argument, each in one.args.items()
                    ),
                )
                for key, one in kind.fields.items()
            )
        elif isinstance(kind, GraphQLUnionType):
            types[name] = ()
    roots = {
        "query": schema.query_type,
        "mutation": schema.mutation_type,
        "subscription": schema.subscription_type,
    }
    return Shape(types, {word: kind.name for word, kind in roots.items() if kind is not None})


def _note(kind: str, description: str | None, deprecated: str | None) -> str:
    said = (description or "").strip().partition("\n")[0]
    gone = _("deprecated: {reason}").format(reason=deprecated) if deprecated else ""
    return " · ".join(part for part in (kind, gone, said) if part)
