"""The variables that a draft of the workspace sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.collection import BrokenFile
from workbench.core.collection.location import DraftLocation
from workbench.core.collection.names import file_name
from workbench.core.draft import Defaults, Draft, Environment
from workbench.core.errors import InvalidInput, KeyringUnavailable
from workbench.core.i18n import _
from workbench.core.variables import Layer, Scope, Value, inheritance, layers_of, read_dotenv
from workbench.core.workspace.keyring_secrets import KeyringSecrets
from workbench.core.workspace.open_collections import OpenCollections
from workbench.core.workspace.record import SecretGroup

if TYPE_CHECKING:
    from workbench.core.collection import Collection

TELLING = 6
"""Characters of a secret that is hidden wherever it turns up: shorter ones stand everywhere by chance."""


@dataclass(frozen=True, slots=True)
class DraftContext:
    """A scope and what it was made from.

    ``locked`` is why secret values are missing from it, if they are; ``secrets`` are those that it holds. ``dotenvs``
    are the ``.env`` files that it was read from. ``restricted``: the collection may use only what was agreed to, and
    the scope's process holds no more than its ``.env`` files say.
    """

    scope: Scope
    chain: tuple[Defaults, ...] = ()
    environment: str = ""
    locked: KeyringUnavailable | None = None
    secrets: tuple[str, ...] = field(default=(), repr=False)
    dotenvs: tuple[Path, ...] = ()
    restricted: bool = False


def context_of(
    draft: Draft,
    location: DraftLocation | None,
    environment: str | None,
    collections: OpenCollections,
    secrets: KeyringSecrets,
    process: Mapping[str, str],
) -> DraftContext:
    """What surrounds ``draft`` in ``environment``, None for none.

    A keyring that cannot be used leaves secret values missing and is told in ``locked``. Raises
    ``WorkbenchError`` for a collection, folder, environment or ``.env`` file that cannot be read.
    """
    if location is None:
        loose = _Reading(secrets)
        kept = loose.group(collections.group(None, None))
        scope = _with_kept(layers_of(Defaults(), (), (), draft, {}, process), kept)
        return DraftContext(scope, locked=loose.locked, secrets=_shy(scope))
    collection = collections.get(location.collection)
    chain = chain_of(collection, location)
    chosen = environment or ""
    environments = _environments(collection, chosen)
    reading = _Reading(secrets)
    scope = layers_of(
        chain[0],
        chain[1:],
        [(each, _dotenv(collection, each)) for each in environments],
        draft,
        reading.environments(location.collection, environments, collections),
        process,
    )
    kept = reading.group(collections.group(location.collection, None))
    scope = _with_kept(scope, kept)
    dotenvs = (collection.root / each.dotenv for each in environments if each.dotenv)
    present = tuple(file for file in dotenvs if file.is_file())
    return DraftContext(scope, chain, chosen, reading.locked, _shy(scope), present)


def chain_of(collection: "Collection", location: DraftLocation) -> tuple[Defaults, ...]:
    """What the draft inherits from, the collection first. Raises ``WorkbenchError``."""
    return collection.chain(location.item if location.item is not None else Path())


def _environments(collection: "Collection", chosen: str) -> tuple[Environment, ...]:
    readable = collection.environments()
    try:
        return inheritance(readable, chosen)
    except InvalidInput:
        wanted = {file_name(name) for name in (chosen, *(each.extends for each in readable)) if name}
        for problem in collection.broken_environments():
            if isinstance(problem, BrokenFile) and problem.path.stem in wanted:
                raise problem from None
        raise


class _Reading:
    """Secret values as far as the keyring gives them; what it refused is in ``locked``."""

    def __init__(self, secrets: KeyringSecrets) -> None:
        self._secrets = secrets
        self.locked: KeyringUnavailable | None = None

    def environments(
        self, folder: Path, environments: Sequence[Environment], collections: OpenCollections
    ) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for environment in environments:
            wanted = [variable.name for variable in environment.variables if variable.secret and variable.on]
            if wanted:
                group = collections.make_group(folder, environment.name)
                found = {**self._read(group, wanted), **found}  # the nearest environment's counts
        return found

    def group(self, group: SecretGroup | None) -> Mapping[str, str]:
        return {} if group is None else self._read(group, group.names)

    def _read(self, group: SecretGroup, names: Sequence[str]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        try:
            for name in names:
                value = self._secrets.read(group.part, name)
                if value is not None:
                    found[name] = value
        except KeyringUnavailable as error:
            self.locked = error
        return found


def _shy(scope: Scope) -> tuple[str, ...]:
    """Secret values that may be hidden wherever they turn up."""
    texts = (value.text for layer in scope.layers for value in layer.values.values() if value.secret)
    return tuple(text for text in texts if len(text) >= TELLING)


def _with_kept(scope: Scope, kept: Mapping[str, str]) -> Scope:
    """``scope`` with the secrets that belong to no environment behind everything else."""
    if not kept:
        return scope
    name = _("secrets on this computer")
    layer = Layer(name, {key: Value(text, name, secret=True) for key, text in kept.items()})
    return replace(scope, layers=(*scope.layers, layer))


def _dotenv(collection: "Collection", environment: Environment) -> Mapping[str, str]:
    """What the environment's ``.env`` file says; one that is not there, as after a fresh clone, says nothing."""
    text = collection.dotenv_text(environment)
    return {} if text is None else read_dotenv(text, environment.dotenv)
