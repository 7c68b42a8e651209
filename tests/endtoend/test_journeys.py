"""Redirects from origin to origin, and bodies too large for memory."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.endtoend.client import get, send_one, text
from tests.endtoend.conftest import Servers
from tests.support.servers.material import GOOD, Material
from tests.support.servers.nginx import nginx
from tests.support.servers.process import Server
from workbench.core.exchange import Outcome

pytestmark = pytest.mark.endtoend

LARGE = 24 * 1024 * 1024


def test_a_redirect_within_the_origin_keeps_the_identity(servers: Servers, issued: Material) -> None:
    foreign = servers("nginx-optional")
    exchange = send_one(issued, get(f"{foreign.url}redirect", GOOD, follow_redirects=True))
    assert foreign.kind.read(text(exchange)).serial == issued.identity(GOOD).certificate.serial
    assert [(hop.status, hop.identity) for hop in exchange.hops] == [(302, GOOD), (200, GOOD)]


def test_a_redirect_elsewhere_withholds_it(servers: Servers, issued: Material) -> None:
    foreign = servers("nginx-optional")
    exchange = send_one(issued, get(f"{foreign.url}elsewhere", GOOD, follow_redirects=True))
    assert foreign.kind.read(text(exchange)).subject == ""
    assert [(hop.status, hop.identity) for hop in exchange.hops] == [(307, GOOD), (200, None)]
    assert exchange.handshake is not None
    assert exchange.handshake.client.requested
    assert exchange.handshake.client.sent == ()
    assert "identity-withheld-on-redirect" in {finding.code for finding in exchange.findings}


def test_a_redirect_is_shown_when_not_followed(servers: Servers, issued: Material) -> None:
    exchange = send_one(issued, get(f"{servers('nginx-optional').url}elsewhere", GOOD))
    assert exchange.response is not None
    assert exchange.response.status == 307
    assert len(exchange.hops) == 1


@pytest.fixture(scope="module")
def files(issued: Material) -> Iterator[tuple[Server, str]]:
    """Nginx with one large file, and the file's SHA-256."""
    folder = issued.folder / "run-files"
    with nginx(issued, folder) as server:
        block = bytes(range(256)) * 4096
        (folder / "files" / "large.bin").write_bytes(block * (LARGE // len(block)))
        with (folder / "files" / "large.bin").open("rb") as stream:
            yield server, hashlib.file_digest(stream, "sha256").hexdigest()


@pytest.mark.parametrize("http_version", ["1.1", "2"])
def test_a_large_download(http_version: str, files: tuple[Server, str], issued: Material) -> None:
    server, digest = files
    url = f"https://localhost:{server.port}/files/large.bin"
    seen: list[str] = []

    exchange = send_one(
        issued,
        get(url, GOOD, http_version=http_version),
        look=lambda e: seen.append(hashlib.sha256(e.response.body.read()).hexdigest()) if e.response else None,
    )
    assert exchange.outcome is Outcome.RESPONSE, exchange.failure
    assert exchange.response is not None
    body = exchange.response.body
    assert body.size == body.wire_size == LARGE
    assert seen == [digest]
    assert body.file is not None
    assert body.data == b""
    assert not body.file.exists()  # it went with the session


@pytest.mark.parametrize("name", ["go", "node", "nginx", "java"])
def test_a_large_upload(name: str, servers: Servers, issued: Material, tmp_path: Path) -> None:
    body = tmp_path / "body.bin"
    body.write_bytes(bytes(LARGE))
    foreign = servers(name)
    exchange = send_one(issued, replace(get(foreign.url, GOOD), method="POST", body=body))
    assert foreign.kind.read(text(exchange)).method == "POST"
