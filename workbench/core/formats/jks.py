"""Java keystores: JKS and JCEKS, key entries and trusted certificates.

The layout is that of the JDK's ``KeyStore`` providers: big-endian, length-prefixed, and at the
end a SHA-1 over the password, a fixed phrase and everything before it. JKS hides keys behind a
stream of SHA-1 digests, JCEKS behind three DES keys made of MD5 digests; neither deserves trust today.
"""

import hashlib
import hmac
import struct
from dataclasses import dataclass

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from workbench.core.errors import IdentityUnreadable, PasswordNeeded
from workbench.core.formats import keys
from workbench.core.formats.keys import FoundKey
from workbench.core.i18n import _
from workbench.core.tls import der
from workbench.core.tls.certificate import Certificate

_JKS, _JCEKS = b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce"
_PHRASE = b"Mighty Aphrodite"
_PRIVATE_KEY, _TRUSTED_CERTIFICATE = 1, 2
_SUN_KEY_PROTECTOR = "1.3.6.1.4.1.42.2.17.1.1"
_PBE_MD5_TRIPLE_DES = "1.3.6.1.4.1.42.2.19.1"
_DIGEST_SIZE = 20


@dataclass(frozen=True, slots=True)
class Store:
    """What a keystore held. ``name`` is the alias of its first key, else empty."""

    certificates: tuple[Certificate, ...]
    keys: tuple[FoundKey, ...]
    format: str
    name: str


def is_keystore(data: bytes) -> bool:
    """Whether the file begins as JKS or JCEKS does."""
    return data[:4] in (_JKS, _JCEKS)


def read(data: bytes, password: str | None, origin: str) -> Store:
    """Open a keystore. The keys must have the keystore's password, as keytool makes them.

    Without a password the certificates of a keystore that holds no keys are read unchecked.
    Raises ``PasswordNeeded``, ``WrongPassword``, ``IdentityUnreadable``.
    """
    form = "JKS" if data[:4] == _JKS else "JCEKS"
    body, digest = data[:-_DIGEST_SIZE], data[-_DIGEST_SIZE:]
    if password:
        secret = password.encode("utf-16-be", "surrogatepass")
        if not hmac.compare_digest(hashlib.sha1(secret + _PHRASE + body, usedforsecurity=False).digest(), digest):
            raise keys.wrong_password(origin)
    try:
        protected, certificates = _entries(_Reader(body))
        certificates = tuple(Certificate.from_der(found.der) for found in certificates)
    except (ValueError, struct.error) as error:
        raise IdentityUnreadable(
            _("The {format} keystore “{name}” cannot be read.").format(format=form, name=origin),
            detail=str(error),
            hint=_(
                "Convert a copy of it with: keytool -importkeystore -srckeystore FILE -destkeystore NEW.p12 "
                "-deststoretype PKCS12"
            ),
        ) from error
    if protected and not password:
        raise PasswordNeeded(
            _("The {format} keystore “{name}” is protected with a password.").format(format=form, name=origin),
            detail=_("It holds the private key “{alias}”.").format(alias=protected[0][0]),
            hint=_("Give the password of the keystore."),
        )
    found = tuple(_open_key(entry, password or "", origin) for _alias, entry in protected)
    return Store(certificates, found, form, protected[0][0] if protected else "")


class _Reader:
    """Java's ``DataInput``: big-endian numbers, text and bytes with their length before them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> bytes:
        if size < 0 or self._at + size > len(self._data):
            raise ValueError(f"{size} bytes announced, {len(self._data) - self._at} are left")
        self._at += size
        return self._data[self._at - size : self._at]

    def number(self) -> int:
        return int.from_bytes(self.take(4), "big")

    def text(self) -> str:
        return self.take(int.from_bytes(self.take(2), "big")).decode("utf-8", "replace")

    def block(self) -> bytes:
        return self.take(self.number())


def _entries(reader: _Reader) -> tuple[list[tuple[str, bytes]], tuple[Certificate, ...]]:
    """Aliases with their protected keys, and all certificates."""
    reader.number()  # magic
    version = reader.number()
    if version not in (1, 2):
        raise ValueError(f"version {version}")
    protected: list[tuple[str, bytes]] = []
    certificates: list[Certificate] = []
    for _index in range(reader.number()):
        tag, alias, _created = reader.number(), reader.text(), reader.take(8)
        if tag == _PRIVATE_KEY:
            protected.append((alias, reader.block()))
            certificates += [_certificate(reader, version) for _number in range(reader.number())]
        elif tag == _TRUSTED_CERTIFICATE:
            certificates.append(_certificate(reader, version))
        else:
            raise ValueError(f"entry “{alias}” is neither a private key nor a certificate")
    return protected, tuple(certificates)


def _certificate(reader: _Reader, version: int) -> Certificate:
    kind = reader.text() if version == 2 else "X.509"
    if kind not in ("X.509", "X509"):
        raise ValueError(f"a certificate of type {kind}")
    return Certificate(reader.block())


def _open_key(entry: bytes, password: str, origin: str) -> FoundKey:
    """Undo the protection of one key. Raises ``WrongPassword`` when it has a password of its own."""
    try:
        algorithm, secret = der.read(entry).children()
        scheme, parameters = (*algorithm.children(), None)[:2]
        oid = scheme.oid if scheme else ""
        if oid == _SUN_KEY_PROTECTOR:
            clear = _unmask(secret.content, password)
        elif oid == _PBE_MD5_TRIPLE_DES and parameters is not None:
            salt, rounds = parameters.children()
            clear = _decrypt(secret.content, password, salt.content, rounds.number)
        else:
            raise keys.unknown_cipher(origin, oid)
        return FoundKey(keys.load(clear), encrypted=True, origin=origin)
    except keys.UNREADABLE as error:
        raise keys.wrong_password(origin) from error


def _unmask(secret: bytes, password: str) -> bytes:
    """JKS: salt, key XOR a stream of SHA-1 digests, and a digest of the key to check it by."""
    passphrase = password.encode("utf-16-be", "surrogatepass")
    digest, masked, check = secret[:_DIGEST_SIZE], secret[_DIGEST_SIZE:-_DIGEST_SIZE], secret[-_DIGEST_SIZE:]
    stream = b""
    while len(stream) < len(masked):
        digest = hashlib.sha1(passphrase + digest, usedforsecurity=False).digest()
        stream += digest
    clear = bytes(one ^ other for one, other in zip(masked, stream, strict=False))
    if not hmac.compare_digest(hashlib.sha1(passphrase + clear, usedforsecurity=False).digest(), check):
        raise ValueError("the key's digest does not match")
    return clear


def _decrypt(secret: bytes, password: str, salt: bytes, rounds: int) -> bytes:
    """JCEKS: PBEWithMD5AndTripleDES, whose key derivation is the JDK's own."""
    if len(salt) != 8 or not 0 < rounds <= 5_000_000:
        raise ValueError("no sensible key derivation")
    halves = [salt[:4], salt[4:]]
    if halves[0] == halves[1]:  # then the JDK shuffles the first, with a slip of one index that is now the format
        halves[0] = bytes(salt[index] for index in (3, 0, 1, 3))
    derived = b""
    for half in halves:
        digest = half
        for _round in range(rounds):
            digest = hashlib.md5(digest + password.encode("latin-1", "replace"), usedforsecurity=False).digest()
        derived += digest
    decryptor = Cipher(TripleDES(derived[:24]), CBC(derived[24:])).decryptor()
    unpadder = PKCS7(64).unpadder()
    clear = unpadder.update(decryptor.update(secret) + decryptor.finalize())
    return clear + unpadder.finalize()
