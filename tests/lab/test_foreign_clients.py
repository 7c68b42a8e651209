"""curl and openssl s_client against the lab."""

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.lab.conftest import PASSWORD, identity_file
from workbench.lab import Lab

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")


def curl(lab: Lab, folder: Path, url: str, identity: str | None, *options: str) -> subprocess.CompletedProcess[bytes]:
    ca = folder / "ca.pem"
    ca.write_text(lab.authority.pem)
    config = f'cacert = "{ca}"\n'
    if identity:
        file = identity_file(lab.identities[identity], folder)
        config += f'cert = "{file}:{PASSWORD}"\n'
    command = ["curl", "--silent", "--show-error", "--max-time", "10", "--config", "-", *options, url]
    return subprocess.run(command, input=config.encode(), capture_output=True, check=False, timeout=20)


@needs_curl
@pytest.mark.parametrize("version", ["1.1", "2"])
def test_curl(lab: Lab, tmp_path: Path, version: str) -> None:
    url = lab.urls["mutual"] + "order/update"
    done = curl(lab, tmp_path, url, "alice", f"--http{version}", "--json", '{"a": 1}', "-H", "X-One: 1")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["http_version"] == f"HTTP/{version}"
    assert document["client"]["subject"] == lab.identities["alice"].certificate.subject
    assert document["body"] == '{"a": 1}'


@needs_curl
@pytest.mark.parametrize("version", ["1.1", "2"])
@pytest.mark.parametrize("path", ["gzip", "deflate", "br", "zstd"])
def test_curl_decodes_every_coding(lab: Lab, tmp_path: Path, path: str, version: str) -> None:
    features = subprocess.run(["curl", "--version"], capture_output=True, check=True, text=True).stdout.lower()
    if {"br": "brotli", "gzip": "libz", "deflate": "libz"}.get(path, path) not in features:
        pytest.skip(f"this curl knows no {path}")
    done = curl(lab, tmp_path, lab.urls["mutual"] + path, "bob", "--compressed", f"--http{version}")
    assert json.loads(done.stdout)["path"] == f"/{path}"


@needs_curl
@pytest.mark.parametrize("version", ["1.1", "2"])
def test_curl_downloads_ten_megabytes(lab: Lab, tmp_path: Path, version: str) -> None:
    done = curl(lab, tmp_path, lab.urls["mutual"] + "bytes/10000000", "alice", f"--http{version}")
    assert done.stdout == (bytes(range(256)) * 39063)[:10_000_000]


@needs_curl
@pytest.mark.parametrize("version", ["1.1", "2"])
def test_curl_uploads_ten_megabytes(lab: Lab, tmp_path: Path, version: str) -> None:
    large = tmp_path / "large"
    large.write_bytes(bytes(10_000_000))
    done = curl(lab, tmp_path, lab.urls["mutual"], "alice", f"--http{version}", "--upload-file", str(large))
    assert json.loads(done.stdout)["body_size"] == 10_000_000


@needs_curl
def test_curl_follows_a_redirect(lab: Lab, tmp_path: Path) -> None:
    url = f"{lab.urls['mutual']}redirect-to?url={lab.urls['one-way']}there"
    done = curl(lab, tmp_path, url, "alice", "--location")
    assert json.loads(done.stdout)["path"] == "/there"


@needs_curl
@pytest.mark.parametrize(
    ("server", "words"),
    [("expired", b"expired"), ("wrong-name", b"no alternative"), ("untrusted", b"unable to get"), ("incomplete", b"")],
)
def test_curl_believes_no_bad_server(lab: Lab, tmp_path: Path, server: str, words: bytes) -> None:
    done = curl(lab, tmp_path, lab.urls[server], None)
    assert done.returncode == 60
    assert words in done.stderr


@needs_curl
def test_curl_without_a_certificate_is_told_what_is_missing(lab: Lab, tmp_path: Path) -> None:
    done = curl(lab, tmp_path, lab.urls["mutual"], None)
    assert done.returncode == 56
    assert b"certificate required" in done.stderr


def s_client(lab: Lab, server: str, folder: Path, *options: str) -> str:
    ca = folder / "ca.pem"
    ca.write_text(lab.authority.pem)
    port = urlsplit(lab.urls[server]).port
    command = ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-servername", "localhost"]
    done = subprocess.run(
        [*command, "-CAfile", str(ca), "-verify_hostname", "localhost", *options],
        input=b"",
        capture_output=True,
        check=False,
        timeout=20,
    )
    return (done.stdout + done.stderr).decode("utf-8", "replace")


@needs_openssl
def test_s_client_is_asked_for_a_certificate_and_told_of_whom(lab: Lab, tmp_path: Path) -> None:
    said = s_client(lab, "mutual", tmp_path, "-tls1_3")
    assert "Acceptable client certificate CA names" in said
    assert "CN = mTLS Workbench Lab CA" in said or "CN=mTLS Workbench Lab CA" in said
    assert "mTLS Workbench Lab Client CA" not in said
    assert "Verify return code: 0 (ok)" in said


@needs_openssl
def test_s_client_is_asked_for_nothing_one_way(lab: Lab, tmp_path: Path) -> None:
    assert "No client certificate CA names sent" in s_client(lab, "one-way", tmp_path)


@needs_openssl
def test_s_client_gets_the_chain_but_for_the_incomplete_server(lab: Lab, tmp_path: Path) -> None:
    assert s_client(lab, "one-way", tmp_path, "-showcerts").count("BEGIN CERTIFICATE") == 2
    assert s_client(lab, "incomplete", tmp_path, "-showcerts").count("BEGIN CERTIFICATE") == 1


@needs_openssl
def test_s_client_cannot_speak_tls13_with_the_old_server(lab: Lab, tmp_path: Path) -> None:
    assert "alert protocol version" in s_client(lab, "tls12", tmp_path, "-tls1_3")
    assert "Protocol  : TLSv1.2" in s_client(lab, "tls12", tmp_path, "-tls1_2")


@needs_curl
@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
@pytest.mark.parametrize(("password", "status"), [("lab-password", b"200"), ("wrong", b"401")])
def test_curl_answers_a_digest_challenge(
    lab: Lab, tmp_path: Path, algorithm: str, password: str, status: bytes
) -> None:
    url = f"{lab.urls['mutual']}digest-auth?algorithm={algorithm}"
    told = ("--write-out", "%{http_code}", "--output", str(tmp_path / "x"))
    done = curl(lab, tmp_path, url, "alice", "--digest", "--user", f"lab:{password}", *told)
    assert done.stdout == status


@needs_curl
def test_curl_fetches_and_uses_a_token_bound_to_its_certificate(lab: Lab, tmp_path: Path) -> None:
    home = lab.urls["mutual"]
    form = ("--data", "grant_type=client_credentials&client_id=lab")
    token = json.loads(curl(lab, tmp_path, f"{home}oauth/token", "alice", *form).stdout)["access_token"]
    use = ("--header", f"Authorization: Bearer {token}", "--write-out", "%{http_code}", "--output", str(tmp_path / "x"))
    assert curl(lab, tmp_path, f"{home}oauth/protected", "alice", *use).stdout == b"200"
    assert curl(lab, tmp_path, f"{home}oauth/protected", "bob", *use).stdout == b"401"
