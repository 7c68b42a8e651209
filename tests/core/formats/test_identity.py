"""Key and certificate out of files: every combination, and the words for what is missing."""

import base64
import random
from collections.abc import Callable, Sequence
from typing import Unpack

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests.support import authority
from workbench.core.errors import IdentityError, IdentityUnreadable, KeyMismatch, PasswordNeeded, WrongPassword
from workbench.core.exchange import Severity
from workbench.core.formats import ImportedIdentity, Source, keys, read_identity
from workbench.core.formats.costs import Budget
from workbench.core.tls import der
from workbench.core.tls.certificate import Certificate
from workbench.lab.authority import CLIENT_AUTH, SERVER_AUTH, Credential, key_usage


@pytest.fixture(scope="module")
def root() -> Credential:
    return authority.root()


@pytest.fixture(scope="module")
def issuing(root: Credential) -> Credential:
    return authority.intermediate(root)


@pytest.fixture(scope="module")
def alice(issuing: Credential) -> Credential:
    return authority.client(issuing, "alice")


def read(*files: bytes, password: str | None = None, name: str | None = None) -> ImportedIdentity:
    sources = [Source(f"file{number}.pem", data) for number, data in enumerate(files, 1)]
    return read_identity(sources, password, name)


def codes(imported: ImportedIdentity) -> Sequence[str]:
    return [finding.code for finding in imported.findings]


def check_words(error: IdentityError) -> None:
    assert error.title
    assert error.detail
    assert error.hint


def test_separate_files_in_any_order(alice: Credential) -> None:
    files = [authority.key_pem(alice.key), alice.certificate.pem.encode(), alice.intermediates[0].pem.encode()]
    random.shuffle(files)
    imported = read(*files)
    assert imported.identity.chain == alice.chain
    assert imported.identity.name == "alice"
    assert not imported.was_encrypted
    assert imported.leftovers == ()


def test_combined_file_with_text_around(alice: Credential) -> None:
    text = b"Bag Attributes\n    friendlyName: alice\n" + authority.pem(alice) + b"\nsubject=CN = alice"
    assert read(text).identity.chain == alice.chain


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\r"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.decode().encode("utf-16"),
        lambda data: b"".join(b"    " + line + b"  \n" for line in data.splitlines()),
        lambda data: data.rstrip(),
        lambda data: data.replace(b"\n", b"\\n"),
    ],
    ids=["CRLF", "CR", "BOM", "UTF-16", "indented", "no last line end", "written-out line ends"],
)
def test_what_editors_do_to_files(alice: Credential, change: Callable[[bytes], bytes]) -> None:
    assert read(change(authority.pem(alice))).identity.chain == alice.chain


def test_der_files(alice: Credential) -> None:
    for form in (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL):
        imported = read(authority.key_der(alice.key, form=form), alice.certificate.der)
        assert imported.identity.certificate == alice.certificate


def test_several_der_certificates_in_a_row(alice: Credential) -> None:
    together = b"".join(certificate.der for certificate in alice.chain)
    assert read(together, authority.key_der(alice.key)).identity.chain == alice.chain


def test_base64_without_boundaries(alice: Credential) -> None:
    bare = base64.b64encode(authority.pkcs12_file(alice, "secret"))
    assert read(bare, password="secret").identity.chain == alice.chain


@pytest.mark.parametrize("kind", ["rsa-2048", "ec-p384", "ed25519", "ed448", "dsa-2048"])
def test_kinds_of_keys(issuing: Credential, kind: str) -> None:
    one = authority.client(issuing, "one", key=kind)
    for password in (None, "secret"):
        imported = read(authority.pem(one, password), password=password)
        assert imported.identity.certificate == one.certificate
        assert imported.was_encrypted == bool(password)


def test_the_pair_is_found_among_several(root: Credential, issuing: Credential, alice: Credential) -> None:
    bob = authority.client(issuing, "bob")
    imported = read(
        authority.key_pem(alice.key),
        authority.chain_pem(bob),
        root.certificate.pem.encode(),
        alice.certificate.pem.encode(),
    )
    assert imported.identity.chain == (*alice.chain, root.certificate)
    assert imported.leftovers == (bob.certificate,)


def test_an_authority_with_its_key_gives_way_to_a_client(root: Credential, issuing: Credential) -> None:
    eve = authority.client(root, "eve")
    imported = read(authority.pem(issuing) + authority.pem(eve) + authority.pem(root))
    assert imported.identity.certificate == eve.certificate
    assert imported.identity.chain == (eve.certificate, root.certificate)


def test_of_two_certificates_for_one_key_the_valid_one(issuing: Credential) -> None:
    key = authority.make_key()
    old = authority.client(issuing, "old", key=key, not_before=authority.days(-20), not_after=authority.days(-1))
    new = authority.client(issuing, "new", key=key)
    assert read(authority.pem(old), authority.chain_pem(new)).identity.name == "new"


def test_a_name_that_was_asked_for_and_one_that_was_made_clean(root: Credential, alice: Credential) -> None:
    assert read(authority.pem(alice), name="Ålice, 東京").identity.name == "Ålice, 東京"
    odd = authority.client(root, "line\none")
    assert read(authority.pem(odd)).identity.name == "line one"


def test_pkcs12_names_its_identity(alice: Credential) -> None:
    imported = read(authority.pkcs12_file(alice, "secret", friendly_name="my key"), password="secret")
    assert imported.identity.name == "my key"
    assert imported.format == "PKCS#12"
    assert imported.was_encrypted


def test_certificate_without_key(alice: Credential) -> None:
    with pytest.raises(IdentityUnreadable, match="no private key") as caught:
        read(authority.chain_pem(alice))
    check_words(caught.value)
    assert "file1.pem" in caught.value.detail
    assert "alice" in caught.value.detail
    assert ".key" in caught.value.hint


@pytest.mark.parametrize("password", [None, "secret"])
def test_key_without_certificate(alice: Credential, password: str | None) -> None:
    """An encrypted one too: no password would help."""
    with pytest.raises(IdentityUnreadable, match="no certificate") as caught:
        read(authority.key_pem(alice.key, password))
    check_words(caught.value)
    assert ".crt" in caught.value.hint


def test_key_of_another_certificate(alice: Credential) -> None:
    with pytest.raises(KeyMismatch) as caught:
        read(authority.key_pem(authority.make_key("rsa-2048")), authority.chain_pem(alice))
    check_words(caught.value)
    assert "alice" in caught.value.detail
    assert "RSA-2048" in caught.value.detail


def test_signing_request_in_place_of_the_certificate(alice: Credential) -> None:
    builder = x509.CertificateSigningRequestBuilder().subject_name(alice.certificate.x509.subject)
    assert not isinstance(alice.key, dsa.DSAPrivateKey)
    request = builder.sign(alice.key, hashes.SHA256())
    for form in (Encoding.PEM, Encoding.DER):
        with pytest.raises(IdentityUnreadable) as caught:
            read(request.public_bytes(form), authority.key_pem(alice.key))
        assert "signing request" in caught.value.detail
        with pytest.raises(IdentityUnreadable, match="signing request") as caught:
            read(request.public_bytes(form))
        check_words(caught.value)


def test_public_key_in_place_of_the_private_one(alice: Credential) -> None:
    public = alice.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(IdentityUnreadable) as caught:
        read(public, authority.chain_pem(alice))
    assert "public key" in caught.value.detail
    with pytest.raises(IdentityUnreadable, match="public key"):
        read(public)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\n\n\0", "empty"),
        (b"\x8b\x12garbage\xff" * 20, "8b 12 67 61"),
        (b"<!DOCTYPE html><title>Log in</title>", "web page"),
        (b'{"key": 1}', "JSON"),
        (b"PK\x03\x04" + b"x" * 50, "ZIP"),
        (b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me@here", "SSH public key"),
        (b"PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none", "PuTTY"),
        (b"0\x82\xff\xff\x01", "file1.pem"),
        (b"-----BEGIN CERTIFICATE-----\n", "line 1"),
        (b"hello\n-----BEGIN PRIVATE KEY-----\nMIIB\n", "line 2"),
        (b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", "CERTIFICATE"),
        (b"-----BEGIN CERTIFICATE-----\nnot base64!\n-----END CERTIFICATE-----\n", "Base64"),
        (b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END PRIVATE KEY-----\n", "is not closed"),
        (b"-----BEGIN CERTIFICATE-----\nMIIBAAAA\n-----END CERTIFICATE-----\n", "cut short"),
    ],
)
def test_what_is_neither(data: bytes, words: str) -> None:
    with pytest.raises(IdentityUnreadable) as caught:
        read(data)
    check_words(caught.value)
    assert words in str(caught.value)
    assert "file1.pem" in str(caught.value)


def test_every_truncation_of_a_file_is_an_error_in_words(alice: Credential) -> None:
    whole = authority.pem(alice)
    for size in range(0, len(whole) - 30, 97):
        with pytest.raises(IdentityUnreadable) as caught:
            read(whole[:size])
        check_words(caught.value)


@pytest.mark.parametrize("password", [None, "secret"])
def test_every_truncation_of_pkcs12(alice: Credential, password: str | None) -> None:
    whole = authority.pkcs12_file(alice, password)
    for size in range(0, len(whole), 131):
        with pytest.raises(IdentityError) as caught:
            read(whole[:size], password=password)
        check_words(caught.value)


def test_flipped_bytes_never_raise_anything_else(alice: Credential) -> None:
    chance = random.Random(5)  # noqa: S311 -- the same every time
    for whole in (
        authority.pem(alice),
        authority.pkcs12_file(alice),
        alice.certificate.der,
        authority.key_der(alice.key),
    ):
        for _round in range(60):
            data = bytearray(whole)
            for _flip in range(3):
                data[chance.randrange(len(data))] = chance.randrange(256)
            try:
                read(bytes(data))
            except IdentityError as error:
                check_words(error)


def test_a_broken_block_beside_a_whole_pair(alice: Credential) -> None:
    junk = b"-----BEGIN CERTIFICATE-----\nnotacert\n-----END CERTIFICATE-----\n"
    imported = read(authority.pem(alice) + junk)
    assert imported.identity.chain == alice.chain
    (finding,) = (one for one in imported.findings if one.code == "identity-unreadable")
    assert finding.severity is Severity.WARNING


def test_no_files() -> None:
    with pytest.raises(IdentityUnreadable) as caught:
        read_identity([])
    check_words(caught.value)


def test_password_for_what_has_none_is_ignored(alice: Credential) -> None:
    assert not read(authority.pem(alice), password="whatever").was_encrypted
    assert not read(authority.pkcs12_file(alice), password="whatever").was_encrypted


def test_password_needed_and_wrong(alice: Credential) -> None:
    for data in (authority.pem(alice, "right"), authority.pkcs12_file(alice, "right")):
        for none in (None, ""):
            with pytest.raises(PasswordNeeded) as needed:
                read(data, password=none)
            check_words(needed.value)
        with pytest.raises(WrongPassword) as wrong:
            read(data, password="wrong")
        check_words(wrong.value)
        assert "wrong" not in wrong.value.detail
        assert read(data, password="right").was_encrypted


def test_nothing_secret_in_repr(alice: Credential) -> None:
    data = authority.pem(alice)
    assert "PRIVATE" not in repr(Source("a.pem", data))
    assert "EllipticCurvePrivateKey" not in repr(read(data))


@pytest.mark.parametrize("number", range(3, 9))
def test_an_rsa_key_whose_numbers_do_not_fit_is_refused(number: int) -> None:
    """PKCS#1 is a SEQUENCE of version, n, e, d, p, q, dP, dQ, qInv (RFC 8017 A.1.2): spoil one of the last six."""
    key = rsa.generate_private_key(65537, 2048)
    good = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    keys.open_plain(good, "good.key", Budget("good.key"))
    parts = der.read(good).children()
    bad = b"".join(
        der.encode(der.INTEGER, part.content[:-1] + bytes([part.content[-1] ^ 2])) if at == number else part.encoding
        for at, part in enumerate(parts)
    )
    with pytest.raises(IdentityUnreadable):
        keys.open_plain(der.encode(der.SEQUENCE, bad), "bad.key", Budget("bad.key"))


def test_findings(root: Credential) -> None:
    def imported(**options: Unpack[authority.Options]) -> Sequence[str]:
        one = authority.client(root, "one", **options)
        return codes(read(authority.pem(one), root.certificate.pem.encode()))

    assert imported() == []
    assert imported(not_before=authority.days(-9), not_after=authority.days(-1)) == ["client-certificate-expired"]
    assert imported(not_before=authority.days(1)) == ["client-certificate-not-yet-valid"]
    assert imported(not_before=authority.days(-300), not_after=authority.days(8)) == ["client-certificate-expires-soon"]
    assert imported(key="rsa-1024") == ["client-certificate-unsupported"]
    assert imported(key="dsa-2048") == ["client-certificate-unsupported"]
    without = (x509.ExtendedKeyUsage,)
    for_servers = x509.ExtendedKeyUsage([SERVER_AUTH])
    assert imported(without=without, add=[for_servers]) == ["client-certificate-wrong-purpose"]
    for_both = x509.ExtendedKeyUsage([SERVER_AUTH, CLIENT_AUTH])
    assert imported(without=without, add=[for_both]) == []
    no_signing = key_usage("key_encipherment")
    assert imported(without=(x509.KeyUsage,), add=[no_signing]) == ["client-certificate-wrong-purpose"]


def test_incomplete_chain_names_the_issuer(issuing: Credential) -> None:
    one = authority.client(issuing, "one")
    imported = read(authority.key_pem(one.key), one.certificate.pem.encode())
    (finding,) = imported.findings
    assert finding.code == "client-certificate-chain-incomplete"
    assert "Test Issuing CA" in finding.detail


def test_thousands_of_certificates_beside_a_key(root: Credential, issuing: Credential, alice: Credential) -> None:
    """Nothing is compared with everything."""
    body = authority.client(issuing, "bob").certificate.der
    others = [Certificate(body[:-3] + number.to_bytes(2, "big") + body[-1:]).pem for number in range(1000, 4000)]
    bundle = "".join([*others, issuing.certificate.pem, root.certificate.pem, alice.certificate.pem])
    imported = read(bundle.encode(), authority.key_pem(alice.key))
    assert imported.identity.chain[1:] == (issuing.certificate, root.certificate)
    assert len(imported.leftovers) == 3000


def test_a_number_as_large_as_a_file_is_no_key(alice: Credential) -> None:
    number = der.encode(der.INTEGER, b"\x7f" * 1_000_000)
    huge = der.encode(der.SEQUENCE, b"\x02\x01\0", *[number] * 8)
    with pytest.raises(IdentityUnreadable, match="cannot be read"):
        read(huge, alice.certificate.pem.encode())


def test_values_without_end_are_refused_at_once() -> None:
    for data in (b"\x30\x80" * 3_000_000, der.encode(der.SEQUENCE, b"\x05\0" * 3_000_000), b"\x05\0" * 3_000_000):
        with pytest.raises(IdentityUnreadable):
            read(data)
