"""The workspaces that there are, each a folder under ``<home>/workspaces``."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.core.errors import InvalidInput, StorageError
from workbench.core.i18n import _
from workbench.core.storage import Home, Passwords, folders, names
from workbench.core.workspace import record
from workbench.core.workspace.keyring_secrets import KeyringSecrets
from workbench.core.workspace.lock import Lock

DEFAULT = "default"
"""The id of the workspace that is there without anybody making it."""
LOCK = "workspace.lock"


@dataclass(frozen=True, slots=True)
class Known:
    """A workspace as a list shows it. ``error`` says why it cannot be opened; its name then is its id."""

    id: str
    name: str
    folder: Path
    error: StorageError | None = None


def list_workspaces(home: Home) -> tuple[Known, ...]:
    """All of them by name, the default one first, even before it exists. Raises ``StorageError``."""
    found = [_known(folder) for folder in folders.entries(home.workspaces)]
    if not any(one.id == DEFAULT for one in found):
        found.append(Known(DEFAULT, default_name(), home.workspaces / DEFAULT))
    return tuple(sorted(found, key=lambda one: (one.id != DEFAULT, names.key(one.name), one.id)))


def new_workspace(home: Home, name: str) -> Known:
    """Make an empty one. Raises ``InvalidInput`` for a name that cannot be or is taken, ``StorageError``."""
    name = _free(name, list_workspaces(home))
    wanted = uuid.uuid4().hex[:12]
    return Known(wanted, name, make(home, wanted, name))


def make(home: Home, wanted: str, name: str) -> Path:
    """The folder of the workspace ``wanted``, made with an empty record where it has none. Raises ``StorageError``."""
    folder = home.workspaces / wanted
    folders.ensure(home.root)
    folders.ensure(folder)
    if not (folder / record.FILE).exists():
        record.write(folder, record.Record(name))
    return folder


def rename_workspace(home: Home, workspace: str, name: str) -> Known:
    """Give a workspace that is not open another name. Raises as ``new_workspace``, and ``WorkspaceBusy``."""
    others = [one for one in list_workspaces(home) if one.id != workspace]
    name = _free(name, others)
    folder = home.workspaces / workspace
    with Lock(folder / LOCK):
        record.write(folder, replace(record.read(folder), name=name))
    return Known(workspace, name, folder)


def remove_workspace(home: Home, workspace: str, keyring: Passwords) -> None:
    """Delete a workspace with its history, cookies and secrets; its collections' folders stay where they are.

    Raises ``WorkspaceBusy``, ``KeyringUnavailable`` with nothing deleted, ``StorageError``.
    """
    folder = home.workspaces / workspace
    with Lock(folder / LOCK):
        secrets = KeyringSecrets(workspace, keyring)
        for group in record.read(folder).groups():
            for variable in group.names:
                secrets.remove(group.part, variable)
    folders.discard(folder)


def default_name() -> str:
    """What the default workspace is called until somebody renames it."""
    return _("Workspace")


def check_free(home: Home, workspace: str, name: str) -> str:
    """``name`` as the workspace can bear it. Raises ``InvalidInput``."""
    return _free(name, [one for one in list_workspaces(home) if one.id != workspace])


def _known(folder: Path) -> Known:
    try:
        return Known(folder.name, record.read(folder).name, folder)
    except StorageError as error:
        return Known(folder.name, folder.name, folder, error)


def _free(name: str, others: Iterable[Known]) -> str:
    name = names.checked(name)
    if any(names.key(one.name) == names.key(name) for one in others):
        raise InvalidInput(
            _("There already is a workspace named “{name}”.").format(name=name), hint=_("Choose another name.")
        )
    return name
