"""The broken servers and the proxies themselves, called by the standard library and curl."""

import socket
import ssl
import subprocess

import pytest

from tests.endtoend.conftest import Servers
from tests.support.servers import broken
from tests.support.servers.material import GOOD, HOST, Material
from tests.support.servers.process import need
from tests.support.servers.proxies import connect_proxy, socks5_proxy

pytestmark = pytest.mark.endtoend


def curl(issued: Material, *arguments: str) -> tuple[int, str]:
    command = [need("curl"), "-sS", "-m", "10", "--cacert", str(issued.root_file)]
    command += ["--cert", str(issued.chain_file(GOOD)), "--key", str(issued.key_file(GOOD)), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_stage_frees_plays_that_wait() -> None:
    with broken.playing(broken.says(b"!")) as stage:
        peers = [socket.create_connection((stage.host, stage.port)) for _ in range(3)]
        assert [peer.recv(1) for peer in peers] == [b"!"] * 3
    for peer in peers:
        with peer:
            assert peer.recv(1) == b""


def test_a_secure_play_comes_after_the_request(issued: Material) -> None:
    play = broken.sends(broken.head("Content-Length: 5") + b"hello")
    with broken.playing(broken.secure(broken.server_context(issued, client=True), play)) as stage:
        assert curl(issued, stage.url) == (0, "hello")


def test_half_a_handshake(issued: Material) -> None:
    play = broken.begins_handshake(broken.server_context(issued), broken.closes)
    client = ssl.create_default_context(cafile=issued.root_file)
    with (
        broken.playing(play) as stage,
        socket.create_connection((stage.host, stage.port), 10) as plain,
        pytest.raises((ssl.SSLEOFError, ssl.SSLZeroReturnError)),  # versions of Python differ in what they call it
    ):
        client.wrap_socket(plain, server_hostname="localhost")


@pytest.mark.parametrize("tls", [False, True])
def test_a_connect_proxy(tls: bool, issued: Material, servers: Servers) -> None:
    port = servers("nginx").server.port
    context = broken.server_context(issued) if tls else None
    with connect_proxy(credentials=("me", "secret"), tls=context) as proxy:
        options = ("--proxy-cacert", str(issued.root_file), "-x", proxy.url(("me", "secret")))
        status, body = curl(issued, *options, f"https://{HOST}:{port}/")
        assert status == 0
        assert "CN=Alice" in body
        assert proxy.targets == [f"{HOST}:{port}"]
        refused, words = curl(
            issued, "--proxy-cacert", str(issued.root_file), "-x", proxy.url(), f"https://{HOST}:{port}/"
        )
        assert refused
        assert "407" in words


def test_a_socks5_proxy(issued: Material, servers: Servers) -> None:
    port = servers("nginx").server.port
    with socks5_proxy(credentials=("me", "secret")) as proxy:
        url = proxy.url(("me", "secret")).replace("socks5:", "socks5h:")
        status, body = curl(issued, "-x", url, f"https://{HOST}:{port}/")
        assert status == 0
        assert "CN=Alice" in body
        assert proxy.targets == [f"{HOST}:{port}"]
        assert curl(issued, "-x", url.replace("secret", "wrong"), f"https://{HOST}:{port}/")[0]
    with socks5_proxy(reply=5) as proxy:
        assert curl(issued, "-x", proxy.url(), f"https://localhost:{port}/")[0]
