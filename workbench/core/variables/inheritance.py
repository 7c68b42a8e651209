"""Environments that add to others."""

from collections.abc import Iterable

from workbench.core.draft import Environment
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _


def inheritance(environments: Iterable[Environment], name: str) -> tuple[Environment, ...]:
    """The environment ``name``, then what it extends, and so on: nearest first; an empty ``name`` gives none.

    Raises ``InvalidInput`` for a name that no environment has, and for environments that extend each other.
    """
    known = {environment.name: environment for environment in environments}
    chain: list[Environment] = []
    while name:
        if name in (environment.name for environment in chain):
            raise _circular([*(environment.name for environment in chain), name])
        if name not in known:
            raise _unknown(name, chain[-1].name if chain else "", known)
        chain.append(known[name])
        name = known[name].extends
    return tuple(chain)


def _unknown(name: str, by: str, known: Iterable[str]) -> InvalidInput:
    there = _("Stored bundles: {names}.").format(names=", ".join(known)) if known else _("There are none.")
    if by:
        return InvalidInput(
            _("The environment “{name}” extends one that does not exist.").format(name=by),
            detail=_("“{name}” is not among the environments. {there}").format(name=name, there=there),
            hint=_("Correct what it extends, or create that environment."),
        )
    return InvalidInput(
        _("There is no environment “{name}”.").format(name=name),
        detail=there,
        hint=_("Choose another environment, or create this one."),
    )


def _circular(names: list[str]) -> InvalidInput:
    return InvalidInput(
        _("The environment “{name}” extends itself.").format(name=names[-1]),
        detail=" → ".join(names),
        hint=_("Make one of them extend nothing."),
    )
