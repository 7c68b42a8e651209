"""Encrypted PKCS#8 keys whose cipher only OpenSSL's reader of PKCS#12 knows: RC2, DES with SHA-1, Camellia, ARIA.

``cryptography`` opens the usual ones itself. For the others the key is put, as it is, into a PKCS#12 file
in memory, where the same structure is called a shrouded key bag (RFC 7292 4.2.2).
"""

from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from workbench.core.tls import der

_CONTEXT_0 = 0xA0
_DATA = bytes.fromhex("06092a864886f70d010701")
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


def load(encrypted_key: bytes, password: bytes) -> PrivateKeyTypes:
    """The key in an ``EncryptedPrivateKeyInfo``. Raises one of ``keys.UNREADABLE``; which says nothing."""
    bag = der.encode(der.SEQUENCE, _SHROUDED_KEY_BAG, der.encode(_CONTEXT_0, encrypted_key))
    contents = der.encode(der.SEQUENCE, _content(der.encode(der.SEQUENCE, bag)))
    key = load_pkcs12(der.encode(der.SEQUENCE, _VERSION_3, _content(contents)), password).key
    if key is None:
        raise ValueError("no key came out")
    return key


def is_known(error: str) -> bool:
    """Whether a cipher that ``cryptography`` refused with these words is one that ``load`` opens with its password."""
    return any(prefix in error for prefix in _KNOWN)


def _content(data: bytes) -> bytes:
    """ContentInfo of type data (RFC 5652 3 and 4)."""
    return der.encode(der.SEQUENCE, _DATA, der.encode(_CONTEXT_0, der.encode(der.OCTET_STRING, data)))
