"""Identities and trust bundles that can be chosen by name: the stored ones, and those that are held in memory only.

What is removed can be taken back until ``forget``. Everything here may block.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from workbench.core.credentials import BundleRow, IdentityRow, Kept, Removed
from workbench.core.errors import InvalidInput, TrustError, WorkbenchError
from workbench.core.i18n import _
from workbench.core.storage import names
from workbench.core.storage.identities import IdentityStore
from workbench.core.storage.stored_identity import PasswordKept
from workbench.core.storage.trust import TrustLibrary
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.identity import Identity
from workbench.core.tls.trust import MOZILLA, SYSTEM, Bundle, TrustStore

_T = TypeVar("_T")


def _named(memory: Mapping[str, _T], name: str) -> _T | None:
    """What is held under a name that counts as the same: stored ones are found whatever the case too."""
    return next((held for known, held in memory.items() if names.key(known) == names.key(name)), None)


class AvailableIdentities:
    """Stored identities and those held in ``memory``, which come first: what a session opens by name."""

    def __init__(self, store: IdentityStore) -> None:
        self._store = store
        self.memory: dict[str, Identity] = {}
        self._aside: list[Removed] = []

    def open(self, name: str) -> Identity:
        """The identity called ``name``. Raises ``IdentityError`` or ``KeyringUnavailable``."""
        held = _named(self.memory, name)
        return held if held is not None else self._store.open(name)

    def rows(self) -> tuple[IdentityRow, ...]:
        """All of them, by name."""
        kept = {PasswordKept.KEYRING: Kept.KEYRING, PasswordKept.ASK: Kept.ASK}
        stored = [IdentityRow(item.name, item.chain, kept[item.password]) for item in self._store.list()]
        held = [IdentityRow(name, identity.chain, Kept.MEMORY) for name, identity in self.memory.items()]
        shadowed = {names.key(row.name) for row in held}
        rows = (*held, *(row for row in stored if names.key(row.name) not in shadowed))
        return tuple(sorted(rows, key=lambda row: names.key(row.name)))

    def unreadable(self) -> tuple[WorkbenchError, ...]:
        """What is wrong with stored identities that cannot be read."""
        return self._store.unreadable()

    def unlock(self, name: str, password: str) -> None:
        """Check and remember a password. Raises ``WrongPassword``."""
        self._store.unlock(name, password)

    def set_password(self, name: str, old: str | None, new: str | None, *, ask: bool) -> None:
        """Encrypt the key anew. Raises ``WrongPassword``, ``PasswordNeeded``, ``KeyringUnavailable``."""
        self._store.set_password(name, old=old, new=new, keep=PasswordKept.ASK if ask else PasswordKept.KEYRING)

    def rename(self, name: str, new: str) -> None:
        """Call it something else."""
        if name not in self.memory:
            self._store.rename(name, new)
            return
        new = names.checked(new)
        if any(names.key(row.name) == names.key(new) for row in self.rows() if row.name != name):
            raise InvalidInput(
                _("There already is an identity named “{name}”.").format(name=new), hint=_("Choose another name.")
            )
        self.memory[new] = replace(self.memory.pop(name), name=new)

    def remove(self, name: str) -> Removed:
        """Remove it with its key, so that it can be taken back until ``forget``."""
        held = self.memory.pop(name, None)
        if held is not None:
            return Removed(name, held=held)
        removed = Removed(name, self._store.set_aside(name))
        self._aside.append(removed)
        return removed

    def take_back(self, removed: Removed) -> str:
        """Bring it back; answers its name, which is another one when that is taken by now."""
        if isinstance(removed.held, Identity):
            name = names.free(removed.name, {names.key(row.name) for row in self.rows()})
            self.memory[name] = replace(removed.held, name=name)
            return name
        self._aside.remove(removed)
        return self._store.take_back(removed.id).name

    def tidy(self) -> None:
        """Delete what was removed long ago, by a program that was killed."""
        self._store.tidy()

    def forget(self) -> None:
        """Delete all that was removed, with its keys and passwords."""
        while self._aside:
            self._store.forget(self._aside.pop().id)

    def find(self, name: str) -> IdentityRow | None:
        """The row of ``name``, or None."""
        return next((row for row in self.rows() if row.name == name), None)

    def add(self, identity: Identity, password: str | None, kept: PasswordKept, *, renewed: bool = False) -> None:
        """Store it. Raises ``KeyringUnavailable`` and, unless ``renewed``, ``InvalidInput`` when the name is taken."""
        self._store.add(identity, password=password, keep=kept, replace=renewed)


class AvailableBundles:
    """Stored bundles, built-in ones, and those held in ``memory``, which come first: what a session opens by name."""

    def __init__(self, library: TrustLibrary) -> None:
        self._library = library
        self.memory: dict[str, Bundle] = {}
        self._aside: list[Removed] = []

    def open(self, wanted: Sequence[str]) -> TrustStore:
        """The bundles called ``wanted``, in that order. Raises ``TrustError``."""
        bundles: list[Bundle] = []
        for name in wanted:
            held = _named(self.memory, name)
            bundles += [held] if held is not None else self._library.open([name]).bundles
        return TrustStore(tuple(bundles))

    def rows(self) -> tuple[BundleRow, ...]:
        """All of them: held, stored, built in. A built-in one that this system lacks is left out."""
        held = [BundleRow(name, bundle.certificates, in_memory=True) for name, bundle in self.memory.items()]
        stored = [BundleRow(b.name, b.certificates) for b in self._library.list() if not _named(self.memory, b.name)]
        return (*held, *stored, *self._built_in())

    def rename(self, name: str, new: str) -> None:
        """Call it something else."""
        self._library.rename(name, new)

    def remove(self, name: str) -> Removed:
        """Remove it, so that it can be taken back until ``forget``."""
        held = self.memory.pop(name, None)
        if held is not None:
            return Removed(name, held=held)
        removed = Removed(name, self._library.set_aside(name))
        self._aside.append(removed)
        return removed

    def take_back(self, removed: Removed) -> str:
        """Bring it back; answers its name, which is another one when that is taken by now."""
        if isinstance(removed.held, Bundle):
            name = names.free(removed.name, {names.key(row.name) for row in self.rows()})
            self.memory[name] = replace(removed.held, name=name)
            return name
        self._aside.remove(removed)
        return self._library.take_back(removed.id).name

    def tidy(self) -> None:
        """Delete what was removed long ago, by a program that was killed."""
        self._library.tidy()

    def forget(self) -> None:
        """Delete all that was removed."""
        while self._aside:
            self._library.forget(self._aside.pop().id)

    def add(self, name: str, certificates: Sequence[Certificate], *, renewed: bool = False) -> None:
        """Store it. Raises ``TrustError`` when the name is taken, unless ``renewed``."""
        self._library.add(name, certificates, replace=renewed)

    def _built_in(self) -> list[BundleRow]:
        rows = []
        for name in (SYSTEM, MOZILLA):
            try:
                rows.append(BundleRow(name, self._library.builtin(name).certificates, built_in=True))
            except TrustError:
                continue
        return rows
