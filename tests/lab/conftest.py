"""A running lab, and foreign clients of it: the stdlib's ssl and http.client."""

import functools
import http.client
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support import authority
from workbench.core.tls.identity import Identity
from workbench.lab import Lab
from workbench.lab.authority import SigningKey

PASSWORD = "only for this run"

Body = bytes | Iterable[bytes] | None
Connect = Callable[..., ssl.SSLSocket]


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    with Lab.start() as running:
        yield running


@pytest.fixture
def context(lab: Lab, tmp_path: Path) -> Callable[[str | None], ssl.SSLContext]:
    """A client's context that trusts the lab and shows the identity of this name."""

    @functools.cache
    def make(name: str | None = None) -> ssl.SSLContext:
        made = ssl.create_default_context(cadata=lab.authority.pem)
        made.verify_flags |= ssl.VERIFY_X509_STRICT
        if name is not None:
            made.load_cert_chain(identity_file(lab.identities[name], tmp_path), password=PASSWORD)
        return made

    return make


@pytest.fixture
def ask(context: Callable[[str | None], ssl.SSLContext]) -> Iterator[Callable[..., http.client.HTTPResponse]]:
    """One request over a connection of its own."""
    connections: list[http.client.HTTPSConnection] = []

    def send(
        url: str, identity: str | None = None, method: str = "GET", body: Body = None, **headers: str
    ) -> http.client.HTTPResponse:
        parts = urlsplit(url)
        connection = http.client.HTTPSConnection(
            parts.hostname or "", parts.port, timeout=10, context=context(identity)
        )
        connections.append(connection)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, f"{parts.path}?{parts.query}" if parts.query else parts.path, body, names)
        return connection.getresponse()

    yield send
    for connection in connections:
        connection.close()


@pytest.fixture
def connect(context: Callable[[str | None], ssl.SSLContext]) -> Iterator[Connect]:
    """A TLS socket to a server of the lab."""
    opened: list[socket.socket] = []

    def open_to(url: str, identity: str | None = None, alpn: str = "") -> ssl.SSLSocket:
        parts = urlsplit(url)
        plain = socket.create_connection((parts.hostname, parts.port), timeout=10)
        opened.append(plain)
        client = context(identity)
        if alpn:
            client.set_alpn_protocols([alpn])
        secure = client.wrap_socket(plain, server_hostname=parts.hostname)
        opened.append(secure)
        return secure

    yield open_to
    for each in opened:
        each.close()


def identity_file(identity: Identity, folder: Path) -> Path:
    """Encrypted key and chain of an identity in one PEM file, for clients that know nothing but files."""
    assert isinstance(identity.key, SigningKey)
    path = folder / f"{identity.name}.pem"
    chain = "".join(certificate.pem for certificate in identity.chain).encode()
    path.write_bytes(authority.key_pem(identity.key, PASSWORD) + chain)
    return path
