"""Where a transport's identity and authorities come from: the program's store, or objects that were given."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.core.http.clients import IdentitySource, TrustSource
from workbench.core.storage import Home, IdentityStore, Keyring, TrustLibrary
from workbench.core.tls.identity import Identity
from workbench.core.tls.trust import TrustStore


@dataclass(frozen=True, slots=True)
class _GivenIdentity:
    identity: Identity

    def open(self, name: str) -> Identity:
        return self.identity


@dataclass(frozen=True, slots=True)
class _GivenTrust:
    store: TrustStore

    def open(self, names: Sequence[str]) -> TrustStore:
        return self.store


def identities(identity: str | Identity | None, home: Path | None) -> IdentitySource:
    """What opens ``identity`` by its name."""
    if isinstance(identity, Identity):
        return _GivenIdentity(identity)
    return IdentityStore(_home(home), Keyring())


def trust_of(trust: str | Sequence[str] | TrustStore, home: Path | None) -> tuple[tuple[str, ...], TrustSource]:
    """The names of the bundles to believe, and what opens them."""
    if isinstance(trust, TrustStore):
        return trust.names, _GivenTrust(trust)
    names = (trust,) if isinstance(trust, str) else tuple(trust)
    return names, TrustLibrary(_home(home))


def _home(folder: Path | None) -> Home:
    return Home(folder) if folder is not None else Home.default()
