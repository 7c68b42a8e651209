"""``explain``: a text in, the doctor's answer out."""

from pathlib import Path

import pytest

from tests.cli.conftest import RunCommand
from tests.support.keyring import MemoryKeyring
from workbench.core.storage import Home, IdentityStore, TrustLibrary
from workbench.lab import Lab

KEYS = ["code", "candidates", "culprit", "title", "detail", "hint", "program"]
EXPIRED = "curl: (60) SSL certificate problem: certificate has expired"


def test_a_file(run: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "error.txt").write_text(EXPIRED)
    done = run("explain", tmp_path / "error.txt", "--json")
    assert done.status == 0
    assert list(done.document) == KEYS
    assert (done.document["code"], done.document["culprit"]) == ("server-expired", "server")
    assert done.document["program"] == "curl"


def test_what_powershell_writes(run: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "error.txt").write_bytes(EXPIRED.encode("utf-16"))
    assert run("explain", tmp_path / "error.txt", "--json").document["code"] == "server-expired"


def test_for_people(run: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "error.txt").write_text("remote error: tls: certificate required")
    done = run("explain", tmp_path / "error.txt", "--url", "https://api.test:8443/")
    text = done.stdout.decode()
    assert "requires a client certificate" in text
    assert "api.test, port 8443" in text
    assert "client-certificate-required" in text


@pytest.mark.parametrize("words", [("nowhere.txt",), ("a", "b")])
def test_what_cannot_be_read(run: RunCommand, words: tuple[str, ...]) -> None:
    assert run("explain", *words).status == 2


def test_of_a_long_log_the_end_is_read_too(run: RunCommand, tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    log.write_bytes(b"all is well\n" * 400_000 + EXPIRED.encode())
    assert run("explain", log, "--json").document["code"] == "server-expired"


@pytest.fixture
def stored(lab: Lab, keyring: MemoryKeyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTLS_WORKBENCH_HOME", str(tmp_path / "home"))
    home = Home(tmp_path / "home")
    lab.install(IdentityStore(home, keyring), TrustLibrary(home))


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("text", "identity", "code", "words"),
    [
        ("remote error: tls: bad certificate", "expired", "client-certificate-expired", "expired on"),
        ("remote error: tls: bad certificate", "alice", "client-certificate-rejected", "Nothing that can be checked"),
        # That none was sent is said, and what was stored meanwhile does not change it.
        ("remote error: tls: certificate required", "expired", "client-certificate-required", "expired on"),
        ("curl: (6) Could not resolve host: x", "expired", "dns-failure", ""),
    ],
)
def test_an_identity_adds_what_is_known_of_it(
    run: RunCommand, tmp_path: Path, text: str, identity: str, code: str, words: str
) -> None:
    (tmp_path / "error.txt").write_text(text)
    document = run("explain", tmp_path / "error.txt", "--json", "--identity", identity).document
    assert document["code"] == code
    assert words in str(document["detail"])


@pytest.mark.usefixtures("stored")
def test_an_identity_that_is_not_there(run: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "error.txt").write_text(EXPIRED)
    assert run("explain", tmp_path / "error.txt", "--identity", "nobody").status == 2
