"""The foreign servers themselves, called by the standard library: what the other tests build on.

``test_what_a_refused_client_sees`` pins what each server really sends to a client that it refuses. The
program's answers are the same for all of them; this table is why they cannot be read off the wire alone.
"""

import http.client
import socket
import ssl

import pytest

from tests.endtoend.conftest import Foreign, Servers
from tests.support.servers.material import BAD, GOOD, Material

pytestmark = pytest.mark.endtoend

VERSIONS = {"TLSv1.2": ssl.TLSVersion.TLSv1_2, "TLSv1.3": ssl.TLSVersion.TLSv1_3}

ECHOING = ("nginx", "nginx-ec", "apache", "haproxy", "s_server", "gnutls", "go", "java", "node")

# What a client that only listens after its handshake gets, by client and TLS version. "end" is the end of the
# connection without any alert. A client that sends its request at once may see a reset in place of all this.
SENT_BY_OPENSSL = {
    ("none", "TLSv1.2"): "handshake failure",
    ("none", "TLSv1.3"): "certificate required",
    ("expired", "TLSv1.2"): "certificate expired",
    ("expired", "TLSv1.3"): "certificate expired",
    ("not-yet-valid", "TLSv1.2"): "bad certificate",
    ("not-yet-valid", "TLSv1.3"): "bad certificate",
    ("other-ca", "TLSv1.2"): "unknown ca",
    ("other-ca", "TLSv1.3"): "unknown ca",
    ("wrong-usage", "TLSv1.2"): "unsupported certificate",
    ("wrong-usage", "TLSv1.3"): "unsupported certificate",
    ("missing-intermediate", "TLSv1.2"): "unknown ca",
    ("missing-intermediate", "TLSv1.3"): "unknown ca",
}
SENT_BY = {
    "apache": SENT_BY_OPENSSL,
    "haproxy": SENT_BY_OPENSSL,
    "s_server": SENT_BY_OPENSSL,
    "gnutls": dict.fromkeys(SENT_BY_OPENSSL, "access denied")
    | {("none", "TLSv1.2"): "decode error", ("none", "TLSv1.3"): "certificate required"}
    | {("wrong-usage", version): "accepted" for version in VERSIONS},
    "go": dict.fromkeys(SENT_BY_OPENSSL, "bad certificate"),
    "java": dict.fromkeys(SENT_BY_OPENSSL, "end"),
    "node": dict.fromkeys(SENT_BY_OPENSSL, "end")
    | {("none", "TLSv1.2"): "handshake failure", ("none", "TLSv1.3"): "certificate required"},
}


def context(issued: Material, client: str, version: str) -> ssl.SSLContext:
    made = ssl.create_default_context(cafile=issued.root_file)
    made.minimum_version = made.maximum_version = VERSIONS[version]
    made.post_handshake_auth = True
    if client != "none":
        made.load_cert_chain(issued.chain_file(client), issued.key_file(client))
    return made


def get(foreign: Foreign, tls: ssl.SSLContext) -> tuple[int, str]:
    connection = http.client.HTTPSConnection("localhost", foreign.server.port, context=tls, timeout=10)
    try:
        connection.request("GET", f"/{foreign.kind.path}")
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def listen(foreign: Foreign, tls: ssl.SSLContext) -> str:
    """What comes after our side of the handshake when we send nothing."""
    try:
        with (
            socket.create_connection((foreign.server.host, foreign.server.port), 10) as plain,
            tls.wrap_socket(plain, server_hostname="localhost") as secure,
        ):
            return "end" if secure.recv(1) == b"" else "data"
    except (ssl.SSLEOFError, ssl.SSLZeroReturnError):  # versions of Python differ in what they call it
        return "end"
    except ssl.SSLError as error:
        return (error.reason or "").partition("_ALERT_")[2].replace("_", " ").lower()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", [*ECHOING, "apache-private", "haproxy-http", "node-http", "nginx-optional"])
def test_each_server_recognises_alice_and_says_so(name: str, version: str, servers: Servers, issued: Material) -> None:
    status, body = get(servers(name), context(issued, GOOD, version))
    saw = servers(name).kind.read(body)
    assert status == 200
    assert saw.version == version
    assert saw.subject == "CN=Alice,O=Test"
    assert saw.serial == issued.clients[GOOD].certificate.serial
    assert saw.sni in ("localhost", None)


@pytest.mark.parametrize("name", SENT_BY)
def test_what_a_refused_client_sees(name: str, servers: Servers, issued: Material) -> None:
    foreign, expected = servers(name), SENT_BY[name]
    seen = {}
    for client, version in expected:
        tls = context(issued, client, version)
        accepted = expected[client, version] == "accepted"
        seen[client, version] = "accepted" if accepted and get(foreign, tls)[0] == 200 else listen(foreign, tls)
    assert seen == expected


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("nginx", 400, "No required SSL certificate was sent"),
        ("haproxy-http", 403, "Forbidden"),
        ("node-http", 401, "UNABLE_TO_GET_ISSUER_CERT"),
    ],
)
def test_some_servers_refuse_over_http(
    name: str, status: int, words: str, version: str, servers: Servers, issued: Material
) -> None:
    foreign = servers(name)
    seen = get(foreign, context(issued, "none", version))
    assert seen[0] == status
    assert words in seen[1]
    assert {get(foreign, context(issued, client, version))[0] for client in BAD} == {status}


@pytest.mark.parametrize(("name", "verify"), [("nginx-optional", "NONE"), ("nginx-one-way", "NONE")])
def test_some_servers_need_no_certificate(name: str, verify: str, servers: Servers, issued: Material) -> None:
    status, body = get(servers(name), context(issued, "none", "TLSv1.3"))
    assert status == 200
    assert f'"verify":"{verify}"' in body
