"""Certificates and evidence for the doctor: made here, judged by nobody but the rules."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from workbench.core.doctor import Evidence, Trouble
from workbench.core.exchange import Phase
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
from workbench.core.tls.registry import ALERTS

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOST = "service.test"
CLIENT = ExtendedKeyUsageOID.CLIENT_AUTH
SERVER = ExtendedKeyUsageOID.SERVER_AUTH
RSA_SCHEMES = ("rsa_pss_rsae_sha256", "rsa_pkcs1_sha256")
SCHEMES = ("ecdsa_secp256r1_sha256", *RSA_SCHEMES)

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


@dataclass(frozen=True)
class Holder:
    certificate: Certificate
    key: Key


@functools.cache
def rsa_1024() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 1024)  # noqa: S505 -- too weak on purpose


def curve() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def issue(
    subject: str,
    issuer: Holder | None = None,
    *,
    days: tuple[float, float] = (-10, 355),
    ca: bool = False,
    purposes: Sequence[x509.ObjectIdentifier] = (),
    digital_signature: bool | None = None,
    names: Sequence[str] = (),
    aia: str = "",
    key: Key | None = None,
) -> Holder:
    """A certificate of ``subject`` (RFC 4514), valid for ``days`` counted from ``NOW``."""
    key = key or curve()
    signer = issuer.key if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name.from_rfc4514_string(subject))
        .issuer_name(issuer.certificate.x509.subject if issuer else x509.Name.from_rfc4514_string(subject))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=days[0]))
        .not_valid_after(NOW + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(list(purposes)), critical=False)
    if digital_signature is not None:
        usage = x509.KeyUsage(digital_signature, False, not digital_signature, False, False, False, False, False, False)
        builder = builder.add_extension(usage, critical=True)
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([_name(n) for n in names]), critical=False)
    if aia:
        location = x509.UniformResourceIdentifier(aia)
        description = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, location)
        builder = builder.add_extension(x509.AuthorityInformationAccess([description]), critical=False)
    algorithm = None if isinstance(signer, ed25519.Ed25519PrivateKey) else SHA256()
    return Holder(Certificate.from_x509(builder.sign(signer, algorithm)), key)


def _name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


class World:
    """Authorities, the server's chain, identities."""

    def __init__(self) -> None:
        self.root = issue("CN=Acme Root,O=Acme", ca=True, days=(-1000, 3000))
        self.middle = issue("CN=Acme Issuing CA 1,O=Acme", self.root, ca=True, days=(-900, 2000))
        self.stranger = issue("CN=Stranger Root,O=Elsewhere", ca=True, days=(-1000, 3000))
        self.server = self.leaf("CN=service", names=(HOST,))
        self.alice = self.identity("CN=alice")

    @property
    def chain(self) -> tuple[Certificate, ...]:
        """What a good server presents."""
        return (self.server, self.middle.certificate)

    def leaf(self, subject: str, issuer: Holder | None = None, **facts: object) -> Certificate:
        """A server's certificate."""
        return _issue(subject, issuer or self.middle, {"purposes": (SERVER,), "names": (HOST,), **facts})

    def identity(self, subject: str, issuer: Holder | None = None, **facts: object) -> Certificate:
        """A client's certificate."""
        return _issue(subject, issuer or self.middle, {"purposes": (CLIENT,), **facts})


def _issue(subject: str, issuer: Holder, facts: dict[str, object]) -> Certificate:
    made: Holder = functools.partial(issue, subject, issuer, **facts)()  # type: ignore[arg-type]  # facts pass through
    return made.certificate


def alert(code: int, level: str = "fatal", direction: str = RECEIVED) -> Alert:
    return Alert(1.0, direction, level, ALERTS[code], code)


def hello() -> Message:
    return Message(0.1, SENT, "ClientHello", 300)


def our_certificate() -> Message:
    return Message(3.0, SENT, "Certificate", 900)


def asked(
    sent: Sequence[Certificate] = (),
    *,
    authorities: Sequence[str] = (),
    schemes: Sequence[str] = SCHEMES,
    version: str = "TLSv1.3",
    complete: bool = True,
    alerts: Sequence[Alert] = (),
    messages: Sequence[Message] | None = None,
    presented: Sequence[Certificate] = (),
    after: bool = False,
    alpn: str | None = None,
) -> Handshake:
    """A handshake in which the server asked for a certificate, and we answered with ``sent``."""
    return Handshake(
        host=HOST,
        version=version,
        cipher="TLS_AES_256_GCM_SHA384",
        group="X25519MLKEM768",
        complete=complete,
        alpn=alpn,
        peer=PeerProof(presented=tuple(presented), trusted=True),
        client=ClientProof(True, tuple(authorities), tuple(schemes), "me" if sent else None, tuple(sent), after),
        messages=(hello(), our_certificate()) if messages is None else tuple(messages),
        alerts=tuple(alerts),
    )


def refused(handshake: Handshake, *, trouble: Trouble = Trouble.ALERT, phase: Phase = Phase.WAIT) -> Evidence:
    """The server refused us; the identity chosen is what was sent."""
    chain = handshake.client.sent
    name = "me" if chain else None
    return Evidence(trouble, phase, HOST, 443, handshake=handshake, identity_chain=chain, identity_name=name, now=NOW)


def turned_away(code: int | None, trouble: Trouble = Trouble.ALERT) -> Evidence:
    """The server answered our ClientHello with an alert, or by closing."""
    alerts = () if code is None else (alert(code),)
    handshake = Handshake(host=HOST, messages=(hello(),), alerts=alerts)
    return Evidence(trouble, Phase.TLS, HOST, 443, handshake=handshake, now=NOW)


def unverified(
    presented: Sequence[Certificate],
    errors: Sequence[tuple[int, int, str]],
    *,
    anchors: Sequence[Certificate] = (),
    known: Sequence[Certificate] = (),
    host: str = HOST,
) -> Evidence:
    """We stopped because of the server's chain; ``errors`` are depth, X509_V_ERR number, OpenSSL's words."""
    found = tuple(
        VerificationError(depth, code, text, presented[depth] if depth < len(presented) else None)
        for depth, code, text in errors
    )
    handshake = Handshake(host=host, version="TLSv1.3", peer=PeerProof(presented=tuple(presented), errors=found))
    return Evidence(
        Trouble.VERIFICATION,
        Phase.TLS,
        host,
        443,
        handshake=handshake,
        trust=("acme",),
        now=NOW,
        anchors=tuple(anchors),
        known=tuple(known),
    )


def with_policy(evidence: Evidence, **choices: object) -> Evidence:
    policy = replace(evidence.policy, **choices)  # type: ignore[arg-type]  # choices pass through
    return replace(evidence, policy=policy)
