"""Decrypting by PBES2 (RFC 8018 6.2): a key from PBKDF2 or scrypt, and a block cipher in CBC mode."""

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.padding import PKCS7

from workbench.core.formats import costs
from workbench.core.tls.der import Value

_CIPHERS: dict[str, tuple[int, type[AES | TripleDES]]] = {
    "2.16.840.1.101.3.4.1.2": (16, AES),
    "2.16.840.1.101.3.4.1.22": (24, AES),
    "2.16.840.1.101.3.4.1.42": (32, AES),
    "1.2.840.113549.3.7": (24, TripleDES),
}
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # noqa: S303 - what old files say
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


def is_known(algorithm: Value) -> bool:
    """Whether an AlgorithmIdentifier is PBES2 with a cipher that ``decrypt`` has. Raises ``ValueError``."""
    scheme, *parameters = algorithm.children()
    return scheme.oid == costs.PBES2 and parameters[0].children()[1].children()[0].oid in _CIPHERS


def decrypt(algorithm: Value, secret: bytes, password: bytes) -> bytes:
    """What ``secret`` holds. The costs were paid before. Raises one of ``keys.UNREADABLE``."""
    derivation, encryption = algorithm.children()[1].children()
    cipher, initial = encryption.children()
    size, block_cipher = _CIPHERS[cipher.oid]
    key = derive(derivation, password, size)
    decryptor = Cipher(block_cipher(key), CBC(initial.content)).decryptor()
    unpadder = PKCS7(block_cipher.block_size).unpadder()
    clear = unpadder.update(decryptor.update(secret) + decryptor.finalize())
    return clear + unpadder.finalize()


def derive(derivation: Value, password: bytes, size: int) -> bytes:
    """A key of ``size`` bytes by PBKDF2 or scrypt. Raises one of ``keys.UNREADABLE``."""
    scheme, rest = derivation.children()
    parameters = rest.children()
    salt = parameters[0].content
    if scheme.oid == costs.SCRYPT:
        count, block, parallel = (one.number for one in parameters[1:4])
        return Scrypt(salt, size, count, block, parallel).derive(password)
    if scheme.oid != costs.PBKDF2:
        raise ValueError(f"unknown key derivation {scheme.oid}")
    name, _size, _weight = costs.pbkdf2_hash(parameters)
    if name not in _HASHES:
        raise ValueError("PBKDF2 with an unknown hash")
    return PBKDF2HMAC(_HASHES[name], size, salt, parameters[1].number).derive(password)
