import base64
import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support import authority
from workbench.cli.document import exchange_document
from workbench.cli.output import Output
from workbench.core.exchange import (
    Body,
    ClientAuthentication,
    Exchange,
    Failure,
    Finding,
    Hop,
    Outcome,
    Phase,
    Response,
    Severity,
    Timings,
)
from workbench.core.request import Request
from workbench.core.tls.document import certificate_document, time_text
from workbench.core.tls.handshake import Alert, ClientProof, Handshake, Message, PeerProof, VerificationError

ROOT = authority.root()
SERVER = authority.server(ROOT).certificate
CLIENT = authority.client(ROOT, "alice").certificate

CERT_KEYS = [
    "subject",
    "issuer",
    "serial",
    "version",
    "not_before",
    "not_after",
    "sha256",
    "sha1",
    "spki_sha256",
    "key",
    "signature_algorithm",
    "subject_alternative_names",
    "key_usages",
    "extended_key_usages",
    "is_ca",
]

HANDSHAKE = Handshake(
    host="localhost",
    sni="localhost",
    version="TLSv1.3",
    cipher="TLS_AES_128_GCM_SHA256",
    group="x25519",
    signature_algorithm="ecdsa_secp256r1_sha256",
    alpn="h2",
    complete=True,
    peer=PeerProof(
        address="127.0.0.1:8443",
        presented=(SERVER,),
        verified=(SERVER, ROOT.certificate),
        trusted=True,
        trust="lab",
        errors=(VerificationError(1, 18, "self-signed certificate"),),
        ocsp_stapled=True,
    ),
    client=ClientProof(
        requested=True,
        acceptable_authorities=("CN=Test Root CA",),
        signature_algorithms=("ed25519",),
        identity="alice",
        sent=(CLIENT,),
    ),
    messages=(Message(0.12345, "sent", "client_hello", 517, b"never shown"),),
    alerts=(Alert(1.5, "received", "fatal", "unknown_ca", 48),),
)


def exchange(**changes: Any) -> Exchange:
    whole: dict[str, Any] = {
        "request": Request("POST", "https://localhost:8443/x", (("A", "1"), ("A", "2")), b"four"),
        "outcome": Outcome.RESPONSE,
        "hops": (Hop("https://localhost:8443/", None, 302), Hop("https://localhost:8443/x", "alice", 200)),
        "response": Response(200, "OK", "HTTP/2", (("content-type", "text/plain"),), Body(b"hello", size=5)),
        "findings": (Finding("root-in-chain", Severity.INFO, "title", "detail", "hint", ("server-untrusted",)),),
        "handshake": HANDSHAKE,
        "timings": Timings(1.00049, 2.0, 3.0, 4.0, 5.0),
        "client_authentication": ClientAuthentication.PROVED,
    }
    return Exchange(**(whole | changes))


def test_every_key_of_a_response() -> None:
    assert exchange_document(exchange()) == {
        "request": {
            "method": "POST",
            "url": "https://localhost:8443/x",
            "headers": [["A", "1"], ["A", "2"]],
            "body_size": 4,
        },
        "hops": [
            {"url": "https://localhost:8443/", "status": 302, "identity": None},
            {"url": "https://localhost:8443/x", "status": 200, "identity": "alice"},
        ],
        "outcome": "response",
        "response": {
            "status": 200,
            "reason": "OK",
            "http_version": "HTTP/2",
            "headers": [["content-type", "text/plain"]],
            "body": "hello",
            "body_base64": None,
            "body_size": 5,
        },
        "failure": None,
        "findings": [
            {
                "code": "root-in-chain",
                "severity": "info",
                "title": "title",
                "detail": "detail",
                "hint": "hint",
                "candidates": ["server-untrusted"],
            }
        ],
        "client_authentication": "proved",
        "tls": {
            "version": "TLSv1.3",
            "cipher": "TLS_AES_128_GCM_SHA256",
            "group": "x25519",
            "signature_algorithm": "ecdsa_secp256r1_sha256",
            "alpn": "h2",
            "sni": "localhost",
            "resumed": False,
            "peer": {
                "address": "127.0.0.1:8443",
                "presented": [certificate_document(SERVER)],
                "verified": [certificate_document(SERVER), certificate_document(ROOT.certificate)],
                "trusted": True,
                "trust": "lab",
                "errors": [{"depth": 1, "code": 18, "message": "self-signed certificate"}],
                "ocsp_stapled": True,
                "revocation": {"leaf": "not-checked", "source": None, "produced_at": None},
            },
            "client": {
                "requested": True,
                "acceptable_authorities": ["CN=Test Root CA"],
                "signature_algorithms": ["ed25519"],
                "identity": "alice",
                "sent": [certificate_document(CLIENT)],
            },
            "messages": [{"at_ms": 0.123, "direction": "sent", "type": "client_hello", "size": 517}],
            "alerts": [{"direction": "received", "level": "fatal", "description": "unknown_ca", "code": 48}],
        },
        "timings_ms": {"dns": 1.0, "connect": 2.0, "tls": 3.0, "first_byte": 4.0, "total": 5.0},
    }


def test_every_key_of_a_failure_before_anything_was_learned() -> None:
    failure = Failure("dns-failure", "title", "detail", "hint", Phase.DNS, ("timeout",))
    document = exchange_document(
        Exchange(Request(url="https://nowhere.invalid/"), Outcome.FAILURE, failure=failure, timings=Timings(total=7.0))
    )
    assert document == {
        "request": {"method": "GET", "url": "https://nowhere.invalid/", "headers": [], "body_size": 0},
        "hops": [],
        "outcome": "failure",
        "response": None,
        "failure": {
            "code": "dns-failure",
            "title": "title",
            "detail": "detail",
            "hint": "hint",
            "phase": "dns",
            "candidates": ["timeout"],
        },
        "findings": [],
        "client_authentication": "unknown",
        "tls": None,
        "timings_ms": {"dns": None, "connect": None, "tls": None, "first_byte": None, "total": 7.0},
    }


def test_what_a_handshake_did_not_reach_is_null() -> None:
    tls = exchange_document(exchange(handshake=Handshake(host="localhost")))["tls"]
    assert tls["version"] is tls["cipher"] is tls["group"] is tls["signature_algorithm"] is tls["sni"] is None
    assert tls["peer"]["verified"] is None
    assert tls["peer"]["trust"] is None
    assert tls["messages"] == []


def test_certificate() -> None:
    document = certificate_document(SERVER)
    assert list(document) == CERT_KEYS
    assert document["sha256"] == SERVER.sha256
    assert SERVER.not_after is not None
    assert document["not_after"] == SERVER.not_after.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert document["version"] == 3
    assert document["is_ca"] is False
    assert "DNS:localhost" in document["subject_alternative_names"]
    assert "IP:127.0.0.1" in document["subject_alternative_names"]
    assert document["extended_key_usages"] == ["serverAuth"]
    assert document["key_usages"] == ["digitalSignature"]
    assert document["key"] == "EC-256-secp256r1"


@pytest.mark.parametrize(
    ("content_type", "data", "text"),
    [
        ("text/plain", "grün".encode(), "grün"),
        ("text/plain; charset=ISO-8859-1", "grün".encode("latin-1"), "grün"),
        ('text/plain; x=y; Charset="utf-16"', "grün".encode("utf-16"), "grün"),
        ("text/plain; charset=no-such-charset", "grün".encode(), "grün"),
        ("text/plain; charset=base64", b"plain", "plain"),
        ("text/plain; charset=", b"plain", "plain"),
        ("text/plain; charset=punycode", b"plain", "plain"),  # not a charset, and Python is slow with it
        ("text/html", b'<meta charset="latin-1">\xe9', '<meta charset="latin-1">é'),
        ("text/plain", "grün".encode("utf-16"), "grün"),
        (None, b"", ""),
        ("text/plain; charset=ascii", "grün".encode(), None),
        ("application/octet-stream", b"\xff\xfe\xfd", None),
    ],
)
def test_a_body_is_text_or_base64(content_type: str | None, data: bytes, text: str | None) -> None:
    headers = () if content_type is None else (("Content-Type", content_type),)
    document = exchange_document(exchange(response=Response(200, headers=headers, body=Body(data, size=len(data)))))
    response = document["response"]
    assert response["body"] == text
    if text is None:
        assert base64.b64decode(response["body_base64"]) == data
    else:
        assert response["body_base64"] is None


@pytest.mark.parametrize("unit", ["größer „als“ \\u0000 \u202e\n".encode(), b"\0\xff"])
def test_a_body_on_disk_goes_out_as_one_in_memory(
    unit: bytes, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    data = b"x" + unit * (1024 * 1024 // len(unit) + 1)  # a character is cut where the first piece ends
    file = tmp_path / "body"
    file.write_bytes(data)
    small, large = (
        exchange_document(exchange(response=Response(200, body=body)))
        for body in (Body(data, size=len(data)), Body(file=file, size=len(data)))
    )
    Output().document(small)
    said = capfdbinary.readouterr().out
    assert json.loads(said) == small
    Output().document(large)
    assert capfdbinary.readouterr().out == said


def test_a_body_on_disk_is_never_whole_in_memory(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    file, size = tmp_path / "body", 40 * 1024 * 1024
    file.write_bytes(b"0123456789abcdef" * (size // 16))
    tracemalloc.start()
    Output().document(exchange_document(exchange(response=Response(200, body=Body(file=file, size=size)))))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(capfdbinary.readouterr().out) > size
    assert peak < size / 4


def test_a_body_that_went_to_a_file_is_left_out() -> None:
    response = exchange_document(exchange(), with_body=False)["response"]
    assert response["body"] is response["body_base64"] is None
    assert response["body_size"] == 5


def test_years_have_four_digits() -> None:
    assert time_text(datetime(1, 2, 3, 4, 5, 6, 7, UTC)) == "0001-02-03T04:05:06Z"


def test_it_is_json() -> None:
    document = exchange_document(exchange())
    assert json.loads(json.dumps(document)) == document
