"""Exchanges with real certificates, made by hand."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.support import authority
from workbench.core.exchange import (
    Body,
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
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import (
    RECEIVED,
    Alert,
    ClientProof,
    Handshake,
    Message,
    PeerProof,
    VerificationError,
)
from workbench.core.tls.policy import TLSPolicy, Version
from workbench.lab.authority import Credential

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
ROOT = authority.root("History Root CA")
ISSUING = authority.intermediate(ROOT, "History Issuing CA")
SERVER = authority.server(ISSUING, ("api.example.org",), common_name="api.example.org")
ALICE = authority.client(ISSUING, "alice")


def shaken(
    server: Credential = SERVER,
    *,
    root: Certificate = ROOT.certificate,
    sni: str | None = "api.example.org",
    complete: bool = True,
    trusted: bool = True,
) -> Handshake:
    """A mutual handshake with ``server``."""
    verified = (*server.chain, root) if trusted else None
    return Handshake(
        host="api.example.org",
        sni=sni,
        version="TLSv1.3",
        cipher="TLS_AES_256_GCM_SHA384",
        group="X25519MLKEM768",
        signature_algorithm="ecdsa_secp256r1_sha256",
        alpn="h2",
        complete=complete,
        peer=PeerProof(
            "192.0.2.1:443",
            server.chain,
            verified,
            trusted,
            "Corp" if trusted else None,
            () if trusted else (VerificationError(0, 20, "unable to get local issuer certificate", server.chain[0]),),
            ocsp_stapled=True,
        ),
        client=ClientProof(True, ("CN=A",), ("ed25519",), "alice", ALICE.chain),
        messages=(
            Message(0.1, "sent", "ClientHello", 300, bytes(range(250))),
            Message(4.5, RECEIVED, "Certificate", 900, b"".join(c.der for c in server.chain)),
        ),
        alerts=(Alert(9.0, RECEIVED, "warning", "close_notify", 0),),
        duration_ms=12.5,
    )


def exchange(
    url: str = "https://api.example.org/orders?page=2",
    *,
    status: int = 200,
    body: bytes = b'{"order": 4711}',
    handshake: Handshake | None = None,
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),),
    identity: str | None = "alice",
) -> Exchange:
    """A response."""
    handshake = handshake or shaken()
    timings = Timings(1.0, 2.0, 12.5, 20.0, 42.0)
    return Exchange(
        request=Request(
            "POST",
            url,
            (("Accept", "*/*"), ("X-Request", "r1")),
            body=b"x" * 17,
            identity=identity,
            trust=("system", "Corp"),
            policy=TLSPolicy(minimum=Version.TLS1_3, verify=False),
        ),
        outcome=Outcome.RESPONSE,
        hops=(
            Hop(
                "https://old.example.org/", "alice", 302, url, replace(handshake, host="old.example.org"), None, timings
            ),
            Hop(url, "alice", status, None, handshake, None, timings),
        ),
        response=Response(status, "Fine", "HTTP/2", headers, Body(body, None, len(body), len(body) - 1)),
        findings=(Finding("verification-off", Severity.ERROR, "Verification is off.", "detail", "hint"),),
        handshake=handshake,
        timings=timings,
        reused=True,
    )


def failed() -> Exchange:
    """No response: the server's chain was not believed."""
    handshake = shaken(complete=False, trusted=False)
    url = "https://api.example.org/failed"
    return Exchange(
        Request("GET", url, trust=("system",)),
        Outcome.FAILURE,
        hops=(Hop(url, handshake=handshake),),
        failure=Failure("server-untrusted", "Nobody vouches for it.", "detail", "hint", Phase.TLS, ("server-expired",)),
        handshake=handshake,
        timings=Timings(total=5.0),
    )
