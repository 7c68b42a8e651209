"""A private key under a password: EncryptedPrivateKeyInfo (RFC 5958) by PBES2 (RFC 8018).

AES-256-CBC with a key from PBKDF2-HMAC-SHA256. ``cryptography`` writes the same structure, but
with 2048 rounds where 600 000 are due. PBKDF2 rather than scrypt because every tool reads it:
the OpenSSL command refuses scrypt with more than 16 384 rounds ("memory limit exceeded").
"""

import base64
import os
import textwrap

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from workbench.core.tls.der import INTEGER, OCTET_STRING, SEQUENCE, encode

ITERATIONS = 600_000

# Object identifiers, encoded: RFC 8018 appendix A and C, RFC 3565 (AES-256-CBC).
_PBES2 = bytes.fromhex("06092a864886f70d01050d")
_PBKDF2 = bytes.fromhex("06092a864886f70d01050c")
_HMAC_SHA256 = bytes.fromhex("06082a864886f70d0209")
_AES256_CBC = bytes.fromhex("060960864801650304012a")
_NULL = bytes.fromhex("0500")


def seal(key: PrivateKeyTypes, password: str) -> bytes:
    """PEM of ``key`` encrypted under ``password``; takes about 0.1 s by design.

    Raises ``ValueError`` for an empty password.
    """
    if not password:
        raise ValueError("an empty password protects nothing")
    salt, initial = os.urandom(16), os.urandom(16)
    padder = PKCS7(128).padder()
    clear = padder.update(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())) + padder.finalize()
    encryptor = Cipher(AES256(_derive(password, salt)), CBC(initial)).encryptor()
    secret = encryptor.update(clear) + encryptor.finalize()
    rounds = encode(INTEGER, ITERATIONS.to_bytes(3, "big"))  # below 2**23: no sign byte needed
    parameters = encode(SEQUENCE, encode(OCTET_STRING, salt), rounds, encode(SEQUENCE, _HMAC_SHA256, _NULL))
    scheme = encode(
        SEQUENCE,
        encode(SEQUENCE, _PBKDF2, parameters),
        encode(SEQUENCE, _AES256_CBC, encode(OCTET_STRING, initial)),
    )
    whole = encode(SEQUENCE, encode(SEQUENCE, _PBES2, scheme), encode(OCTET_STRING, secret))
    lines = textwrap.wrap(base64.b64encode(whole).decode("ascii"), 64)
    return "\n".join(
        ["-----BEGIN ENCRYPTED PRIVATE KEY-----", *lines, "-----END ENCRYPTED PRIVATE KEY-----", ""]
    ).encode()


def unseal(pem: bytes, password: str) -> PrivateKeyTypes:
    """The key that ``seal`` protected. Raises ``ValueError`` when the password is wrong or the file damaged.

    RSA's primes are not proved to be prime, which takes longer (0.05 s for 2048 bits, 0.35 s for 4096)
    than all the rest of a request; that the numbers fit each other was checked when the key was first read.
    """
    return load_pem_private_key(pem, password.encode(), unsafe_skip_rsa_key_validation=True)


def _derive(password: str, salt: bytes) -> bytes:
    return PBKDF2HMAC(hashes.SHA256(), 32, salt, ITERATIONS).derive(password.encode())
