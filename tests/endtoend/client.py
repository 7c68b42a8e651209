"""The program's engine as these tests use it: identities and trust out of the test authority, no storage."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.support.servers.material import Material
from workbench.core.exchange import Exchange
from workbench.core.request import Request, Timeouts
from workbench.core.session import Session
from workbench.core.tls.identity import Identity
from workbench.core.tls.policy import TLSPolicy, Version
from workbench.core.tls.trust import TrustStore

TRUST = "test root"
VERSIONS = ("TLSv1.2", "TLSv1.3")
TIMEOUTS = Timeouts(connect=30.0, tls=30.0, read=30.0, write=30.0, total=60.0)

_BASE = Request(trust=(TRUST,), timeouts=TIMEOUTS, proxy="")


@dataclass(frozen=True, slots=True)
class Identities:
    """Opens the test authority's clients by name."""

    issued: Material

    def open(self, name: str) -> Identity:
        return self.issued.identity(name)


@dataclass(frozen=True, slots=True)
class Trust:
    """Knows one bundle: the test authority's root."""

    issued: Material

    def open(self, names: Sequence[str]) -> TrustStore:
        assert tuple(names) == (TRUST,)
        return TrustStore((self.issued.bundle,))


def only(version: str) -> TLSPolicy:
    """A policy that allows one version of TLS."""
    wanted = Version.parse(version)
    return TLSPolicy(minimum=wanted, maximum=wanted)


def get(url: str, identity: str | None = None, **more: Any) -> Request:
    """A request as most tests here send it: trusting the test root, without the environment's proxies."""
    return replace(_BASE, url=url, identity=identity, **more)


def send(
    issued: Material, *requests: Request, look: Callable[[Exchange], object] = lambda _exchange: None
) -> tuple[Exchange, ...]:
    """Send one after the other in one session; ``look`` sees each while the session lives."""

    async def all_of_them() -> tuple[Exchange, ...]:
        session = Session(Identities(issued), Trust(issued))
        try:
            exchanges = [await session.send(request) for request in requests]
            for exchange in exchanges:
                look(exchange)
            return tuple(exchanges)
        finally:
            await session.aclose()

    return asyncio.run(all_of_them())


def send_one(
    issued: Material, request: Request, *, look: Callable[[Exchange], object] = lambda _exchange: None
) -> Exchange:
    (exchange,) = send(issued, request, look=look)
    return exchange


def text(exchange: Exchange) -> str:
    """The response's body; fails with the failure's words when there is none."""
    assert exchange.response is not None, exchange.failure
    return exchange.response.body.read().decode("utf-8", "replace")


def said(exchange: Exchange) -> set[str]:
    """Every code that the exchange carries: of its failure, the other candidates, its findings."""
    failure = exchange.failure
    codes = {failure.code, *failure.candidates} if failure else set()
    return codes | {finding.code for finding in exchange.findings}
