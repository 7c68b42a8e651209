"""The lab's identities and authority under names in a person's store, and out of it again."""

import contextlib
import itertools
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from workbench.core.errors import IdentityNotFound, KeyringUnavailable, TrustError, WorkbenchError
from workbench.core.storage import IdentityStore, PasswordKept, StoredIdentity, TrustLibrary
from workbench.core.tls.identity import Identity
from workbench.core.tls.trust import Bundle
from workbench.lab.identities import is_from_a_lab


@dataclass(frozen=True, slots=True)
class Installed:
    """What was put into the store, by the lab's names.

    A stored identity or bundle has the lab's name, or ``lab-`` before it where the person has one of
    that name. ``password`` is None when the keyring keeps the passwords; where there is no keyring it
    opens all of the lab's identities. It protects nothing but throw-away keys and may be shown.
    """

    identities: Mapping[str, Identity]
    bundle: Bundle
    password: str | None = field(default=None, repr=False)


def install(
    identities: Mapping[str, Identity], bundle: Bundle, store: IdentityStore, library: TrustLibrary
) -> Installed:
    """Store them all, or none. What an earlier lab left is replaced; what is the person's own never is.

    Raises ``StorageError`` when the folder cannot be written.
    """
    stored: dict[str, Identity] = {}
    password: str | None = None
    try:
        for name, identity in identities.items():
            named = replace(identity, name=_identity_name(name, store))
            password = _add(named, password, store)
            stored[name] = named
        named_bundle = library.add(_bundle_name(bundle.name, library), bundle.certificates, replace=True)
    except WorkbenchError:
        for identity in stored.values():
            with contextlib.suppress(WorkbenchError):  # the first error is the one to tell
                store.remove(identity.name)
        raise
    return Installed(stored, named_bundle, password)


def uninstall(installed: Installed, store: IdentityStore, library: TrustLibrary) -> None:
    """Remove what is still as it was put in; another lab may have replaced it since. Raises ``StorageError``."""
    for identity in installed.identities.values():
        present = _find_identity(identity.name, store)
        if present is not None and present.chain == identity.chain:
            store.remove(identity.name)
    if _find_bundle(installed.bundle.name, library) == installed.bundle:
        library.remove(installed.bundle.name)


def _add(identity: Identity, password: str | None, store: IdentityStore) -> str | None:
    """Store under ``password``; when that is None in the keyring, or if there is none under a new one."""
    if password is None:
        try:
            store.add(identity, replace=True)
        except KeyringUnavailable:
            password = secrets.token_urlsafe(16)
        else:
            return None
    store.add(identity, password=password, keep=PasswordKept.ASK, replace=True)
    return password


def _identity_name(name: str, store: IdentityStore) -> str:
    def is_ours(candidate: str) -> bool:
        present = _find_identity(candidate, store)
        return present is None or is_from_a_lab(present.certificate)

    return next(filter(is_ours, _choices(name)))


def _bundle_name(name: str, library: TrustLibrary) -> str:
    def is_ours(candidate: str) -> bool:
        present = _find_bundle(candidate, library)
        return present is None or all(is_from_a_lab(certificate) for certificate in present.certificates)

    return next(filter(is_ours, _choices(name)))


def _choices(name: str) -> Iterator[str]:
    yield name
    yield f"lab-{name}"
    for number in itertools.count(2):
        yield f"lab-{name}-{number}"


def _find_identity(name: str, store: IdentityStore) -> StoredIdentity | None:
    try:
        return store.find(name)
    except IdentityNotFound:
        return None


def _find_bundle(name: str, library: TrustLibrary) -> Bundle | None:
    try:
        return library.find(name)
    except TrustError:
        return None
