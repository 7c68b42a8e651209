"""Issuing certificates (RFC 5280): a private key, a name, an issuer, and what the certificate may be used for."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from workbench.core.tls.certificate import Certificate
from workbench.core.tls.identity import Identity

# The keys that can sign a certificate and speak TLS.
DigestSigningKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | dsa.DSAPrivateKey
SigningKey = DigestSigningKey | ed25519.Ed25519PrivateKey | ed448.Ed448PrivateKey

ORGANIZATION = "mTLS Workbench Lab"
CLIENT_AUTH = ExtendedKeyUsageOID.CLIENT_AUTH
SERVER_AUTH = ExtendedKeyUsageOID.SERVER_AUTH

# Clocks disagree by minutes; a certificate that begins an hour ago holds for all of them.
CLOCK_SKEW = timedelta(hours=1)
LIFETIME = timedelta(days=90)

_CRITICAL = (x509.BasicConstraints, x509.KeyUsage, x509.NameConstraints)


@dataclass(frozen=True, slots=True)
class Credential:
    """A certificate with its private key, and the intermediates to send after it (the root left out)."""

    certificate: Certificate
    key: SigningKey = field(repr=False, compare=False)
    intermediates: tuple[Certificate, ...] = ()

    @property
    def chain(self) -> tuple[Certificate, ...]:
        """What a TLS peer sends: this certificate first, then each issuer short of the root."""
        return (self.certificate, *self.intermediates)

    def identity(self, name: str) -> Identity:
        """The same as a client identity of this name."""
        return Identity(name, self.chain, self.key)


def name(common_name: str, organization: str = ORGANIZATION) -> x509.Name:
    """A distinguished name of two attributes."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def new_authority(common_name: str, issuer: Credential | None = None) -> Credential:
    """A CA certificate: a root when it has no ``issuer``, else an intermediate that issues leaves only."""
    return issue(
        name(common_name),
        issuer,
        extensions=[
            x509.BasicConstraints(ca=True, path_length=None if issuer is None else 0),
            key_usage("key_cert_sign", "crl_sign"),
        ],
    )


def new_leaf(
    common_name: str,
    issuer: Credential,
    purpose: ObjectIdentifier,
    *,
    names: Iterable[x509.GeneralName] = (),
    not_before: datetime | None = None,
    not_after: datetime | None = None,
) -> Credential:
    """A certificate for one ``purpose`` (extended key usage), valid now unless dates say otherwise."""
    alternative = list(names)
    return issue(
        name(common_name),
        issuer,
        not_before=not_before,
        not_after=not_after,
        extensions=[
            x509.BasicConstraints(ca=False, path_length=None),
            key_usage("digital_signature"),
            x509.ExtendedKeyUsage([purpose]),
            *([x509.SubjectAlternativeName(alternative)] if alternative else []),
        ],
    )


def issue(
    subject: x509.Name,
    issuer: Credential | None = None,
    *,
    key: SigningKey | None = None,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    extensions: Iterable[x509.ExtensionType] = (),
    key_identifiers: bool = True,
    digest: hashes.SHA256 | hashes.SHA384 | hashes.SHA512 | None = None,
) -> Credential:
    """Sign a certificate; self-signed when there is no ``issuer``.

    Key identifiers are added (RFC 5280 4.2.1.1 and 4.2.1.2: strict verifiers insist on them) unless
    ``extensions`` brings its own or ``key_identifiers`` is off. The key is EC P-256, made here,
    unless given; ``digest`` is SHA-256 where the signer's key needs one.
    """
    key = key or ec.generate_private_key(ec.SECP256R1())
    signer = issuer.key if issuer else key
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.x509.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(not_before or now - CLOCK_SKEW)
        .not_valid_after(not_after or now + LIFETIME)
    )
    identifiers = (
        x509.SubjectKeyIdentifier.from_public_key(key.public_key()),
        x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()),
    )
    wanted = (*(identifiers if key_identifiers else ()), *extensions)
    for extension in {type(extension): extension for extension in wanted}.values():
        builder = builder.add_extension(extension, critical=isinstance(extension, _CRITICAL))
    certificate = Certificate.from_x509(builder.sign(signer, digest or _digest_for(signer)))
    return Credential(certificate, key, _sent_after(issuer))


def key_usage(*allowed: str) -> x509.KeyUsage:
    """The key-usage extension with the bits named, by the argument names of ``x509.KeyUsage``."""
    bits = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{bit: bit in allowed for bit in bits})


def host_names(*hosts: str) -> list[x509.GeneralName]:
    """DNS names and IP addresses, told apart by how they look, as subject alternative names."""
    return [_host_name(host) for host in hosts]


def _digest_for(key: SigningKey) -> hashes.SHA256 | None:
    return hashes.SHA256() if isinstance(key, DigestSigningKey) else None  # EdDSA takes the message whole


def _host_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _sent_after(issuer: Credential | None) -> tuple[Certificate, ...]:
    if issuer is None or issuer.certificate.is_self_issued:
        return ()
    return issuer.chain
