"""Clients that misbehave never disturb the others, and stopping is quick whatever they do."""

import gc
import http.client
import json
import socket
import ssl
import threading
import time
import warnings
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from workbench.core.errors import InvalidInput
from workbench.lab import Kind, Lab, server
from workbench.lab.server import listen

Ask = Callable[..., http.client.HTTPResponse]
_DELAY = 30  # seconds


@pytest.fixture
def own() -> Lab:
    return Lab.start()


def port_of(lab: Lab, name: str) -> int:
    port = urlsplit(lab.urls[name]).port
    assert port is not None
    return port


def test_clients_that_hang_block_nobody(lab: Lab, ask: Ask) -> None:
    port = port_of(lab, "mutual")
    hanging = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(50)]
    for client in hanging[::2]:
        client.sendall(b"\x16\x03\x01\x02\x00\x01")
    assert json.load(ask(lab.urls["mutual"], "alice"))["client"]
    for client in hanging:
        client.close()


def test_plain_http_is_noted_for_what_it_is(own: Lab) -> None:
    with own, socket.create_connection(("127.0.0.1", port_of(own, "mutual")), timeout=10) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        while client.recv(4096):
            pass
        refused = own.journal.wait_for(Kind.REFUSED, "mutual")
        assert refused is not None
        assert refused.what == "A client used plain HTTP where TLS was expected."


def test_garbage_instead_of_tls_ends_the_connection(lab: Lab, ask: Ask) -> None:
    with socket.create_connection(("127.0.0.1", port_of(lab, "mutual")), timeout=10) as client:
        client.sendall(bytes(range(256)) * 10)
        while client.recv(4096):
            pass
    assert ask(lab.urls["mutual"], "alice").status == 200


def test_a_handshake_has_its_time(own: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HANDSHAKE_SECONDS", 0.05)
    with own, socket.create_connection(("127.0.0.1", port_of(own, "mutual")), timeout=10) as client:
        assert client.recv(1) == b""
        broken = own.journal.wait_for(Kind.BROKEN, "mutual")
        assert broken is not None
        assert broken.what == "A client did not complete the handshake in time."


def test_too_many_clients_are_turned_away(own: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "MAX_CLIENTS", 1)
    with own:
        port = port_of(own, "mutual")
        with (
            socket.create_connection(("127.0.0.1", port), timeout=10),
            socket.create_connection(("127.0.0.1", port), timeout=10) as second,
        ):
            assert second.recv(1) == b""
        assert own.journal.wait_for(Kind.BROKEN, "mutual")


def test_many_clients_at_once(lab: Lab, ask: Ask) -> None:
    assert ask(lab.urls["mutual"], "alice").status == 200  # from here on the clients share one context
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(ask(lab.urls["mutual"] + "bytes/100000", "alice").status))
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert statuses == [200] * 20


def test_stop_is_quick_and_leaves_nothing(own: Lab) -> None:
    port = port_of(own, "mutual")
    clients = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(5)]
    before = time.monotonic()
    own.stop()
    assert time.monotonic() - before < _DELAY / 2
    own.stop()
    for client in clients:
        client.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "lab mutual" and not thread.daemon]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=10)


def test_stop_ends_a_delay_and_a_download(own: Lab) -> None:
    client = ssl.create_default_context(cadata=own.authority.pem)
    port = port_of(own, "one-way")
    opened = []
    for path in (f"/delay/{_DELAY}", "/bytes/100000000000"):
        plain = socket.create_connection(("localhost", port), timeout=10)
        secure = client.wrap_socket(plain, server_hostname="localhost")
        secure.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        opened.append(secure)
    assert opened[1].recv(10)
    before = time.monotonic()
    own.stop()
    assert time.monotonic() - before < _DELAY / 2
    for secure in opened:
        secure.close()


def test_no_socket_is_left_to_the_garbage_collector() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        with Lab.start() as own, socket.create_connection(("127.0.0.1", port_of(own, "optional")), timeout=10):
            pass
        gc.collect()


def test_the_port_can_be_chosen_and_had_again_at_once() -> None:
    with Lab.start() as first:
        port = port_of(first, "mutual")
        with pytest.raises(InvalidInput, match=f"cannot listen on port {port}"):
            Lab.start(port=port)
    with Lab.start(port=port) as second:
        assert port_of(second, "mutual") == port


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(InvalidInput) as caught:
        listen(port)
    assert caught.value.detail
    assert caught.value.hint
