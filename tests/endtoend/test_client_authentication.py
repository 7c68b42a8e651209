"""Nothing is called proved before the server has answered, and what it refuses over HTTP is called refused."""

import asyncio

import pytest

from tests.endtoend.client import VERSIONS, Identities, Trust, get, only
from tests.endtoend.conftest import Servers
from tests.support.servers.material import GOOD, Material
from workbench.core.doctor import summary
from workbench.core.exchange import ClientAuthentication, Exchange
from workbench.core.request import Request
from workbench.core.session import Session

pytestmark = pytest.mark.endtoend


def send(issued: Material, request: Request, *, inspect: bool = False) -> Exchange:
    async def run() -> Exchange:
        session = Session(Identities(issued), Trust(issued))
        try:
            if not inspect:
                return await session.send(request)
            found = (await session.inspect(request)).with_identity
            assert found is not None
            return found
        finally:
            await session.aclose()

    return asyncio.run(run())


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ["nginx", "haproxy", "apache", "go"])
def test_an_answer_proves(name: str, version: str, servers: Servers, issued: Material) -> None:
    exchange = send(issued, get(servers(name).url, GOOD, policy=only(version)))
    assert exchange.client_authentication is ClientAuthentication.PROVED
    assert exchange.handshake is not None
    assert "both sides proved" in summary(exchange.handshake, exchange.client_authentication)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ["nginx", "apache", "go", "haproxy-http"])
def test_a_refusal_by_tls_or_http_is_one(name: str, version: str, servers: Servers, issued: Material) -> None:
    exchange = send(issued, get(servers(name).url, "expired", policy=only(version)))
    assert exchange.client_authentication is ClientAuthentication.REFUSED
    assert exchange.handshake is not None
    if exchange.handshake.complete:
        assert "refused it" in summary(exchange.handshake, exchange.client_authentication)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_handshake_alone_proves_nothing(version: str, servers: Servers, issued: Material) -> None:
    for identity in (GOOD, "expired"):  # nginx takes both, and answers the second with HTTP 400
        exchange = send(issued, get(servers("nginx").url, identity, policy=only(version)), inspect=True)
        assert exchange.client_authentication is ClientAuthentication.SENT
        codes = [finding.code for finding in exchange.findings]
        assert "client-certificate-sent-acceptance-unknown" in codes
