"""``workspace.json``: what a workspace remembers between two runs, secrets excepted."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from workbench.core.errors import StorageError
from workbench.core.files import Format
from workbench.core.i18n import _

FILE = "workspace.json"
FORMAT = Format(
    1,
    newer=_("The workspace “{name}” was stored by a newer version of this program."),
    newer_hint=_("Update the program, or open another workspace. The file was not changed."),
)


@dataclass(frozen=True, slots=True)
class SecretGroup:
    """Secrets of one environment of one collection: the environment part of their keyring entries, and their names."""

    part: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Membership:
    """A collection as the workspace knows it. ``groups`` are its secrets by environment; ``""`` are those of none.

    One that was closed is remembered with ``open`` off, so that it finds its environment and secrets again.
    """

    folder: Path
    open: bool = True
    environment: str | None = None
    groups: Mapping[str, SecretGroup] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """The whole file. ``loose`` are the secrets of drafts that belong to no collection."""

    name: str
    memberships: tuple[Membership, ...] = ()
    loose: SecretGroup | None = None

    def find(self, folder: Path) -> Membership | None:
        """The membership of the collection in ``folder``."""
        return next((one for one in self.memberships if one.folder == folder), None)

    def with_membership(self, membership: Membership) -> "Record":
        """The record with ``membership`` in the place of the one of its folder, else at the end."""
        if self.find(membership.folder) is None:
            return replace(self, memberships=(*self.memberships, membership))
        changed = tuple(membership if one.folder == membership.folder else one for one in self.memberships)
        return replace(self, memberships=changed)

    def groups(self) -> tuple[SecretGroup, ...]:
        """All of them: no two have the same part."""
        kept = [group for one in self.memberships for group in one.groups.values()]
        return (*kept, self.loose) if self.loose is not None else tuple(kept)


def read(folder: Path) -> Record:
    """The record of the workspace in ``folder``. Raises ``StorageError`` when it is damaged or too new."""
    path = folder / FILE
    try:
        return _record(FORMAT.read(path))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StorageError(
            _("The workspace “{name}” cannot be read.").format(name=folder.name),
            detail=f"{path}: {error}",
            hint=_("Restore this file from a backup. Collections are not affected: they lie in folders of their own."),
        ) from error


def write(folder: Path, record: Record) -> None:
    """Keep ``record``, whole or not at all. Raises ``StorageError``."""
    document = {
        "name": record.name,
        "collections": [_membership_document(one) for one in record.memberships],
        "secrets": _group_document(record.loose) if record.loose is not None else None,
    }
    FORMAT.write(folder / FILE, document)


def _record(document: Mapping[str, Any]) -> Record:
    loose = document.get("secrets")
    return Record(
        name=str(document["name"]),
        memberships=tuple(_membership(one) for one in document["collections"]),
        loose=_group(loose) if loose is not None else None,
    )


def _membership(document: Mapping[str, Any]) -> Membership:
    environment = document.get("environment")
    return Membership(
        folder=Path(document["folder"]),
        open=bool(document["open"]),
        environment=None if environment is None else str(environment),
        groups={str(name): _group(group) for name, group in document.get("secrets", {}).items()},
    )


def _group(document: Mapping[str, Any]) -> SecretGroup:
    return SecretGroup(str(document["part"]), tuple(str(name) for name in document["names"]))


def _membership_document(one: Membership) -> dict[str, Any]:
    return {
        "folder": str(one.folder),
        "open": one.open,
        "environment": one.environment,
        "secrets": {name: _group_document(group) for name, group in one.groups.items()},
    }


def _group_document(group: SecretGroup) -> dict[str, Any]:
    return {"part": group.part, "names": list(group.names)}
