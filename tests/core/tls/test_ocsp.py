"""Stapled OCSP answers: believed only from the issuer or whom it appointed, about this leaf, and in time."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID
from OpenSSL import SSL

from tests.support import authority
from tests.support.memory import ServerEnd, shake_hands
from workbench.core.tls.connection import TLSConnection, TLSError
from workbench.core.tls.context import ClientContext
from workbench.core.tls.ocsp import read_ocsp
from workbench.core.tls.policy import TLSPolicy
from workbench.lab.authority import Credential

NOW = datetime.now(UTC)
ROOT = authority.root()
SERVER = authority.server(ROOT)
STRANGER = authority.root("Stranger")
RESPONDER = authority.client(ROOT, "Responder", add=authority.leaf_extensions(ExtendedKeyUsageOID.OCSP_SIGNING))
NO_RESPONDER = authority.client(ROOT, "Somebody")


def answer(
    status: ocsp.OCSPCertStatus = ocsp.OCSPCertStatus.GOOD,
    *,
    about: Credential = SERVER,
    signer: Credential = ROOT,
    begins: float = -1,
    ends: float | None = 1,
) -> bytes:
    """An answer by ``signer``, in its time from ``begins`` to ``ends`` in days from now."""
    revoked = status is ocsp.OCSPCertStatus.REVOKED
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=about.certificate.x509,
        issuer=ROOT.certificate.x509,
        algorithm=SHA1(),  # noqa: S303 -- what names the certificate in most answers (RFC 5019 2.1.1)
        cert_status=status,
        this_update=NOW + timedelta(days=begins),
        next_update=None if ends is None else NOW + timedelta(days=ends),
        revocation_time=NOW - timedelta(days=2) if revoked else None,
        revocation_reason=x509.ReasonFlags.key_compromise if revoked else None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, signer.certificate.x509)
    if signer is not ROOT:
        builder = builder.certificates([signer.certificate.x509])
    return builder.sign(signer.key, SHA256()).public_bytes(Encoding.DER)


def read(data: bytes) -> str:
    return read_ocsp(data, SERVER.certificate, ROOT.certificate, NOW, source="staple").leaf


def test_what_the_issuer_says_is_believed() -> None:
    good = read_ocsp(answer(), SERVER.certificate, ROOT.certificate, NOW, source="staple")
    assert (good.leaf, good.source) == ("good", "staple")
    assert good.produced_at is not None
    assert NOW - timedelta(minutes=1) < good.produced_at <= datetime.now(UTC)
    assert read(answer(ocsp.OCSPCertStatus.REVOKED)) == "revoked"
    assert read(answer(ocsp.OCSPCertStatus.UNKNOWN)) == "unknown"
    assert read(answer(ends=None)) == "good"


def test_a_responder_must_have_been_appointed() -> None:
    assert read(answer(signer=RESPONDER)) == "good"
    assert read(answer(signer=NO_RESPONDER)) == "unknown"
    assert read(answer(signer=STRANGER)) == "unknown"


@pytest.mark.parametrize(
    "data",
    [
        answer(about=NO_RESPONDER),
        answer(begins=-3, ends=-1),
        answer(begins=1, ends=2),
        answer()[:-8],
        b"",
        b"\x30\x03\x0a\x01\x06",  # unauthorized
        bytes(200_000),
    ],
    ids=["about another", "over", "early", "cut", "empty", "unauthorized", "large"],
)
def test_what_cannot_be_believed_says_nothing(data: bytes) -> None:
    assert read(data) == "unknown"


def shaken(data: bytes, policy: TLSPolicy) -> tuple[TLSConnection, Exception | None]:
    def staple(context: SSL.Context) -> None:
        context.set_ocsp_server_callback(lambda _connection, _data: data)

    context = ClientContext(None, authority.trust(ROOT), policy)
    connection = TLSConnection(context, "localhost")
    try:
        shake_hands(connection, ServerEnd(SERVER, configure=staple))
    except TLSError as error:
        return connection, error
    return connection, None


@pytest.mark.parametrize("version", ["1.2", "1.3"])
def test_a_revoked_server_is_stopped(version: str) -> None:
    from workbench.core.tls.policy import Version

    only = Version.parse(version)
    policy = TLSPolicy(minimum=only, maximum=only)
    connection, error = shaken(answer(ocsp.OCSPCertStatus.REVOKED), policy)
    assert isinstance(error, TLSError)
    assert error.stopped
    peer = connection.handshake_facts().peer
    assert not peer.trusted
    assert [one.code for one in peer.errors] == [23]
    assert peer.revocation.leaf == "revoked"
    connection, error = shaken(answer(), policy)
    assert error is None
    assert connection.handshake_facts().peer.revocation.leaf == "good"
    assert connection.handshake_facts().peer.trusted


def test_without_verification_a_revoked_server_is_told_of() -> None:
    connection, error = shaken(answer(ocsp.OCSPCertStatus.REVOKED), TLSPolicy(verify=False))
    assert error is None
    peer = connection.handshake_facts().peer
    assert peer.revocation.leaf == "revoked"
    assert [one.code for one in peer.errors] == [23]
