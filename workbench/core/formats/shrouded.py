"""What only OpenSSL's reader of PKCS#12 opens: keys and certificates under RC2, DES with SHA-1, Camellia, ARIA.

``cryptography`` opens the usual keys itself. The others are put, as they are, into a PKCS#12 file in memory,
where an encrypted PKCS#8 key is called a shrouded key bag (RFC 7292 4.2.2).
"""

import warnings

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates, load_pkcs12

from workbench.core.formats import pkcs12_mac
from workbench.core.tls import der
from workbench.core.tls.certificate import Certificate

_CONTEXT_0 = 0xA0
_DATA = bytes.fromhex("06092a864886f70d010701")
_KEY_BAG = bytes.fromhex("060b2a864886f70d010c0a0101")
_SHROUDED_KEY_BAG = bytes.fromhex("060b2a864886f70d010c0a0102")
_VERSION_3 = bytes.fromhex("020103")
_KNOWN = (
    "1.2.840.113549.1.5.",  # PKCS#5
    "1.2.840.113549.1.12.1.",  # PKCS#12
    "1.2.392.200011.61.1.1.1.",  # Camellia
    "1.2.410.200046.1.1.",  # ARIA
    "1.2.410.200004.1.",  # SEED
)
"""Where the object identifiers of schemes and ciphers begin that OpenSSL knows."""


def load(encrypted_key: bytes, password: bytes | None) -> PrivateKeyTypes:
    """The key in an ``EncryptedPrivateKeyInfo``. Raises one of ``keys.UNREADABLE``; which says nothing."""
    key = _open((_bag(_SHROUDED_KEY_BAG, encrypted_key),), password).key
    if key is None:
        raise ValueError("no key came out")
    return key


def certificates(encrypted: bytes, password: bytes | None) -> list[tuple[Certificate, str]]:
    """The certificates in ``encrypted``, a ContentInfo of type encryptedData, and what they are called.

    A key that lies in it stays closed, for what opening it costs cannot be told before: OpenSSL opens the first
    key that it finds, and that is one made for this. Raises one of ``keys.UNREADABLE``.
    """
    ours = Ed25519PrivateKey.generate().private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    found = _open((_bag(_KEY_BAG, ours), encrypted), password).additional_certs
    return [
        (Certificate.from_x509(one.certificate), (one.friendly_name or b"").decode("utf-8", "replace")) for one in found
    ]


def _bag(kind: bytes, value: bytes) -> bytes:
    return _content(der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, kind, der.encode(_CONTEXT_0, value))))


def _open(contents: tuple[bytes, ...], password: bytes | None) -> PKCS12KeyAndCertificates:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd certificates: read, not judged
        together = der.encode(der.SEQUENCE, *contents)
        # Where a MAC shows that an empty password is meant, OpenSSL does not take it for none.
        mac = pkcs12_mac.make(together, "") if password == b"" else b""
        return load_pkcs12(der.encode(der.SEQUENCE, _VERSION_3, _content(together), mac), password)


def is_known(error: str) -> bool:
    """Whether a cipher that ``cryptography`` refused with these words is one that ``load`` opens with its password."""
    return any(prefix in error for prefix in _KNOWN)


def _content(data: bytes) -> bytes:
    """ContentInfo of type data (RFC 5652 3 and 4)."""
    return der.encode(der.SEQUENCE, _DATA, der.encode(_CONTEXT_0, der.encode(der.OCTET_STRING, data)))
