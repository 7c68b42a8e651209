"""Secret variables by collection and environment: the keyring's half and the record's, kept in step."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from workbench.core.draft import Environment, Variable
from workbench.core.errors import KeyringUnavailable
from workbench.core.variables import Scope, names
from workbench.core.workspace.record import Drawer
from workbench.core.workspace.sealing import Found
from workbench.core.workspace.secrets import Secrets, free_name
from workbench.core.workspace.shelf import Shelf


class Vault:
    """What is kept and forgotten here is so in both places, or in neither."""

    def __init__(self, shelf: Shelf, secrets: Secrets) -> None:
        self._shelf = shelf
        self._secrets = secrets

    def read(self, collection: Path | None, environment: str | None, variable: str) -> str | None:
        """The value, None when this computer has none. Raises ``KeyringUnavailable``."""
        drawer = self._shelf.drawer(collection, environment)
        return None if drawer is None else self._secrets.read(drawer.part, variable)

    def names(self, collection: Path | None, environment: str | None) -> tuple[str, ...]:
        """The variables that have a value."""
        drawer = self._shelf.drawer(collection, environment)
        return () if drawer is None else drawer.names

    def keep(self, collection: Path | None, environment: str | None, values: Mapping[str, str]) -> None:
        """Keep values by variable. Raises ``KeyringUnavailable``, ``StorageError`` with nothing changed."""
        drawer = self._shelf.make_drawer(collection, environment)
        before = {name: self._secrets.read(drawer.part, name) for name in values}
        try:
            for name, value in values.items():
                self._secrets.keep(drawer.part, name, value)
            kept = tuple(dict.fromkeys((*drawer.names, *values)))
            self._shelf.put_drawer(collection, environment, replace(drawer, names=kept))
        except BaseException:
            self._restore(drawer, before)
            raise

    def remove(self, collection: Path | None, environment: str | None, variable: str) -> None:
        """Forget a value. Raises ``KeyringUnavailable`` with nothing changed."""
        drawer = self._shelf.drawer(collection, environment)
        if drawer is not None:
            self._secrets.remove(drawer.part, variable)
            kept = tuple(name for name in drawer.names if name != variable)
            self._shelf.put_drawer(collection, environment, replace(drawer, names=kept))

    def clear(self, collection: Path | None, environment: str | None) -> None:
        """Forget all values of an environment. Raises ``KeyringUnavailable``."""
        drawer = self._shelf.drawer(collection, environment)
        for name in drawer.names if drawer is not None else ():
            self.remove(collection, environment, name)
        self._shelf.put_drawer(collection, environment, None)

    def keep_found(self, found: Sequence[Found], collection: Path | None, scope: Scope) -> Mapping[str, str]:
        """Keep what was found in a draft, in the chosen environment if there is one: names of variables by text.

        A text that is kept there already gets the name that it has. Raises ``WorkbenchError`` with nothing changed.
        """
        environment = self._shelf.membership(collection).environment if collection is not None else None
        drawer = self._shelf.make_drawer(collection, environment)
        given = {self._secrets.read(drawer.part, name): name for name in drawer.names}
        taken = {*names(scope), *drawer.names}
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
            requests = self._shelf.collection(collection)
            written, stamp = requests.environment(environment)
            requests.save_environment(_with_secrets(written, fresh), stamp)
        except BaseException:
            for name in fresh:
                with contextlib.suppress(KeyringUnavailable):
                    self.remove(collection, environment, name)
            raise

    def _restore(self, drawer: Drawer, before: Mapping[str, str | None]) -> None:
        for name, value in before.items():
            with contextlib.suppress(KeyringUnavailable):  # the error that led here says it already
                if value is None:
                    self._secrets.remove(drawer.part, name)
                else:
                    self._secrets.keep(drawer.part, name, value)


def _with_secrets(environment: Environment, fresh: Mapping[str, str]) -> Environment:
    added = tuple(Variable(name, secret=True) for name in fresh)
    return replace(environment, variables=(*environment.variables, *added))
