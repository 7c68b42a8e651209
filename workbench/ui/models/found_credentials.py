"""What files hold, as data."""

from dataclasses import dataclass

from workbench.core.formats import ImportedIdentity
from workbench.core.tls.certificate import Certificate


@dataclass(frozen=True, slots=True)
class FoundCredentials:
    """What files hold: an identity, or else authorities; ``name`` is what it could be called."""

    name: str
    identity: ImportedIdentity | None = None
    authorities: tuple[Certificate, ...] = ()
