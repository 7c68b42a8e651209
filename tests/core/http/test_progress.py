"""What is told while a request is under way, and when its response begins."""

import asyncio
from collections.abc import Sequence

import pytest

from workbench.core.exchange import Exchange, Phase, Progress
from workbench.core.request import Request
from workbench.core.session import Session
from workbench.core.tls.identity import Identity
from workbench.core.tls.trust import TrustStore
from workbench.lab import Lab

_DELAY = 0.3  # seconds before the lab answers


class _Identities:
    def __init__(self, lab: Lab) -> None:
        self._lab = lab

    def open(self, name: str) -> Identity:
        return self._lab.identities[name]


class _Trust:
    def __init__(self, lab: Lab) -> None:
        self._lab = lab

    def open(self, _names: Sequence[str]) -> TrustStore:
        return TrustStore((self._lab.bundle,))


@pytest.mark.parametrize("version", ["1.1", "2"])
def test_the_response_begins_when_it_comes_and_not_with_settings(version: str) -> None:
    told: list[Progress] = []

    async def run(lab: Lab) -> Exchange:
        session = Session(_Identities(lab), _Trust(lab))
        try:
            url = f"{lab.urls['mutual']}delay/{_DELAY}"
            request = Request("GET", url, identity="alice", trust=("lab",), http_version=version)
            return await session.send(request, progress=told.append)
        finally:
            await session.aclose()

    with Lab.start() as lab:
        exchange = asyncio.run(run(lab))
    assert exchange.response is not None
    assert exchange.timings.first_byte is not None
    assert exchange.timings.first_byte >= _DELAY * 1000
    phases = list(dict.fromkeys(progress.phase for progress in told))
    assert [p for p in phases if p is not Phase.DNS] == [
        Phase.PREPARE,
        Phase.CONNECT,
        Phase.TLS,
        Phase.SEND,
        Phase.WAIT,
        Phase.RECEIVE,
    ]
