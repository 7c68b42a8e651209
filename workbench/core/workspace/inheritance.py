"""What a request has around it: worked out for whoever edits it."""

import threading
from collections.abc import Sequence
from dataclasses import fields, replace

from workbench.core.choices import PREFIX, Choices, of_scope
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Auth, Defaults, Draft, InheritAuth, Settings
from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _
from workbench.core.preparation import inherited_settings, settled
from workbench.core.request import Request
from workbench.core.variables import Scope, VariableError, look_up
from workbench.core.visible import isolated
from workbench.core.workspace.surroundings import InheritedField, Surroundings
from workbench.core.workspace.workspace import Workspace

_GUARD = threading.Lock()
_PLAIN = Request()


def surroundings_of(
    workspace: Workspace, location: DraftLocation | None, environment: str | None, fallback: Request = _PLAIN
) -> Surroundings:
    """What surrounds a request at ``location`` in ``environment``; what cannot be read is among the warnings.

    Calls from several threads take turns, so that the one that ends last has seen the newest files.
    """
    with _GUARD:
        return _surroundings(workspace, location, environment, fallback)


def _surroundings(
    workspace: Workspace, location: DraftLocation | None, environment: str | None, fallback: Request
) -> Surroundings:
    warnings: list[str] = []
    try:
        scope = workspace.scope(Draft(), location, environment)
    except WorkbenchError as error:
        scope = Scope()
        warnings.append(_words(error))
    if location is None:
        return replace(_around(scope, (), "", "", warnings), fallback=fallback)
    try:
        chain = workspace.collections.get(location.collection).chain(location.path)
    except WorkbenchError as error:
        warnings.append(_words(error))
        chain = ()
    fallback = settled(fallback, inherited_settings(Settings(), chain))
    return replace(_around(scope, chain, environment or "", str(location.collection), warnings), fallback=fallback)


def _around(
    scope: Scope, chain: Sequence[Defaults], environment: str, files: str, warnings: Sequence[str]
) -> Surroundings:
    named = _named(chain)
    auth, auth_from = _auth(named)
    choices, choices_from = _choices(scope)
    return Surroundings(
        scope=scope,
        auth=auth,
        auth_from=auth_from,
        headers=_headers(named),
        choices=choices,
        choices_from=choices_from,
        environment=environment,
        files=files,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _named(chain: Sequence[Defaults]) -> list[tuple[str, Defaults]]:
    """Nearest first, each with the words for where it is."""
    words = [_("collection {name}"), *[_("folder {name}")] * (len(chain) - 1)]
    return [(text.format(name=isolated(each.name)), each) for text, each in zip(words, chain, strict=False)][::-1]


def _auth(named: Sequence[tuple[str, Defaults]]) -> tuple[Auth | None, str]:
    for where, defaults in named:
        if not isinstance(defaults.auth, InheritAuth):
            return defaults.auth, where
    return None, ""


def _headers(named: Sequence[tuple[str, Defaults]]) -> tuple[InheritedField, ...]:
    found: dict[str, InheritedField] = {}
    for where, defaults in named:
        for each in defaults.headers:
            if each.on and each.name.strip():
                found.setdefault(each.name.strip().lower(), InheritedField(each, where))
    return tuple(found.values())


def _choices(scope: Scope) -> tuple[Choices, dict[str, str]]:
    def resolved(name: str) -> str | None:
        try:
            value = look_up(name, scope)
        except VariableError:  # said where it is used; here it counts as not chosen
            return None
        return value.text if value is not None else None

    where = {}
    for each in fields(Choices):
        value = scope.find(PREFIX + each.name.replace("_", "-"))
        if value is not None:
            where[each.name] = value.layer
    return of_scope(resolved), where


def _words(error: WorkbenchError) -> str:
    return " ".join(part for part in (error.title, error.detail) if part)
