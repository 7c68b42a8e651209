"""Nothing is called proved before the server has answered, and what it refuses over HTTP is called refused."""

import asyncio
import contextlib
import socket
import ssl
from dataclasses import dataclass, replace

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.endtoend.client import VERSIONS, Identities, Trust, get, only
from tests.endtoend.conftest import Servers
from tests.support import authority
from tests.support.servers import broken
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


@dataclass
class Reluctant:
    """Resets what it has let in, and says only to whom comes again that it does not take such certificates."""

    lets_in: ssl.SSLContext
    refuses: ssl.SSLContext
    came: int = 0

    def __call__(self, plain: socket.socket) -> None:
        self.came += 1
        if self.came == 1:
            peer = self.lets_in.wrap_socket(plain, server_side=True)
            peer.recv(65536)
            broken.resets(peer)
            return
        with contextlib.suppress(ssl.SSLError):
            self.refuses.wrap_socket(plain, server_side=True)


def test_a_refusal_lost_to_a_reset_is_heard_by_a_second_handshake(issued: Material) -> None:
    lets_in = broken.server_context(issued, client=True)
    lets_in.num_tickets = 0  # a ticket would say that it has accepted us
    refuses = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    refuses.load_cert_chain(issued.chain_file("server"), issued.key_file("server"))
    refuses.load_verify_locations(cadata=authority.root("Another root").certificate.pem)
    refuses.verify_mode = ssl.CERT_REQUIRED
    play = Reluctant(lets_in, refuses)
    with broken.playing(play) as stage:
        exchange = send(issued, get(stage.url, GOOD, policy=only("TLSv1.3")))
    assert exchange.failure is not None
    assert exchange.failure.code == "client-certificate-untrusted"
    assert exchange.client_authentication is ClientAuthentication.REFUSED
    assert exchange.handshake is not None
    assert [alert.description for alert in exchange.handshake.alerts] == ["unknown_ca"]
    assert play.came == 2


def test_nothing_listens_again_where_a_redirect_led(issued: Material) -> None:
    """Another address to connect to was meant for the request's own origin."""
    lets_in = broken.server_context(issued)
    lets_in.load_verify_locations(issued.root_file)
    lets_in.verify_mode = ssl.CERT_OPTIONAL
    lets_in.num_tickets = 0
    elsewhere = Reluctant(lets_in, lets_in)
    with broken.playing(elsewhere) as other:
        answer = f"HTTP/1.1 302 Found\r\nLocation: {other.url}\r\nContent-Length: 0\r\n\r\n".encode()
        home = broken.secure(broken.server_context(issued), lambda peer: peer.sendall(answer))
        with broken.playing(home) as stage:
            plan = get(stage.url, GOOD, policy=only("TLSv1.3"), follow_redirects=True, http_version="1.1")
            exchange = send(issued, plan)
    assert exchange.failure is not None
    assert len(exchange.hops) == 2
    assert elsewhere.came == 1


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("client", "code"),
    [
        ("none", "client-certificate-required"),
        ("expired", "client-certificate-expired"),
        ("not-yet-valid", "client-certificate-not-yet-valid"),
        ("other-ca", "client-certificate-untrusted"),
        ("wrong-usage", "client-certificate-wrong-purpose"),
    ],
)
def test_who_closes_once_the_handshake_is_done_may_have_judged_our_certificate(
    client: str, code: str, version: str, servers: Servers, issued: Material
) -> None:
    identity = None if client == "none" else client
    exchange = send(issued, get(servers("node-late").url, identity, policy=only(version)))
    assert exchange.failure is not None
    assert exchange.failure.code == code
    none_or_sent = ClientAuthentication.NONE_SENT if client == "none" else ClientAuthentication.SENT
    assert exchange.client_authentication is none_or_sent


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ["go", "gnutls", "nginx", "apache"])
def test_a_certificate_of_the_accepted_authoritys_namesake(
    name: str, version: str, servers: Servers, issued: Material
) -> None:
    """The refusal is heard, and what we know of the real authority says why."""
    key = rsa.generate_private_key(65537, 2048)  # the authority's own: those of the tests are shared
    namesake = authority.root("Test root", key=key)
    clients = {**issued.clients, "namesake": authority.client(namesake, "Namesake")}
    exchange = send(replace(issued, clients=clients), get(servers(name).url, "namesake", policy=only(version)))
    assert exchange.client_authentication is ClientAuthentication.REFUSED
    codes = {exchange.failure.code} if exchange.failure else {finding.code for finding in exchange.findings}
    assert "client-certificate-untrusted" in codes
