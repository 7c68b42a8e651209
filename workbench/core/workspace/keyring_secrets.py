"""Secret variables: values in the keyring, names in the workspace's record.

An entry's user name is ``secret:<workspace-id>/<environment>/<variable>`` with ``/`` and ``%`` inside a part
written as ``%2F`` and ``%25``. The environment part is the environment's name, and ``-`` where no environment
is meant. Where another collection of the workspace has taken that part already, ``~2``, ``~3`` … is added, so that
a collection never reads another one's secrets, even when both call things the same. The part stays when
the environment gets another name.
"""

import contextlib
from collections.abc import Iterable, Iterator

from workbench.core.errors import KeyringUnavailable
from workbench.core.i18n import _
from workbench.core.storage import Passwords
from workbench.core.workspace.record import SecretGroup

NO_ENVIRONMENT = "-"


class KeyringSecrets:
    """The secret values of one workspace. Blocks: a keyring may ask the person. What was read stays in memory."""

    def __init__(self, workspace: str, keyring: Passwords) -> None:
        self._workspace = workspace
        self._keyring = keyring
        self._known: dict[str, str | None] = {}

    def __repr__(self) -> str:
        return f"KeyringSecrets({self._workspace!r})"

    def read(self, part: str, variable: str) -> str | None:
        """The value, None when this computer has none. Raises ``KeyringUnavailable``."""
        user = self._user(part, variable)
        if user not in self._known:
            with _about_variables():
                self._known[user] = self._keyring.get(user)
        return self._known[user]

    def keep(self, part: str, variable: str, value: str) -> None:
        """Keep a value in place of an older one. Raises ``KeyringUnavailable``."""
        user = self._user(part, variable)
        self._known.pop(user, None)
        with _about_variables():
            self._keyring.set(user, value)
        self._known[user] = value

    def remove(self, part: str, variable: str) -> None:
        """Forget a value; nothing happens when there is none. Raises ``KeyringUnavailable``."""
        user = self._user(part, variable)
        self._known.pop(user, None)
        with _about_variables():
            self._keyring.delete(user)

    def forget(self) -> None:
        """Read everything anew from now on."""
        self._known.clear()

    def _user(self, part: str, variable: str) -> str:
        return user_name(self._workspace, part, variable)


@contextlib.contextmanager
def _about_variables() -> Iterator[None]:
    """What the keyring refuses, with a hint for variables: unlike passwords they cannot be asked for every time."""
    try:
        yield
    except KeyringUnavailable as error:
        raise KeyringUnavailable(
            error.title,
            detail=error.detail,
            hint=_("Unlock or start the keyring (GNOME Keyring, KWallet, Keychain, Windows Credential Manager)."),
        ) from error


def user_name(workspace: str, part: str, variable: str) -> str:
    """The user name of a keyring entry."""
    return f"secret:{workspace}/{_escaped(part)}/{_escaped(variable)}"


def free_part(environment: str | None, taken: Iterable[SecretGroup]) -> str:
    """The part for the group of ``environment`` that none of ``taken`` has."""
    parts = {group.part for group in taken}
    if environment == NO_ENVIRONMENT:  # one that is called so
        parts.add(NO_ENVIRONMENT)
    return next(part for part in _numbered(environment or NO_ENVIRONMENT) if part not in parts)


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """``wanted``, or with a number behind it what ``taken`` does not hold."""
    known = set(taken)
    return next(name for name in _numbered(wanted, "-") if name not in known)


def _numbered(name: str, joint: str = "~") -> Iterable[str]:
    yield name
    number = 2
    while True:
        yield f"{name}{joint}{number}"
        number += 1


def _escaped(part: str) -> str:
    return part.replace("%", "%25").replace("/", "%2F")
