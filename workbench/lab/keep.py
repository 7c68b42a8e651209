"""A lab that outlives its process: the root's key in the person's store, encrypted as every stored key is."""

from typing import TYPE_CHECKING

from workbench.core.errors import IdentityNotFound
from workbench.lab.authority import Credential, SigningKey
from workbench.lab.identities import is_from_a_lab

if TYPE_CHECKING:
    from workbench.core.storage import IdentityStore

ROOT = "lab-authority"
"""The name under which the root is stored."""


def keep(root: Credential, store: "IdentityStore") -> None:
    """Store the root, so that the next lab issues from it and the bundle ``lab`` goes on being right.

    Raises ``KeyringUnavailable``, ``StorageError``.
    """
    store.add(root.identity(ROOT), replace=True)


def kept(store: "IdentityStore") -> Credential | None:
    """The root of a lab that was kept, unless it has expired. Raises what ``IdentityStore.open`` raises."""
    try:
        stored = store.find(ROOT)
    except IdentityNotFound:
        return None
    if not is_from_a_lab(stored.chain[0]) or stored.chain[0].is_expired():
        return None
    identity = store.open(ROOT)
    return Credential(identity.certificate, identity.key) if isinstance(identity.key, SigningKey) else None
