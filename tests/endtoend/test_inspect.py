"""What servers want, learned from their TLS alone."""

import asyncio

import pytest

from tests.endtoend import s_client
from tests.endtoend.client import VERSIONS, Identities, Trust, get, only
from tests.endtoend.conftest import Servers
from tests.support.servers import broken
from tests.support.servers.material import GOOD, Material
from workbench.core.exchange import Outcome
from workbench.core.inspection import Inspection
from workbench.core.request import Request
from workbench.core.session import Session

pytestmark = pytest.mark.endtoend

WANTS = {
    "apache": "required",
    "haproxy": "required",
    "s_server": "required",
    "gnutls": "required",
    "go": "required",
    "java": "required",
    "node": "required",
    "nginx": "optional",  # its refusal is HTTP 400: TLS stands without
    "nginx-optional": "optional",
    "haproxy-http": "optional",
    "nginx-one-way": "never-asked",
    "apache-private": "never-asked",  # until a request names the location
}


def inspect(issued: Material, request: Request) -> Inspection:
    async def run() -> Inspection:
        session = Session(Identities(issued), Trust(issued))
        try:
            return await session.inspect(request)
        finally:
            await session.aclose()

    return asyncio.run(run())


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", WANTS)
def test_whether_a_certificate_is_wanted(name: str, version: str, servers: Servers, issued: Material) -> None:
    foreign = servers(name)
    found = inspect(issued, get(foreign.url, GOOD, policy=only(version)))
    assert found.client_certificate == WANTS[name]
    assert found.with_identity is not None
    assert found.with_identity.failure is None
    assert found.with_identity.handshake is not None
    asked = WANTS[name] != "never-asked"
    assert found.with_identity.handshake.client.sent == (issued.identity(GOOD).chain if asked else ())
    theirs = s_client.ask(foreign.server, issued, GOOD, version)
    assert found.authorities == theirs.acceptable_authorities
    assert found.signature_algorithms == theirs.signature_algorithms


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ["apache", "go", "java", "node", "gnutls"])
def test_a_refused_identity_shows(name: str, version: str, servers: Servers, issued: Material) -> None:
    found = inspect(issued, get(servers(name).url, "expired", policy=only(version)))
    assert found.client_certificate == "required"
    assert found.with_identity is not None
    assert found.with_identity.outcome is Outcome.FAILURE
    assert found.with_identity.failure is not None
    assert found.with_identity.failure.code == "client-certificate-expired"


def test_no_tls_no_answer(issued: Material) -> None:
    with broken.playing(broken.says(b"220 mail.test ESMTP\r\n")) as stage:
        found = inspect(issued, get(stage.url))
    assert found.client_certificate == "unknown"
    assert found.with_identity is None
    assert found.without.failure is not None
    assert found.without.failure.code == "not-tls"
