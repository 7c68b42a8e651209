"""Issuing, by way of the tests' own factory, which is the most demanding user of it."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from tests.support import authority
from workbench.core.tls.identity import belongs_together, order_chain


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("ec-p256", "EC-256-secp256r1"),
        ("ec-p384", "EC-384-secp384r1"),
        ("ed25519", "Ed25519"),
        ("ed448", "Ed448"),
        ("rsa-2048", "RSA-2048"),
    ],
)
def test_every_key_certifies_and_is_certified(kind: str, words: str) -> None:
    root = authority.root(key=kind)
    leaf = authority.client(root, key=kind)
    assert root.certificate.key == leaf.certificate.key == words
    assert leaf.certificate.is_issued_by(root.certificate)
    assert belongs_together(leaf.key, leaf.certificate)


def test_a_chain_leads_to_the_root_and_leaves_it_out() -> None:
    root = authority.root()
    upper = authority.intermediate(root, "Upper", path_length=1)
    lower = authority.intermediate(upper, "Lower")
    leaf = authority.server(lower, ["localhost", "::1"])
    assert leaf.chain == (leaf.certificate, lower.certificate, upper.certificate)
    assert order_chain((*reversed(leaf.chain), root.certificate), leaf.certificate)[-1] == root.certificate
    assert leaf.certificate.subject_alternative_names == ("DNS:localhost", "IP:::1")


def test_authorities_may_only_do_what_authorities_do() -> None:
    certificate = authority.root().certificate
    assert certificate.is_ca
    assert certificate.key_usages == ("keyCertSign", "cRLSign")


def test_dates_usages_and_extensions_are_what_one_asks_for() -> None:
    constraints = x509.NameConstraints([x509.DNSName("example.com")], None)
    issuer = authority.intermediate(authority.root(), constraints=constraints)
    assert issuer.certificate.x509.extensions.get_extension_for_class(x509.NameConstraints).critical
    leaf = authority.client(
        issuer,
        not_before=authority.days(-10),
        not_after=authority.days(-1),
        without=(x509.ExtendedKeyUsage,),
        add=[x509.SubjectAlternativeName([x509.RFC822Name("a@example.com")])],
        key_identifiers=False,
        digest=hashes.SHA384(),
    ).certificate
    assert leaf.is_expired(datetime.now(UTC))
    assert leaf.extended_key_usages == ()
    assert leaf.subject_alternative_names == ("email:a@example.com",)
    assert leaf.signature_algorithm == "ecdsa-with-SHA384"
    with pytest.raises(x509.ExtensionNotFound):
        leaf.x509.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier)


def test_what_is_tampered_with_was_signed_by_nobody() -> None:
    root = authority.root()
    assert not authority.tampered(authority.client(root)).certificate.is_issued_by(root.certificate)


def test_a_credential_tells_no_key() -> None:
    assert "PrivateKey" not in repr(authority.root())
