"""Keys and certificates for foreign servers and for the clients that call them, as files and as identities.

::

    root (RSA)
    ├── server authority (RSA)   server, server-ec, server-expired, server-not-yet-valid, server-wrong-name,
    │                            server-client-only, server-incomplete (its issuer is not presented)
    └── client authority (RSA)   alice (RSA), alice-ec, expired, not-yet-valid, wrong-usage,
                                 missing-intermediate (its issuer is not sent)
    stranger (EC)                other-ca, server-untrusted
    server-self-signed (EC)

Servers trust the root alone, and the two sides have an authority each: a server that could find the
client's intermediate among its own would hide that the client did not send it.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from workbench.core.tls.certificate import Certificate
from workbench.core.tls.identity import Identity
from workbench.core.tls.trust import Bundle

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

GOOD = "alice"
BAD = ("expired", "not-yet-valid", "other-ca", "wrong-usage", "missing-intermediate")
HOST = "service.test"  # a second name of every server, that no resolver knows
P12_PASSWORD = "only for the tests"


@dataclass(frozen=True, slots=True)
class Holder:
    """A certificate with its key; ``chain`` is what its holder presents, leaf first."""

    chain: tuple[x509.Certificate, ...]
    key: PrivateKey = field(repr=False)

    @property
    def certificate(self) -> x509.Certificate:
        return self.chain[0]

    def identity(self, name: str) -> Identity:
        return Identity(name, tuple(Certificate.from_x509(c) for c in self.chain), self.key)


@dataclass(frozen=True, slots=True)
class Material:
    """What one test authority issued. ``folder`` holds ``NAME.pem`` (the chain), ``NAME.key`` and more."""

    folder: Path
    root: x509.Certificate
    servers: dict[str, Holder]
    clients: dict[str, Holder]

    @property
    def root_file(self) -> Path:
        return self.folder / "root.pem"

    @property
    def bundle(self) -> Bundle:
        return Bundle("test root", (Certificate.from_x509(self.root),))

    def chain_file(self, name: str) -> Path:
        return self.folder / f"{name}.pem"

    def key_file(self, name: str) -> Path:
        return self.folder / f"{name}.key"

    def issuers_file(self, name: str) -> Path:
        """The chain without the leaf; may be empty."""
        return self.folder / f"{name}.issuers"

    def combined_file(self, name: str) -> Path:
        """Chain and key in one file, as HAProxy wants them."""
        return self.folder / f"{name}.both"

    def pkcs12_file(self, name: str) -> Path:
        """Chain and key under ``P12_PASSWORD``, as Java wants them."""
        return self.folder / f"{name}.p12"

    def identity(self, name: str) -> Identity:
        return self.clients[name].identity(name)


@contextmanager
def material() -> Iterator[Material]:
    """Issue everything into a folder of its own, which others may enter: Apache serves files as another user."""
    with tempfile.TemporaryDirectory(prefix="servers-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield _issue_all(folder)


def _issue_all(folder: Path) -> Material:
    now = datetime.now(UTC).replace(microsecond=0)
    valid = (now - timedelta(days=1), now + timedelta(days=90))
    expired = (now - timedelta(days=30), now - timedelta(days=2))
    future = (now + timedelta(days=20), now + timedelta(days=90))
    server, client = ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH

    root = _authority("Test root", _rsa())
    stranger = _authority("Somebody else's root", _ec())
    over_servers = _authority("Server authority", _rsa(), root)
    over_clients = _authority("Client authority", _rsa(), root)

    servers = {
        "server": _leaf("server", over_servers, server, valid, key=_rsa()),
        "server-ec": _leaf("server-ec", over_servers, server, valid),
        "server-expired": _leaf("server-expired", over_servers, server, expired),
        "server-not-yet-valid": _leaf("server-not-yet-valid", over_servers, server, future),
        "server-wrong-name": _leaf("server-wrong-name", over_servers, server, valid, names=("elsewhere.test",)),
        "server-client-only": _leaf("server-client-only", over_servers, client, valid),
        "server-incomplete": _alone(_leaf("server-incomplete", over_servers, server, valid)),
        "server-untrusted": _leaf("server-untrusted", stranger, server, valid),
        "server-self-signed": _leaf("server-self-signed", None, server, valid),
    }
    clients = {
        GOOD: _leaf("Alice", over_clients, client, valid, key=_rsa(), names=()),
        "alice-ec": _leaf("Alice on a curve", over_clients, client, valid, names=()),
        "expired": _leaf("Expired", over_clients, client, expired, names=()),
        "not-yet-valid": _leaf("Not yet valid", over_clients, client, future, names=()),
        "other-ca": _leaf("Of another CA", stranger, client, valid, names=()),
        "wrong-usage": _leaf("For servers only", over_clients, server, valid, names=()),
        "missing-intermediate": _alone(_leaf("Alone", over_clients, client, valid, names=())),
    }
    made = Material(folder, root.certificate, servers, clients)
    made.root_file.write_bytes(root.certificate.public_bytes(Encoding.PEM))
    for name, holder in (servers | clients).items():
        _write(made, name, holder)
    return made


def _rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def _ec() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _alone(holder: Holder) -> Holder:
    return Holder(holder.chain[:1], holder.key)


def _authority(name: str, key: PrivateKey, issuer: Holder | None = None) -> Holder:
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        _builder(name, key, issuer, (now - timedelta(days=400), now + timedelta(days=400)))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    return _sign(builder, key, issuer)


def _leaf(
    name: str,
    issuer: Holder | None,
    purpose: x509.ObjectIdentifier,
    validity: tuple[datetime, datetime],
    *,
    key: PrivateKey | None = None,
    names: tuple[str, ...] = ("localhost", HOST, "127.0.0.1", "::1"),
) -> Holder:
    key = key or _ec()
    builder = (
        _builder(name, key, issuer, validity)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([_alternative(n) for n in names]), critical=False)
    return _sign(builder, key, issuer)


def _builder(
    name: str, key: PrivateKey, issuer: Holder | None, validity: tuple[datetime, datetime]
) -> x509.CertificateBuilder:
    subject = _name(name)
    issuer_key = issuer.key if issuer else key
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(validity[0])
        .not_valid_after(validity[1])
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )


def _sign(builder: x509.CertificateBuilder, key: PrivateKey, issuer: Holder | None) -> Holder:
    certificate = builder.sign(issuer.key if issuer else key, SHA256())
    above = [c for c in issuer.chain if c.issuer != c.subject] if issuer else []  # roots are not presented
    return Holder((certificate, *above), key)


def _name(common: str) -> x509.Name:
    attributes = {NameOID.ORGANIZATION_NAME: "mTLS Workbench tests", NameOID.COMMON_NAME: common}
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in attributes.items()])


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _write(made: Material, name: str, holder: Holder) -> None:
    chain = b"".join(c.public_bytes(Encoding.PEM) for c in holder.chain)
    key = holder.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    made.chain_file(name).write_bytes(chain)
    made.issuers_file(name).write_bytes(b"".join(c.public_bytes(Encoding.PEM) for c in holder.chain[1:]))
    made.key_file(name).write_bytes(key)
    made.combined_file(name).write_bytes(chain + key)
    if name in made.servers:
        encryption = BestAvailableEncryption(P12_PASSWORD.encode())
        packed = pkcs12.serialize_key_and_certificates(
            b"server", holder.key, holder.certificate, holder.chain[1:], encryption
        )
        made.pkcs12_file(name).write_bytes(packed)
