"""Trust bundles, stored and built in."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import certifi
import pytest

from tests.support import authority
from workbench.core.errors import InvalidInput, StorageError, TrustError
from workbench.core.storage import Home, TrustLibrary, folders, roots
from workbench.core.tls import certificate
from workbench.core.tls.certificate import Certificate


@pytest.fixture(scope="module")
def roots_made() -> tuple[Certificate, ...]:
    return tuple(authority.root(name).certificate for name in ("One", "Two"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def library(home: Home) -> TrustLibrary:
    return TrustLibrary(home)


def test_of_many_who_store_under_one_name_at_once_one_succeeds(home: Home, roots_made: tuple[Certificate, ...]) -> None:
    def add(name: str) -> bool:
        try:
            TrustLibrary(home).add(name, roots_made)
        except InvalidInput:
            return False
        return True

    names = [name for name in "abcdef" for _worker in range(8)]
    with ThreadPoolExecutor(8) as workers:
        assert sum(workers.map(add, names)) == 6
    assert [bundle.name for bundle in TrustLibrary(home).list()] == list("abcdef")


def test_add_find_open(library: TrustLibrary, home: Home, roots_made: tuple[Certificate, ...]) -> None:
    one, two = roots_made
    assert library.list() == ()
    bundle = library.add(" Büro ", [one, one])
    assert bundle.name == "Büro"
    assert bundle.certificates == (one,)
    library.add("another", roots_made)
    other = TrustLibrary(home)
    assert [found.name for found in other.list()] == ["another", "Büro"]
    assert other.find("BÜRO") == bundle
    store = other.open(["büro", "another", "büro"])
    assert store.names == ("Büro", "another")
    assert store.certificates == (one, two)
    assert store.bundle_of(two) == "another"
    for path in home.root.rglob("*"):
        if os.name != "nt":
            assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)


def test_names_that_are_taken(library: TrustLibrary, roots_made: tuple[Certificate, ...]) -> None:
    library.add("mine", roots_made)
    for taken in ("MINE", "system", "Mozilla", ""):
        with pytest.raises(InvalidInput) as caught:
            library.add(taken, roots_made)
        assert caught.value.hint
    with pytest.raises(InvalidInput):
        library.add("system", roots_made, replace=True)
    with pytest.raises(TrustError, match="empty"):
        library.add("nothing", [])


def test_replace_rename_remove(library: TrustLibrary, home: Home, roots_made: tuple[Certificate, ...]) -> None:
    library.add("mine", roots_made)
    library.add("Mine", roots_made[:1], replace=True)
    (bundle,) = library.list()
    assert (bundle.name, bundle.certificates) == ("Mine", roots_made[:1])
    assert len(list(home.trust.iterdir())) == 1
    assert library.rename("mine", "MINE").name == "MINE"
    library.add("other", roots_made)
    with pytest.raises(InvalidInput):
        library.rename("mine", "Other")
    library.remove("mine")
    with pytest.raises(TrustError, match="mine") as caught:
        library.find("mine")
    assert "other" in caught.value.detail
    assert "mozilla" in caught.value.detail
    for change in (lambda: library.remove("system"), lambda: library.rename("mozilla", "mine")):
        with pytest.raises(InvalidInput, match="built in"):
            change()


def test_what_is_set_aside_comes_back_or_is_forgotten(
    library: TrustLibrary, home: Home, roots_made: tuple[Certificate, ...]
) -> None:
    kept = library.add("ours", roots_made)
    aside = library.set_aside("ours")
    assert library.list() == ()
    taken = library.add("Ours", roots_made)
    assert library.take_back(aside).name == "ours 2"
    assert {bundle.name for bundle in library.list()} == {taken.name, "ours 2"}
    assert library.find("ours 2").certificates == kept.certificates
    library.forget(library.set_aside("ours 2"))
    assert len(list(home.trust.iterdir())) == 1
    with pytest.raises(InvalidInput):
        library.set_aside("system")


def test_a_disk_that_fails_leaves_the_old_one(
    library: TrustLibrary, home: Home, roots_made: tuple[Certificate, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> Path:
        raise StorageError("disk full")

    library.add("mine", roots_made)
    monkeypatch.setattr(folders, "publish", fail)
    with pytest.raises(StorageError):
        library.add("mine", roots_made[:1], replace=True)
    assert library.find("mine").certificates == roots_made
    assert len(list(home.trust.iterdir())) == 1


def test_damaged_and_newer_ones_are_shown_and_left(
    library: TrustLibrary, home: Home, roots_made: tuple[Certificate, ...]
) -> None:
    for name in ("newer", "broken", "whole"):
        library.add(name, roots_made)
    for folder in home.trust.iterdir():
        record = json.loads((folder / "bundle.json").read_text())
        if record["name"] == "newer":
            (folder / "bundle.json").write_text(json.dumps(record | {"format": 9}))
        elif record["name"] == "broken":
            pem = (folder / "certificates.pem").read_bytes()
            (folder / "certificates.pem").write_bytes(pem[: len(pem) - 200])
    assert [bundle.name for bundle in library.list()] == ["whole"]
    words = " ".join(str(error) for error in library.unreadable())
    assert "newer version" in words
    assert "damaged" in words
    assert len(list(home.trust.iterdir())) == 3


def test_mozilla(library: TrustLibrary) -> None:
    bundle = library.find("MOZILLA")
    assert bundle.name == "mozilla"
    assert len(bundle.certificates) == Path(certifi.where()).read_text().count("BEGIN CERTIFICATE")
    assert all(certificate.is_ca for certificate in bundle.certificates)
    assert library.open(["mozilla"]).bundles[0] is bundle


def test_built_in_roots_are_not_taken_apart_before_they_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_der: bytes) -> None:
        raise AssertionError("loading looks into a certificate")

    monkeypatch.setattr(certificate, "take_apart", refuse)
    assert len(roots.mozilla().certificates) > 100


def test_system_follows_openssls_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, roots_made: tuple[Certificate, ...]
) -> None:
    one, two = roots_made
    (tmp_path / "one.pem").write_text("# comment\n" + one.pem)
    folder = tmp_path / "hashed"
    folder.mkdir()
    (folder / "0a1b2c3d.0").write_text(two.pem)
    (folder / "README").write_text("no certificate")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "one.pem"))
    assert roots.system().certificates == (one,)
    monkeypatch.setenv("SSL_CERT_DIR", str(folder))
    assert roots.system().certificates == (one, two)
    monkeypatch.delenv("SSL_CERT_FILE")
    assert roots.system().certificates == (two,)


def test_system_without_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: TrustLibrary) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "missing.pem"))
    with pytest.raises(TrustError, match="system") as caught:
        library.open(["system"])
    assert "missing.pem" in caught.value.detail
    assert "mozilla" in caught.value.hint


@pytest.mark.skipif(not Path("/etc/ssl/certs/ca-certificates.crt").exists(), reason="not that kind of system")
def test_system_of_debian() -> None:
    text = Path("/etc/ssl/certs/ca-certificates.crt").read_text()
    found = roots.system().certificates
    assert len(found) == len(set(text.split("-----BEGIN CERTIFICATE-----")[1:]))
    assert all(certificate.sha256 for certificate in found)
