"""Keys encrypted the way of RFC 1421: ``Proc-Type: 4,ENCRYPTED`` and ``DEK-Info`` (OpenSSL's "traditional" form).

``cryptography`` opens some of these ciphers; files of the last twenty years have the others too.
"""

import binascii
import hashlib
from collections.abc import Callable, Mapping

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.decrepit.ciphers.algorithms import SEED, Blowfish, Camellia, TripleDES
from cryptography.hazmat.primitives.ciphers import BlockCipherAlgorithm, Cipher, CipherAlgorithm
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

# Key size in bytes, and what makes the cipher of a key. Single DES is triple DES with one key thrice.
_CIPHERS: Mapping[str, tuple[int, Callable[[bytes], CipherAlgorithm]]] = {
    "AES-128-CBC": (16, AES),
    "AES-192-CBC": (24, AES),
    "AES-256-CBC": (32, AES),
    "DES-EDE3-CBC": (24, TripleDES),
    "DES-CBC": (8, lambda key: TripleDES(key * 3)),
    "CAMELLIA-128-CBC": (16, Camellia),
    "CAMELLIA-192-CBC": (24, Camellia),
    "CAMELLIA-256-CBC": (32, Camellia),
    "SEED-CBC": (16, SEED),
    "BF-CBC": (16, Blowfish),
}


class UnknownCipher(ValueError):
    """The cipher that ``DEK-Info`` names is none of ours."""


def is_encrypted(headers: Mapping[str, str]) -> bool:
    """Whether a block's headers say that it is encrypted."""
    return "ENCRYPTED" in headers.get("Proc-Type", "") or "DEK-Info" in headers


def decrypt(data: bytes, headers: Mapping[str, str], password: bytes) -> bytes:
    """The DER of the key. Raises ``UnknownCipher``, or ``ValueError`` when the padding says wrong password."""
    name, _, initial = headers.get("DEK-Info", "").partition(",")
    name = name.strip().upper()
    if name not in _CIPHERS:
        raise UnknownCipher(name)
    size, algorithm = _CIPHERS[name]
    try:
        vector = bytes.fromhex(initial.strip())
        cipher = algorithm(_derive(password, vector[:8], size))
        decryptor = Cipher(cipher, CBC(vector)).decryptor()
    except UnsupportedAlgorithm as error:
        raise UnknownCipher(name) from error
    except (ValueError, binascii.Error) as error:
        raise UnknownCipher(f"{name},{initial}") from error
    clear = decryptor.update(data) + decryptor.finalize()
    padding = PKCS7(cipher.block_size if isinstance(cipher, BlockCipherAlgorithm) else 64).unpadder()
    return padding.update(clear) + padding.finalize()


def _derive(password: bytes, salt: bytes, size: int) -> bytes:
    """One round of MD5 per 16 bytes: how OpenSSL has always made these keys."""
    key = digest = b""
    while len(key) < size:
        digest = hashlib.md5(digest + password + salt, usedforsecurity=False).digest()
        key += digest
    return key[:size]
