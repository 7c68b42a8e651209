"""Servers that agree on too little, and servers whose own certificate is wrong."""

from pathlib import Path
from typing import Any

import pytest

from tests.endtoend.client import get, send_one, text
from tests.endtoend.conftest import Servers
from tests.support.servers.broken import Stage, alert, playing
from tests.support.servers.gnutls import gnutls
from tests.support.servers.material import GOOD, Material
from tests.support.servers.process import Server
from tests.support.servers.s_server import s_server
from tests.support.servers.saw import from_s_server
from workbench.core.exchange import Exchange, Outcome, Phase
from workbench.core.tls.policy import TLSPolicy, Version

pytestmark = pytest.mark.endtoend

# OpenSSL allows what is older than TLS 1.2 only at this level.
WEAK = ("-cipher", "ALL:@SECLEVEL=0")


def call(issued: Material, server: Server | Stage, **more: Any) -> Exchange:
    return send_one(issued, get(f"https://localhost:{server.port}/", GOOD, **more))


def code(exchange: Exchange) -> str:
    assert exchange.outcome is Outcome.FAILURE, exchange.response
    assert exchange.failure is not None
    assert exchange.failure.phase is Phase.TLS
    assert exchange.failure.title
    assert exchange.failure.hint
    return exchange.failure.code


@pytest.mark.parametrize(
    ("options", "policy"),
    [
        # Sends alert protocol_version (70).
        (("-tls1_2",), TLSPolicy(minimum=Version.TLS1_3)),
        (("-tls1_3",), TLSPolicy(maximum=Version.TLS1_2)),
        (("-tls1_1", *WEAK), TLSPolicy()),
    ],
)
def test_no_version_in_common(options: tuple[str, ...], policy: TLSPolicy, issued: Material, tmp_path: Path) -> None:
    with s_server(issued, tmp_path, *options) as server:
        assert code(call(issued, server, policy=policy)) == "protocol-version-mismatch"


@pytest.mark.parametrize(
    ("version", "option"), [(Version.TLS1_0, "-tls1"), (Version.TLS1_1, "-tls1_1"), (Version.TLS1_2, "-tls1_2")]
)
def test_old_versions_work_when_the_floor_is_lowered(
    version: Version, option: str, issued: Material, tmp_path: Path
) -> None:
    with s_server(issued, tmp_path, option, *WEAK) as server:
        exchange = call(issued, server, policy=TLSPolicy(minimum=Version.TLS1_0))
        saw = from_s_server(text(exchange))
    assert saw.version == str(version)
    assert exchange.handshake is not None
    assert exchange.handshake.version == str(version)
    assert exchange.handshake.cipher == saw.cipher
    assert saw.serial == issued.identity(GOOD).certificate.serial
    codes = {finding.code for finding in exchange.findings}
    assert ("old-protocol" in codes) == (version is not Version.TLS1_2)


# What s_server sends for both: alert handshake_failure (40), which is also its "no certificate" in TLS 1.2.
@pytest.mark.parametrize(
    ("options", "policy"),
    [
        (("-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256"), TLSPolicy(ciphers="ECDHE-RSA-AES256-GCM-SHA384")),
        (
            ("-tls1_3", "-ciphersuites", "TLS_AES_128_GCM_SHA256"),
            TLSPolicy(minimum=Version.TLS1_3, suites="TLS_CHACHA20_POLY1305_SHA256"),
        ),
    ],
)
def test_no_cipher_in_common(options: tuple[str, ...], policy: TLSPolicy, issued: Material, tmp_path: Path) -> None:
    with s_server(issued, tmp_path, *options) as server:
        assert code(call(issued, server, policy=policy)) == "no-shared-cipher"


def test_no_group_in_common(issued: Material, tmp_path: Path) -> None:
    with s_server(issued, tmp_path, "-tls1_3", "-groups", "P-384") as server:
        exchange = call(issued, server, policy=TLSPolicy(groups="X25519"))
        assert exchange.failure is not None
        # handshake_failure (40) says the same for a cipher: the candidates hold what the code does not.
        assert "no-shared-group" in {exchange.failure.code, *exchange.failure.candidates}


def test_the_group_is_as_chosen(issued: Material, tmp_path: Path) -> None:
    with s_server(issued, tmp_path, "-groups", "P-521:P-384") as server:
        exchange = call(issued, server, policy=TLSPolicy(groups="X25519:P-384"))
    assert exchange.outcome is Outcome.RESPONSE, exchange.failure
    assert exchange.handshake is not None
    assert exchange.handshake.group == "secp384r1"  # by a HelloRetryRequest (RFC 8446 4.1.4)
    assert [m.type for m in exchange.handshake.messages].count("ClientHello") == 2


@pytest.mark.parametrize("cipher", ["ECDHE-RSA-AES256-GCM-SHA384", "AES128-GCM-SHA256"])
def test_the_cipher_is_as_chosen(cipher: str, issued: Material, tmp_path: Path) -> None:
    with s_server(issued, tmp_path, "-tls1_2") as server:
        exchange = call(issued, server, policy=TLSPolicy(ciphers=cipher))
        saw = from_s_server(text(exchange))
    assert exchange.handshake is not None
    assert exchange.handshake.cipher == saw.cipher
    codes = {finding.code for finding in exchange.findings}
    assert ("no-forward-secrecy" in codes) == cipher.startswith("AES")


def test_no_signature_algorithm_in_common(issued: Material, tmp_path: Path) -> None:
    with s_server(issued, tmp_path, "-tls1_3", "-sigalgs", "ECDSA+SHA384") as server:
        exchange = call(issued, server)
        assert exchange.outcome is Outcome.FAILURE
        assert exchange.failure is not None
        codes = {exchange.failure.code, *exchange.failure.candidates}
        assert codes & {"no-shared-signature-algorithm", "no-shared-cipher"}


def test_our_key_type_is_not_among_those_the_server_takes(issued: Material, tmp_path: Path) -> None:
    """OpenSSL then sends an empty certificate list without a word; the server misses the certificate."""
    with s_server(issued, tmp_path, "-tls1_3", "-client_sigalgs", "ECDSA+SHA256") as server:
        exchange = call(issued, server)
        assert exchange.outcome is Outcome.FAILURE
        assert exchange.failure is not None
        assert exchange.handshake is not None
        assert exchange.handshake.client.sent == ()
        assert exchange.handshake.client.signature_algorithms == ("ecdsa_secp256r1_sha256",)
        assert exchange.failure.code == "client-certificate-unsupported"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (40, {"no-shared-cipher", "no-shared-group", "no-shared-signature-algorithm", "protocol-version-mismatch"}),
        (70, {"protocol-version-mismatch"}),
        (80, {"tls-internal-error"}),
        (112, {"unrecognized-name"}),
        (120, {"alpn-mismatch"}),
    ],
)
def test_an_alert_in_answer_to_the_client_hello(number: int, expected: set[str], issued: Material) -> None:
    with playing(alert(number)) as stage:
        exchange = call(issued, stage)
    assert code(exchange) in expected
    assert exchange.handshake is not None
    assert [(a.code, a.level) for a in exchange.handshake.alerts if a.direction == "received"] == [(number, "fatal")]


@pytest.mark.parametrize(
    ("holder", "expected"),
    [
        ("server-expired", "server-expired"),
        ("server-not-yet-valid", "server-not-yet-valid"),
        ("server-wrong-name", "server-name-mismatch"),
        ("server-client-only", "server-wrong-purpose"),
        ("server-incomplete", "server-chain-incomplete"),
        ("server-untrusted", "server-untrusted"),
        ("server-self-signed", "server-self-signed"),
    ],
)
def test_what_is_wrong_with_the_servers_certificate(
    holder: str, expected: str, issued: Material, tmp_path: Path
) -> None:
    presented = issued.servers[holder].chain
    with s_server(issued, tmp_path, holder=holder) as server:
        exchange = call(issued, server)
        assert code(exchange) == expected
        shown = exchange.handshake
        assert shown is not None
        assert shown.peer.presented == presented
        assert not shown.peer.trusted
        assert shown.peer.errors
        assert shown.client.sent == ()  # our certificate is for a server that proved itself

        lenient = call(issued, server, policy=TLSPolicy(verify=False))
        assert lenient.outcome is Outcome.RESPONSE, lenient.failure
        assert lenient.handshake is not None
        assert [e.code for e in lenient.handshake.peer.errors] == [e.code for e in shown.peer.errors]
        assert not lenient.handshake.peer.trusted
        assert "verification-off" in {finding.code for finding in lenient.findings}


def test_a_server_that_knows_no_safe_renegotiation(issued: Material, tmp_path: Path) -> None:
    """Only GnuTLS can be told to leave RFC 5746 out; what shakes hands like this now are old appliances."""
    with gnutls(issued, tmp_path, "--priority=NORMAL:-VERS-ALL:+VERS-TLS1.2:%DISABLE_SAFE_RENEGOTIATION") as server:
        assert code(call(issued, server)) == "legacy-renegotiation"


@pytest.mark.parametrize("what", ["certificate", "public key"])
def test_a_pin_holds(what: str, servers: Servers, issued: Material) -> None:
    leaf = issued.servers["server"].certificate
    pin = leaf.sha256 if what == "certificate" else leaf.spki_sha256
    assert call(issued, servers("nginx").server, policy=TLSPolicy(pin=pin)).outcome is Outcome.RESPONSE
    wrong = call(issued, servers("nginx").server, policy=TLSPolicy(pin="0" * 64))
    assert code(wrong) == "server-pin-mismatch"
