"""Passwords in the operating system's keyring.

``keyring`` looks through all installed packages for backends, which takes longer than a whole
request; so where nothing else is configured, the platform's own backend is used at once. Backends
that forget or that write plain text count as no keyring at all.
"""

import importlib
import os
import sys
from typing import TYPE_CHECKING, Protocol

from workbench.core.errors import KeyringUnavailable
from workbench.core.i18n import _

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "mtls-workbench"

_BACKENDS = {
    "linux": "keyring.backends.SecretService",
    "darwin": "keyring.backends.macOS",
    "win32": "keyring.backends.Windows",
}
_CLASSES = {"win32": "WinVaultKeyring"}


class Passwords(Protocol):
    """Somewhere to keep passwords; every method may block, ask the person, and raise ``KeyringUnavailable``."""

    def get(self, user: str) -> str | None:
        """The password of this entry, or None when there is none."""

    def set(self, user: str, password: str) -> None:
        """Keep a password, in place of an older one."""

    def delete(self, user: str) -> None:
        """Forget a password; nothing happens when there is none."""

    def describe(self) -> str:
        """What this is, in words for a person."""


class Keyring:
    """The keyring of the person's session; every entry has the service name ``mtls-workbench``.

    Nothing is loaded or connected until the first call.
    """

    def __init__(self) -> None:
        self._backend: KeyringBackend | None = None

    def get(self, user: str) -> str | None:
        """The password of this entry, or None when there is none. Raises ``KeyringUnavailable``."""
        backend = self._open()
        try:
            return backend.get_password(SERVICE, user)
        except Exception as error:
            raise _unavailable(error) from error

    def set(self, user: str, password: str) -> None:
        """Keep a password, and check that it was kept. Raises ``KeyringUnavailable``."""
        backend = self._open()
        try:
            backend.set_password(SERVICE, user, password)
            kept = backend.get_password(SERVICE, user) == password
        except Exception as error:
            raise _unavailable(error) from error
        if not kept:
            raise _unavailable(_("It accepted the password, but does not return it."))

    def delete(self, user: str) -> None:
        """Forget a password; nothing happens when there is none. Raises ``KeyringUnavailable``."""
        backend = self._open()
        try:
            if backend.get_password(SERVICE, user) is not None:
                backend.delete_password(SERVICE, user)
        except Exception as error:
            raise _unavailable(error) from error

    def describe(self) -> str:
        """The backend's name. Raises ``KeyringUnavailable`` when there is none that can be used."""
        return self._open().name

    def _open(self) -> "KeyringBackend":
        if self._backend is None:
            try:
                backend = _direct_backend() or _configured_backend()
            except Exception as error:  # backends are plug-ins: anything may come out of them
                raise _unavailable(error) from error
            if backend is None:
                raise _unavailable(_("No keyring service was found that stores passwords securely."))
            self._backend = backend
        return self._backend


def _direct_backend() -> "KeyringBackend | None":
    """The platform's own backend, unless the person configured another or it does not work here."""
    module = _BACKENDS.get(sys.platform)
    if module is None or "PYTHON_KEYRING_BACKEND" in os.environ:
        return None
    try:
        from keyring.util import platform_

        if (platform_.config_root() / "keyringrc.cfg").exists():
            return None
        backend: KeyringBackend = getattr(importlib.import_module(module), _CLASSES.get(sys.platform, "Keyring"))()
        backend.priority  # noqa: B018 -- raises RuntimeError where the service does not answer
    except (ImportError, AttributeError, RuntimeError):
        return None
    return backend


def _configured_backend() -> "KeyringBackend | None":
    """What ``keyring`` itself chooses, if it keeps secrets secret."""
    import keyring

    chosen = keyring.get_keyring()
    candidates = getattr(chosen, "backends", None) or [chosen]  # the chainer asks several in turn
    return next((backend for backend in candidates if _is_safe(backend)), None)


def _is_safe(backend: "KeyringBackend") -> bool:
    kind = type(backend)
    if kind.__module__ in ("keyring.backends.fail", "keyring.backends.null"):
        return False
    return "plaintext" not in f"{kind.__module__}.{kind.__qualname__}".lower()


def _unavailable(reason: object) -> KeyringUnavailable:
    return KeyringUnavailable(
        _("The keyring of this computer cannot be used."),
        detail=str(reason) or type(reason).__name__,
        hint=_(
            "Unlock or start the keyring (GNOME Keyring, KWallet, Keychain, Windows Credential "
            "Manager), or choose to be asked for the password every time, so that nothing is "
            "stored."
        ),
    )
