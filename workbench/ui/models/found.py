"""What the worker found or started, as data for the window."""

from dataclasses import dataclass

from workbench.core.formats import ImportedIdentity
from workbench.core.tls.certificate import Certificate


@dataclass(frozen=True, slots=True)
class Found:
    """What files hold: an identity, or else authorities; ``name`` is what it could be called."""

    name: str
    identity: ImportedIdentity | None = None
    authorities: tuple[Certificate, ...] = ()


@dataclass(frozen=True, slots=True)
class LabState:
    """Where the lab's servers answer, by name; ``urls`` is empty while it is off.

    ``identity`` and ``trust`` are what to choose for it; ``kept_in_memory`` when there is no keyring.
    """

    urls: tuple[tuple[str, str], ...] = ()
    identity: str = ""
    trust: str = ""
    kept_in_memory: bool = False
