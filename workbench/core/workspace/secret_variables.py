"""Secret variables by collection and environment: values in the keyring and names in the record, kept in step."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from workbench.core.draft import Environment, Variable
from workbench.core.errors import KeyringUnavailable
from workbench.core.variables import Scope, names
from workbench.core.workspace.keyring_secrets import KeyringSecrets, free_name
from workbench.core.workspace.open_collections import OpenCollections
from workbench.core.workspace.record import SecretGroup
from workbench.core.workspace.secret_extraction import FoundSecret


class SecretVariables:
    """What is kept and forgotten here is so in both places, or in neither."""

    def __init__(self, collections: OpenCollections, secrets: KeyringSecrets) -> None:
        self._collections = collections
        self._secrets = secrets

    def read(self, collection: Path | None, environment: str | None, variable: str) -> str | None:
        """The value, None when this computer has none. Raises ``KeyringUnavailable``.

        Here and below, ``environment`` None means: of the collection's drafts in whatever environment; ``collection``
        None as well: of drafts that belong to no collection.
        """
        group = self._collections.group(collection, environment)
        return None if group is None else self._secrets.read(group.part, variable)

    def names(self, collection: Path | None, environment: str | None) -> tuple[str, ...]:
        """The variables whose values are kept on this computer. Asks no keyring."""
        group = self._collections.group(collection, environment)
        return () if group is None else group.names

    def keep(self, collection: Path | None, environment: str | None, values: Mapping[str, str]) -> None:
        """Keep values by variable. Raises ``KeyringUnavailable``, ``StorageError`` with nothing changed."""
        group = self._collections.make_group(collection, environment)
        before = {name: self._secrets.read(group.part, name) for name in values}
        try:
            for name, value in values.items():
                self._secrets.keep(group.part, name, value)
            kept = tuple(dict.fromkeys((*group.names, *values)))
            self._collections.put_group(collection, environment, replace(group, names=kept))
        except BaseException:
            self._restore(group, before)
            raise

    def remove(self, collection: Path | None, environment: str | None, variable: str) -> None:
        """Forget a value. Raises ``KeyringUnavailable`` with nothing changed."""
        group = self._collections.group(collection, environment)
        if group is not None:
            self._secrets.remove(group.part, variable)
            kept = tuple(name for name in group.names if name != variable)
            self._collections.put_group(collection, environment, replace(group, names=kept))

    def clear(self, collection: Path | None, environment: str | None) -> None:
        """Forget all values of an environment. Raises ``KeyringUnavailable``."""
        group = self._collections.group(collection, environment)
        for name in group.names if group is not None else ():
            self.remove(collection, environment, name)
        self._collections.put_group(collection, environment, None)

    def keep_found(
        self, found: Sequence[FoundSecret], collection: Path | None, environment: str | None, scope: Scope
    ) -> Mapping[str, str]:
        """Keep what was found in a draft, in ``environment`` if there is one: names of variables by text.

        A text that is kept there already gets the name that it has. Raises ``WorkbenchError`` with nothing changed.
        """
        environment = environment if collection is not None else None
        group = self._collections.make_group(collection, environment)
        given = {self._secrets.read(group.part, name): name for name in group.names}
        taken = {*names(scope), *group.names}
        fresh: dict[str, str] = {}
        for each in found:
            if each.text not in given:
                given[each.text] = name = free_name(each.name, taken)
                fresh[name] = each.text
                taken.add(name)
        if fresh:
            self.keep(collection, environment, fresh)
            self._declare(collection, environment, fresh)
        return {each.text: given[each.text] for each in found}

    def _declare(self, collection: Path | None, environment: str | None, fresh: Mapping[str, str]) -> None:
        """Write the names of new secret variables into the environment's file; values never go there."""
        if collection is None or environment is None:
            return
        try:
            requests = self._collections.get(collection)
            written, stamp = requests.environment(environment)
            requests.save_environment(_with_secrets(written, fresh), stamp)
        except BaseException:
            for name in fresh:
                with contextlib.suppress(KeyringUnavailable):
                    self.remove(collection, environment, name)
            raise

    def _restore(self, group: SecretGroup, before: Mapping[str, str | None]) -> None:
        for name, value in before.items():
            with contextlib.suppress(KeyringUnavailable):  # the error that led here says it already
                if value is None:
                    self._secrets.remove(group.part, name)
                else:
                    self._secrets.keep(group.part, name, value)


def _with_secrets(environment: Environment, fresh: Mapping[str, str]) -> Environment:
    added = tuple(Variable(name, secret=True) for name in fresh)
    return replace(environment, variables=(*environment.variables, *added))
