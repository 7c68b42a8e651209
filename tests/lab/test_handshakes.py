"""Who gets in where, and with which alert the others are turned away."""

import contextlib
import http.client
import json
import socket
import ssl
import struct
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from tests.lab.conftest import Connect
from workbench.lab import Kind, Lab

Ask = Callable[..., http.client.HTTPResponse]


@pytest.mark.parametrize(
    ("identity", "alert"),
    [
        (None, "TLSV13_ALERT_CERTIFICATE_REQUIRED"),
        ("expired", "SSLV3_ALERT_CERTIFICATE_EXPIRED"),
        ("not-yet-valid", "SSLV3_ALERT_BAD_CERTIFICATE"),
        ("wrong-ca", "TLSV1_ALERT_UNKNOWN_CA"),
        ("missing-intermediate", "TLSV1_ALERT_UNKNOWN_CA"),
        ("wrong-usage", "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE"),
    ],
)
def test_refusals_over_tls13_come_on_the_first_read(
    lab: Lab, connect: Connect, identity: str | None, alert: str
) -> None:
    client = connect(lab.urls["mutual"], identity)
    assert client.version() == "TLSv1.3"
    client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    with pytest.raises(ssl.SSLError) as caught:
        client.recv(1)
    assert caught.value.reason == alert


@pytest.mark.parametrize(
    ("identity", "alert"),
    [
        (None, "SSLV3_ALERT_HANDSHAKE_FAILURE"),
        ("expired", "SSLV3_ALERT_CERTIFICATE_EXPIRED"),
        ("wrong-ca", "TLSV1_ALERT_UNKNOWN_CA"),
        ("wrong-usage", "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE"),
    ],
)
def test_refusals_over_tls12_come_in_the_handshake(
    lab: Lab, connect: Connect, identity: str | None, alert: str
) -> None:
    with pytest.raises(ssl.SSLError) as caught:
        connect(lab.urls["tls12"], identity)
    assert caught.value.reason == alert


@pytest.mark.parametrize(("server", "identity"), [("mutual", "bob"), ("optional", "alice"), ("tls12", "alice")])
def test_a_good_identity_is_recognised(lab: Lab, ask: Ask, server: str, identity: str) -> None:
    document = json.load(ask(lab.urls[server], identity))
    assert document["client"]["sha256"] == lab.identities[identity].certificate.sha256
    assert document["tls"]["version"] == ("TLSv1.2" if server == "tls12" else "TLSv1.3")


def test_tls12_names_its_cipher_as_iana_does(lab: Lab, ask: Ask) -> None:
    assert json.load(ask(lab.urls["tls12"], "alice"))["tls"]["cipher"] == "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"


@pytest.mark.parametrize(("server", "identity"), [("optional", None), ("one-way", None), ("one-way", "alice")])
def test_some_servers_ask_for_nothing_or_do_not_insist(lab: Lab, ask: Ask, server: str, identity: str | None) -> None:
    assert json.load(ask(lab.urls[server], identity))["client"] is None


@pytest.mark.parametrize(
    ("server", "code"),
    [("expired", 10), ("wrong-name", 62), ("untrusted", 20), ("incomplete", 20)],
)
def test_bad_servers_are_bad_in_one_way(lab: Lab, connect: Connect, server: str, code: int) -> None:
    with pytest.raises(ssl.SSLCertVerificationError) as caught:
        connect(lab.urls[server])
    assert caught.value.verify_code == code


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_the_certificate_holds_for_every_way_to_say_loopback(
    lab: Lab, context: Callable[[str | None], ssl.SSLContext], host: str
) -> None:
    port = urlsplit(lab.urls["one-way"]).port
    if host == "::1" and not _has_ipv6():
        pytest.skip("no IPv6 here")
    with (
        socket.create_connection((host, port), timeout=10) as plain,
        context(None).wrap_socket(plain, server_hostname=host) as secure,
    ):
        assert secure.version() == "TLSv1.3"


def test_the_journal_says_whom_a_server_recognised_and_refused() -> None:
    with Lab.start() as own:
        _try(own, "mutual")
        refused = own.journal.wait_for(Kind.REFUSED, "mutual")
        assert refused is not None
        assert refused.what == "A client without a certificate was refused."
        _try(own, "optional")
        assert own.journal.wait_for(Kind.ANONYMOUS, "optional")
        _try(own, "untrusted")
        declined = own.journal.wait_for(Kind.REFUSED, "untrusted")
        assert declined is not None
        assert declined.what == "The client did not accept this server: unknown ca."
        assert own.log == own.journal.events()


def test_the_journal_says_why_a_certificate_was_refused(lab: Lab, ask: Ask, connect: Connect) -> None:
    for identity, words in {
        "expired": "expired was refused: its certificate has expired.",
        "not-yet-valid": "not-yet-valid was refused: its certificate is not yet valid.",
        "wrong-usage": "wrong-usage was refused: its certificate is not intended for client authentication.",
    }.items():
        with pytest.raises(ssl.SSLError):
            connect(lab.urls["mutual"], identity).recv(1)
        assert words in [event.what for event in lab.log]
    json.load(ask(lab.urls["mutual"] + "seen", "bob"))
    seen = {event.kind: event for event in lab.log if event.client == lab.identities["bob"].certificate}
    assert seen[Kind.RECOGNISED].what == "bob was recognised, over TLSv1.3."
    assert any(event.what == "GET /seen: 200" for event in lab.log)


def test_a_reset_in_the_handshake_is_noted() -> None:
    with Lab.start() as own:
        client = socket.create_connection(("127.0.0.1", urlsplit(own.urls["one-way"]).port), timeout=10)
        client.sendall(b"\x16\x03\x01")
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
        broken = own.journal.wait_for(Kind.BROKEN, "one-way")
        assert broken is not None
        assert broken.what == "A client disconnected during the handshake."


def _try(lab: Lab, server: str) -> None:
    client = ssl.create_default_context(cadata=lab.authority.pem)
    parts = urlsplit(lab.urls[server])
    with (
        contextlib.suppress(ssl.SSLError),
        socket.create_connection(("localhost", parts.port), timeout=10) as plain,
        client.wrap_socket(plain, server_hostname="localhost"),
    ):
        pass


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True
