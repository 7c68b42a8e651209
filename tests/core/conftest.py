"""A lab and sessions that trust it, for tests of what is sent and what comes back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from workbench.core.request import Timeouts
from workbench.core.tls.identity import Identity
from workbench.core.tls.trust import TrustStore
from workbench.lab import Lab

TIMEOUTS = Timeouts(connect=30.0, tls=30.0, read=30.0, write=30.0, total=60.0)  # a busy machine is no failure


@dataclass
class Stock:
    """Identities and trust as the lab issued them; ``opened`` is what a session asked for."""

    lab: Lab
    opened: list[str] = field(default_factory=list)

    @property
    def identities(self) -> "_Identities":
        return _Identities(self)

    @property
    def trust(self) -> "_Trust":
        return _Trust(self)


@dataclass(frozen=True)
class _Identities:
    stock: Stock

    def open(self, name: str) -> Identity:
        self.stock.opened.append(name)
        return self.stock.lab.identities[name]


@dataclass(frozen=True)
class _Trust:
    stock: Stock

    def open(self, names: Sequence[str]) -> TrustStore:
        return TrustStore((self.stock.lab.bundle,)) if "lab" in names else TrustStore(())


@pytest.fixture(scope="session")
def running_lab() -> Iterator[Lab]:
    """One lab for all: its servers keep nothing from one request to the next."""
    with Lab.start() as lab:
        yield lab


@pytest.fixture
def stock(running_lab: Lab) -> Stock:
    return Stock(running_lab)
