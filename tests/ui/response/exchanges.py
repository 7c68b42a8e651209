"""Exchanges made by hand: certificates are real, the rest is what an engine would have recorded."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

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
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import (
    RECEIVED,
    SENT,
    Alert,
    ClientProof,
    Handshake,
    Message,
    PeerProof,
    VerificationError,
)

_KEY = ec.generate_private_key(ec.SECP256R1())
URL = "https://api.corp.example:8443/order/update?token=s3cr3t&page=2"


@cache
def certificate(
    name: str, issuer: str, *, days: int = 300, authority: bool = False, client: bool = False
) -> Certificate:
    """A certificate signed by the one key of these tests; ``days`` until it ends, negative for an expired one."""
    now = datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)])
    usage = ExtendedKeyUsageOID.CLIENT_AUTH if client else ExtendedKeyUsageOID.SERVER_AUTH
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(signer)
        .public_key(_KEY.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=min(days, 0) - 65))
        .not_valid_after(now + timedelta(days=days, hours=1 if days > 0 else -1))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if not authority:
        names = x509.SubjectAlternativeName([x509.DNSName("api.corp.example"), x509.DNSName("*.corp.example")])
        builder = builder.add_extension(names, critical=False)
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
    return Certificate.from_x509(builder.sign(_KEY, hashes.SHA256()))


def server_chain(days: int = 300) -> tuple[Certificate, Certificate, Certificate]:
    """Leaf, intermediate, root."""
    return (
        certificate("api.corp.example", "Corp Issuing CA 3", days=days),
        certificate("Corp Issuing CA 3", "Corp Root CA", days=1200, authority=True),
        certificate("Corp Root CA", "Corp Root CA", days=3000, authority=True),
    )


def client_chain(days: int = 23) -> tuple[Certificate, ...]:
    """The certificate of “alice” and her issuer's."""
    return (
        certificate("alice", "Corp People CA", days=days, client=True),
        certificate("Corp People CA", "Corp Root CA", days=900, authority=True),
    )


_FLIGHT = (
    (0.1, SENT, "ClientHello", 517),
    (18.2, RECEIVED, "ServerHello", 122),
    (18.4, RECEIVED, "EncryptedExtensions", 32),
    (18.5, RECEIVED, "CertificateRequest", 211),
    (18.6, RECEIVED, "Certificate", 2214),
    (18.7, RECEIVED, "CertificateVerify", 79),
    (18.8, RECEIVED, "Finished", 52),
    (20.3, SENT, "Certificate", 1833),
    (20.5, SENT, "CertificateVerify", 79),
    (20.6, SENT, "Finished", 52),
)


def messages(count: int = len(_FLIGHT)) -> tuple[Message, ...]:
    """The first ``count`` messages of a mutual TLS 1.3 handshake."""
    return tuple(Message(*row, body=bytes(range(256)) * 2) for row in _FLIGHT[:count])


def mutual() -> Handshake:
    """TLS 1.3, both sides proved their identity."""
    leaf, middle, root = server_chain()
    return Handshake(
        host="api.corp.example",
        sni="api.corp.example",
        version="TLSv1.3",
        cipher="TLS_AES_256_GCM_SHA384",
        group="X25519MLKEM768",
        signature_algorithm="ecdsa_secp256r1_sha256",
        alpn="h2",
        complete=True,
        peer=PeerProof("192.0.2.17:8443", (leaf, middle), (leaf, middle, root), trusted=True, trust="Corp CA"),
        client=ClientProof(
            requested=True,
            acceptable_authorities=("CN=Corp People CA", "CN=Corp Machines CA"),
            signature_algorithms=("ecdsa_secp256r1_sha256", "rsa_pss_rsae_sha256", "ed25519"),
            identity="alice",
            sent=client_chain(),
        ),
        messages=messages(),
        duration_ms=20.7,
    )


def succeeded(
    body: bytes = b'{"order": 4711, "state": "updated", "price": 1.10, "tags": ["a", "b"], "done": true}',
    content_type: str = "application/json",
    *,
    status: int = 200,
    reason: str = "OK",
    findings: Sequence[Finding] = (),
) -> Exchange:
    """A response over mutual TLS."""
    handshake = mutual()
    timings = Timings(dns=3.1, connect=8.4, tls=20.7, first_byte=9.2, total=42.4)
    headers = (("content-type", content_type), ("content-length", str(len(body))), ("set-cookie", "sid=abc; HttpOnly"))
    return Exchange(
        request=Request(
            "POST", URL, headers=(("Authorization", "Bearer s3cr3t"),), identity="alice", trust=("Corp CA",)
        ),
        outcome=Outcome.RESPONSE,
        hops=(Hop(URL, "alice", status, None, handshake, None, timings),),
        response=Response(status, reason, "HTTP/2", headers, Body(body, size=len(body), wire_size=len(body))),
        findings=tuple(findings),
        handshake=handshake,
        timings=timings,
        client_authentication=ClientAuthentication.PROVED,
    )


def findings() -> tuple[Finding, ...]:
    """One of each severity."""
    return (
        Finding(
            "client-certificate-expires-soon",
            Severity.WARNING,
            "Your certificate “alice” expires in 23 days.",
            hint="Renew it before 2026-12-15.",
        ),
        Finding("verification-off", Severity.ERROR, "Verification is off.", "The server may be anybody."),
        Finding("not-post-quantum", Severity.INFO, "The key agreement is not post-quantum."),
    )


def refused() -> Exchange:
    """The server wanted a certificate and got none: TLS 1.3, so our side was already done."""
    handshake = replace(
        mutual(),
        client=ClientProof(
            requested=True, acceptable_authorities=("CN=Corp People CA",), signature_algorithms=("ed25519",)
        ),
        messages=messages(),
        alerts=(Alert(24.9, RECEIVED, "fatal", "certificate_required", 116),),
    )
    return _failed(
        handshake,
        Failure(
            "client-certificate-required",
            "The server requires a client certificate.",
            "It asked for one, we sent none, and it answered with the alert certificate_required (116).",
            "Choose an identity issued by one of: CN=Corp People CA.",
            Phase.RECEIVE,
            ("client-certificate-rejected",),
        ),
        identity=None,
    )


def untrusted() -> Exchange:
    """Our own verification stopped the handshake: expired leaf, unknown authority."""
    leaf, middle, root = server_chain(days=-12)
    handshake = replace(
        mutual(),
        complete=False,
        peer=PeerProof(
            "192.0.2.17:8443",
            (leaf, middle, root),
            errors=(
                VerificationError(2, 19, "self-signed certificate in certificate chain", root),
                VerificationError(0, 10, "certificate has expired", leaf),
                VerificationError(0, 62, "hostname mismatch", leaf),
            ),
        ),
        client=ClientProof(identity="alice"),
        messages=messages(5),
        alerts=(Alert(19.2, SENT, "fatal", "unknown_ca", 48),),
    )
    return _failed(
        handshake,
        Failure(
            "server-untrusted",
            "The server's certificate was issued by an authority that you do not trust.",
            "The chain ends in “CN=Corp Root CA”, which is in none of the bundles you chose (system).",
            "Ask whoever runs the server for its authority, compare the thumbprint, then import it.",
            Phase.TLS,
            ("server-expired", "server-name-mismatch"),
        ),
    )


def cancelled() -> Exchange:
    """Stopped by the person while connecting."""
    return Exchange(Request("GET", URL), Outcome.CANCELLED, timings=Timings(dns=2.0, total=812.0))


def _failed(handshake: Handshake, failure: Failure, identity: str | None = "alice") -> Exchange:
    timings = Timings(dns=3.1, connect=8.4, tls=20.7, total=38.0)
    headers = (("Authorization", "Bearer s3cr3t"), ("Cookie", "sid=abc"), ("X-Request", "7"))
    return Exchange(
        request=Request("POST", URL, headers=headers, identity=identity, trust=("system",)),
        outcome=Outcome.FAILURE,
        hops=(Hop(URL, identity, None, None, handshake, None, timings),),
        failure=failure,
        handshake=handshake,
        timings=timings,
    )
