from pathlib import Path

import pytest

from tests.cli.conftest import RunCommand
from tests.cli.test_document import CERT_KEYS
from tests.support import authority

ROOT = authority.root()
EXPIRED = authority.root("Old CA", not_before=authority.days(-20), not_after=authority.days(-1.5))
LEAF = authority.server(ROOT)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    file = tmp_path / "corporate.pem"
    file.write_text(ROOT.certificate.pem + EXPIRED.certificate.pem + ROOT.certificate.pem)
    return file


def test_import_list_show(run: RunCommand, bundle: Path) -> None:
    done = run("trust", "import", bundle, "--json")
    assert done.status == 0
    assert done.document["name"] == "corporate"
    bundles = run("trust", "list", "--json").document["bundles"]
    assert [one["name"] for one in bundles] == ["system", "mozilla", "corporate"]
    assert bundles[2] == {"name": "corporate", "certificates": 2}
    shown = run("trust", "show", "corporate", "--json").document
    assert shown == done.document
    assert [list(one) for one in shown["certificates"]] == [CERT_KEYS, CERT_KEYS]
    assert shown["certificates"][0]["sha256"] == ROOT.certificate.sha256


def test_what_is_wrong_with_them_is_said(run: RunCommand, bundle: Path, tmp_path: Path) -> None:
    leaf = tmp_path / "leaf.pem"
    leaf.write_text(LEAF.certificate.pem)
    done = run("trust", "import", bundle, leaf, "--name", "mixed")
    assert "Old CA: it has expired" in done.stderr
    assert "it is not a CA certificate" in done.stderr
    assert "expired 1 day ago" in run("trust", "show", "mixed").stdout.decode()


def test_tables_for_people(run: RunCommand, bundle: Path) -> None:
    run("trust", "import", bundle)
    assert "corporate" in run("trust", "list").stdout.decode()
    assert ROOT.certificate.sha256 in run("trust", "show", "corporate").stdout.decode()
    assert ROOT.certificate.sha1 in run("trust", "show", "corporate", "--verbose").stdout.decode()


def test_rename_and_remove(run: RunCommand, bundle: Path) -> None:
    run("trust", "import", bundle)
    assert run("trust", "rename", "corporate", "partner", "--json").document["name"] == "partner"
    assert run("trust", "remove", "partner").status == 0
    assert run("trust", "show", "partner").status == 2


@pytest.mark.parametrize("words", [("remove", "system"), ("rename", "mozilla", "x"), ("show", "nobody")])
def test_what_cannot_be_done(run: RunCommand, words: tuple[str, ...]) -> None:
    done = run("trust", *words, "--json")
    assert done.status == 2
    assert done.document["failure"]["hint"]


def test_names_that_are_taken(run: RunCommand, bundle: Path) -> None:
    assert run("trust", "import", bundle, "--name", "system").status == 2
    assert run("trust", "import", bundle).status == 0
    assert run("trust", "import", bundle).status == 2
    assert run("trust", "import", bundle, "--replace").status == 0


def test_an_encrypted_truststore(run: RunCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "store.p12"
    file.write_bytes(authority.pkcs12_file(authority.client(authority.intermediate(ROOT)), "changeit"))
    monkeypatch.setenv("STORE", "changeit")
    assert run("trust", "import", file).status == 2
    assert run("trust", "import", file, "--password-env", "STORE").status == 0


def test_nothing_is_stored_when_one_file_is_broken(run: RunCommand, bundle: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pem"
    broken.write_bytes(b"nonsense")
    done = run("trust", "import", bundle, broken, "--json")
    assert done.status == 2
    assert "broken.pem" in done.stderr
    assert len(run("trust", "list", "--json").document["bundles"]) == 2
