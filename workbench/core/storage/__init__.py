"""The program's folder and the operating system's keyring.

::

    Home            which folder
    IdentityStore   <home>/identities/<id>/   identity.json  key.pem (encrypted)  chain.pem
    TrustLibrary    <home>/trust/<id>/        bundle.json  certificates.pem
    Keyring         the passwords of the keys, and nothing else

Entries appear and disappear whole. What cannot be read, or was written by a newer version, is reported and left alone.
"""

from workbench.core.storage.home import Home
from workbench.core.storage.identities import IdentityStore, PasswordKept, StoredIdentity
from workbench.core.storage.keyring import Keyring, Passwords
from workbench.core.storage.trust import TrustLibrary

__all__ = ["Home", "IdentityStore", "Keyring", "PasswordKept", "Passwords", "StoredIdentity", "TrustLibrary"]
