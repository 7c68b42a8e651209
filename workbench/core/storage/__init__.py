"""The program's folder and the operating system's keyring.

::

    Home            which folder
    IdentityStore   <home>/identities/<id>/   identity.json  key.pem (encrypted)  chain.pem
    TrustLibrary    <home>/trust/<id>/        bundle.json  certificates.pem
    available       those of both that can be chosen by name, and what is held in memory over them
    Keyring         the passwords of the keys, and nothing else

Entries appear and disappear whole. What cannot be read, or was written by a newer version, is reported and left alone.
"""

from typing import TYPE_CHECKING

from workbench.core.home import Home
from workbench.core.lazily import lazily

if TYPE_CHECKING:
    from workbench.core.storage.identities import IdentityStore
    from workbench.core.storage.keyring import Keyring, Passwords
    from workbench.core.storage.stored_identity import PasswordKept, StoredIdentity
    from workbench.core.storage.trust import TrustLibrary

__all__ = ["Home", "IdentityStore", "Keyring", "PasswordKept", "Passwords", "StoredIdentity", "TrustLibrary"]

# Who only asks where the program's folder is, as the window does before its first paint, need not wait for the rest.
_MODULES = {
    "IdentityStore": "identities",
    "PasswordKept": "stored_identity",
    "StoredIdentity": "stored_identity",
    "Keyring": "keyring",
    "Passwords": "keyring",
    "TrustLibrary": "trust",
}
__getattr__ = lazily(__name__, _MODULES)
