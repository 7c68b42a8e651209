"""Environments: read with what the keyring knows of their secrets, and saved with it. Everything here blocks."""

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from workbench.core.draft import Environment
from workbench.core.errors import InvalidInput, KeyringUnavailable
from workbench.core.i18n import _
from workbench.core.workspace.environment_edit import EnvironmentEdit, EnvironmentsFound, SecretEdit, SecretsFound
from workbench.core.workspace.workspace import Workspace


class EnvironmentFiles:
    """The environments of the open collections of ``workspace``, and secrets that belong to no environment."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def read(self, folder: Path) -> EnvironmentsFound:
        """The environments of a collection, to be edited. Raises ``WorkbenchError``; a locked keyring is only told."""
        collection = self._workspace.collections.get(folder)
        environments = collection.environments()
        kept: dict[str, tuple[str, ...]] = {}
        locked = None
        for environment in environments:
            try:
                kept[environment.name] = _kept(self._workspace, folder, environment)
            except KeyringUnavailable as error:
                locked = error
        return EnvironmentsFound(folder, collection.name, environments, kept, locked, collection.broken_environments())

    def save(self, edit: EnvironmentEdit) -> EnvironmentEdit:
        """Write files and keyring. Raises ``WorkbenchError``; what was written until then stays written.

        Saving again goes on with the rest. Nothing is written when any of the environments is neither what it was when
        editing began nor what it is to be. Answers what takes it back, the values of secrets included.
        """
        collection = self._workspace.collections.get(edit.collection)
        present = {environment.name: environment for environment in collection.environments()}
        unread = [name for name in edit.removed if name not in present]
        if unread and (broken := collection.broken_environments()):
            raise broken[0]  # it may be the one that is to go
        _check(edit, present)
        back = _inverse(self._workspace, edit, present)
        for name in edit.removed:
            if name in present:
                collection.remove_environment(name)
            self._workspace.secrets.clear(edit.collection, name)
            if self._workspace.collections.chosen_environment(edit.collection) == name:
                self._workspace.collections.choose_environment(edit.collection, None)
        for former, environment in edit.environments:
            if not _is_written(former, environment, present):
                _write(self._workspace, edit.collection, former, environment)
        for secret in edit.secrets:
            _keep(self._workspace, edit.collection, secret)
        if edit.chosen:
            self._workspace.collections.choose_environment(edit.collection, edit.chosen)
        return back

    def read_secrets(self, folder: Path | None) -> SecretsFound:
        """The secrets that belong to no environment. Raises ``WorkbenchError``."""
        return SecretsFound(folder, self._workspace.secrets.names(folder, None))

    def save_secrets(self, folder: Path | None, values: Mapping[str, str | None]) -> None:
        """Keep these values, and forget those that are None. Raises ``KeyringUnavailable``."""
        for name, value in values.items():
            if value is None:
                self._workspace.secrets.remove(folder, None, name)
            else:
                self._workspace.secrets.keep(folder, None, {name: value})


def _inverse(workspace: Workspace, edit: EnvironmentEdit, present: Mapping[str, Environment]) -> EnvironmentEdit:
    """What takes ``edit`` back, made before it is carried out; without secrets that a locked keyring does not tell."""
    folder = edit.collection

    def kept(environment: str, variables: Iterable[str]) -> list[SecretEdit]:
        return [SecretEdit(environment, one, workspace.secrets.read(folder, environment, one)) for one in variables]

    formers = {environment.name: former for former, environment in edit.environments if former in present}
    secrets: list[SecretEdit] = []
    with contextlib.suppress(KeyringUnavailable):
        for name in edit.removed:
            if name in present:
                secrets += kept(name, _kept(workspace, folder, present[name]))
        for secret in edit.secrets:
            former = formers.get(secret.environment, secret.environment)
            if former in present:
                secrets += kept(former, filter(None, (secret.variable, secret.former)))
    chosen = workspace.collections.chosen_environment(folder)
    return EnvironmentEdit(
        folder,
        tuple((new, present[former]) for new, former in formers.items())
        + tuple(("", present[name]) for name in edit.removed if name in present),
        tuple(environment.name for _former, environment in edit.environments if environment.name not in formers),
        tuple(secrets),
        tuple(_as_saved(environment) for _former, environment in edit.environments),
        chosen if chosen in edit.removed else "",
    )


def _check(edit: EnvironmentEdit, present: Mapping[str, Environment]) -> None:
    before = {environment.name: environment for environment in edit.before}
    for name in edit.removed:
        if name in present and present[name] != before.get(name):
            raise _changed_outside(name)
    for former, environment in edit.environments:
        if _is_written(former, environment, present):
            continue
        if former and present.get(former) != before.get(former):
            raise _changed_outside(former)
        if not former and environment.name in present and environment.name not in before:
            raise _changed_outside(environment.name)


def _is_written(former: str, environment: Environment, present: Mapping[str, Environment]) -> bool:
    """Whether it is in its file already, as after a save that failed later on."""
    found = present.get(environment.name)
    moved = former not in {"", environment.name} and former in present
    return found == _as_saved(environment) and not moved


def _as_saved(environment: Environment) -> Environment:
    variables = tuple(replace(one, value="") if one.secret else one for one in environment.variables)
    return replace(environment, variables=variables)


def _changed_outside(name: str) -> InvalidInput:
    return InvalidInput(
        _("The environment “{name}” was changed by another program.").format(name=name),
        hint=_("Close this dialog and open it again to see the changes. Nothing was overwritten."),
    )


def _kept(workspace: Workspace, folder: Path, environment: Environment) -> tuple[str, ...]:
    wanted = (variable.name for variable in environment.variables if variable.secret)
    return tuple(name for name in wanted if workspace.secrets.read(folder, environment.name, name) is not None)


def _write(workspace: Workspace, folder: Path, former: str, environment: Environment) -> None:
    collection = workspace.collections.get(folder)
    if not former:
        collection.save_environment(environment, None)
        return
    _before, stamp = collection.environment(former)
    if former == environment.name:
        collection.save_environment(environment, stamp)
        return
    collection.rename_environment(former, environment.name)
    workspace.collections.rename_environment(folder, former, environment.name)
    _written, stamp = collection.environment(environment.name)
    collection.save_environment(environment, stamp)


def _keep(workspace: Workspace, folder: Path, secret: SecretEdit) -> None:
    value = workspace.secrets.read(folder, secret.environment, secret.former) if secret.former else secret.value
    if value is None:
        workspace.secrets.remove(folder, secret.environment, secret.variable)
    else:
        workspace.secrets.keep(folder, secret.environment, {secret.variable: value})
    if secret.former:
        workspace.secrets.remove(folder, secret.environment, secret.former)
