"""Identities and trust bundles as they are listed to be chosen by name: plain data."""

import enum
from dataclasses import dataclass

from workbench.core.tls.certificate import Certificate


class Kept(enum.Enum):
    """Where the password of a private key is."""

    KEYRING = "keyring"
    ASK = "ask"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """One identity that requests can name. ``kept`` MEMORY: it is gone when the program ends."""

    name: str
    chain: tuple[Certificate, ...]
    kept: Kept

    @property
    def certificate(self) -> Certificate:
        """The leaf."""
        return self.chain[0]


@dataclass(frozen=True, slots=True)
class BundleRow:
    """One trust bundle that requests can name; ``built_in`` ones can be neither renamed nor removed.

    ``default``: requests that choose no trust of their own go by it.
    """

    name: str
    certificates: tuple[Certificate, ...]
    built_in: bool = False
    in_memory: bool = False
    default: bool = False

    @property
    def expired(self) -> int:
        """How many of the authorities have expired."""
        return sum(certificate.is_expired() for certificate in self.certificates)


@dataclass(frozen=True, slots=True)
class Removed:
    """An identity or bundle that was removed and can be taken back: by its id, or ``held`` when it was in memory."""

    name: str
    id: str = ""
    held: object = None
