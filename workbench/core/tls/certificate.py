"""A certificate and the facts people compare: names, dates, thumbprints, usages (RFC 5280)."""

import base64
import hashlib
import textwrap
import warnings
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key
from cryptography.x509.oid import AuthorityInformationAccessOID

from workbench.core.i18n import _
from workbench.core.tls.tbs import REFUSED, Extension, Fields, Name, extension_value, read_name, take_apart

_E = TypeVar("_E", bound=x509.ExtensionType)
_SOON = timedelta(days=30)

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
    extensions), and OpenSSL lets most of them through: every fact but ``x509`` answers for any bytes with what
    can be said rather than raising, and ``unreadable`` names what cannot.
    """

    der: bytes = field(repr=False)

    @classmethod
    def from_der(cls, der: bytes) -> "Certificate":
        """Check that ``der`` is a certificate to OpenSSL and wrap it. Raises ``ValueError`` when it is not."""
        certificate = cls(der)
        try:
            _ = certificate.x509
        except REFUSED as error:
            if not _is_one_to_openssl(der):
                raise ValueError(str(error)) from error
        return certificate

    @classmethod
    def from_x509(cls, certificate: x509.Certificate) -> "Certificate":
        """Wrap a certificate that the ``cryptography`` library made or parsed."""
        return cls(certificate.public_bytes(Encoding.DER))

    @cached_property
    def x509(self) -> x509.Certificate:
        """The same certificate as an object of the ``cryptography`` library. Raises one of ``REFUSED``."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of serial numbers and names: read, not judged
            return x509.load_der_x509_certificate(self.der)

    @property
    def pem(self) -> str:
        """The certificate in PEM (RFC 7468)."""
        body = "\n".join(textwrap.wrap(base64.b64encode(self.der).decode("ascii"), 64))
        return f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n"

    @cached_property
    def _fields(self) -> Fields:
        return take_apart(self.der)

    @cached_property
    def _subject(self) -> Name | None:
        return None if self._fields.subject is None else read_name(self._fields.subject)

    @cached_property
    def _issuer(self) -> Name | None:
        return None if self._fields.issuer is None else read_name(self._fields.issuer)

    @property
    def subject(self) -> str:
        """Distinguished name of the holder, as an RFC 4514 string; values that do not decode in hexadecimal."""
        return self._subject.text if self._subject else ""

    @property
    def issuer(self) -> str:
        """Distinguished name of the signer, as ``subject``."""
        return self._issuer.text if self._issuer else ""

    @property
    def issuer_der(self) -> bytes:
        """The issuer's name as it stands in the certificate; empty when it cannot be told."""
        return self._fields.issuer or b""

    @property
    def common_name(self) -> str:
        """The subject's last CN, else the whole subject, the serial number or the thumbprint: a name to show."""
        common = self._subject.common_name if self._subject else None
        return common or self.subject or self.serial or self.sha256

    @cached_property
    def serial(self) -> str:
        """Serial number in lower-case hexadecimal, with a minus sign where an issuer made it negative."""
        return "" if self._fields.serial is None else format(self._fields.serial, "x")

    @property
    def version(self) -> int | None:
        """X.509 version as people say it: 1 or 3, or what stands there."""
        return self._fields.version

    @property
    def not_before(self) -> datetime | None:
        """Start of validity, UTC; None when it cannot be read."""
        return self._fields.not_before

    @property
    def not_after(self) -> datetime | None:
        """End of validity, UTC; None when it cannot be read."""
        return self._fields.not_after

    def days_left(self, now: datetime | None = None) -> int | None:
        """Whole days until ``not_after``; negative once it has passed, None when it cannot be read."""
        return None if self.not_after is None else (self.not_after - (now or datetime.now(UTC))).days

    def is_expired(self, now: datetime | None = None) -> bool:
        """Whether ``not_after`` is known to have passed."""
        return self.not_after is not None and self.not_after < (now or datetime.now(UTC))

    def is_not_yet_valid(self, now: datetime | None = None) -> bool:
        """Whether ``not_before`` is known to be still to come."""
        return self.not_before is not None and self.not_before > (now or datetime.now(UTC))

    def expires_soon(self, now: datetime | None = None) -> bool:
        """Whether it is valid and less than 30 days *and* less than a third of its life are left.

        A certificate that lives for a week is renewed by a machine: that its end is near is no news.
        """
        moment = now or datetime.now(UTC)
        if self.not_after is None or self.is_not_yet_valid(moment):
            return False
        left = self.not_after - moment
        life = None if self.not_before is None else self.not_after - self.not_before
        return timedelta() <= left < _SOON and (life is None or left * 3 < life)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 thumbprint of the whole certificate, lower-case hex."""
        return hashlib.sha256(self.der).hexdigest()

    @cached_property
    def sha1(self) -> str:
        """SHA-1 thumbprint of the whole certificate, lower-case hex (still how Windows and Azure name them)."""
        return hashlib.sha1(self.der, usedforsecurity=False).hexdigest()

    @property
    def spki(self) -> bytes:
        """SubjectPublicKeyInfo as it stands in the certificate; empty when it cannot be told."""
        return self._fields.spki or b""

    @cached_property
    def spki_sha256(self) -> str:
        """SHA-256 of the SubjectPublicKeyInfo (what RFC 7469 pins), lower-case hex."""
        return hashlib.sha256(self.spki).hexdigest() if self.spki else ""

    @cached_property
    def public_key(self) -> PublicKeyTypes | None:
        """The public key, or None for what is no key or one of an algorithm that is not known here."""
        try:
            return load_der_public_key(self.spki)
        except REFUSED:
            return None

    @cached_property
    def key(self) -> str:
        """The public key as people say it: ``RSA-2048``, ``EC-256-secp256r1``, ``Ed25519``, ``DSA-1024``."""
        if self.public_key is None:
            return self._fields.key_algorithm or ""
        return key_name(self.public_key)

    @cached_property
    def signature_algorithm(self) -> str:
        """What the issuer signed with, by its ASN.1 name, such as ``sha256WithRSAEncryption``."""
        return _oid_name(self._fields.signature_algorithm or "")

    @cached_property
    def subject_alternative_names(self) -> tuple[str, ...]:
        """``DNS:…``, ``IP:…``, ``email:…``, ``URI:…`` and ``DN:…`` entries in the order of the certificate."""
        extension = self.extension(x509.SubjectAlternativeName)
        return tuple(_general_name(name) for name in extension) if extension else ()

    @cached_property
    def key_usages(self) -> tuple[str, ...]:
        """RFC 5280 names of the key-usage bits; empty when the extension is missing."""
        usage = self.extension(x509.KeyUsage)
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
        usages = self.extension(x509.ExtendedKeyUsage)
        return tuple(_oid_name(oid.dotted_string) for oid in usages) if usages else ()

    @cached_property
    def is_ca(self) -> bool:
        """Whether basic constraints say CA; a version 1 self-signed certificate counts as one too."""
        constraints = self.extension(x509.BasicConstraints)
        if constraints is not None:
            return constraints.ca
        return self.version == 1 and self.is_self_issued

    @cached_property
    def is_self_issued(self) -> bool:
        """Whether subject and issuer are the same name (RFC 5280 3.2)."""
        fields = self._fields
        if fields.subject is None or fields.issuer is None:
            return False
        return fields.subject == fields.issuer or self.subject == self.issuer

    @cached_property
    def issuer_urls(self) -> tuple[str, ...]:
        """Where the issuer's certificate can be had: AIA caIssuers URLs (RFC 5280 4.2.2.1)."""
        access = self.extension(x509.AuthorityInformationAccess)
        return tuple(
            description.access_location.value
            for description in access or ()
            if description.access_method == AuthorityInformationAccessOID.CA_ISSUERS
            and isinstance(description.access_location, x509.UniformResourceIdentifier)
        )

    @property
    def revocation_urls(self) -> tuple[str, ...]:
        """Where to ask whether it was revoked: OCSP responders, then CRLs (RFC 5280 4.2.2.1, 4.2.1.13)."""
        access = self.extension(x509.AuthorityInformationAccess)
        points = self.extension(x509.CRLDistributionPoints)
        names = [
            *(one.access_location for one in access or () if one.access_method == AuthorityInformationAccessOID.OCSP),
            *(name for point in points or () for name in point.full_name or ()),
        ]
        return tuple(name.value for name in names if isinstance(name, x509.UniformResourceIdentifier))

    def is_issued_by(self, issuer: "Certificate") -> bool:
        """Whether ``issuer``'s name *and* key signed this certificate."""
        return _is_issued_by(self, issuer)

    @cached_property
    def unreadable_extensions(self) -> tuple[str, ...]:
        """ASN.1 names, such as ``keyUsage``, of the extensions that do not decode or occur more than once."""
        extensions = self._fields.extensions or ()
        counts = Counter(extension.oid for extension in extensions)
        broken = (one.oid for one in extensions if counts[one.oid] > 1 or _value(one) is None)
        return tuple(_oid_name(oid) for oid in dict.fromkeys(broken))

    @cached_property
    def unreadable(self) -> tuple[str, ...]:
        """What in this certificate cannot be read, in words, in the order of the certificate; usually nothing."""
        fields = self._fields
        parts = (
            (fields.version is not None, _("version")),
            (fields.serial is not None, _("serial number")),
            (fields.signature_algorithm is not None, _("signature algorithm")),
            (self._issuer is not None and self._issuer.readable, _("issuer")),
            (fields.not_before is not None, _("start of validity")),
            (fields.not_after is not None, _("end of validity")),
            (self._subject is not None and self._subject.readable, _("subject")),
            (fields.key_algorithm is not None and _is_key_or_unknown(self.spki), _("public key")),
            (fields.extensions is not None, _("extensions")),
        )
        return (*(words for readable, words in parts if not readable), *self.unreadable_extensions)

    def extension(self, kind: type[_E]) -> _E | None:
        """An extension by its class in ``cryptography``; None when it is missing, unreadable or there twice."""
        found = [one for one in self._fields.extensions or () if one.oid == kind.oid.dotted_string]
        value = _value(found[0]) if len(found) == 1 else None
        return value if isinstance(value, kind) else None


@lru_cache(maxsize=256)
def seen(der: bytes) -> Certificate:
    """The certificate ``der`` that a peer showed. Peers show the same few each time; what was worked out is kept."""
    return Certificate(der)


@lru_cache(maxsize=256)
def _is_issued_by(certificate: Certificate, issuer: Certificate) -> bool:
    try:
        certificate.x509.verify_directly_issued_by(issuer.x509)
    except (*REFUSED, InvalidSignature):  # all mean "not shown to be"
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


def _is_one_to_openssl(der: bytes) -> bool:
    from OpenSSL import crypto

    from workbench.core.tls import bindings

    try:
        bindings.certificate(der)
    except crypto.Error:
        return False
    return True


def _is_key_or_unknown(spki: bytes) -> bool:
    """Whether it is no broken key of a known algorithm."""
    try:
        load_der_public_key(spki)
    except UnsupportedAlgorithm:
        return True
    except REFUSED:
        return False
    return True


def _value(extension: Extension) -> x509.ExtensionType | None:
    try:
        return extension_value(extension)
    except REFUSED:
        return None


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
            return f"DN:{directory.rfc4514_string()}"
        case x509.RegisteredID(value=oid):
            return f"RID:{oid.dotted_string}"
        case x509.OtherName(type_id=oid):
            return f"othername:{oid.dotted_string}"
    return str(name)


def _oid_name(dotted: str) -> str:
    try:
        name: str = getattr(x509.ObjectIdentifier(dotted), "_name", "")  # the library keeps its name table private
    except ValueError:
        return dotted
    return dotted if name in ("", "Unknown OID") else name
