"""Stored identities: whole or not at all, and never a password or a key in clear on the disk."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import authority
from tests.support.keyring import MemoryKeyring
from workbench.core.errors import (
    IdentityNotFound,
    IdentityUnreadable,
    InvalidInput,
    KeyMismatch,
    KeyringUnavailable,
    PasswordNeeded,
    StorageError,
    WrongPassword,
)
from workbench.core.storage import Home, IdentityStore, PasswordKept, StoredIdentity, folders
from workbench.core.tls.identity import Identity, belongs_together
from workbench.lab.authority import Credential


@pytest.fixture(scope="module")
def alice() -> Credential:
    return authority.client(authority.intermediate(authority.root()), "alice")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def keyring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def store(home: Home, keyring: MemoryKeyring) -> IdentityStore:
    return IdentityStore(home, keyring)


class _Overtaken(MemoryKeyring):
    """While it keeps its first password, ``meanwhile`` happens, as in another process."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self._meanwhile: list[Callable[[], object]] = [meanwhile]

    def set(self, user: str, password: str) -> None:
        super().set(user, password)
        while self._meanwhile:
            self._meanwhile.pop()()


def files(home: Home) -> list[str]:
    return sorted(str(path.relative_to(home.root)) for path in home.root.rglob("*") if path.is_file())


def test_empty(store: IdentityStore, home: Home) -> None:
    assert store.list() == ()
    assert store.unreadable() == ()
    assert not home.root.exists()
    with pytest.raises(IdentityNotFound, match="alice") as caught:
        store.find("alice")
    assert caught.value.detail
    assert caught.value.hint


def test_add_and_open_in_another_program(home: Home, keyring: MemoryKeyring, alice: Credential) -> None:
    stored = IdentityStore(home, keyring).add(alice.identity("Älice"), password="given")
    assert keyring.entries.keys() == {f"identity:{stored.id}"}
    store = IdentityStore(home, keyring)
    assert store.list() == (stored,)
    assert store.find("älICE") == stored
    identity = store.open("äLICE")
    assert identity == Identity("Älice", alice.chain, alice.key)
    assert belongs_together(identity.key, alice.certificate)
    assert files(home) == [f"identities/{stored.id}/{name}" for name in ("chain.pem", "identity.json", "key.pem")]


@pytest.mark.parametrize("kind", ["rsa-2048", "ec-p521", "ed25519", "ed448", "dsa-2048"])
def test_every_kind_of_key_comes_back(store: IdentityStore, home: Home, keyring: MemoryKeyring, kind: str) -> None:
    one = authority.client(None, "one", key=kind)
    store.add(one.identity("one"))
    assert belongs_together(IdentityStore(home, keyring).open("one").key, one.certificate)


def test_in_the_keyring_are_random_passwords_only(
    store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential
) -> None:
    """The password of the file that was imported came by mail, and opens nothing that is stored here."""
    store.add(alice.identity("one"))
    store.add(alice.identity("two"), password="1234")
    store.set_password("one", old=None, new="1234", keep=PasswordKept.KEYRING)
    first, second = keyring.entries.values()
    assert first != second
    assert min(len(first), len(second)) >= 43
    for name in ("one", "two"):
        with pytest.raises(WrongPassword):
            IdentityStore(home, keyring).open(name, "1234")


def _switched_off() -> None:
    raise KeyringUnavailable("switched off")


def as_before(store: IdentityStore, home: Home, keyring: MemoryKeyring, one: Identity, password: str) -> StoredIdentity:
    """What versions stored that kept the file's own password in the keyring."""
    stored = store.add(one, password=password, keep=PasswordKept.ASK)
    path = home.identities / stored.id / "identity.json"
    path.write_text(path.read_text().replace('"ask"', '"keyring"'))
    keyring.entries[f"identity:{stored.id}"] = password
    return store.find(one.name)


def test_a_password_that_somebody_knows_is_replaced_when_the_key_is_opened(
    store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential
) -> None:
    old = as_before(store, home, keyring, alice.identity("alice"), "1234")
    assert IdentityStore(home, keyring).open("alice").chain == alice.chain
    new = store.find("alice")
    assert (new.name, new.chain, new.created) == (old.name, old.chain, old.created)
    assert [path.name for path in home.identities.iterdir()] == [new.id]
    assert keyring.entries.keys() == {f"identity:{new.id}"}
    other = IdentityStore(home, keyring)
    with pytest.raises(WrongPassword):
        other.open("alice", "1234")
    assert other.open("alice").chain == alice.chain
    assert store.find("alice") == new, "once is enough"


def test_a_key_opens_also_where_it_cannot_be_encrypted_anew(
    store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = as_before(store, home, keyring, alice.identity("alice"), "1234")
    with monkeypatch.context() as patch:
        patch.setattr(keyring, "set", lambda *_arguments: _switched_off())
        assert IdentityStore(home, keyring).open("alice").chain == alice.chain
    assert store.list() == (old,)
    assert keyring.entries == {f"identity:{old.id}": "1234"}
    assert [path.name for path in home.identities.iterdir()] == [old.id]


@pytest.mark.parametrize("step", ["set", "publish", "tidy", "delete"])
def test_whenever_encrypting_anew_is_killed_the_key_is_there(
    store: IdentityStore,
    home: Home,
    keyring: MemoryKeyring,
    alice: Credential,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    as_before(store, home, keyring, alice.identity("alice"), "1234")
    where = {"set": keyring, "publish": folders, "tidy": IdentityStore, "delete": keyring}[step]

    class _KilledError(BaseException):
        pass

    def die(*_arguments: object, **_more: object) -> None:
        raise _KilledError

    with monkeypatch.context() as patch:
        patch.setattr(where, step, die)
        patch.setattr(folders, "discard", die)  # nobody tidies up after a kill
        with pytest.raises(_KilledError):
            IdentityStore(home, keyring).open("alice")
    assert IdentityStore(home, keyring).open("alice").chain == alice.chain
    assert [one.name for one in store.list()] == ["alice"]


def test_an_identity_that_is_encrypted_anew_by_another_process_meanwhile(
    store: IdentityStore, home: Home, alice: Credential
) -> None:
    """Between reading that it is there and asking for its password the other one is done."""
    keyring = MemoryKeyring()
    first = IdentityStore(home, keyring)
    as_before(first, home, keyring, alice.identity("alice"), "1234")

    class _Late(MemoryKeyring):
        def get(self, user: str) -> str | None:
            if overtake:
                overtake.pop()
                assert first.open("alice").chain == alice.chain
            return super().get(user)

    overtake = [True]
    late = _Late()
    late.entries = keyring.entries
    assert IdentityStore(home, late).open("alice").chain == alice.chain
    assert len(list(home.identities.iterdir())) == 1


def test_encrypting_anew_undoes_no_renewal(store: IdentityStore, home: Home, alice: Credential) -> None:
    renewed = authority.client(None, "renewed")
    keyring = _Overtaken(lambda: store.add(renewed.identity("alice"), replace=True))
    as_before(store, home, keyring, alice.identity("alice"), "1234")
    assert IdentityStore(home, keyring).open("alice").chain == alice.chain
    assert [one.certificate for one in store.list()] == [renewed.certificate]


def test_nothing_in_clear_and_nobody_else_may_read(store: IdentityStore, home: Home, alice: Credential) -> None:
    store.add(alice.identity("alice"), password="swordfish")
    clear = authority.key_der(alice.key)
    for path in home.root.rglob("*"):
        if os.name != "nt":
            assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)
        if path.is_file():
            data = path.read_bytes()
            assert b"swordfish" not in data
            assert clear[-32:] not in data
            assert b"BEGIN PRIVATE KEY" not in data


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command")
def test_openssl_reads_the_key(store: IdentityStore, home: Home, alice: Credential) -> None:
    stored = store.add(alice.identity("alice"), password="swörd fish", keep=PasswordKept.ASK)
    path = home.identities / stored.id / "key.pem"
    command = ["openssl", "pkcs8", "-in", str(path), "-passin", "stdin"]
    done = subprocess.run(command, input="swörd fish\n".encode(), capture_output=True, timeout=30, check=True)
    assert done.stdout.replace(b"\r", b"") == authority.key_pem(alice.key)
    described = subprocess.run(
        ["openssl", "asn1parse", "-in", str(path)], capture_output=True, timeout=30, check=True
    ).stdout.decode()
    for words in ("PBES2", "PBKDF2", "hmacWithSHA256", "aes-256-cbc", f"{600_000:X}"):
        assert words in described


def test_names(store: IdentityStore, alice: Credential) -> None:
    store.add(alice.identity("  Straße  "))
    assert store.list()[0].name == "Straße"
    for taken in ("STRASSE", "straße"):
        with pytest.raises(InvalidInput, match="already"):
            store.add(alice.identity(taken))
    for bad in ("", "  ", "a\nb", "a\0", "x" * 201, "\ud800"):
        with pytest.raises(InvalidInput) as caught:
            store.add(alice.identity(bad))
        assert caught.value.detail
        assert caught.value.hint
    good = ("東京", "שלום", "🔑", "../../etc", "con")
    for name in good:
        store.add(alice.identity(name))
        assert store.open(name).name == name
    assert [one.name for one in store.list()] == sorted(
        ("Straße", "東京", "שלום", "🔑", "../../etc", "con"), key=str.casefold
    )


def test_a_key_of_another_certificate_is_not_stored(store: IdentityStore, home: Home, alice: Credential) -> None:
    with pytest.raises(KeyMismatch):
        store.add(Identity("mixed", alice.chain, authority.make_key()))
    assert not home.root.exists()


def test_without_a_keyring_nothing_is_stored(
    store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential
) -> None:
    keyring.available = False
    with pytest.raises(KeyringUnavailable) as caught:
        store.add(alice.identity("alice"))
    assert caught.value.hint
    assert files(home) == []
    assert list(home.identities.iterdir()) == []
    stored = store.add(alice.identity("alice"), password="mine", keep=PasswordKept.ASK)
    assert stored.password is PasswordKept.ASK
    assert store.open("alice", "mine").chain == alice.chain


def test_when_the_disk_fails_the_keyring_forgets(
    store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> Path:
        raise StorageError("disk full")

    monkeypatch.setattr(folders, "publish", fail)
    with pytest.raises(StorageError):
        store.add(alice.identity("alice"))
    assert keyring.entries == {}
    assert list(home.identities.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_a_folder_that_cannot_be_made(tmp_path: Path, keyring: MemoryKeyring, alice: Credential) -> None:
    (tmp_path / "home").write_text("a file in the way")
    with pytest.raises(StorageError) as caught:
        IdentityStore(Home(tmp_path / "home"), keyring).add(alice.identity("alice"))
    assert str(tmp_path / "home") in caught.value.detail
    assert keyring.entries == {}


def test_ask_every_time(store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential) -> None:
    for missing in (None, ""):
        with pytest.raises(PasswordNeeded):
            store.add(alice.identity("alice"), password=missing, keep=PasswordKept.ASK)
    store.add(alice.identity("alice"), password="mine", keep=PasswordKept.ASK)
    assert keyring.entries == {}
    for one in (store, IdentityStore(home, keyring)):
        with pytest.raises(PasswordNeeded) as caught:
            one.open("alice")
        assert caught.value.hint
        with pytest.raises(WrongPassword):
            one.open("alice", "other")
        assert one.open("alice", "mine").name == "alice"
        with pytest.raises(PasswordNeeded):
            one.open("alice")


def test_unlock_lasts_as_long_as_the_store(
    store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential
) -> None:
    store.add(alice.identity("alice"), password="mine", keep=PasswordKept.ASK)
    with pytest.raises(WrongPassword):
        store.unlock("alice", "other")
    with pytest.raises(PasswordNeeded):
        store.open("alice")
    store.unlock("alice", "mine")
    assert store.open("alice").chain == alice.chain
    store.rename("alice", "bob")
    assert store.open("bob").name == "bob"
    with pytest.raises(PasswordNeeded):
        IdentityStore(home, keyring).open("bob")


def test_what_the_keyring_lost(store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential) -> None:
    """Nobody knows a random password: to ask for it would lead nowhere."""
    store.add(alice.identity("alice"), password="mine")
    keyring.entries.clear()
    other = IdentityStore(home, keyring)
    with pytest.raises(IdentityUnreadable, match="alice") as caught:
        other.open("alice")
    assert "random" in caught.value.detail
    assert "Import the identity again" in caught.value.hint
    assert "backup" in caught.value.hint
    keyring.available = False
    with pytest.raises(KeyringUnavailable):
        other.open("alice")


def test_what_the_keyring_lost_of_a_password_that_somebody_knows(
    store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential
) -> None:
    as_before(store, home, keyring, alice.identity("alice"), "mine")
    keyring.entries.clear()
    other = IdentityStore(home, keyring)
    with pytest.raises(PasswordNeeded, match="alice"):
        other.open("alice")
    other.unlock("alice", "mine")
    assert IdentityStore(home, keyring).open("alice").chain == alice.chain


def test_replace(store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential) -> None:
    old = store.add(alice.identity("alice"))
    renewed = authority.client(None, "renewed")
    new = store.add(renewed.identity("ALICE"), replace=True)
    assert store.list() == (new,)
    assert keyring.entries.keys() == {f"identity:{new.id}"}
    assert not (home.identities / old.id).exists()
    assert IdentityStore(home, keyring).open("alice").certificate == renewed.certificate


def test_a_replacement_that_fails_leaves_the_old_one(
    store: IdentityStore, keyring: MemoryKeyring, alice: Credential
) -> None:
    old = store.add(alice.identity("alice"))
    keyring.available = False
    with pytest.raises(KeyringUnavailable):
        store.add(authority.client(None, "renewed").identity("alice"), replace=True)
    keyring.available = True
    assert store.list() == (old,)
    assert store.open("alice").chain == alice.chain


def test_a_name_that_another_process_takes_meanwhile_is_taken(
    store: IdentityStore, home: Home, alice: Credential
) -> None:
    keyring = _Overtaken(lambda: store.add(alice.identity("alice")))
    with pytest.raises(InvalidInput, match="already is an identity named “alice”"):
        IdentityStore(home, keyring).add(authority.client(None, "late").identity("ALICE"))
    assert [one.certificate for one in store.list()] == [alice.certificate]
    assert keyring.entries == {}
    assert [path.name for path in home.identities.iterdir()] == [store.find("alice").id]


def test_of_two_replacements_at_once_the_later_one_stays(store: IdentityStore, home: Home, alice: Credential) -> None:
    store.add(authority.client(None, "first").identity("alice"))
    keyring = _Overtaken(lambda: store.add(authority.client(None, "second").identity("alice"), replace=True))
    late = IdentityStore(home, keyring).add(alice.identity("alice"), replace=True)
    assert store.list() == (late,)
    assert [path.name for path in home.identities.iterdir()] == [late.id]


def test_a_crash_between_new_and_old(
    store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are there for a moment; the new one counts, and the old one goes when something is stored next."""
    old = store.add(alice.identity("alice"))
    with monkeypatch.context() as patch:
        patch.setattr(IdentityStore, "tidy", lambda _store: None)
        new = store.add(authority.client(None, "renewed").identity("alice"), replace=True)
    assert (home.identities / old.id).exists()
    other = IdentityStore(home, keyring)
    assert other.list() == (new,)
    assert other.rename("alice", "alicia").id == new.id
    assert [one.name for one in other.list()] == ["alicia"], "the old one does not come back"
    other.add(alice.identity("bob"))
    assert not (home.identities / old.id).exists()
    assert f"identity:{old.id}" not in keyring.entries


def test_what_a_crash_left_staged(store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential) -> None:
    store.add(alice.identity("alice"))
    staged = folders.stage(home.identities, "feed", {"key.pem": b"x"})
    keyring.entries["identity:feed"] = "left"
    assert len(store.list()) == 1
    store.add(alice.identity("bob"))
    assert staged.exists(), "it may belong to a program that is still at it"
    os.utime(staged, (0, 0))
    store.add(alice.identity("carol"))
    assert not staged.exists()
    assert "identity:feed" not in keyring.entries


def test_what_is_set_aside_comes_back_whole(
    store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential
) -> None:
    kept = store.add(alice.identity("alice"))
    before, entries = files(home), dict(keyring.entries)
    assert store.set_aside("alice") == kept.id
    assert store.list() == ()
    assert store.unreadable() == ()
    with pytest.raises(IdentityNotFound):
        store.open("alice")
    assert store.take_back(kept.id) == kept
    assert (files(home), keyring.entries) == (before, entries)
    assert IdentityStore(home, keyring).open("alice").key is not None


def test_what_is_set_aside_is_forgotten_with_its_password(
    store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential
) -> None:
    store.add(alice.identity("bob"))
    left = (files(home), dict(keyring.entries))
    store.add(alice.identity("alice"))
    aside = store.set_aside("alice")
    store.forget(aside)
    assert (files(home), keyring.entries) == left
    store.forget(aside)  # somebody else was quicker
    with pytest.raises(StorageError):
        store.take_back(aside)


def test_a_name_that_was_taken_meanwhile_gets_a_number(store: IdentityStore, alice: Credential) -> None:
    first = store.add(alice.identity("alice"))
    store.set_aside("alice")
    second = store.add(authority.client(None, "second").identity("Alice"))
    assert store.take_back(first.id).name == "alice 2"
    assert [one.id for one in store.list()] == [second.id, first.id]
    assert store.open("alice 2").certificate == alice.certificate


def test_what_a_killed_program_had_set_aside_goes_an_hour_later(
    store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential
) -> None:
    aside = home.identities / f".removed-{store.add(alice.identity('alice')).id}"
    store.set_aside("alice")
    next_one = IdentityStore(home, keyring)
    next_one.tidy()
    assert aside.exists(), "it may belong to a program that still offers to bring it back"
    assert keyring.entries
    os.utime(aside, (0, 0))
    next_one.tidy()
    assert files(home) == []
    assert not keyring.entries


def test_rename(store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential) -> None:
    store.add(alice.identity("alice"))
    store.add(alice.identity("bob"))
    with pytest.raises(InvalidInput, match="already"):
        store.rename("alice", "BOB")
    with pytest.raises(IdentityNotFound):
        store.rename("nobody", "somebody")
    assert store.rename("alice", "Alice").name == "Alice"
    store.rename("Alice", "zoë")
    assert [one.name for one in IdentityStore(home, keyring).list()] == ["bob", "zoë"]
    assert IdentityStore(home, keyring).open("zoë").name == "zoë"


def test_remove(store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential) -> None:
    store.add(alice.identity("alice"))
    store.remove("ALICE")
    assert keyring.entries == {}
    assert list(home.identities.iterdir()) == []
    with pytest.raises(IdentityNotFound):
        store.open("alice")


def test_remove_without_a_keyring(store: IdentityStore, keyring: MemoryKeyring, alice: Credential) -> None:
    store.add(alice.identity("alice"))
    keyring.available = False
    store.remove("alice")
    assert store.list() == ()


def test_set_password(store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential) -> None:
    first = store.add(alice.identity("alice"), password="one")
    asked = store.set_password("alice", old=None, new="two", keep=PasswordKept.ASK)
    assert asked.created == first.created
    assert keyring.entries == {}
    with pytest.raises(WrongPassword):
        store.open("alice", "one")
    with pytest.raises(PasswordNeeded):
        store.set_password("alice", old=None, new="three", keep=PasswordKept.KEYRING)
    with pytest.raises(WrongPassword):
        store.set_password("alice", old="one", new="three", keep=PasswordKept.KEYRING)
    with pytest.raises(PasswordNeeded):
        store.set_password("alice", old="two", new=None, keep=PasswordKept.ASK)
    assert store.open("alice", "two").chain == alice.chain
    kept = store.set_password("alice", old="two", new=None, keep=PasswordKept.KEYRING)
    assert keyring.entries.keys() == {f"identity:{kept.id}"}
    assert IdentityStore(home, keyring).open("alice").chain == alice.chain


def test_a_newer_format_is_refused_and_left(store: IdentityStore, home: Home, alice: Credential) -> None:
    stored = store.add(alice.identity("alice"))
    path = home.identities / stored.id / "identity.json"
    document = json.loads(path.read_text()) | {"format": 2, "new": ["things"]}
    path.write_text(json.dumps(document))
    assert store.list() == ()
    (error,) = store.unreadable()
    assert "newer" in error.title
    assert "alice" in error.title
    store.add(alice.identity("alice"))
    assert json.loads(path.read_text()) == document


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("identity.json", b"{"),
        ("identity.json", b"[]"),
        ("identity.json", b'{"format": "one"}'),
        ("identity.json", b'{"format": 1, "name": "x"}'),
        ("identity.json", b'{"format": 1, "name": "x", "created": "yesterday", "password": "ask"}'),
        ("identity.json", None),
        ("chain.pem", b""),
        ("chain.pem", b"-----BEGIN CERTIFICATE-----\nMIIB"),
        ("chain.pem", None),
    ],
)
def test_damaged_entries_are_shown_and_left(
    store: IdentityStore, home: Home, alice: Credential, file: str, content: bytes | None
) -> None:
    stored = store.add(alice.identity("alice"))
    path = home.identities / stored.id / file
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert store.list() == ()
    (error,) = store.unreadable()
    assert str(path) in error.detail
    assert error.hint
    assert (home.identities / stored.id / "key.pem").exists()
    with pytest.raises(IdentityNotFound, match=stored.id):
        store.find("alice")


def test_damaged_key(store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential) -> None:
    stored = store.add(alice.identity("alice"))
    path = home.identities / stored.id / "key.pem"
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(WrongPassword, match="damaged"):
        IdentityStore(home, keyring).open("alice")
    path.unlink()
    with pytest.raises(StorageError):
        IdentityStore(home, keyring).open("alice")


def test_the_key_of_another_identity_put_in_its_place(
    store: IdentityStore, home: Home, keyring: MemoryKeyring, alice: Credential
) -> None:
    one = store.add(alice.identity("one"), password="same", keep=PasswordKept.ASK)
    two = store.add(authority.client(None, "two").identity("two"), password="same", keep=PasswordKept.ASK)
    shutil.copy(home.identities / two.id / "key.pem", home.identities / one.id / "key.pem")
    with pytest.raises(KeyMismatch):
        IdentityStore(home, keyring).open("one", "same")
