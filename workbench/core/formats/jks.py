"""Java keystores: JKS and JCEKS, key entries and trusted certificates.

The layout is that of the JDK's ``KeyStore`` providers: big-endian, length-prefixed, and at the
end a SHA-1 over the password, a fixed phrase and everything before it. JKS hides keys behind a
stream of SHA-1 digests, JCEKS behind three DES keys made of MD5 digests; neither deserves trust today.
"""

import hashlib
import hmac
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from workbench.core.errors import IdentityError, IdentityUnreadable, PasswordNeeded, WrongPassword
from workbench.core.formats import keys
from workbench.core.formats.costs import Budget
from workbench.core.formats.keys import FoundKey
from workbench.core.i18n import _
from workbench.core.tls import der
from workbench.core.tls.certificate import Certificate

_JKS, _JCEKS = b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce"
_PHRASE = b"Mighty Aphrodite"
_PRIVATE_KEY, _TRUSTED_CERTIFICATE, _SECRET_KEY = 1, 2, 3
_ENTRY = re.compile(rb"(?=\0\0\0[\1\2\3])")
_MOST_ENTRIES = 20_000
"""With the certificates in them that are read, or tried to be; a keystore of all public roots has a few hundred."""
_SUN_KEY_PROTECTOR = "1.3.6.1.4.1.42.2.17.1.1"
_PBE_MD5_TRIPLE_DES = "1.3.6.1.4.1.42.2.19.1"
_DIGEST_SIZE = 20
_LARGEST_BLOCK = 256 * 1024  # bytes of a key or certificate
_MOST_KEYS = 1000
_ROUND_WEIGHT = 4  # JCEKS hashes twice a round, and it is done here, not in OpenSSL


@dataclass(frozen=True, slots=True)
class Store:
    """What a keystore held.

    ``locked`` are the errors of keys that did not open, ``name`` is the alias of the first that did, else empty.
    """

    certificates: tuple[Certificate, ...]
    keys: tuple[FoundKey, ...]
    locked: tuple[IdentityError, ...]
    format: str
    name: str


def read(data: bytes, password: str | None, origin: str, budget: Budget) -> Store:
    """Open a keystore. ``password`` is that of the keystore, or that of its key where the two differ.

    Without a password the certificates are read unchecked. Raises ``WrongPassword``, ``IdentityUnreadable``.
    """
    form = "JKS" if data[:4] == _JKS else "JCEKS"
    body, digest = data[:-_DIGEST_SIZE], data[-_DIGEST_SIZE:]
    try:
        protected, certificates = _contents(_Reader(body))
        certificates = tuple(Certificate.from_der(found.der) for found in certificates)
    except (ValueError, struct.error, RecursionError) as error:  # one level for each secret key
        raise _unreadable(form, origin, str(error)) from error
    if len(protected) > _MOST_KEYS:
        raise _unreadable(form, origin, f"more than {_MOST_KEYS} private keys")
    if not password:
        locked = tuple(_password_needed(form, origin, alias) for alias, _entry in protected)
        return Store(certificates, (), locked, form, "")
    opened, refused = _opened(protected, password, origin, budget)
    if not opened and not _is_whole(body, digest, password):
        raise keys.wrong_password(origin)
    return Store(certificates, tuple(opened.values()), tuple(refused), form, next(iter(opened), ""))


def _unreadable(form: str, origin: str, detail: str) -> IdentityUnreadable:
    return IdentityUnreadable(
        _("The {format} keystore “{name}” cannot be read.").format(format=form, name=origin),
        detail=detail,
        hint=_(
            "Convert a copy of it with: keytool -importkeystore -srckeystore FILE -destkeystore NEW.p12 "
            "-deststoretype PKCS12"
        ),
    )


def _is_whole(body: bytes, digest: bytes, password: str) -> bool:
    """Whether ``password`` is the keystore's and nothing in it was changed."""
    secret = password.encode("utf-16-be", "surrogatepass")
    return hmac.compare_digest(hashlib.sha1(secret + _PHRASE + body, usedforsecurity=False).digest(), digest)


def _opened(
    protected: list[tuple[str, bytes]], password: str, origin: str, budget: Budget
) -> tuple[dict[str, FoundKey], list[IdentityError]]:
    """The keys that ``password`` opens by their aliases, and why the others did not open."""
    found: dict[str, FoundKey] = {}
    refused: list[IdentityError] = []
    for alias, entry in protected:
        try:
            found[alias] = _open_key(entry, password, origin, budget)
        except WrongPassword:
            refused.append(_other_password(origin, alias))
        except IdentityUnreadable as error:
            refused.append(error)
    return found, refused


def _password_needed(form: str, origin: str, alias: str) -> PasswordNeeded:
    return PasswordNeeded(
        _("The {format} keystore “{name}” is protected with a password.").format(format=form, name=origin),
        detail=_("It contains the private key “{alias}”.").format(alias=alias),
        hint=_("Enter the password of the keystore."),
    )


def _other_password(origin: str, alias: str) -> WrongPassword:
    return WrongPassword(
        _("The private key in “{name}” has a password of its own.").format(name=origin),
        detail=_("The password opens the keystore, but not the key “{alias}”.").format(alias=alias),
        hint=_("Enter the password of the key instead."),
    )


class _Reader:
    """Java's ``DataInput``: big-endian numbers, text and bytes with their length before them."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self._data = data
        self._at = at

    def is_at_end(self) -> bool:
        return self._at == len(self._data)

    def skip_to_end(self) -> None:
        self._at = len(self._data)

    def entries_ahead(self) -> Iterator["_Reader"]:
        """Readers at each place from here on where an entry may begin."""
        return (_Reader(self._data, place.start()) for place in _ENTRY.finditer(self._data, self._at))

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
        size = self.number()
        if size > _LARGEST_BLOCK:
            raise ValueError(f"a key or certificate of {size} bytes")
        return self.take(size)


_Entries = tuple[list[tuple[str, bytes]], tuple[Certificate, ...]]
"""Aliases with their protected keys, and all certificates."""


def _contents(reader: _Reader) -> _Entries:
    reader.number()  # magic
    version = reader.number()
    if version not in (1, 2):
        raise ValueError(f"version {version}")
    return _entries(reader, reader.number(), version, iter(range(_MOST_ENTRIES)))


def _entries(reader: _Reader, count: int, version: int, budget: Iterator[int]) -> _Entries:
    protected: list[tuple[str, bytes]] = []
    certificates: list[Certificate] = []
    for left in reversed(range(count)):
        if next(budget, None) is None:
            raise ValueError(f"more than {_MOST_ENTRIES} entries")
        tag, alias, _created = reader.number(), reader.text(), reader.take(8)
        if tag == _PRIVATE_KEY:
            protected.append((alias, reader.block()))
            certificates += _chain(reader, version, budget)
        elif tag == _TRUSTED_CERTIFICATE:
            certificates.append(_certificate(reader, version))
        elif tag == _SECRET_KEY:
            more, further = _after_secret(reader, left, version, budget)
            return protected + more, (*certificates, *further)
        else:
            raise ValueError(f"entry “{alias}” is neither a private key nor a certificate")
    return protected, tuple(certificates)


def _chain(reader: _Reader, version: int, budget: Iterator[int]) -> Iterator[Certificate]:
    for _number in range(reader.number()):
        if next(budget, None) is None:
            raise ValueError(f"more than {_MOST_ENTRIES} certificates")
        yield _certificate(reader, version)


def _after_secret(reader: _Reader, count: int, version: int, budget: Iterator[int]) -> _Entries:
    """The entries behind a secret key, a serialized object that tells its size nowhere.

    They begin where what follows makes sense to the last byte.
    """
    if not count:
        reader.skip_to_end()
        return [], ()
    for attempt in reader.entries_ahead():
        try:
            found = _entries(attempt, count, version, budget)
        except ValueError:
            continue
        if attempt.is_at_end():
            reader.skip_to_end()
            return found
    raise ValueError("what follows a secret key cannot be read")


def _certificate(reader: _Reader, version: int) -> Certificate:
    kind = reader.text() if version == 2 else "X.509"
    if kind not in ("X.509", "X509"):
        raise ValueError(f"a certificate of type {kind}")
    return Certificate(reader.block())


def _open_key(entry: bytes, password: str, origin: str, budget: Budget) -> FoundKey:
    """Undo the protection of one key. Raises ``WrongPassword`` when it has a password of its own."""
    try:
        keys.check_size(entry)
        budget.spend_key(len(entry))
        algorithm, secret = der.read(entry).children()
        scheme, parameters = (*algorithm.children(), None)[:2]
        oid = scheme.oid if scheme else ""
        if oid == _SUN_KEY_PROTECTOR:
            clear = _unmask(secret.content, password)
        elif oid == _PBE_MD5_TRIPLE_DES and parameters is not None:
            salt, rounds = parameters.children()
            budget.spend_rounds(rounds.number, _ROUND_WEIGHT)
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
    stream = bytearray()
    while len(stream) < len(masked):
        digest = hashlib.sha1(passphrase + digest, usedforsecurity=False).digest()
        stream += digest
    clear = bytes(one ^ other for one, other in zip(masked, stream, strict=False))
    if not hmac.compare_digest(hashlib.sha1(passphrase + clear, usedforsecurity=False).digest(), check):
        raise ValueError("the key's digest does not match")
    return clear


def _decrypt(secret: bytes, password: str, salt: bytes, rounds: int) -> bytes:
    """JCEKS: PBEWithMD5AndTripleDES, whose key derivation is the JDK's own."""
    if len(salt) != 8 or rounds <= 0:
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
