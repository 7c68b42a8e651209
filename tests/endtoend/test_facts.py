"""The facts that we show, against what the server saw and what ``openssl s_client`` says of it."""

from pathlib import Path

import pytest

from tests.endtoend import s_client
from tests.endtoend.client import TRUST, VERSIONS, get, only, send, send_one, text
from tests.endtoend.conftest import Servers
from tests.support.servers.material import GOOD, HOST, Material
from workbench.core.exchange import Outcome
from workbench.core.tls.policy import TLSPolicy

pytestmark = pytest.mark.endtoend

ECHOING = ("nginx", "nginx-ec", "apache", "haproxy", "s_server", "gnutls", "go", "java", "node")
HTTP2 = {"nginx", "nginx-ec", "haproxy", "go"}


@pytest.mark.parametrize("client", [GOOD, "alice-ec"])
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ECHOING)
def test_both_sides_tell_the_same(name: str, version: str, client: str, servers: Servers, issued: Material) -> None:
    foreign = servers(name)
    exchange = send_one(issued, get(foreign.url, client, policy=only(version)))
    saw = foreign.kind.read(text(exchange))
    tls = exchange.handshake
    assert exchange.outcome is Outcome.RESPONSE
    assert tls is not None
    assert tls.complete
    assert tls.version == saw.version == version
    assert saw.cipher in (tls.cipher, None)
    assert saw.group in (tls.group, None)
    assert tls.sni == "localhost"
    assert saw.sni in ("localhost", None)
    assert (saw.alpn or None) in (tls.alpn, None)
    assert (tls.alpn == "h2") == (name in HTTP2)
    assert saw.http in (exchange.response.http_version if exchange.response else "", None)
    assert not tls.resumed

    sent = tls.client.sent
    assert tls.client.requested
    assert tls.client.identity == client
    assert [c.der for c in sent] == [c.der for c in issued.identity(client).chain]
    assert saw.subject == sent[0].subject
    assert saw.serial == sent[0].serial
    assert saw.presented in (len(sent), None)
    assert saw.sha1 in (sent[0].sha1, None)
    assert saw.sha256 in (sent[0].sha256, None)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ECHOING)
def test_openssl_tells_the_same(name: str, version: str, servers: Servers, issued: Material, tmp_path: Path) -> None:
    foreign = servers(name)
    theirs = s_client.ask(foreign.server, issued, GOOD, version)
    # The same groups and signature algorithms on offer as this s_client has, which knows no post-quantum group.
    tls = send_one(issued, get(foreign.url, GOOD, policy=only(version))).handshake
    assert tls is not None
    assert tls.group == theirs.group
    assert tls.signature_algorithm == theirs.signature_algorithm
    assert tls.client.acceptable_authorities == theirs.acceptable_authorities
    assert tls.client.signature_algorithms == theirs.signature_algorithms
    assert [c.sha256 for c in tls.peer.presented] == [
        s_client.fingerprint(pem, "sha256", tmp_path) for pem in theirs.presented
    ]
    assert [c.sha1 for c in tls.peer.presented] == [
        s_client.fingerprint(pem, "sha1", tmp_path) for pem in theirs.presented
    ]
    assert tls.peer.trusted
    assert tls.peer.trust == TRUST
    assert tls.peer.errors == ()
    assert tls.peer.verified is not None
    assert [c.common_name for c in tls.peer.verified[1:]] == ["Server authority", "Test root"]
    assert tls.peer.address.startswith(("127.0.0.1:", "[::1]:"))  # a machine may put either first


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ["nginx", "apache", "haproxy", "go", "node", "java", "gnutls"])
def test_a_second_connection_resumes_and_says_so(name: str, version: str, servers: Servers, issued: Material) -> None:
    foreign = servers(name)
    closing = (("Connection", "close"),)
    request = get(foreign.url, GOOD, policy=only(version), http_version="1.1", headers=closing)
    first, second = send(issued, request, request)
    assert first.handshake is not None
    assert second.handshake is not None
    assert not second.reused
    assert not first.handshake.resumed
    saw = foreign.kind.read(text(second))
    assert saw.resumed in (second.handshake.resumed, None)
    assert saw.serial == issued.identity(GOOD).certificate.serial
    assert second.handshake.peer.presented == first.handshake.peer.presented
    assert second.handshake.client.sent == first.handshake.client.sent
    codes = {finding.code for finding in second.findings}
    assert ("session-resumed" in codes) == second.handshake.resumed


@pytest.mark.parametrize("name", ["nginx", "apache", "haproxy", "go"])
def test_no_resumption_without_reuse(name: str, servers: Servers, issued: Material) -> None:
    foreign = servers(name)
    request = get(foreign.url, GOOD, reuse=False)
    for exchange in send(issued, request, request):
        assert exchange.handshake is not None
        assert not exchange.handshake.resumed
        assert not foreign.kind.read(text(exchange)).resumed


def test_a_connection_is_reused_within_an_identity_and_never_across(servers: Servers, issued: Material) -> None:
    foreign = servers("nginx")
    requests = [get(foreign.url, name) for name in (GOOD, GOOD, "alice-ec", GOOD)]
    exchanges = send(issued, *requests)
    serials = [foreign.kind.read(text(exchange)).serial for exchange in exchanges]
    alice, other = (issued.identity(name).certificate.serial for name in (GOOD, "alice-ec"))
    assert serials == [alice, alice, other, alice]
    assert [exchange.reused for exchange in exchanges] == [False, True, False, True]


def test_connect_to_keeps_the_names_of_the_url(servers: Servers, issued: Material) -> None:
    foreign = servers("nginx")
    port = foreign.server.port
    exchange = send_one(issued, get(f"https://{HOST}:{port}/", GOOD, connect_to=f"127.0.0.1:{port}"))
    assert foreign.kind.read(text(exchange)).sni == HOST
    assert exchange.handshake is not None
    assert exchange.handshake.sni == HOST


@pytest.mark.parametrize(("sni", "seen"), [("other.test", "other.test"), ("", "")])
def test_sni_can_be_another_name_or_none(sni: str, seen: str, servers: Servers, issued: Material) -> None:
    foreign = servers("nginx")
    exchange = send_one(issued, get(foreign.url, GOOD, policy=TLSPolicy(sni=sni)))
    assert foreign.kind.read(text(exchange)).sni == seen
    assert exchange.handshake is not None
    assert exchange.handshake.sni == (seen or None)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_addresses_are_checked_like_names(host: str, servers: Servers, issued: Material) -> None:
    exchange = send_one(issued, get(f"https://{host}:{servers('nginx').server.port}/", GOOD))
    assert exchange.outcome is Outcome.RESPONSE
    assert exchange.handshake is not None
    assert exchange.handshake.sni == (None if host[0].isdigit() else host)


@pytest.mark.parametrize(("choice", "protocol"), [("1.1", "HTTP/1.1"), ("2", "HTTP/2"), (None, "HTTP/2")])
@pytest.mark.parametrize("name", sorted(HTTP2))
def test_the_http_version_is_as_chosen(
    name: str, choice: str | None, protocol: str, servers: Servers, issued: Material
) -> None:
    foreign = servers(name)
    exchange = send_one(issued, get(foreign.url, GOOD, http_version=choice))
    assert exchange.response is not None, exchange.failure
    assert exchange.response.http_version == protocol
    assert foreign.kind.read(text(exchange)).http in (protocol, None)


def test_a_one_way_server_asks_for_nothing(servers: Servers, issued: Material) -> None:
    exchange = send_one(issued, get(servers("nginx-one-way").url, GOOD))
    assert exchange.outcome is Outcome.RESPONSE
    assert exchange.handshake is not None
    assert not exchange.handshake.client.requested
    assert exchange.handshake.client.sent == ()
    assert "client-certificate-not-requested" in {finding.code for finding in exchange.findings}


@pytest.mark.parametrize("version", VERSIONS)
def test_an_optional_server_is_content_with_none(version: str, servers: Servers, issued: Material) -> None:
    exchange = send_one(issued, get(servers("nginx-optional").url, policy=only(version)))
    assert exchange.outcome is Outcome.RESPONSE
    assert exchange.handshake is not None
    assert exchange.handshake.client.requested
    assert exchange.handshake.client.sent == ()
    assert '"verify":"NONE"' in text(exchange)
