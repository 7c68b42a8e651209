"""PKCS#12 files (RFC 7292), old ciphers included.

The file is walked here, so that what it costs to open is known before it is paid, several keys are found, and one
odd certificate does not spoil the rest. Only the contents under old ciphers are given to OpenSSL.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.core.errors import IdentityError, IdentityUnreadable, PasswordNeeded, WrongPassword
from workbench.core.formats import keys, pbes2, pkcs12_mac, shrouded
from workbench.core.formats.costs import Budget
from workbench.core.formats.keys import FoundKey
from workbench.core.i18n import _
from workbench.core.tls import der
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.der import Value

_DATA, _ENCRYPTED_DATA = "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.6"
_BAG = "1.2.840.113549.1.12.10.1."
_KEY, _SHROUDED_KEY, _CERTIFICATE, _NESTED = _BAG + "1", _BAG + "2", _BAG + "3", _BAG + "6"
_X509, _FRIENDLY_NAME = "1.2.840.113549.1.9.22.1", "1.2.840.113549.1.9.20"
_CONSTRUCTED_CONTENT = 0xA0
_MOST_KEYS = 1000
_DEEPEST = 10  # safe contents within safe contents


@dataclass(frozen=True, slots=True)
class Store:
    """What a PKCS#12 file held.

    ``locked`` are the errors of keys that did not open. ``friendly_name`` is what its maker called the first key or
    certificate that has a name, else empty.
    """

    keys: tuple[FoundKey, ...] = field(repr=False)
    locked: tuple[IdentityError, ...]
    certificates: tuple[Certificate, ...]
    friendly_name: str


@dataclass(frozen=True, slots=True)
class _Bag:
    kind: str
    value: Value
    name: str


def read(data: bytes, password: str | None, origin: str, budget: Budget) -> Store:
    """Open a file that is known to be PKCS#12.

    A file without a password opens with whatever is given, and its keys say so (``encrypted``).
    Raises ``PasswordNeeded``, ``WrongPassword``, ``IdentityUnreadable``.
    """
    try:
        _version, safe, *mac = der.read(der.definite(data)).children()
        contents = _octets(safe)
        several = der.read(der.definite(contents)).children()
        chosen = _password(contents, mac[0], password, origin, budget) if mac else password or None
        return _Reader(chosen, origin, budget, verified=bool(mac)).store(several)
    except (*keys.UNREADABLE, IndexError) as error:
        raise _unreadable(origin, str(error)) from error


def _octets(content: Value) -> bytes:
    """What a ContentInfo of type data holds (RFC 5652 4)."""
    kind, explicit = content.children()
    if kind.oid != _DATA:
        raise ValueError(f"contents of the type {kind.oid}")
    return explicit.children()[0].content


def _password(contents: bytes, mac: Value, password: str | None, origin: str, budget: Budget) -> str | None:
    """The password that the file's MAC was made with. "No password" is an empty one to some writers, none to others."""
    pkcs12_mac.spend(mac, budget)
    given: tuple[str | None, ...] = (password,) if password else ()
    empty: tuple[str | None, ...] = ("", None) if budget.allows_again(2) else ()
    for candidate in (*given, *empty):
        if pkcs12_mac.is_of(contents, mac, candidate):
            return candidate
    if not password:
        raise _password_needed(origin)
    raise keys.wrong_password(origin)


class _Reader:
    """Collects keys and certificates, however deep they lie. ``verified``: the password is known to be right."""

    def __init__(self, password: str | None, origin: str, budget: Budget, *, verified: bool) -> None:
        self._password, self._origin, self._budget, self._verified = password, origin, budget, verified
        self._keys: list[FoundKey] = []
        self._locked: list[IdentityError] = []
        self._certificates: list[Certificate] = []
        self._names: list[str] = []

    def store(self, contents: tuple[Value, ...]) -> Store:
        for content in contents:
            kind, explicit = content.children()
            if kind.oid == _DATA:
                self._read_bags(explicit.children()[0].content, _DEEPEST)
            elif kind.oid == _ENCRYPTED_DATA:
                self._read_encrypted(content, explicit.children()[0])
            else:
                raise ValueError(f"contents of the type {kind.oid}")
        names = iter(self._names)
        return Store(tuple(self._keys), tuple(self._locked), tuple(self._certificates), next(names, ""))

    def _read_encrypted(self, content: Value, data: Value) -> None:
        _version, encrypted = data.children()
        _kind, algorithm, *secret = encrypted.children()
        self._budget.spend(algorithm)
        if not pbes2.is_known(algorithm):
            self._read_by_openssl(content)
            return
        hidden = _implicit_octets(secret[0])
        last: Exception | None = None
        for password in self._tries():
            try:
                bags = tuple(_bags(pbes2.decrypt(algorithm, hidden, password or b"")))
            except keys.UNREADABLE as error:
                last = error
                continue
            self._add(bags, _DEEPEST)
            return
        raise self._refusal(last)

    def _read_by_openssl(self, content: Value) -> None:
        """The certificates of contents under an old cipher; keys in them stay closed."""
        last: Exception | None = None
        for password in self._tries():
            try:
                found = shrouded.certificates(content.encoding, password)
            except keys.UNREADABLE as error:
                last = error
                continue
            for certificate, name in found:
                self._certificates.append(certificate)
                self._names += [name] if name else []
            return
        raise self._refusal(last)

    def _tries(self) -> tuple[bytes | None, ...]:
        """The password in each encoding that may be meant, as far as trying them all is not too costly."""
        if not self._password:
            return (None if self._password is None else b"",)
        forms = keys.encodings(self._password, self._origin)
        return forms if self._budget.allows_again(len(forms) - 1) else forms[:1]

    def _refusal(self, error: Exception | None) -> Exception:
        if self._verified:
            return _unreadable(self._origin, str(error))
        return keys.wrong_password(self._origin) if self._password else _password_needed(self._origin)

    def _read_bags(self, safe: bytes, depth: int) -> None:
        self._add(tuple(_bags(safe)), depth)

    def _add(self, bags: tuple[_Bag, ...], depth: int) -> None:
        for bag in bags:
            if bag.name:
                self._names.append(bag.name)
            if bag.kind == _CERTIFICATE:
                kind, explicit = bag.value.children()
                if kind.oid == _X509:
                    self._certificates.append(Certificate.from_der(explicit.children()[0].content))
            elif bag.kind in (_KEY, _SHROUDED_KEY):
                self._open(bag)
            elif bag.kind == _NESTED:
                if depth == 0:
                    raise ValueError("safe contents nested too deeply")
                self._read_bags(bag.value.encoding, depth - 1)

    def _open(self, bag: _Bag) -> None:
        if len(self._keys) + len(self._locked) == _MOST_KEYS:
            raise ValueError(f"more than {_MOST_KEYS} private keys")
        try:
            self._keys.append(self._opened(bag))
        except WrongPassword as error:
            self._locked.append(_unreadable(self._origin, error.detail) if self._verified else error)
        except IdentityError as error:
            self._locked.append(error)

    def _opened(self, bag: _Bag) -> FoundKey:
        encoding = bag.value.encoding
        if bag.kind == _KEY:
            return keys.open_plain(encoding, self._origin, self._budget)
        if self._password:
            return keys.open_encrypted(encoding, self._password, self._origin, self._budget)
        self._budget.spend(bag.value.children()[0])
        for password in (None, b""):
            try:
                return FoundKey(shrouded.load(encoding, password), encrypted=False, origin=self._origin)
            except keys.UNREADABLE:
                continue
        raise _password_needed(self._origin)


def _bags(safe: bytes) -> Iterator[_Bag]:
    for bag in der.read(der.definite(safe)).children():
        kind, explicit, *attributes = bag.children()
        yield _Bag(kind.oid, explicit.children()[0], _friendly_name(attributes[0]) if attributes else "")


def _friendly_name(attributes: Value) -> str:
    for attribute in attributes.children():
        kind, several = attribute.children()
        if kind.oid == _FRIENDLY_NAME and several.content:
            return several.children()[0].content.decode("utf-16-be", "replace")
    return ""


def _implicit_octets(value: Value) -> bytes:
    """An OCTET STRING under a context tag, which BER may have in pieces."""
    if value.tag == _CONSTRUCTED_CONTENT:
        return b"".join(piece.content for piece in value.children())
    return value.content


def _password_needed(origin: str) -> PasswordNeeded:
    return PasswordNeeded(
        _("“{name}” is protected with a password.").format(name=origin),
        detail=_("It opens neither without a password nor with an empty one."),
        hint=_("Enter the password that was chosen when the file was exported."),
    )


def _unreadable(origin: str, detail: str) -> IdentityUnreadable:
    return IdentityUnreadable(
        _("The PKCS#12 file “{name}” cannot be read.").format(name=origin),
        detail=detail,
        hint=_("Export it again, with AES-256 encryption if there is a choice."),
    )
