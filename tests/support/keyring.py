"""A keyring in memory, which can be switched off."""

from workbench.core.errors import KeyringUnavailable


class MemoryKeyring:
    """Keeps passwords in ``entries``; raises ``KeyringUnavailable`` while ``available`` is off."""

    def __init__(self) -> None:
        self.entries: dict[str, str] = {}
        self.available = True

    def get(self, user: str) -> str | None:
        self._check()
        return self.entries.get(user)

    def set(self, user: str, password: str) -> None:
        self._check()
        self.entries[user] = password

    def delete(self, user: str) -> None:
        self._check()
        self.entries.pop(user, None)

    def describe(self) -> str:
        self._check()
        return "memory"

    def _check(self) -> None:
        if not self.available:
            raise KeyringUnavailable("The keyring is switched off.", hint="Choose to be asked every time.")
