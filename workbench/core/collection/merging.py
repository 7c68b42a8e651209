"""Two people changed the same request: what both did, together, or where they did different things to one part."""

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from workbench.core.draft import Assertion, Draft, Field, Param, Variable

_T = TypeVar("_T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Conflicts:
    """``fields`` are the names of ``Draft``'s parts, with ``.name`` of the row where it is one of several.

    ``draft`` is the merge as far as it goes, with mine where both changed the same.
    """

    fields: tuple[str, ...]
    draft: Draft


def merge(base: Draft, mine: Draft, theirs: Draft) -> Draft | Conflicts:
    """What ``mine`` and ``theirs`` made of ``base``, in one draft where that is possible."""
    wanted: dict[str, object] = {}
    conflicts: list[str] = []
    for one in fields(Draft):
        was, my, their = (getattr(draft, one.name) for draft in (base, mine, theirs))
        if my == their or their == was:
            wanted[one.name] = my
        elif my == was:
            wanted[one.name] = their
        elif isinstance(my, tuple) and one.name != "tags":
            wanted[one.name], clashes = _rows(was, my, their)
            conflicts += [f"{one.name}.{clash}" if clash else one.name for clash in clashes]
        elif one.name == "tags":
            wanted[one.name] = _tags(was, my, their)
        elif one.name == "settings":
            wanted[one.name], clashes = _parts(was, my, their)
            conflicts += [f"settings.{clash}" for clash in clashes]
        else:
            wanted[one.name] = my
            conflicts.append(one.name)
    draft = replace(base, **wanted)  # type: ignore[arg-type]
    return Conflicts(tuple(conflicts), draft) if conflicts else draft


def _rows(was: tuple[_T, ...], mine: tuple[_T, ...], theirs: tuple[_T, ...]) -> tuple[tuple[_T, ...], list[str]]:
    before, my, their = (_by_name(rows) for rows in (was, mine, theirs))
    result: dict[Hashable, _T] = {}
    clashes: list[str] = []
    for key in _order(list(before), list(my), list(their)):
        options = before.get(key), my.get(key), their.get(key)
        chosen, clashed = _three_way(*options)
        if clashed:
            clashes.append(str(key[0]) if isinstance(key, tuple) else str(key))
        if chosen is not None:
            result[key] = chosen
    return tuple(result.values()), clashes


def _three_way(was: _T | None, my: _T | None, their: _T | None) -> tuple[_T | None, bool]:
    if my == their or their == was:
        return my, False
    if my == was:
        return their, False
    return (my if my is not None else their), True


def _by_name(rows: tuple[_T, ...]) -> dict[Hashable, _T]:
    """Rows by their names; the second of a name is another than the first."""
    found: dict[Hashable, _T] = {}
    seen: Counter[Hashable] = Counter()
    for row in rows:
        name = _name(row)
        found[name, seen[name]] = row
        seen[name] += 1
    return found


def _name(row: object) -> Hashable:
    match row:
        case Param():
            return f"{row.name}" if row.kind.value == "query" else f":{row.name}"
        case Field():
            return row.name.lower()
        case Variable():
            return row.name
        case Assertion():
            return f"{row.expression} {row.operator}"
    return repr(row)


def _order(before: list[Hashable], mine: list[Hashable], theirs: list[Hashable]) -> list[Hashable]:
    """My order, with what only they have after what precedes it with them."""
    kept = mine if mine != before else theirs
    other = theirs if mine != before else mine
    known = set(kept)
    behind: dict[Hashable, list[Hashable]] = {}
    last: Hashable = None
    for key in other:
        if key in known:
            last = key
        else:
            behind.setdefault(last, []).append(key)
    return [*behind.get(None, ()), *(each for key in kept for each in (key, *behind.get(key, ())))]


def _tags(was: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    gone = (set(was) - set(mine)) | (set(was) - set(theirs))
    return tuple(tag for tag in dict.fromkeys((*mine, *theirs)) if tag not in gone)


def _parts(was: _T, mine: _T, theirs: _T) -> tuple[_T, list[str]]:
    clashes: list[str] = []
    wanted: dict[str, object] = {}
    pick: Callable[[object, str], object] = getattr
    for one in fields(mine):  # type: ignore[arg-type]
        my, their, before = pick(mine, one.name), pick(theirs, one.name), pick(was, one.name)
        wanted[one.name] = their if my == before else my
        if my not in (their, before) and their != before:
            clashes.append(one.name)
    return replace(mine, **wanted), clashes  # type: ignore[type-var]
