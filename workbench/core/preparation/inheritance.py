"""What a request takes over from its folders and its collection.

``inherited`` is always as ``Collection.chain`` gives it: the collection first, then its folders, outermost first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from workbench.core.draft import Auth, Defaults, Field, InheritAuth, Settings
from workbench.core.i18n import _


@dataclass(frozen=True, slots=True)
class Inherited:
    """A header field from ``where``: words such as “folder Users”."""

    field: Field
    where: str


def inherited_auth(inherited: Sequence[Defaults]) -> tuple[Auth | None, str]:
    """What ``InheritAuth`` comes to below ``inherited``, and in words whose it is; None and "" when nobody says."""
    for depth in range(len(inherited) - 1, -1, -1):
        auth = inherited[depth].auth
        if not isinstance(auth, InheritAuth):
            return auth, where(inherited, depth)
    return None, ""


def inherited_headers(inherited: Sequence[Defaults]) -> tuple[Inherited, ...]:
    """The header fields that come from above, farthest first. The nearest that has a name on has it alone."""
    found: list[Inherited] = []
    for depth, defaults in enumerate(inherited):
        here = tuple(field for field in defaults.headers if stands(field))
        names = {field.name.strip().lower() for field in here}
        found = [each for each in found if each.field.name.strip().lower() not in names]
        found += (Inherited(field, where(inherited, depth)) for field in here)
    return tuple(found)


def inherited_settings(own: Settings, inherited: Sequence[Defaults]) -> Settings:
    """``own``, and where that leaves something open what the nearest folder or the collection says."""
    settings = own
    for defaults in reversed(inherited):
        given = {
            each.name: getattr(defaults.settings, each.name)
            for each in fields(settings)
            if getattr(settings, each.name) is None
        }
        settings = replace(settings, **given)
    return settings


def where(inherited: Sequence[Defaults], depth: int) -> str:
    """In words, whose defaults ``inherited[depth]`` are."""
    name = inherited[depth].name
    return _("folder {name}").format(name=name) if depth else _("collection {name}").format(name=name)


def stands(field: Field) -> bool:
    """Whether a row counts: it is on, and not an empty one."""
    return field.on and bool(field.name.strip() or field.value)
