"""What opening a file costs is read before it is paid."""

import base64

import pytest

from tests.core.formats import hostile
from tests.support import authority, odd
from workbench.core.errors import IdentityError, IdentityUnreadable, WrongPassword
from workbench.core.formats import ImportedIdentity, Source, read_bundle, read_identity
from workbench.core.formats.costs import Budget
from workbench.core.tls import der
from workbench.lab.authority import Credential

PASSWORD = hostile.PASSWORD
_TWO_GIGABYTES = 2**21
_SLOW = hostile.pbes2(hostile.pbkdf2(hostile.ROUNDS))


@pytest.fixture(scope="module")
def alice() -> Credential:
    return authority.client(authority.root(), "alice")


def read(*files: bytes, password: str | None = PASSWORD) -> ImportedIdentity:
    return read_identity([Source(f"file{number}", data) for number, data in enumerate(files, 1)], password)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (hostile.pkcs12(hostile.data(), mac_rounds=67_000_000), "rounds"),
        (hostile.in_ber(hostile.pkcs12(hostile.data(), mac_rounds=67_000_000)), "rounds"),
        (hostile.pkcs12(hostile.data(hostile.key_bag(_SLOW))), "rounds"),
        (hostile.pkcs12(hostile.data(hostile.key_bag(hostile.pbe("sha1 3des", hostile.ROUNDS)))), "rounds"),
        (hostile.pkcs12(hostile.data(hostile.nested(hostile.nested(hostile.key_bag(_SLOW))))), "rounds"),
        (hostile.pkcs12(hostile.under_aes(hostile.key_bag(_SLOW))), "rounds"),
        (hostile.pkcs12(hostile.under_aes(hostile.nested(hostile.key_bag(_SLOW)))), "rounds"),
        (hostile.pkcs12(hostile.data(hostile.key_bag(hostile.pbes2(hostile.scrypt(_TWO_GIGABYTES))))), "memory"),
        (hostile.key(_SLOW), "rounds"),
        (hostile.in_ber(hostile.key(_SLOW)), "rounds"),
        (hostile.key(hostile.pbe("md5 des", hostile.ROUNDS)), "rounds"),
        (hostile.key(hostile.pbes2(hostile.scrypt(_TWO_GIGABYTES))), "memory"),
        (hostile.key(hostile.pbes2(hostile.scrypt(2**14, 8, 10_000))), "rounds"),
        (hostile.jceks(5_000_000), "rounds"),
    ],
    ids=[
        *("mac", "mac in ber", "key", "old key", "nested", "within aes", "nested within aes", "scrypt in a bag"),
        *("pkcs8", "pkcs8 in ber", "pbes1", "scrypt", "scrypt in parallel", "jceks"),
    ],
)
def test_what_would_take_too_long_is_refused_in_words(alice: Credential, data: bytes, words: str) -> None:
    with pytest.raises(IdentityUnreadable, match="would take too long") as caught:
        read(data, authority.chain_pem(alice))
    assert words in caught.value.detail
    assert caught.value.hint


def test_what_is_encrypted_in_a_file_is_counted_together() -> None:
    budget = Budget("many.pem")
    algorithm = der.read(hostile.pbes2(hostile.pbkdf2(4_000_000)))
    budget.spend(algorithm)
    budget.spend(algorithm)
    with pytest.raises(IdentityUnreadable, match="would take too long"):
        budget.spend(algorithm)


def test_a_costly_key_among_others_is_told_first(alice: Credential) -> None:
    body = base64.encodebytes(hostile.key(_SLOW)).decode()
    block = f"-----BEGIN ENCRYPTED PRIVATE KEY-----\n{body}-----END ENCRYPTED PRIVATE KEY-----\n"
    with pytest.raises(IdentityUnreadable, match="would take too long"):
        read(authority.key_pem(alice.key, "another") + block.encode() + authority.chain_pem(alice))


def test_a_key_that_hides_under_an_old_cipher_stays_closed_and_the_certificates_are_read(alice: Credential) -> None:
    bags = hostile.key_bag(_SLOW), hostile.certificate_bag(alice.certificate.der)
    source = Source("hidden.p12", hostile.pkcs12(hostile.under_rc4(*bags)))
    assert read_bundle(source, PASSWORD) == (alice.certificate,)
    with pytest.raises(WrongPassword):
        read_bundle(source, "wrong")


def test_an_odd_certificate_in_pkcs12_spoils_nothing(alice: Credential) -> None:
    strange = odd.odd(alice.certificate, "version 8")
    bags = hostile.certificate_bag(strange.der), hostile.certificate_bag(alice.certificate.der)
    for contents in (hostile.data, hostile.under_aes):
        data = hostile.pkcs12(contents(*bags))
        assert read_bundle(Source("odd.p12", data), PASSWORD) == (strange, alice.certificate)


def test_what_is_usual_is_opened(alice: Credential) -> None:
    key = authority.key_pem(alice.key, PASSWORD)
    assert read(key, authority.chain_pem(alice)).was_encrypted
    assert read(authority.pkcs12_file(alice, PASSWORD)).identity.certificate == alice.certificate


def test_a_changed_file_is_not_believed(alice: Credential) -> None:
    """Of a PKCS#12 file with a MAC, also what is not encrypted is its maker's."""
    data = authority.pkcs12_file(alice)
    assert read(data, password=None).identity.certificate == alice.certificate
    with pytest.raises(IdentityError):
        read(data.replace(b"alice", b"clive"), password=None)


@pytest.mark.parametrize(
    ("label", "body", "most", "words"),
    [("PRIVATE KEY", b"x", 200, "cannot be read"), ("ENCRYPTED PRIVATE KEY", b"", 1100, "damaged")],
)
def test_of_very_many_blocks_not_all_are_kept(label: str, body: bytes, most: int, words: str) -> None:
    encoded = base64.encodebytes(body or hostile.key(hostile.pbe("md5 des", 1))).decode()
    block = f"-----BEGIN {label}-----\n{encoded}-----END {label}-----\n"
    with pytest.raises(IdentityUnreadable, match=words):
        read((block * most).encode())


def test_reading_large_numbers_costs_too() -> None:
    budget = Budget("many.pem")
    budget.spend_key(30_000)
    with pytest.raises(IdentityUnreadable, match="would take too long"):
        budget.spend_key(30_000)
