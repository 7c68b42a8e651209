"""Passwords in the real Secret Service, and nowhere else."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support import authority
from tests.support.secret_service import SecretService, secret_service
from workbench.core.errors import KeyringUnavailable
from workbench.core.formats import Source, read_identity
from workbench.core.storage import Home, IdentityStore, Keyring, PasswordKept

__all__ = ["secret_service"]

pytestmark = [pytest.mark.endtoend, pytest.mark.skipif(sys.platform != "linux", reason="the Secret Service is Linux's")]

PASSWORD = "correct horse, battery & stäple"


@pytest.fixture
def home(tmp_path: Path, secret_service: SecretService, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    for name, value in secret_service.environment.items():
        monkeypatch.setenv(name, value)
    return Home(tmp_path / "home")


def everything(*folders: Path) -> Iterator[bytes]:
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                yield path.read_bytes()


def test_the_password_is_in_the_keyring_and_nowhere_else(home: Home, secret_service: SecretService) -> None:
    alice = authority.client(authority.intermediate(authority.root()), "alice")
    imported = read_identity([Source("alice.p12", authority.pkcs12_file(alice, PASSWORD))], PASSWORD)
    stored = IdentityStore(home, Keyring()).add(imported.identity, password=PASSWORD)
    assert isinstance(alice.key, ec.EllipticCurvePrivateKey)
    number = alice.key.private_numbers().private_value.to_bytes(32, "big")
    pem = authority.key_pem(alice.key).splitlines()[1]
    for data in everything(home.root, secret_service.folder):
        assert PASSWORD.encode() not in data
        assert number not in data
        assert pem not in data
    assert Keyring().get(f"identity:{stored.id}") not in (None, PASSWORD)
    assert IdentityStore(home, Keyring()).open("alice").chain == alice.chain


def test_another_program_finds_it_under_the_fixed_names(home: Home) -> None:
    stored = IdentityStore(home, Keyring()).add(authority.client(None, "alice").identity("alice"))
    script = "import keyring, sys; print(len(keyring.get_password('mtls-workbench', sys.argv[1]) or ''))"
    command = [sys.executable, "-c", script, f"identity:{stored.id}"]
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.strip() == "43"


def test_replaced_and_removed_entries_leave_nothing(home: Home) -> None:
    store = IdentityStore(home, Keyring())
    first = store.add(authority.client(None, "alice").identity("alice"))
    before = Keyring().get(f"identity:{first.id}")
    second = store.set_password("alice", old=None, new=PASSWORD, keep=PasswordKept.KEYRING)
    assert Keyring().get(f"identity:{first.id}") is None
    assert Keyring().get(f"identity:{second.id}") not in (None, before, PASSWORD)
    store.remove("alice")
    assert Keyring().get(f"identity:{second.id}") is None


def test_the_service_is_named(home: Home) -> None:
    assert home is not None
    assert "SecretService" in Keyring().describe()


def test_when_the_bus_is_gone(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    store = IdentityStore(home, Keyring())
    store.add(authority.client(None, "alice").identity("alice"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    with pytest.raises(KeyringUnavailable) as caught:
        IdentityStore(home, Keyring()).open("alice")
    assert "every time" in caught.value.hint
    with pytest.raises(KeyringUnavailable):
        store.add(authority.client(None, "bob").identity("bob"))
    assert [one.name for one in store.list()] == ["alice"]
    assert len(list(home.identities.iterdir())) == 1
