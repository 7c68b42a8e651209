"""Files that would take very long to open, or very much memory, made of harmless ones."""

import base64
import hashlib

from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.padding import PKCS7

from workbench.core.tls.der import INTEGER, OCTET_STRING, SEQUENCE, encode, read

ROUNDS = 2_000_000_000
"""Minutes of hashing: a test that pays for them does not end."""

PASSWORD = "secret"

_OIDS = {
    name: bytes.fromhex(encoding)
    for name, encoding in {
        "data": "06092a864886f70d010701",
        "encrypted data": "06092a864886f70d010706",
        "shrouded key": "060b2a864886f70d010c0a0102",
        "certificate": "060b2a864886f70d010c0a0103",
        "nested": "060b2a864886f70d010c0a0106",
        "x509": "060a2a864886f70d01091601",
        "sha1": "06052b0e03021a",
        "pbes2": "06092a864886f70d01050d",
        "pbkdf2": "06092a864886f70d01050c",
        "scrypt": "06092b06010401da47040b",
        "hmac sha256": "06082a864886f70d0209",
        "aes256": "060960864801650304012a",
        "md5 des": "06092a864886f70d010503",
        "sha1 3des": "060a2a864886f70d010c0103",
        "sha1 rc4": "060a2a864886f70d010c0101",
    }.items()
}


def integer(number: int) -> bytes:
    return encode(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def pbkdf2(rounds: int) -> bytes:
    function = encode(SEQUENCE, _OIDS["hmac sha256"], b"\x05\0")
    return encode(
        SEQUENCE, _OIDS["pbkdf2"], encode(SEQUENCE, encode(OCTET_STRING, b"12345678"), integer(rounds), function)
    )


def scrypt(count: int, block: int = 8, parallel: int = 1) -> bytes:
    numbers = (integer(number) for number in (count, block, parallel))
    return encode(SEQUENCE, _OIDS["scrypt"], encode(SEQUENCE, encode(OCTET_STRING, b"12345678"), *numbers))


def pbes2(derivation: bytes) -> bytes:
    cipher = encode(SEQUENCE, _OIDS["aes256"], encode(OCTET_STRING, bytes(16)))
    return encode(SEQUENCE, _OIDS["pbes2"], encode(SEQUENCE, derivation, cipher))


def pbe(scheme: str, rounds: int) -> bytes:
    """By name: ``md5 des``, ``sha1 3des``, ``sha1 rc4``."""
    return encode(SEQUENCE, _OIDS[scheme], encode(SEQUENCE, encode(OCTET_STRING, b"12345678"), integer(rounds)))


def key(algorithm: bytes) -> bytes:
    """An EncryptedPrivateKeyInfo that nothing opens."""
    return encode(SEQUENCE, algorithm, encode(OCTET_STRING, bytes(64)))


def key_bag(algorithm: bytes) -> bytes:
    return encode(SEQUENCE, _OIDS["shrouded key"], encode(0xA0, key(algorithm)))


def certificate_bag(der: bytes) -> bytes:
    value = encode(SEQUENCE, _OIDS["x509"], encode(0xA0, encode(OCTET_STRING, der)))
    return encode(SEQUENCE, _OIDS["certificate"], encode(0xA0, value))


def nested(*bags: bytes) -> bytes:
    return encode(SEQUENCE, _OIDS["nested"], encode(0xA0, encode(SEQUENCE, *bags)))


def data(*bags: bytes) -> bytes:
    """A ContentInfo in clear."""
    return encode(SEQUENCE, _OIDS["data"], encode(0xA0, encode(OCTET_STRING, encode(SEQUENCE, *bags))))


def under_aes(*bags: bytes) -> bytes:
    """A ContentInfo that ``PASSWORD`` opens after one round."""
    return _encrypted(pbes2(pbkdf2(1)), _under_aes(encode(SEQUENCE, *bags)))


def under_rc4(*bags: bytes) -> bytes:
    """The same under a cipher of old (RFC 7292 B.2 and C)."""
    text = (PASSWORD + "\0").encode("utf-16-be")
    made = hashlib.sha1(b"\1" * 64 + b"12345678" * 8 + (text * 5)[:64], usedforsecurity=False).digest()[:16]
    return _encrypted(pbe("sha1 rc4", 1), Cipher(ARC4(made), None).encryptor().update(encode(SEQUENCE, *bags)))


def _encrypted(algorithm: bytes, secret: bytes) -> bytes:
    info = encode(SEQUENCE, _OIDS["data"], algorithm, encode(0x80, secret))
    return encode(SEQUENCE, _OIDS["encrypted data"], encode(0xA0, encode(SEQUENCE, integer(0), info)))


def pkcs12(*contents: bytes, mac_rounds: int | None = None) -> bytes:
    """A file, with a MAC that is nobody's where rounds are given."""
    safe = encode(SEQUENCE, _OIDS["data"], encode(0xA0, encode(OCTET_STRING, encode(SEQUENCE, *contents))))
    mac = b""
    if mac_rounds is not None:
        info = encode(SEQUENCE, encode(SEQUENCE, _OIDS["sha1"], b"\x05\0"), encode(OCTET_STRING, bytes(20)))
        mac = encode(SEQUENCE, info, encode(OCTET_STRING, b"12345678"), integer(mac_rounds))
    return encode(SEQUENCE, integer(3), safe, mac)


def jceks(rounds: int) -> bytes:
    """A keystore with one key under JCEKS's own protection."""
    parameters = encode(SEQUENCE, encode(OCTET_STRING, b"12345678"), integer(rounds))
    protector = encode(SEQUENCE, bytes.fromhex("06092b060104012a021301"), parameters)
    entry = encode(SEQUENCE, protector, encode(OCTET_STRING, bytes(64)))
    alias = b"\0\5alice"
    content = b"\0\0\0\1" + alias + bytes(8) + len(entry).to_bytes(4, "big") + entry + bytes(4)
    return b"\xce\xce\xce\xce\0\0\0\2\0\0\0\1" + content + bytes(20)


def in_ber(whole: bytes) -> bytes:
    """The outermost value with a length that is not told before."""
    return b"\x30\x80" + read(whole).content + b"\0\0"


def locked_key(plain: bytes) -> bytes:
    """A PKCS#8 key that ``PASSWORD`` opens after one round."""
    return encode(SEQUENCE, pbes2(pbkdf2(1)), encode(OCTET_STRING, _under_aes(plain)))


def locked_key_bag(plain: bytes) -> bytes:
    return encode(SEQUENCE, _OIDS["shrouded key"], encode(0xA0, locked_key(plain)))


def key_pem(plain: bytes) -> bytes:
    """``locked_key`` in PEM."""
    body = base64.encodebytes(locked_key(plain))
    return b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + body + b"-----END ENCRYPTED PRIVATE KEY-----\n"


def _under_aes(clear: bytes) -> bytes:
    made = PBKDF2HMAC(hashes.SHA256(), 32, b"12345678", 1).derive(PASSWORD.encode())
    padder = PKCS7(128).padder()
    encryptor = Cipher(AES(made), CBC(bytes(16))).encryptor()
    return encryptor.update(padder.update(clear) + padder.finalize())
