"""The one error tree of the program.

::

    WorkbenchError            code, title, detail, hint: whole sentences, ready to show
    ├── InvalidInput          a URL, header, option or file content that cannot be used as it is
    ├── IdentityError         our side, before any byte is sent
    │   ├── IdentityNotFound      identity-not-found
    │   ├── IdentityUnreadable    identity-unreadable
    │   ├── IdentityUnsupported   client-certificate-unsupported
    │   ├── KeyMismatch           key-mismatch
    │   ├── PasswordNeeded        password-needed
    │   └── WrongPassword         wrong-password
    ├── KeyringUnavailable    keyring-unavailable
    ├── TrustError            a CA bundle that is missing, empty or unreadable
    ├── NotAuthorized         the token endpoint or the person's browser did not give an access token
    ├── StorageError          the program's own folder cannot be read or written
    └── CollectionError       collection: saved requests that cannot be read, written or moved
        └── WorkspaceBusy         another process has the workspace open

What goes wrong *between* us and a server is not an error but data: ``exchange.Failure``.
"""

from typing import ClassVar


class WorkbenchError(Exception):
    """Something that a person can act on.

    ``title`` says what happened, ``detail`` what was seen and where, ``hint`` what to do next.
    ``code`` is stable and meant for scripts; it is the same vocabulary as ``Failure.code``.
    """

    code: ClassVar[str] = "unknown"

    def __init__(self, title: str, *, detail: str = "", hint: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.hint = hint

    def __str__(self) -> str:
        return "\n".join(part for part in (self.title, self.detail, self.hint) if part)


class InvalidInput(WorkbenchError):
    """What was typed or read cannot be used: malformed URL, header with a newline, bad option."""

    code = "invalid-input"


class IdentityError(WorkbenchError):
    """A client identity cannot be used."""

    code = "identity-unreadable"


class IdentityNotFound(IdentityError):
    """No stored identity has this name."""

    code = "identity-not-found"


class IdentityUnreadable(IdentityError):
    """The file holds no key and certificate that we can read."""

    code = "identity-unreadable"


class IdentityUnsupported(IdentityError):
    """The TLS library refuses to use the identity's key or certificate."""

    code = "client-certificate-unsupported"


class KeyMismatch(IdentityError):
    """The private key does not belong to the certificate."""

    code = "key-mismatch"


class PasswordNeeded(IdentityError):
    """The private key is encrypted and no password was given."""

    code = "password-needed"


class WrongPassword(IdentityError):
    """The password does not open the private key."""

    code = "wrong-password"


class KeyringUnavailable(WorkbenchError):
    """The operating system's keyring is missing, locked or refused."""

    code = "keyring-unavailable"


class TrustError(WorkbenchError):
    """A CA bundle is missing, empty or unreadable."""

    code = "trust-unreadable"


class StorageError(WorkbenchError):
    """The program's own folder cannot be read or written."""

    code = "storage"


class NewerFormat(StorageError):
    """A file was stored by a newer version of this program; it is left as it is."""


class WorkspaceBusy(StorageError):
    """Another process has the workspace open."""

    code = "workspace-busy"


class NotAuthorized(WorkbenchError):
    """No access token was given: what the authorization server, or the person at its page, said."""

    code = "authorization-failed"


class CollectionError(WorkbenchError):
    """Saved requests cannot be read, written or moved; what is on the disk is as it was."""

    code = "collection"
