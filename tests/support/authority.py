"""Certificates for tests: any key, any dates, any usage, any damage, in one line each.

    root = authority.root()
    issuing = authority.intermediate(root)
    alice = authority.client(issuing, "alice", key="rsa-2048", not_after=authority.days(-1))
    alice.identity("alice")                     # an Identity; alice.chain is (leaf, issuing)
    authority.pem(alice, password="secret")     # bytes of a file

Everything returns ``workbench.lab.authority.Credential``.
"""

import functools
import itertools
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import TypedDict, Unpack

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ObjectIdentifier

from workbench.core.tls.certificate import Certificate
from workbench.core.tls.trust import Bundle, TrustStore
from workbench.lab.authority import (
    CLIENT_AUTH,
    SERVER_AUTH,
    Credential,
    SigningKey,
    host_names,
    issue,
    key_usage,
    name,
)

LOCAL = ("localhost", "127.0.0.1", "::1")

_MAKERS: dict[str, Callable[[], SigningKey]] = {
    "ec-p256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "ec-p384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "ec-p521": lambda: ec.generate_private_key(ec.SECP521R1()),
    "ec-p256k1": lambda: ec.generate_private_key(ec.SECP256K1()),
    "ed25519": ed25519.Ed25519PrivateKey.generate,
    "ed448": ed448.Ed448PrivateKey.generate,
    "rsa-1024": lambda: rsa.generate_private_key(65537, 1024),  # noqa: S505 -- for findings about weak keys
    "rsa-2048": lambda: rsa.generate_private_key(65537, 2048),
    "rsa-3072": lambda: rsa.generate_private_key(65537, 3072),
    "rsa-4096": lambda: rsa.generate_private_key(65537, 4096),
    "dsa-2048": lambda: dsa.generate_private_key(2048),
}
_SLOTS = itertools.cycle(range(4))


class Options(TypedDict, total=False):
    """What any certificate may be given."""

    key: str | SigningKey
    not_before: datetime
    not_after: datetime
    subject: x509.Name
    digest: hashes.SHA256 | hashes.SHA384 | hashes.SHA512
    add: Iterable[x509.ExtensionType]
    without: tuple[type[x509.ExtensionType], ...]
    key_identifiers: bool


def days(number: float) -> datetime:
    """So many days from now, or ago."""
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=number)


def make_key(kind: str = "ec-p256") -> SigningKey:
    """A private key by name: ``ec-p256``, ``rsa-2048``, ``ed25519`` … (``_MAKERS`` lists them).

    RSA and DSA keys are slow to make: there are four of each size, handed out in turn, so two made
    one after the other differ.
    """
    if kind.startswith(("rsa", "dsa")):
        return _slow_key(kind, next(_SLOTS))
    return _MAKERS[kind]()


def root(common_name: str = "Test Root CA", **options: Unpack[Options]) -> Credential:
    """A self-signed CA."""
    return _make(common_name, None, _ca_extensions(None), options)


def intermediate(
    issuer: Credential,
    common_name: str = "Test Issuing CA",
    *,
    path_length: int | None = 0,
    constraints: x509.NameConstraints | None = None,
    **options: Unpack[Options],
) -> Credential:
    """A CA under another, perhaps one that may only issue within ``constraints``."""
    extensions = _ca_extensions(path_length) + ([constraints] if constraints else [])
    return _make(common_name, issuer, extensions, options)


def client(issuer: Credential | None, common_name: str = "client", **options: Unpack[Options]) -> Credential:
    """A certificate for client authentication; self-signed when ``issuer`` is None."""
    return _make(common_name, issuer, leaf_extensions(CLIENT_AUTH), options)


def server(
    issuer: Credential | None, hosts: Iterable[str] = LOCAL, *, common_name: str = "", **options: Unpack[Options]
) -> Credential:
    """A certificate for a server of these names and addresses; self-signed when ``issuer`` is None."""
    names = host_names(*hosts)
    alternative = [x509.SubjectAlternativeName(names)] if names else []
    return _make(common_name or "server", issuer, [*leaf_extensions(SERVER_AUTH), *alternative], options)


def leaf_extensions(*purposes: ObjectIdentifier) -> list[x509.ExtensionType]:
    """What a leaf usually carries; without ``purposes`` it may be used for anything."""
    usages: list[x509.ExtensionType] = [x509.ExtendedKeyUsage(purposes)] if purposes else []
    return [x509.BasicConstraints(ca=False, path_length=None), key_usage("digital_signature"), *usages]


def tampered(credential: Credential) -> Credential:
    """The same with the last bit of the signature flipped: it parses, and nobody signed it."""
    der = bytearray(credential.certificate.der)
    der[-1] ^= 1
    return Credential(Certificate(bytes(der)), credential.key, credential.intermediates)


def trust(*authorities: Credential, bundle: str = "test") -> TrustStore:
    """A trust store of one bundle."""
    return TrustStore((Bundle(bundle, tuple(authority.certificate for authority in authorities)),))


def chain_pem(credential: Credential) -> bytes:
    """The certificate and its intermediates, leaf first."""
    return "".join(certificate.pem for certificate in credential.chain).encode("ascii")


def key_pem(key: SigningKey, password: str | None = None, *, form: PrivateFormat = PrivateFormat.PKCS8) -> bytes:
    """The private key in PEM, encrypted when there is a password."""
    return key.private_bytes(Encoding.PEM, form, _encryption(password))


def key_der(key: SigningKey, password: str | None = None, *, form: PrivateFormat = PrivateFormat.PKCS8) -> bytes:
    """The private key in DER, encrypted when there is a password."""
    return key.private_bytes(Encoding.DER, form, _encryption(password))


def pem(credential: Credential, password: str | None = None) -> bytes:
    """Key, certificate and chain in one PEM file."""
    return key_pem(credential.key, password) + chain_pem(credential)


def pkcs12_file(credential: Credential, password: str | None = None, *, friendly_name: str = "") -> bytes:
    """Key, certificate and chain as PKCS#12."""
    return pkcs12.serialize_key_and_certificates(
        friendly_name.encode() or None,
        credential.key,
        credential.certificate.x509,
        [certificate.x509 for certificate in credential.intermediates],
        _encryption(password),
    )


def _make(
    common_name: str, issuer: Credential | None, extensions: Iterable[x509.ExtensionType], options: Options
) -> Credential:
    key = options.get("key", "ec-p256")
    without = options.get("without", ())
    return issue(
        options.get("subject", name(common_name, "Test")),
        issuer,
        key=make_key(key) if isinstance(key, str) else key,
        not_before=options.get("not_before"),
        not_after=options.get("not_after"),
        extensions=[*(e for e in extensions if not isinstance(e, without)), *options.get("add", ())],
        key_identifiers=options.get("key_identifiers", True),
        digest=options.get("digest"),
    )


def _ca_extensions(path_length: int | None) -> list[x509.ExtensionType]:
    return [x509.BasicConstraints(ca=True, path_length=path_length), key_usage("key_cert_sign", "crl_sign")]


def _encryption(password: str | None) -> KeySerializationEncryption:
    return BestAvailableEncryption(password.encode()) if password else NoEncryption()


@functools.cache
def _slow_key(kind: str, _slot: int) -> SigningKey:
    return _MAKERS[kind]()
