"""Bundles of authorities."""

import pytest

from tests.support import authority
from workbench.core.errors import TrustError
from workbench.core.formats import Source, read_bundle


def test_each_certificate_once_in_the_order_of_the_file() -> None:
    one, two = authority.root("One"), authority.root("Two")
    text = (two.certificate.pem + one.certificate.pem + two.certificate.pem).encode()
    assert read_bundle(Source("ca.pem", text)) == (two.certificate, one.certificate)


def test_a_key_beside_them_is_left_alone() -> None:
    root = authority.root()
    for password in (None, "secret"):
        assert read_bundle(Source("ca.pem", authority.pem(root, password))) == (root.certificate,)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"# no certificates yet\n", "neither a certificate"),
        (authority.key_pem(authority.make_key()), "a private key"),
        (b"-----BEGIN CERTIFICATE-----\nMIIB", "is not closed"),
    ],
)
def test_what_is_no_bundle(data: bytes, words: str) -> None:
    with pytest.raises(TrustError) as caught:
        read_bundle(Source("ca.pem", data))
    assert words in str(caught.value)
    assert "ca.pem" in str(caught.value)
    assert caught.value.hint


def test_one_broken_certificate_among_many_is_named() -> None:
    good = authority.root().certificate.pem.encode()
    bad = b"-----BEGIN CERTIFICATE-----\nMIIBAAAA\n-----END CERTIFICATE-----\n"
    with pytest.raises(TrustError) as caught:
        read_bundle(Source("ca.pem", good + bad))
    line = good.count(b"\n") + 1
    assert f"line {line}" in str(caught.value)


def test_a_certificate_that_is_there_a_thousand_times_is_one() -> None:
    pem = authority.root().certificate.pem.encode()
    assert len(read_bundle(Source("ca.pem", pem * 1000))) == 1
