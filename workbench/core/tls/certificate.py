"""A certificate and the facts people compare: names, dates, thumbprints, usages (RFC 5280)."""

import hashlib
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InternalError, InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import AuthorityInformationAccessOID

# What cryptography raises for keys and algorithms that it does not know.
_UNKNOWN_KEY = (ValueError, UnsupportedAlgorithm, InternalError)

_E = TypeVar("_E", bound=x509.ExtensionType)

# RFC 5280 4.2.1.3, in the order of the bits.
_KEY_USAGES = (
    ("digital_signature", "digitalSignature"),
    ("content_commitment", "nonRepudiation"),
    ("key_encipherment", "keyEncipherment"),
    ("data_encipherment", "dataEncipherment"),
    ("key_agreement", "keyAgreement"),
    ("key_cert_sign", "keyCertSign"),
    ("crl_sign", "cRLSign"),
)


@dataclass(frozen=True)
class Certificate:
    """One X.509 certificate; two are equal when their DER encodings are.

    Facts are worked out when first asked for, so a store of a thousand roots costs nothing to hold.
    Certificates seen in the wild break rules (negative serials, overlong names, undecodable
    extensions): every fact answers with what can be said rather than raising.
    """

    der: bytes = field(repr=False)

    @classmethod
    def from_der(cls, der: bytes) -> "Certificate":
        """Check that ``der`` is a certificate and wrap it. Raises ``ValueError`` when it is not."""
        certificate = cls(der)
        _ = certificate.x509
        return certificate

    @classmethod
    def from_x509(cls, certificate: x509.Certificate) -> "Certificate":
        """Wrap a certificate that the ``cryptography`` library made or parsed."""
        return cls(certificate.public_bytes(Encoding.DER))

    @cached_property
    def x509(self) -> x509.Certificate:
        """The same certificate as an object of the ``cryptography`` library."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CryptographyDeprecationWarning)
            warnings.simplefilter("ignore", UserWarning)
            return x509.load_der_x509_certificate(self.der)

    @property
    def pem(self) -> str:
        """The certificate in PEM (RFC 7468)."""
        return self.x509.public_bytes(Encoding.PEM).decode("ascii")

    @cached_property
    def subject(self) -> str:
        """Distinguished name of the holder, as an RFC 4514 string."""
        return name_string(lambda: self.x509.subject)

    @cached_property
    def issuer(self) -> str:
        """Distinguished name of the signer, as an RFC 4514 string."""
        return name_string(lambda: self.x509.issuer)

    @cached_property
    def common_name(self) -> str:
        """The subject's last CN, else the whole subject, else the serial number: a name to show."""
        try:
            names = self.x509.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        except ValueError:
            names = []
        if names:
            value = names[-1].value
            return value if isinstance(value, str) else value.decode("utf-8", "replace")
        return self.subject or self.serial

    @cached_property
    def serial(self) -> str:
        """Serial number in lower-case hexadecimal, with a minus sign where an issuer made it negative."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CryptographyDeprecationWarning)
            return format(self.x509.serial_number, "x")

    @cached_property
    def version(self) -> int:
        """X.509 version as people say it: 1 or 3."""
        return self.x509.version.value + 1

    @cached_property
    def not_before(self) -> datetime:
        """Start of validity, UTC."""
        return self.x509.not_valid_before_utc

    @cached_property
    def not_after(self) -> datetime:
        """End of validity, UTC."""
        return self.x509.not_valid_after_utc

    def days_left(self, now: datetime | None = None) -> int:
        """Whole days until ``not_after``; negative once it has passed."""
        return (self.not_after - (now or datetime.now(UTC))).days

    def is_expired(self, now: datetime | None = None) -> bool:
        """Whether ``not_after`` has passed."""
        return self.not_after < (now or datetime.now(UTC))

    def is_not_yet_valid(self, now: datetime | None = None) -> bool:
        """Whether ``not_before`` is still to come."""
        return self.not_before > (now or datetime.now(UTC))

    @cached_property
    def sha256(self) -> str:
        """SHA-256 thumbprint of the whole certificate, lower-case hex."""
        return hashlib.sha256(self.der).hexdigest()

    @cached_property
    def sha1(self) -> str:
        """SHA-1 thumbprint of the whole certificate, lower-case hex (still how Windows and Azure name them)."""
        return hashlib.sha1(self.der, usedforsecurity=False).hexdigest()

    @cached_property
    def spki(self) -> bytes:
        """SubjectPublicKeyInfo in DER; empty when the key's algorithm is unknown to us."""
        try:
            return self.x509.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        except _UNKNOWN_KEY:
            return b""

    @cached_property
    def spki_sha256(self) -> str:
        """SHA-256 of the SubjectPublicKeyInfo (what RFC 7469 pins), lower-case hex."""
        return hashlib.sha256(self.spki).hexdigest() if self.spki else ""

    @cached_property
    def key(self) -> str:
        """The public key as people say it: ``RSA-2048``, ``EC-256-secp256r1``, ``Ed25519``, ``DSA-1024``."""
        try:
            key = self.x509.public_key()
        except _UNKNOWN_KEY:
            return self.x509.public_key_algorithm_oid.dotted_string
        return key_name(key)

    @cached_property
    def signature_algorithm(self) -> str:
        """What the issuer signed with, by its ASN.1 name, such as ``sha256WithRSAEncryption``."""
        return _oid_name(self.x509.signature_algorithm_oid)

    @cached_property
    def subject_alternative_names(self) -> tuple[str, ...]:
        """``DNS:…``, ``IP:…``, ``email:…``, ``URI:…`` and ``DN:…`` entries in the order of the certificate."""
        extension = self._extension(x509.SubjectAlternativeName)
        return tuple(_general_name(name) for name in extension) if extension else ()

    @cached_property
    def key_usages(self) -> tuple[str, ...]:
        """RFC 5280 names of the key-usage bits; empty when the extension is missing."""
        usage = self._extension(x509.KeyUsage)
        if usage is None:
            return ()
        names = [name for attribute, name in _KEY_USAGES if getattr(usage, attribute)]
        if usage.key_agreement:
            names += ["encipherOnly"] if usage.encipher_only else []
            names += ["decipherOnly"] if usage.decipher_only else []
        return tuple(names)

    @cached_property
    def extended_key_usages(self) -> tuple[str, ...]:
        """``clientAuth``, ``serverAuth`` …, or the dotted OID of a purpose without a common name."""
        usages = self._extension(x509.ExtendedKeyUsage)
        return tuple(_oid_name(oid) for oid in usages) if usages else ()

    @cached_property
    def is_ca(self) -> bool:
        """Whether basic constraints say CA; a version 1 self-signed certificate counts as one too."""
        constraints = self._extension(x509.BasicConstraints)
        if constraints is not None:
            return constraints.ca
        return self.version == 1 and self.is_self_issued

    @cached_property
    def is_self_issued(self) -> bool:
        """Whether subject and issuer are the same name (RFC 5280 3.2)."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)
                return self.x509.subject == self.x509.issuer
        except ValueError:
            return self.subject == self.issuer

    @cached_property
    def issuer_urls(self) -> tuple[str, ...]:
        """Where the issuer's certificate can be had: AIA caIssuers URLs (RFC 5280 4.2.2.1)."""
        access = self._extension(x509.AuthorityInformationAccess)
        return tuple(
            description.access_location.value
            for description in access or ()
            if description.access_method == AuthorityInformationAccessOID.CA_ISSUERS
            and isinstance(description.access_location, x509.UniformResourceIdentifier)
        )

    def is_issued_by(self, issuer: "Certificate") -> bool:
        """Whether ``issuer``'s name *and* key signed this certificate."""
        return _is_issued_by(self, issuer)

    def _extension(self, kind: type[_E]) -> _E | None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", CryptographyDeprecationWarning)  # of a serial number, once more
                return self.x509.extensions.get_extension_for_class(kind).value
        except (x509.ExtensionNotFound, ValueError, x509.DuplicateExtension):
            return None


@lru_cache(maxsize=256)
def seen(der: bytes) -> Certificate:
    """The certificate ``der`` that a peer showed. Peers show the same few each time; what was worked out is kept."""
    return Certificate(der)


@lru_cache(maxsize=256)
def _is_issued_by(certificate: Certificate, issuer: Certificate) -> bool:
    try:
        certificate.x509.verify_directly_issued_by(issuer.x509)
    except (*_UNKNOWN_KEY, TypeError, InvalidSignature):  # all mean "not shown to be"
        return False
    return True


def key_name(key: object) -> str:
    """``RSA-2048``, ``EC-256-secp256r1``, ``Ed25519`` … for a public or private key of ``cryptography``."""
    if isinstance(key, rsa.RSAPublicKey | rsa.RSAPrivateKey):
        return f"RSA-{key.key_size}"
    if isinstance(key, ec.EllipticCurvePublicKey | ec.EllipticCurvePrivateKey):
        return f"EC-{key.key_size}-{key.curve.name}"
    if isinstance(key, dsa.DSAPublicKey | dsa.DSAPrivateKey):
        return f"DSA-{key.key_size}"
    return type(key).__name__.removesuffix("PublicKey").removesuffix("PrivateKey")


def name_string(read: Callable[[], x509.Name]) -> str:
    """RFC 4514 string of a name that may not decode; then what the library said of it in angle brackets."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # overlong attributes: shown, not judged
            return read().rfc4514_string()
    except ValueError as error:
        return f"<{error}>"


def _general_name(name: x509.GeneralName) -> str:
    match name:
        case x509.DNSName(value=value):
            return f"DNS:{value}"
        case x509.IPAddress(value=address):
            return f"IP:{address}"
        case x509.RFC822Name(value=value):
            return f"email:{value}"
        case x509.UniformResourceIdentifier(value=value):
            return f"URI:{value}"
        case x509.DirectoryName(value=directory):
            return f"DN:{name_string(lambda: directory)}"
        case x509.RegisteredID(value=oid):
            return f"RID:{oid.dotted_string}"
        case x509.OtherName(type_id=oid):
            return f"othername:{oid.dotted_string}"
    return str(name)


def _oid_name(oid: x509.ObjectIdentifier) -> str:
    name: str = getattr(oid, "_name", "")  # the library keeps its name table private
    return oid.dotted_string if name in ("", "Unknown OID") else name
