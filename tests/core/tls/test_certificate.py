"""A view of a certificate is total: what cannot be read is told beside what can."""

from datetime import UTC, datetime

import pytest
from cryptography import x509

from tests.support import authority, odd
from tests.support.memory import ServerEnd, shake_hands
from workbench.core.doctor.chain_findings import about_chain
from workbench.core.doctor.client_certificate import client_findings
from workbench.core.formats import Source, read_bundle, read_identity
from workbench.core.tls import der
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.connection import TLSConnection
from workbench.core.tls.context import ClientContext
from workbench.core.tls.decode import fields
from workbench.core.tls.document import certificate_document
from workbench.core.tls.handshake import Handshake, PeerProof
from workbench.core.tls.identity import Identity
from workbench.core.tls.policy import TLSPolicy
from workbench.core.tls.tbs import REFUSED
from workbench.core.words import validity_words
from workbench.lab.authority import CLIENT_AUTH

ROOT = authority.root()
GOOD = authority.server(ROOT)


def test_nothing_of_a_good_one_is_unreadable() -> None:
    assert GOOD.certificate.unreadable == ()
    assert "unreadable" not in certificate_document(GOOD.certificate)


@pytest.mark.parametrize("name", odd.CHANGES)
def test_what_openssl_takes_is_shown_and_what_cannot_be_read_is_named(name: str) -> None:
    certificate = Certificate.from_der(odd.odd(GOOD.certificate, name).der)
    document = certificate_document(certificate)
    assert document["sha256"] == certificate.sha256
    assert document["spki_sha256"] == GOOD.certificate.spki_sha256
    assert document["key"] == "EC-256-secp256r1"
    assert validity_words(certificate)
    unreadable = odd.CHANGES[name][1]
    assert (unreadable in document.get("unreadable", [])) == bool(unreadable)
    untouched = {key for key, value in certificate_document(GOOD.certificate).items() if value == document[key]}
    assert len(untouched) >= 11  # besides both thumbprints, and what was changed


@pytest.mark.parametrize(
    "name", ["version 8", "subject in no encoding", "time with an offset", "name constraint of an odd address"]
)
def test_cryptography_refuses_it_or_a_part_of_it(name: str) -> None:
    """Else these cases would show nothing."""
    certificate = odd.odd(GOOD.certificate, name)
    with pytest.raises(REFUSED):
        _ = certificate.x509.subject, certificate.x509.not_valid_after_utc, certificate.x509.extensions


def test_a_version_that_is_none_and_a_negative_serial_number_stand_as_they_are() -> None:
    assert odd.odd(GOOD.certificate, "version 8").version == 8
    assert odd.odd(GOOD.certificate, "negative serial number").serial == "-80"


def test_of_a_subject_the_attributes_that_decode_are_read_and_the_others_stand_in_hexadecimal() -> None:
    certificate = odd.odd(GOOD.certificate, "subject in no encoding")
    assert certificate.subject == "CN=odd,O=#1304636166e9"  # RFC 4514 2.4
    assert certificate.common_name == "odd"


def test_of_two_times_the_one_that_is_one_is_read() -> None:
    certificate = odd.odd(GOOD.certificate, "month 13")
    assert certificate.not_before is not None
    assert certificate.not_after is None
    assert certificate.days_left() is None
    assert not certificate.is_expired()
    assert validity_words(certificate) == "the end of its validity cannot be read"


def test_an_extension_that_occurs_twice_says_nothing() -> None:
    certificate = odd.odd(GOOD.certificate, "an extension twice")
    assert certificate.extension(x509.SubjectKeyIdentifier) is None
    assert certificate.subject_alternative_names == GOOD.certificate.subject_alternative_names


@pytest.mark.parametrize("data", [b"", b"0", b"0\x80", b"\x30\x03\x02\x01\x05", bytes(64), b"\x30\x82\xff\xff" * 20])
def test_of_what_is_no_certificate_there_is_the_thumbprint(data: bytes) -> None:
    certificate = Certificate(data)
    assert len(certificate.sha256) == 64
    assert certificate.common_name == certificate.sha256
    assert {"subject", "issuer", "serial number", "public key"} <= set(certificate.unreadable)
    assert certificate_document(certificate)["not_after"] is None
    assert not certificate.is_issued_by(GOOD.certificate)
    with pytest.raises(ValueError, match=r"."):
        Certificate.from_der(data)


def test_lengths_in_ber_are_read_as_meant() -> None:
    """OpenSSL takes them, and keeps the thumbprint of what was sent."""
    content = der.read(GOOD.certificate.der).content
    certificate = Certificate.from_der(b"\x30\x80" + content + b"\0\0")
    assert certificate.subject == GOOD.certificate.subject
    assert certificate.sha256 != GOOD.certificate.sha256


@pytest.mark.parametrize("name", odd.CHANGES)
def test_a_server_may_show_it(name: str) -> None:
    credential = odd.odd_credential(GOOD, name)
    client = TLSConnection(ClientContext(None, authority.trust(ROOT), TLSPolicy(verify=False)), "localhost")
    shake_hands(client, ServerEnd(credential))
    handshake = client.handshake_facts()
    assert handshake.peer.presented[0].der == credential.certificate.der
    assert not handshake.peer.trusted
    shown = [message for message in handshake.messages if message.type == "Certificate"]
    assert any("SHA-256" in value for field in fields(shown[0], handshake.version) for value in field.values)


@pytest.mark.parametrize("name", [name for name, (_change, part) in odd.CHANGES.items() if part != "issuer"])
def test_it_may_be_imported_with_its_key_and_proved(name: str) -> None:
    alice = odd.odd_credential(authority.client(ROOT, "alice"), name)
    imported = read_identity([Source("alice.pem", authority.pem(alice))])
    assert imported.identity.certificate == alice.certificate
    assert read_bundle(Source("alice.pem", authority.chain_pem(alice))) == (alice.certificate,)
    client = TLSConnection(ClientContext(imported.identity, authority.trust(ROOT), TLSPolicy()), "localhost")
    shake_hands(client, ServerEnd(GOOD, request=True, configure=lambda context: context.set_verify(1, lambda *_: True)))
    assert client.handshake_facts().client.sent[0] == alice.certificate


def test_facts_are_those_of_cryptography() -> None:
    """For a certificate with all that certificates usually hold."""
    certificate = authority.client(
        authority.intermediate(ROOT), 'Ähre, "q" + <x>', key="rsa-2048", add=[x509.OCSPNoCheck()]
    ).certificate
    plain = certificate.x509
    assert certificate.subject == plain.subject.rfc4514_string()
    assert certificate.issuer == plain.issuer.rfc4514_string()
    assert certificate.serial == format(plain.serial_number, "x")
    assert (certificate.not_before, certificate.not_after) == (plain.not_valid_before_utc, plain.not_valid_after_utc)
    assert certificate.extended_key_usages == ("clientAuth",)
    assert x509.ExtendedKeyUsage([CLIENT_AUTH]) == certificate.extension(x509.ExtendedKeyUsage)
    for extension in plain.extensions:
        assert certificate.extension(type(extension.value)) == extension.value


@pytest.mark.parametrize(
    ("lived", "left", "soon"),
    [
        (300, 40, False),
        (300, 29, True),
        (300, 0.5, True),
        (300, -1, False),  # over
        (-1, 20, False),  # not begun
        (1, 6, False),  # short-lived, and young for its age
        (5, 2, True),
        (30, 29, False),  # renewed each month
    ],
)
def test_what_expires_soon_is_one_thing_to_all(lived: float, left: float, soon: bool) -> None:
    one = authority.client(ROOT, "one", not_before=authority.days(-lived), not_after=authority.days(left))
    certificate = one.certificate
    assert certificate.expires_soon() is soon
    findings = {finding.code for finding in client_findings(Identity("one", (certificate,), one.key))}
    assert ("client-certificate-expires-soon" in findings) is soon
    now = datetime.now(UTC)
    peer = PeerProof(presented=(certificate,))
    shown = {finding.code for finding in about_chain(Handshake(peer=peer), now)}
    assert ("server-expires-soon" in shown) is soon
