"""Environments and secret variables as they are read to be edited, and the edits, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workbench.core.draft import Environment
from workbench.core.errors import WorkbenchError


@dataclass(frozen=True, slots=True)
class SecretEdit:
    """A secret variable's new value, None to forget it; or it has the value that ``former`` had until now."""

    environment: str
    variable: str
    value: str | None = field(default=None, repr=False)
    former: str = ""


@dataclass(frozen=True, slots=True)
class EnvironmentEdit:
    """Environments of a collection as they are to be: pairs of the former name, empty for a new one, and the whole.

    Only those are named that change. ``secrets`` are told by the environments' new names. ``before`` is what they
    were when editing began. ``chosen`` is the environment to be used from then on, empty for the one that is.
    """

    collection: Path
    environments: tuple[tuple[str, Environment], ...] = ()
    removed: tuple[str, ...] = ()
    secrets: tuple[SecretEdit, ...] = ()
    before: tuple[Environment, ...] = ()
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class EnvironmentsFound:
    """Environments read to be edited, the secrets of each that have a value, and what is wrong with the keyring."""

    collection: Path
    name: str
    environments: tuple[Environment, ...]
    kept: Mapping[str, tuple[str, ...]]
    locked: WorkbenchError | None = None
    broken: tuple[WorkbenchError, ...] = ()


@dataclass(frozen=True, slots=True)
class SecretsFound:
    """Secret variables that are kept on this computer and belong to no environment: those of a collection.

    ``collection`` None means the requests that belong to no collection.
    """

    collection: Path | None
    names: tuple[str, ...] = ()
