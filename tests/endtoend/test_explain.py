"""Programs that are installed here fail for real, and what they write is explained."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.endtoend.conftest import Servers
from tests.support.servers.material import Material
from tests.support.servers.process import need
from workbench.core.explain import explain

pytestmark = pytest.mark.endtoend

# Root to trust, certificate and key, each None for none.
Files = tuple[Path | None, Path | None, Path | None]
Command = Callable[[int, Files], list[str]]

_PYTHON = """
import socket, ssl, sys
port, root, cert, key = sys.argv[1:]
context = ssl.create_default_context(cafile=root or None)
if cert:
    context.load_cert_chain(cert, key)
with socket.create_connection(("localhost", int(port))) as plain:
    with context.wrap_socket(plain, server_hostname="localhost") as peer:
        peer.sendall(b"GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n")
        print(peer.recv(65536))
"""
_NODE = """
const [port, root, cert, key] = process.argv.slice(1);
const fs = require("node:fs");
const read = (name) => (name ? fs.readFileSync(name) : undefined);
const options = { host: "localhost", port, ca: read(root), cert: read(cert), key: read(key), agent: false };
const asked = require("node:https").get(options, (response) => response.pipe(process.stdout));
asked.on("error", (error) => console.error(error));
"""


def _curl(port: int, files: Files) -> list[str]:
    root, cert, key = files
    options = [*(["--cacert", str(root)] if root else []), *(["--cert", str(cert), "--key", str(key)] if cert else [])]
    return [need("curl"), "-sS", *options, f"https://localhost:{port}/"]


def _openssl(port: int, files: Files) -> list[str]:
    root, cert, key = files
    options = ["-cert", str(cert), "-key", str(key), "-cert_chain", str(cert)] if cert else []
    options += ["-CAfile", str(root)] if root else []
    return [
        *(need("openssl"), "s_client", "-connect", f"localhost:{port}", "-servername", "localhost"),
        *("-verify_hostname", "localhost", "-verify_return_error", "-ign_eof", *options),
    ]


def _gnutls(port: int, files: Files) -> list[str]:
    root, cert, key = files
    options = [f"--x509certfile={cert}", f"--x509keyfile={key}"] if cert else []
    return [need("gnutls-cli"), *([f"--x509cafile={root}"] if root else []), *options, f"--port={port}", "localhost"]


def _texts(files: Files) -> list[str]:
    return [str(name or "") for name in files]


CLIENTS: dict[str, Command] = {
    "curl": _curl,
    "openssl": _openssl,
    "gnutls": _gnutls,
    "python": lambda port, files: [sys.executable, "-c", _PYTHON, str(port), *_texts(files)],
    "node": lambda port, files: [need("node"), "-e", _NODE, str(port), *_texts(files)],
}

FAULTS = {
    "untrusted": ("server", {"server-untrusted", "server-chain-incomplete", "server-self-signed"}),
    "none": ("client", {"client-certificate-required", "client-certificate-rejected"}),
    "expired": ("client", {"client-certificate-expired", "client-certificate-rejected"}),
    "other-ca": ("client", {"client-certificate-untrusted", "client-certificate-rejected"}),
    "wrong-usage": ("client", {"client-certificate-wrong-purpose", "client-certificate-rejected"}),
}


@pytest.mark.parametrize("server", ["s_server", "go"])
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("client", CLIENTS)
def test_what_a_client_writes(client: str, fault: str, server: str, servers: Servers, issued: Material) -> None:
    chosen = None if fault in ("none", "untrusted") else fault
    root = None if fault == "untrusted" else issued.root_file
    files = (root, issued.chain_file(chosen) if chosen else None, issued.key_file(chosen) if chosen else None)
    ran = subprocess.run(
        CLIENTS[client](servers(server).server.port, files),
        input="GET / HTTP/1.0\n\n",
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    said = f"{ran.stdout}\n{ran.stderr}"
    culprit, codes = FAULTS[fault]
    explanation = explain(said)
    if explanation.code == "connection-reset":  # Go's reset swallowed its alert: no more can be known from the text
        assert server == "go", said
        assert {"client-certificate-required", "client-certificate-rejected"} <= {*explanation.candidates}
        return
    assert explanation.culprit == culprit, said
    assert explanation.code in codes, said
