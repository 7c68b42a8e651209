"""Private keys in DER or OpenSSH's own form, opened with or without a password."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPrivateNumbers
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import load_der_private_key, load_ssh_private_key

from workbench.core.errors import IdentityUnreadable, PasswordNeeded, WrongPassword
from workbench.core.formats import legacy_pem, shrouded
from workbench.core.formats.costs import Budget
from workbench.core.i18n import _
from workbench.core.tls import der
from workbench.core.tls.tbs import REFUSED

UNREADABLE = REFUSED
"""What a parser of ``cryptography`` may raise for data that it does not like."""

_LARGEST = 32 * 1024
"""Bytes. RSA keys of 16384 bits have 9 KB; to compute with the numbers of a much larger one takes minutes."""

_UNKNOWN_CIPHER = ("Unknown key encryption", "Invalid key")


@dataclass(frozen=True, slots=True)
class FoundKey:
    """A private key that was opened; ``encrypted`` when that took a password."""

    key: PrivateKeyTypes = field(repr=False)
    encrypted: bool
    origin: str


def load(data: bytes, password: bytes | None = None) -> PrivateKeyTypes:
    """A key out of PKCS#8, PKCS#1 or SEC1. Raises one of ``UNREADABLE``.

    That RSA's numbers fit each other is checked (RFC 8017 3.2); that its primes are prime is not: the proof
    takes longer than a whole request (0.2 s for 3072 bits), and finds nothing that a damaged file could be.
    """
    check_size(data)
    key = load_der_private_key(data, password, unsafe_skip_rsa_key_validation=True)
    if isinstance(key, RSAPrivateKey) and not _is_coherent(key.private_numbers()):
        raise ValueError("The numbers of the RSA key do not fit each other.")
    return key


def check_size(data: bytes) -> None:
    """Raise ``ValueError`` for what is larger than any key."""
    if len(data) > _LARGEST:
        raise ValueError(f"{len(data)} bytes are more than any key has.")


def _is_coherent(numbers: RSAPrivateNumbers) -> bool:
    p, q, e = numbers.p, numbers.q, numbers.public_numbers.e
    if min(p, q) < 3 or p * q != numbers.public_numbers.n:
        return False
    inverses = (numbers.d, p - 1), (numbers.d, q - 1), (numbers.dmp1, p - 1), (numbers.dmq1, q - 1)
    return all(e * inverse % modulus == 1 for inverse, modulus in inverses) and q * numbers.iqmp % p == 1


def open_plain(data: bytes, origin: str, budget: Budget) -> FoundKey:
    """A key in clear: PKCS#8, PKCS#1 or SEC1. Raises ``IdentityUnreadable``."""
    try:
        check_size(data)
        budget.spend_key(len(data))
        return FoundKey(load(data), encrypted=False, origin=origin)
    except UNREADABLE as error:
        raise unreadable_key(origin, error) from error


def open_encrypted(data: bytes, password: str | None, origin: str, budget: Budget) -> FoundKey:
    """A key in EncryptedPrivateKeyInfo (RFC 5958 3).

    Raises ``PasswordNeeded``, ``WrongPassword``, or ``IdentityUnreadable`` for a cipher that is not known, and for a
    key derivation that costs more than ``budget`` has.
    """
    forms = encodings(password, origin)
    try:
        whole = der.definite(data)  # what is read here is what will be opened
        check_size(whole)
        budget.spend_key(len(whole))
        budget.spend(der.read(whole).children()[0])
    except (ValueError, IndexError) as error:
        raise unreadable_key(origin, error) from error
    last: Exception | None = None
    for candidate in forms if budget.allows_again(len(forms) - 1) else forms[:1]:
        try:
            return FoundKey(load(whole, candidate), encrypted=True, origin=origin)
        except UNREADABLE as error:
            last = error
            if not (isinstance(error, UnsupportedAlgorithm) or str(error).startswith(_UNKNOWN_CIPHER)):
                continue
            if not shrouded.is_known(str(error)):
                raise unknown_cipher(origin, str(error)) from error
            with contextlib.suppress(*UNREADABLE):
                return FoundKey(shrouded.load(whole, candidate), encrypted=True, origin=origin)
    raise wrong_password(origin) from last


def open_traditional(
    data: bytes, headers: Mapping[str, str], password: str | None, origin: str, budget: Budget
) -> FoundKey:
    """A key encrypted by ``DEK-Info``. Raises as ``open_encrypted`` does."""
    budget.spend_key(min(len(data), _LARGEST))  # what is larger is refused once it is decrypted
    last: Exception | None = None
    for candidate in encodings(password, origin):
        try:
            clear = legacy_pem.decrypt(data, headers, candidate)
            return FoundKey(load(clear), encrypted=True, origin=origin)
        except legacy_pem.UnknownCipher as error:
            raise unknown_cipher(origin, str(error)) from error
        except UNREADABLE as error:
            last = error
    raise wrong_password(origin) from last


def open_ssh(pem: bytes, password: str | None, origin: str) -> FoundKey:
    """A key in OpenSSH's form. Its encryption needs a library that we do without: those are refused in words."""
    try:
        key = load_ssh_private_key(pem, None)
        if not hasattr(key, "private_bytes"):
            raise TypeError("not a key that can be stored")
        return FoundKey(key, encrypted=False, origin=origin)
    except UNREADABLE as error:
        raise IdentityUnreadable(
            _("The OpenSSH private key in “{name}” cannot be read.").format(name=origin),
            detail=str(error),
            hint=_("Convert a copy of it with: ssh-keygen -p -m PKCS8 -f FILE"),
        ) from error


def encodings(password: str | None, origin: str) -> tuple[bytes, ...]:
    """The password as bytes: UTF-8, and Latin-1 as old programs on Windows had it. Raises ``PasswordNeeded``."""
    if not password:
        raise PasswordNeeded(
            _("The private key in “{name}” is encrypted.").format(name=origin),
            detail=_("No password was given for it."),
            hint=_("Enter the password that protects the file."),
        )
    forms = [password.encode("utf-8", "surrogateescape")]
    if not password.isascii():
        forms.append(password.encode("latin-1", "replace"))
    return tuple(forms)


def wrong_password(origin: str) -> WrongPassword:
    """What to say when no form of the password opens the key."""
    return WrongPassword(
        _("The password does not open “{name}”.").format(name=origin),
        detail=_("The file is encrypted, and decrypting it with this password gives no usable key."),
        hint=_("Check the password, Caps Lock and the keyboard layout. A damaged file looks the same."),
    )


def unknown_cipher(origin: str, words: str) -> IdentityUnreadable:
    """What to say of encryption that is too old or too rare for us."""
    return IdentityUnreadable(
        _("The private key in “{name}” uses an encryption that is not supported.").format(name=origin),
        detail=words,
        hint=_("Encrypt a copy with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out NEW-FILE"),
    )


def unreadable_key(origin: str, error: Exception) -> IdentityUnreadable:
    """What to say of a private key that a parser refused."""
    if "explicit parameters" in str(error) and "EC" in str(error):
        hint = _(
            "If it is an elliptic-curve key with explicit parameters, name its curve with: openssl "
            "ec -param_enc named_curve -in FILE -out NEW-FILE. Otherwise get a new copy of the "
            "file."
        )
    else:
        hint = _("Get a new copy of the file; it may be damaged.")
    return IdentityUnreadable(
        _("The private key in “{name}” cannot be read.").format(name=origin), detail=str(error), hint=hint
    )
