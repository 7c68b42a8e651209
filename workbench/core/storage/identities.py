"""Stored client identities: the key encrypted in a folder, its password in the keyring or in nobody's hands."""

import contextlib
import secrets
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from workbench.core.errors import (
    IdentityError,
    IdentityNotFound,
    IdentityUnreadable,
    InvalidInput,
    KeyringUnavailable,
    PasswordNeeded,
    StorageError,
    WorkbenchError,
    WrongPassword,
)
from workbench.core.home import Home
from workbench.core.i18n import _
from workbench.core.storage import certificates, folders, names, records
from workbench.core.storage.keyring import Passwords
from workbench.core.storage.stored_identity import (
    CHAIN,
    KEY,
    RECORD,
    PasswordKept,
    StoredIdentity,
    read_stored,
    record_of,
)
from workbench.core.tls.identity import Identity, check_key
from workbench.core.tls.sealed_key import seal, unseal


@dataclass(frozen=True, slots=True)
class _Loaded:
    """``superseded`` are those that another one replaced; they wait to be removed."""

    stored: tuple[StoredIdentity, ...]
    superseded: tuple[StoredIdentity, ...]
    broken: tuple[WorkbenchError, ...]


class IdentityStore:
    """The identities under ``<home>/identities``.

    Each lies in a folder of its own that is written once and only ever replaced whole, so that no
    moment of a crash loses a key or leaves one whose password is gone. Everything here blocks: disk,
    keyring (which may ask the person), and 0.1 s of key derivation when a key is opened for the first time.
    Keys that were opened stay in memory for this object's life.
    """

    def __init__(self, home: Home, keyring: Passwords) -> None:
        self._home = home.root
        self._folder = home.identities
        self._keyring = keyring
        self._opened: dict[str, Identity] = {}

    def list(self) -> tuple[StoredIdentity, ...]:
        """All that can be read, sorted by name. Raises ``StorageError`` when the folder itself cannot be."""
        return self._load().stored

    def unreadable(self) -> tuple[WorkbenchError, ...]:
        """What is wrong with each entry that ``list`` leaves out; they stay on disk as they are."""
        return self._load().broken

    def find(self, name: str) -> StoredIdentity:
        """The identity of this name, whatever the case. Raises ``IdentityNotFound``."""
        loaded = self._load()
        for one in loaded.stored:
            if names.key(one.name) == names.key(name):
                return one
        known = ", ".join(f"“{one.name}”" for one in loaded.stored)
        detail = _("Stored identities: {names}.").format(names=known) if known else _("There are no stored identities.")
        raise IdentityNotFound(
            _("There is no identity named “{name}”.").format(name=name),
            detail="\n".join([detail, *(str(error) for error in loaded.broken)]),
            hint=_("Choose one of those, or import the certificate and its key first."),
        )

    def open(self, name: str, password: str | None = None) -> Identity:
        """The identity with its private key.

        ``password`` is needed where none is kept, unless ``unlock`` was called before. A key whose password in the
        keyring is not random gets one that is. Raises ``IdentityNotFound``, ``PasswordNeeded``, ``WrongPassword``,
        ``IdentityUnreadable`` when the keyring lost a password, ``KeyringUnavailable``, ``StorageError``.
        """
        stored = self.find(name)
        try:
            return self._open(stored, password)
        except (IdentityError, StorageError):
            now = self.find(name)
            if now.id == stored.id:
                raise
        return self._open(now, password)  # meanwhile another process has encrypted it anew

    def unlock(self, name: str, password: str) -> None:
        """Check the password and keep the key in memory, so that ``open`` asks no more. Raises as ``open``."""
        stored = self.find(name)
        self._opened[stored.id] = self._unseal(stored, password)
        self._make_random(stored)

    def add(
        self,
        identity: Identity,
        *,
        password: str | None = None,
        keep: PasswordKept = PasswordKept.KEYRING,
        replace: bool = False,
    ) -> StoredIdentity:
        """Store an identity, whole or not at all.

        ``password`` protects what is asked for every time; the keyring always keeps a random one, as what a person
        knows others may know too. ``replace`` puts it in the place of one that has its name. Raises ``InvalidInput``
        for a name that is taken or cannot be, ``KeyMismatch``, ``PasswordNeeded``, ``KeyringUnavailable``,
        ``StorageError``.
        """
        name = names.checked(identity.name)
        check_key(identity.key, identity.certificate)
        if not replace:
            self._check_free(name)
        return self._store(Identity(name, identity.chain, identity.key), password, keep, replacing=replace)

    def rename(self, name: str, new: str) -> StoredIdentity:
        """Give another name. Raises ``IdentityNotFound``, ``InvalidInput``, ``StorageError``."""
        wanted = names.checked(new)
        self.find(name)
        with folders.alone(self._folder):
            stored = self.find(name)
            self._check_free(wanted, but=stored)
            renamed = replace(stored, name=wanted)
            path = self._folder / stored.id / RECORD
            records.FORMAT.write(path, record_of(renamed, replaces=records.read(path).get("replaces")))
        return renamed

    def remove(self, name: str) -> None:
        """Remove the key, the certificates and the kept password. Raises ``IdentityNotFound``, ``StorageError``.

        Without a keyring the folder still goes; what the keyring holds opens nothing any more.
        """
        self._discard(self.find(name))

    def set_aside(self, name: str) -> str:
        """Remove it so that ``take_back`` can undo that, until ``forget``; both take the id that this answers.

        Key and password stay where they are, out of sight. What a program that was killed had set aside is forgotten
        by ``tidy`` an hour later. Raises ``IdentityNotFound``, ``StorageError``.
        """
        self.tidy()
        stored = self.find(name)
        self._opened.pop(stored.id, None)
        folders.set_aside(self._folder / stored.id)
        return stored.id

    def take_back(self, identifier: str) -> StoredIdentity:
        """Undo ``set_aside``. It gets another name when its own is taken by now. Raises ``StorageError``."""
        with folders.alone(self._folder):
            taken = {names.key(one.name) for one in self.list()}
            name = records.take_back(self._folder / identifier, RECORD, taken)
        return self.find(name)

    def forget(self, identifier: str) -> None:
        """Remove for good what was set aside, its password too. Raises ``StorageError``."""
        aside = folders.aside(self._folder / identifier)
        if aside.exists():
            folders.discard(aside)
            with contextlib.suppress(KeyringUnavailable):
                self._keyring.delete(_user(identifier))

    def set_password(self, name: str, *, old: str | None, new: str | None, keep: PasswordKept) -> StoredIdentity:
        """Encrypt the key anew, for the keyring under a random password, else under ``new``.

        ``old`` is needed where none is kept and the identity is not unlocked. Raises as ``open`` and ``add``.
        """
        stored = self.find(name)
        identity = self.open(name, old)
        return self._store(identity, new, keep, replacing=True, created=stored.created)

    def _open(self, stored: StoredIdentity, password: str | None) -> Identity:
        opened = self._opened.get(stored.id)
        if opened is not None and password is None:
            return replace(opened, name=stored.name)
        identity = self._unseal(stored, password or self._kept_password(stored))
        if stored.password is PasswordKept.KEYRING:
            self._opened[stored.id] = identity
            self._make_random(stored)
        return identity

    def _make_random(self, stored: StoredIdentity) -> None:
        """Encrypt an opened key anew where somebody knows the password that the keyring keeps.

        The old one goes when the new one and its password are there.
        """
        if stored.password is not PasswordKept.KEYRING or stored.random:
            return
        with contextlib.suppress(KeyringUnavailable, StorageError):  # it did open, and is tried again next time
            self._store(self._opened[stored.id], None, stored.password, replacing=stored, created=stored.created)

    def _load(self) -> "_Loaded":
        stored: list[StoredIdentity] = []
        broken: list[WorkbenchError] = []
        superseded: set[str] = set()
        for folder in folders.entries(self._folder):
            try:
                record = records.read(folder / RECORD)
                stored.append(read_stored(folder, record))
                superseded.add(record.get("replaces", ""))
            except WorkbenchError as error:
                if folder.exists():  # another program may have removed it just now
                    broken.append(error)
        stored.sort(key=lambda one: names.key(one.name))
        return _Loaded(
            stored=tuple(one for one in stored if one.id not in superseded),
            superseded=tuple(one for one in stored if one.id in superseded),
            broken=tuple(broken),
        )

    def _store(
        self,
        identity: Identity,
        password: str | None,
        keep: PasswordKept,
        *,
        replacing: bool | StoredIdentity,
        created: datetime | None = None,
    ) -> StoredIdentity:
        """``replacing`` may name the only one that is to be replaced. Raises ``StorageError`` when it is gone."""
        if keep is PasswordKept.ASK and not password:
            raise PasswordNeeded(
                _("A key needs a password to be asked for it every time."),
                detail=_("No password was given for “{name}”.").format(name=identity.name),
                hint=_("Enter a password, or use a random one stored in the keyring."),
            )
        self.tidy()
        random = keep is PasswordKept.KEYRING
        secret = password if password and not random else secrets.token_urlsafe(32)
        moment = created or datetime.now(UTC).replace(microsecond=0)
        stored = StoredIdentity(uuid.uuid4().hex, identity.name, identity.chain, keep, moment, random)
        files = {
            KEY: seal(identity.key, secret),
            CHAIN: certificates.encode(identity.chain),
            RECORD: records.FORMAT.encode(record_of(stored)),
        }
        folders.ensure(self._home)
        staged = folders.stage(self._folder, stored.id, files)
        try:
            if keep is PasswordKept.KEYRING:
                self._keyring.set(_user(stored.id), secret)  # which may wait for the person: nobody waits for us yet
            self._publish(staged, stored, replacing=replacing)
        except BaseException:
            with contextlib.suppress(StorageError):
                folders.discard(staged)
            if keep is PasswordKept.KEYRING:
                with contextlib.suppress(KeyringUnavailable):
                    self._keyring.delete(_user(stored.id))
            raise
        if keep is PasswordKept.KEYRING:
            self._opened[stored.id] = identity
        self.tidy()
        return stored

    def _publish(self, staged: Path, stored: StoredIdentity, *, replacing: bool | StoredIdentity) -> None:
        with folders.alone(self._folder):
            if not replacing:
                self._check_free(stored.name)
            old = self._holder(stored.name)
            if isinstance(replacing, StoredIdentity) and (old is None or old.id != replacing.id):
                raise _changed_meanwhile(stored.name)
            if old is not None:
                records.FORMAT.write(staged / RECORD, record_of(stored, replaces=old.id))
            folders.publish(staged)

    def _holder(self, name: str) -> StoredIdentity | None:
        return next((one for one in self.list() if names.key(one.name) == names.key(name)), None)

    def _check_free(self, name: str, *, but: StoredIdentity | None = None) -> None:
        holder = self._holder(name)
        if holder is not None and (but is None or holder.id != but.id):
            raise _name_taken(holder.name)

    def _discard(self, stored: StoredIdentity) -> None:
        self._opened.pop(stored.id, None)
        folders.discard(self._folder / stored.id)
        if stored.password is PasswordKept.KEYRING:
            with contextlib.suppress(KeyringUnavailable):
                self._keyring.delete(_user(stored.id))

    def tidy(self) -> None:
        """Remove what was replaced, and what a program that died left behind."""
        for replaced in self._load().superseded:
            with contextlib.suppress(StorageError):
                self._discard(replaced)
        for forgotten in folders.sweep(self._folder):
            with contextlib.suppress(KeyringUnavailable):
                self._keyring.delete(_user(forgotten))

    def _kept_password(self, stored: StoredIdentity) -> str:
        if stored.password is PasswordKept.KEYRING:
            kept = self._keyring.get(_user(stored.id))
            if kept:
                return kept
            detail = _("The keyring ({keyring}) no longer has it.").format(keyring=self._keyring.describe())
            if stored.random:
                raise _password_lost(stored.name, detail)
            hint = _("Enter the password if you know it, or import the identity again.")
        else:
            detail = _("It is asked for every time and not stored.")
            hint = _("Enter the password of the private key.")
        raise PasswordNeeded(
            _("The identity “{name}” needs its password.").format(name=stored.name), detail=detail, hint=hint
        )

    def _unseal(self, stored: StoredIdentity, password: str) -> Identity:
        path = self._folder / stored.id / KEY
        try:
            pem = path.read_bytes()
        except OSError as error:
            raise records.damaged(path, error) from error
        try:
            key = unseal(pem, password)
        except (ValueError, TypeError) as error:
            raise WrongPassword(
                _("The password does not open the identity “{name}”.").format(name=stored.name),
                detail=_("The private key in {path} is encrypted with another password, or damaged.").format(path=path),
                hint=_("Check the password, Caps Lock and the keyboard layout."),
            ) from error
        check_key(key, stored.certificate)
        return Identity(stored.name, stored.chain, key)


def _user(identifier: str) -> str:
    return f"identity:{identifier}"


def _name_taken(name: str) -> InvalidInput:
    return InvalidInput(
        _("There already is an identity named “{name}”.").format(name=name),
        detail=_("Upper and lower case are not distinguished."),
        hint=_("Choose another name, or replace the existing one."),
    )


def _changed_meanwhile(name: str) -> StorageError:
    return StorageError(
        _("The identity “{name}” was changed or removed in the meantime.").format(name=name),
        detail=_("Nothing was overwritten."),
        hint=_("Check it, and try again if still needed."),
    )


def _password_lost(name: str, detail: str) -> IdentityUnreadable:
    return IdentityUnreadable(
        _("The password of the identity “{name}” is lost, so its key cannot be opened.").format(name=name),
        detail=detail + " " + _("It was a random password that only the keyring had."),
        hint=_(
            "Import the identity again from its file and replace this one. If the keyring was "
            "replaced or cleared, switch back to the old one or restore a backup of it: without it "
            "the stored key cannot be opened."
        ),
    )
