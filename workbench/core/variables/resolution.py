"""Variables filled in: values may hold variables themselves, to any sensible depth."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from workbench.core.draft import ValueKind
from workbench.core.i18n import _
from workbench.core.variables.dynamic import MARK, dynamic_variables, generate
from workbench.core.variables.errors import VariableError
from workbench.core.variables.members import member, splits
from workbench.core.variables.scope import PROCESS, Scope, Value
from workbench.core.variables.templates import OPENING, Token, place, tokens, unclosed

_DEEPEST = 100
"""Variables within variables that are followed."""
_LONGEST = 64 * 1024 * 1024
"""Characters that a text may grow to."""
_MOST_GENERATED = 100_000
"""Values that are made up for one text."""
_NEAR = 3


def resolve(text: str, scope: Scope) -> str:
    """``text`` with every variable filled in. Raises ``VariableError`` that names the variable and the way to it."""
    if OPENING not in text:
        return text
    return _Resolution(scope).fill(text, ()).text


def resolve_known(text: str, scope: Scope) -> str:
    """``text`` for people to look at: what cannot be filled in, or is secret, stays as it was written."""
    resolution = _Resolution(scope)

    def pieces() -> Iterator[str]:
        at = 0
        for token in tokens(text):
            yield text[at : token.start]
            yield _shown(resolution, token, text)
            at = token.end
        yield text[at:]

    return "".join(pieces())


def look_up(name: str, scope: Scope) -> Value | None:
    """What ``name`` is, its own variables filled in; None when nothing defines it. Dynamic ones give an example.

    The value is secret when any part of it is. Raises ``VariableError`` when it is defined but cannot be filled
    in; a secret one that is not on this computer is returned as it is, ``missing``.
    """
    value = scope.find(name)
    if value is None and (within := _within_another(name, scope)) is not None:
        value, path = within
        filled = _Resolution(scope).fill(value.text, (name,))
        text = member(filled.text, path)
        return None if text is None else Value(text, value.layer, value.secret or filled.secret)
    if value is None:
        text = generate(name)
        return None if text is None else Value(text, _("generated each time"))
    if value.missing or OPENING not in value.text:
        return value
    filled = _Resolution(scope).fill(value.text, (name,))
    return replace(value, text=filled.text, secret=value.secret or filled.secret)


def names(scope: Scope) -> tuple[str, ...]:
    """All that can stand between braces: what ``scope`` defines, nearest first, the dynamic ones, the process's."""
    return (*scope, *(each.name for each in dynamic_variables()), *(PROCESS + name for name in scope.process))


def suggestions(name: str, scope: Scope) -> tuple[str, ...]:
    """Names that ``name`` may have been meant for, the likeliest first."""
    known = {each.casefold(): each for each in reversed(names(scope))}
    wanted = name.casefold()
    near = difflib.get_close_matches(wanted, known, n=_NEAR, cutoff=0.7)
    bare = difflib.get_close_matches(f"${wanted}", known, n=1, cutoff=0.95)
    return tuple(dict.fromkeys(known[each] for each in (*near, *bare)))[:_NEAR]


@dataclass(frozen=True, slots=True)
class _Filled:
    """A text with its variables filled in. ``fresh`` holds something made up, so that it is new each time."""

    text: str
    secret: bool = False
    fresh: bool = False


class _Resolution:
    """One text on its way to being filled in. What was found once is not looked for again."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._known: dict[str, _Filled] = {}
        self._generated = 0

    def fill(self, text: str, way: tuple[str, ...]) -> _Filled:
        """``text``, which stands in the value of the last variable of ``way``, or is what a person wrote."""
        if (trouble := unclosed(text)) is not None:
            raise _within(trouble, way)
        found = tokens(text)
        pieces: list[str] = []
        secret = fresh = False
        at = size = 0
        for token in found:
            filled = self._placed(token, text, way)
            secret, fresh = secret or filled.secret, fresh or filled.fresh
            pieces += text[at : token.start], filled.text
            at = token.end
            size += len(filled.text)
            if size > _LONGEST:
                raise _too_much(token, way, _("The text grows without end."))
        pieces.append(text[at:])
        return _Filled("".join(pieces), secret, fresh)

    def _placed(self, token: Token, text: str, way: tuple[str, ...]) -> _Filled:
        try:
            return self.variable(token, text, way)
        except VariableError as error:
            if not way:  # whoever wrote the text sees this token in it, not what lies behind
                error.start, error.end = token.start, token.end
            raise

    def variable(self, token: Token, text: str, way: tuple[str, ...] = ()) -> _Filled:
        """What stands for ``token`` of ``text``."""
        name = token.name
        if (known := self._known.get(name)) is not None:
            return known
        if name in way:
            raise _recursive(token, way)
        if len(way) >= _DEEPEST:
            raise _too_much(token, way, _("More than {n} variables refer to one another.").format(n=_DEEPEST))
        value = self._scope.find(name)
        if value is None:
            return self._member(token, text, way) or self._dynamic(token, text, way)
        if value.missing:
            raise _missing(token, way, value)
        filled = self.fill(value.text, (*way, name)) if OPENING in value.text else _Filled(value.text)
        filled = replace(filled, secret=filled.secret or value.secret)
        if not filled.fresh:
            self._known[name] = filled
        return filled

    def _member(self, token: Token, text: str, way: tuple[str, ...]) -> _Filled | None:
        within = _within_another(token.name, self._scope)
        if within is None:
            return None
        path = within[1]
        whole = self.variable(replace(token, name=token.name.removesuffix(path)), text, way)
        part = member(whole.text, path)
        return None if part is None else replace(whole, text=part)

    def _dynamic(self, token: Token, text: str, way: tuple[str, ...]) -> _Filled:
        self._generated += 1
        if self._generated > _MOST_GENERATED:
            raise _too_much(token, way, _("More than {n} values would be generated.").format(n=_MOST_GENERATED))
        made = generate(token.name)
        if made is None:
            raise _undefined(token, text, way, suggestions(token.name, self._scope))
        return _Filled(made, fresh=True)


def _within_another(name: str, scope: Scope) -> tuple[Value, str] | None:
    """The variable that holds an object which ``name`` is a part of, and the path into it."""
    for outer, path in splits(name):
        if (value := scope.find(outer)) is not None and value.kind is ValueKind.OBJECT:
            return value, path
    return None


def _shown(resolution: _Resolution, token: Token, text: str) -> str:
    written = text[token.start : token.end]
    if token.name.startswith(MARK):  # it will be another one when it is sent
        return written
    try:
        filled = resolution.variable(token, text)
    except VariableError:
        return written
    return written if filled.secret or filled.fresh else filled.text


def _undefined(token: Token, text: str, way: tuple[str, ...], near: Iterable[str]) -> VariableError:
    names_near = _("” or “").join(near)
    where = _("Define it in the request, a folder, the environment or the collection.")
    meant = _("Did you mean “{names}”?").format(names=names_near) if names_near else ""
    if way:
        detail = _("It is needed by {way}.").format(way=_shown_way((*way, token.name)))
    else:
        detail = _("It is used {where} as {text}.").format(
            where=place(text, token.start), text=text[token.start : token.end]
        )
    return VariableError(
        _("The variable “{name}” is not defined.").format(name=token.name),
        detail=detail,
        hint=" ".join(filter(None, (meant, where))),
        name=token.name,
        way=(*way, token.name),
        start=token.start,
        end=token.end,
    )


def _missing(token: Token, way: tuple[str, ...], value: Value) -> VariableError:
    return VariableError(
        _("The secret variable “{name}” has no value on this computer.").format(name=token.name),
        detail=_("It is defined by: {layer}. {way}")
        .format(layer=value.layer, way=_shown_way((*way, token.name)) if way else "")
        .strip(),
        hint=_("Secret values are stored in the keyring, not in files: enter it once in the environment."),
        name=token.name,
        way=(*way, token.name),
        start=token.start,
        end=token.end,
    )


def _recursive(token: Token, way: tuple[str, ...]) -> VariableError:
    circle = (*way[way.index(token.name) :], token.name)
    return VariableError(
        _("The variable “{name}” refers to itself.").format(name=token.name),
        detail=_shown_way((*way, token.name)),
        hint=_("Change the value of one of: {names}.").format(names=", ".join(dict.fromkeys(circle))),
        name=token.name,
        way=(*way, token.name),
        start=token.start,
        end=token.end,
    )


def _too_much(token: Token, way: tuple[str, ...], why: str) -> VariableError:
    return VariableError(
        _("The variable “{name}” cannot be resolved.").format(name=(*way, token.name)[0]),
        detail=why,
        hint=_("Check the values of the variables that it uses."),
        name=token.name,
        way=(*way, token.name),
        start=token.start,
        end=token.end,
    )


def _within(trouble: VariableError, way: tuple[str, ...]) -> VariableError:
    if not way:
        return trouble
    return VariableError(
        _("The value of the variable “{name}” cannot be used.").format(name=way[-1]),
        detail=_("Its braces are unbalanced, or contain no name. {way}")
        .format(way=_shown_way(way) if len(way) > 1 else "")
        .strip(),
        hint=trouble.hint,
        name=way[-1],
        way=way,
    )


def _shown_way(way: tuple[str, ...]) -> str:
    if len(way) > 8:
        return " → ".join((*way[:4], "…", *way[-3:]))
    return " → ".join(way)
