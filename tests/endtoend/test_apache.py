"""Apache asks for a certificate for one location only, after it has read the request.

With TLS 1.3 that is post-handshake authentication (RFC 8446 4.6.2), with TLS 1.2 a renegotiation.
"""

from dataclasses import replace

import pytest

from tests.endtoend.client import VERSIONS, get, only, said, send, send_one, text
from tests.endtoend.conftest import Servers
from tests.endtoend.test_matrix import CAUSES, CLIENTS, identity
from tests.support.servers.material import BAD, GOOD, Material
from workbench.core.exchange import Outcome
from workbench.core.tls.handshake import RECEIVED, SENT

pytestmark = pytest.mark.endtoend


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("client", [GOOD, "alice-ec"])
def test_the_certificate_is_sent_when_asked_later(
    client: str, version: str, method: str, servers: Servers, issued: Material
) -> None:
    foreign = servers("apache-private")
    body = b"x" * 1000 if method == "POST" else b""
    request = replace(get(foreign.url, client, policy=only(version)), method=method, body=body)
    exchange = send_one(issued, request)
    saw = foreign.kind.read(text(exchange))
    tls = exchange.handshake
    assert saw.version == version
    assert saw.serial == issued.identity(client).certificate.serial
    assert tls is not None
    assert tls.client.requested
    assert tls.client.after_handshake
    assert tls.client.sent == issued.identity(client).chain
    assert tls.client.acceptable_authorities == ("CN=Test root,O=Test",)
    types = [(message.direction, message.type) for message in tls.messages]
    assert (RECEIVED, "CertificateRequest") in types
    assert (SENT, "CertificateVerify") in types


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("size", "status"), [(100_000, 200), (3_000_000, 413)])
def test_a_body_is_under_way_when_the_server_asks(
    size: int, status: int, version: str, servers: Servers, issued: Material
) -> None:
    """Apache keeps up to 128 kB of a request while it asks (SSLRenegBufferSize), and answers 413 to more."""
    foreign = servers("apache-private")
    request = replace(get(foreign.url, GOOD, policy=only(version)), method="POST", body=b"x" * size)
    exchange = send_one(issued, request)
    assert exchange.response is not None, exchange.failure
    assert exchange.response.status == status


@pytest.mark.parametrize("version", VERSIONS)
def test_one_connection_serves_both_locations(version: str, servers: Servers, issued: Material) -> None:
    foreign = servers("apache-private")
    public = foreign.url.removesuffix("private/")
    requests = [get(url, GOOD, policy=only(version)) for url in (public, foreign.url, public, foreign.url)]
    exchanges = send(issued, *requests)
    serial = issued.identity(GOOD).certificate.serial
    assert [foreign.kind.read(text(exchange)).serial for exchange in exchanges][:2] == ["", serial]
    assert foreign.kind.read(text(exchanges[3])).serial == serial
    assert [exchange.reused for exchange in exchanges] == [False, True, True, True]
    first, second = exchanges[0].handshake, exchanges[1].handshake
    assert first is not None
    assert second is not None
    assert not first.client.requested
    assert first.client.sent == ()
    assert second.client.after_handshake


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("client", CLIENTS)
def test_a_refusal_after_the_handshake_names_its_cause(
    client: str, version: str, servers: Servers, issued: Material
) -> None:
    exchange = send_one(issued, get(servers("apache-private").url, identity(client), policy=only(version)))
    assert exchange.outcome is Outcome.FAILURE
    assert exchange.failure is not None
    assert exchange.failure.code in CAUSES[client] | {"post-handshake-authentication"}
    assert said(exchange) & CAUSES[client]
    tls = exchange.handshake
    assert tls is not None
    assert tls.client.requested
    assert tls.client.after_handshake
    assert tls.client.sent == (issued.identity(client).chain if client in BAD else ())


def test_over_http2_it_asks_for_http1(servers: Servers, issued: Material) -> None:
    """HTTP/2 has no way of asking later (RFC 9113 9.2.1, RFC 8740): Apache resets the stream, HTTP_1_1_REQUIRED.

    Left to negotiation, the same request goes out once more, over HTTP/1.1.
    """
    foreign = servers("apache-http2")
    negotiated = send_one(issued, get(foreign.url, GOOD))
    saw = foreign.kind.read(text(negotiated))
    assert saw.http == "HTTP/1.1"
    assert saw.serial == issued.identity(GOOD).certificate.serial
    assert [hop.status for hop in negotiated.hops] == [200]

    insisting = send_one(issued, get(foreign.url, GOOD, http_version="2"))
    assert insisting.failure is not None
    assert insisting.failure.code == "post-handshake-authentication"

    public = send_one(issued, get(foreign.url.removesuffix("private/"), GOOD))
    assert foreign.kind.read(text(public)).http == "HTTP/2"
