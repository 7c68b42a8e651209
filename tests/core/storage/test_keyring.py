"""Which keyrings count as one."""

from collections.abc import Callable

import keyring as library
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as Fail
from keyring.backends.null import Keyring as Null

from workbench.core.errors import KeyringUnavailable
from workbench.core.storage import Keyring


class Memory(KeyringBackend):
    priority = 0.1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library has no annotation there
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


class Forgetful(Memory):
    def get_password(self, service: str, username: str) -> str | None:
        return None


class PlaintextKeyring(Memory):
    pass


class Exploding(Memory):
    def get_password(self, service: str, username: str) -> str | None:
        raise ZeroDivisionError("the vault fell over")


class Chain(Memory):
    def __init__(self, *backends: KeyringBackend) -> None:
        super().__init__()
        self.backends = backends


def made(kind: type[KeyringBackend]) -> KeyringBackend:
    return kind()


def use(monkeypatch: pytest.MonkeyPatch, backend: KeyringBackend) -> Keyring:
    monkeypatch.setattr(library, "get_keyring", lambda: backend)
    return Keyring()


def test_set_get_delete(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Memory()
    keyring = use(monkeypatch, backend)
    assert keyring.get("identity:1") is None
    keyring.set("identity:1", "secret")
    assert backend.entries == {("mtls-workbench", "identity:1"): "secret"}
    assert keyring.get("identity:1") == "secret"
    keyring.delete("identity:1")
    keyring.delete("identity:1")
    assert backend.entries == {}
    assert keyring.describe()


@pytest.mark.parametrize("backend", [made(Fail), made(Null), PlaintextKeyring(), Chain(made(Null), PlaintextKeyring())])
def test_what_does_not_keep_secrets(monkeypatch: pytest.MonkeyPatch, backend: KeyringBackend) -> None:
    keyring = use(monkeypatch, backend)
    calls: list[Callable[[], object]] = [
        keyring.describe,
        lambda: keyring.get("x"),
        lambda: keyring.set("x", "y"),
        lambda: keyring.delete("x"),
    ]
    for call in calls:
        with pytest.raises(KeyringUnavailable) as caught:
            call()
        assert caught.value.detail
        assert "every time" in caught.value.hint


def test_of_several_the_first_that_does(monkeypatch: pytest.MonkeyPatch) -> None:
    good = Memory()
    use(monkeypatch, Chain(made(Null), PlaintextKeyring(), good)).set("x", "y")
    assert good.entries == {("mtls-workbench", "x"): "y"}


def test_one_that_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeyringUnavailable, match="does not return it"):
        use(monkeypatch, Forgetful()).set("x", "y")


def test_whatever_a_plug_in_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeyringUnavailable, match="fell over"):
        use(monkeypatch, Exploding()).get("x")


def test_the_one_that_is_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setattr(library.core, "_keyring_backend", None)
    with pytest.raises(KeyringUnavailable):
        Keyring().describe()
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "no.such.module")
    monkeypatch.setattr(library.core, "_keyring_backend", None)
    with pytest.raises(KeyringUnavailable, match="no"):
        Keyring().describe()


def test_no_secret_service_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    monkeypatch.setattr(library.core, "_keyring_backend", made(Fail))
    with pytest.raises(KeyringUnavailable):
        Keyring().get("x")
