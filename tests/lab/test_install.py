from pathlib import Path

import pytest

from tests.support import authority
from tests.support.keyring import MemoryKeyring
from workbench.core.errors import PasswordNeeded, StorageError
from workbench.core.storage import Home, IdentityStore, PasswordKept, TrustLibrary
from workbench.lab.identities import Material, make_material
from workbench.lab.install import Installed, install, uninstall


class Person:
    """Somebody's store and library, as a fresh process opens them."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder)
        self.keyring = MemoryKeyring()

    @property
    def store(self) -> IdentityStore:
        return IdentityStore(self.home, self.keyring)

    @property
    def library(self) -> TrustLibrary:
        return TrustLibrary(self.home)

    def names(self) -> list[str]:
        return [stored.name for stored in self.store.list()]

    def install(self, material: Material) -> Installed:
        some = {name: material.identities[name] for name in ("alice", "expired")}
        return install(some, material.bundle, self.store, self.library)


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(tmp_path / "home")


@pytest.fixture(scope="module")
def material() -> Material:
    return make_material()


def test_installed_identities_are_used_by_name(person: Person, material: Material) -> None:
    installed = person.install(material)
    assert installed.password is None
    opened = person.store.open("alice")
    assert opened.chain == material.identities["alice"].chain
    assert person.library.open(["lab"]).certificates == (material.authority,)
    uninstall(installed, person.store, person.library)
    assert person.names() == []
    assert person.library.list() == ()
    assert person.keyring.entries == {}


def test_a_later_lab_takes_the_place_of_an_earlier(person: Person, material: Material) -> None:
    first = person.install(material)
    later = make_material()
    second = person.install(later)
    assert person.names() == ["alice", "expired"]
    assert person.store.find("alice").chain == later.identities["alice"].chain
    uninstall(first, person.store, person.library)
    assert person.names() == ["alice", "expired"]
    assert person.library.find("lab") == later.bundle
    uninstall(second, person.store, person.library)
    assert person.names() == []


def test_what_is_the_persons_own_is_left_alone(person: Person, material: Material) -> None:
    root = authority.root()
    own = [authority.client(root, name).identity(name) for name in ("Alice", "lab-alice")]
    for identity in own:
        person.store.add(identity)
    person.library.add("lab", [root.certificate])
    installed = person.install(material)
    assert {name: identity.name for name, identity in installed.identities.items()} == {
        "alice": "lab-alice-2",
        "expired": "expired",
    }
    assert installed.bundle.name == "lab-lab"
    for identity in own:
        assert person.store.find(identity.name).chain == identity.chain
    uninstall(installed, person.store, person.library)
    assert person.names() == ["Alice", "lab-alice"]
    assert person.library.find("lab").certificates == (root.certificate,)


def test_without_a_keyring_one_password_opens_all(person: Person, material: Material) -> None:
    person.keyring.available = False
    installed = person.install(material)
    assert installed.password
    assert installed.password not in repr(installed)
    assert {stored.password for stored in person.store.list()} == {PasswordKept.ASK}
    with pytest.raises(PasswordNeeded):
        person.store.open("alice")
    assert person.store.open("expired", installed.password).certificate.is_expired()
    uninstall(installed, person.store, person.library)
    assert person.names() == []


def test_all_or_nothing(person: Person, material: Material) -> None:
    person.home.trust.parent.mkdir(parents=True)
    person.home.trust.write_text("a file where the folder should be")
    with pytest.raises(StorageError):
        person.install(material)
    assert person.names() == []


def test_no_key_lies_in_clear(person: Person, material: Material) -> None:
    person.install(material)
    for file in person.home.root.rglob("*"):
        assert file.is_dir() or b"BEGIN PRIVATE KEY" not in file.read_bytes()
