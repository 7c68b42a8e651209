"""``explain``: a text in, the doctor's answer out."""

from pathlib import Path

import pytest

from tests.cli.conftest import RunCommand

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
