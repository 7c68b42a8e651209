"""The mutual server as foreign clients see it."""

import base64
import gzip
import hashlib
import http.client
import json
import socket
import ssl
import time
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.lab.conftest import Connect
from workbench.lab import Lab

Ask = Callable[..., http.client.HTTPResponse]


def test_echoes_the_request_and_says_whom_it_recognised(lab: Lab, ask: Ask) -> None:
    response = ask(
        lab.urls["mutual"] + "order/update?id=7&x=%20",
        "alice",
        "POST",
        b'{"amount": "12 \xe2\x82\xac"}',
        X_First="1",
        X_Second="two words",
    )
    assert response.status == 200
    document = json.load(response)
    alice = lab.identities["alice"].certificate
    assert document["method"] == "POST"
    assert document["path"] == "/order/update"
    assert document["query"] == "id=7&x=%20"
    assert ["X-First", "1"] in document["headers"]
    assert ["X-Second", "two words"] in document["headers"]
    assert document["body"] == '{"amount": "12 €"}'
    assert document["body_base64"] is None
    assert document["body_size"] == 20
    assert document["client"] == {
        "subject": alice.subject,
        "issuer": alice.issuer,
        "serial": alice.serial,
        "sha256": alice.sha256,
        "verified": True,
    }
    assert document["tls"] == {
        "version": "TLSv1.3",
        "cipher": "TLS_AES_256_GCM_SHA384",
        "alpn": None,
        "resumed": False,
    }


def test_a_body_that_is_not_text_comes_back_in_base64(lab: Lab, ask: Ask) -> None:
    document = json.load(ask(lab.urls["mutual"] + "upload", "bob", "PUT", b"\xff\x00"))
    assert document["body"] is None
    assert base64.b64decode(document["body_base64"]) == b"\xff\x00"


def test_a_large_body_is_counted_and_not_echoed(lab: Lab, ask: Ask) -> None:
    body = bytes(3_000_000)
    document = json.load(ask(lab.urls["mutual"], "bob", "POST", body))
    assert document["body"] is document["body_base64"] is None
    assert document["body_size"] == len(body)
    assert document["body_sha256"] == hashlib.sha256(body).hexdigest()


def test_a_chunked_body_is_read(lab: Lab, ask: Ask) -> None:
    document = json.load(ask(lab.urls["mutual"], "bob", "POST", iter([b"one ", b"two"])))
    assert document["body"] == "one two"


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_any_method_will_do(lab: Lab, ask: Ask, method: str) -> None:
    assert json.load(ask(lab.urls["mutual"] + "any/where", "alice", method))["method"] == method


def test_head_has_the_length_and_no_body(lab: Lab, ask: Ask) -> None:
    response = ask(lab.urls["mutual"], "alice", "HEAD")
    assert response.status == 200
    assert int(response.headers["content-length"]) > 100
    assert response.read() == b""


def test_connect_is_refused(lab: Lab, connect: Connect) -> None:
    client = connect(lab.urls["mutual"], "alice")
    client.sendall(b"CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n")
    assert client.recv(4096).startswith(b"HTTP/1.1 405 ")


@pytest.mark.parametrize("code", [200, 201, 204, 205, 304, 400, 404, 418, 500, 503, 599])
def test_status(lab: Lab, ask: Ask, code: int) -> None:
    response = ask(lab.urls["mutual"] + f"status/{code}", "alice")
    assert response.status == code
    assert bool(response.read()) is (code not in (204, 205, 304))


def test_a_status_that_cannot_end_an_exchange_is_refused(lab: Lab, ask: Ask) -> None:
    assert ask(lab.urls["mutual"] + "status/101", "alice").status == 400


def test_delay(lab: Lab, ask: Ask) -> None:
    began = time.monotonic()
    assert ask(lab.urls["mutual"] + "delay/0.2", "alice").status == 200
    assert time.monotonic() - began >= 0.2
    assert ask(lab.urls["mutual"] + "delay/31", "alice").status == 400


def test_redirect(lab: Lab, ask: Ask) -> None:
    response = ask(lab.urls["mutual"] + "redirect-to?url=https%3A//localhost:1/a%3Fb%3Dc&status=307", "alice")
    assert response.status == 307
    assert response.headers["location"] == "https://localhost:1/a?b=c"


def test_a_redirect_smuggles_no_header(lab: Lab, ask: Ask) -> None:
    response = ask(lab.urls["mutual"] + "redirect-to?url=/%0D%0AX-Evil:%201", "alice")
    assert response.status == 302
    assert response.headers["location"] == "/%0D%0AX-Evil:%201"


@pytest.mark.parametrize("query", ["", "url=", "url=/&status=200"])
def test_a_redirect_to_nowhere_is_refused(lab: Lab, ask: Ask, query: str) -> None:
    assert ask(lab.urls["mutual"] + "redirect-to?" + query, "alice").status == 400


@pytest.mark.parametrize("size", [0, 1, 65_536, 1_000_003])
def test_bytes(lab: Lab, ask: Ask, size: int) -> None:
    response = ask(lab.urls["mutual"] + f"bytes/{size}", "alice")
    body = response.read()
    assert int(response.headers["content-length"]) == len(body) == size
    assert body == (bytes(range(256)) * (size // 256 + 1))[:size]


@pytest.mark.parametrize(("coding", "decode"), [("gzip", gzip.decompress), ("deflate", zlib.decompress)])
def test_content_codings(lab: Lab, ask: Ask, coding: str, decode: Callable[[bytes], bytes]) -> None:
    response = ask(lab.urls["mutual"] + coding, "alice")
    assert response.headers["content-encoding"] == coding
    assert json.loads(decode(response.read()))["path"] == f"/{coding}"


def test_chunked(lab: Lab, ask: Ask) -> None:
    response = ask(lab.urls["mutual"] + "chunked", "alice")
    assert response.headers["transfer-encoding"] == "chunked"
    assert json.load(response)["path"] == "/chunked"


@pytest.mark.parametrize(
    ("path", "content_type", "beginning"),
    [
        ("html", "text/html; charset=utf-8", b"<!doctype html>"),
        ("xml", "application/xml", b"<?xml"),
        ("image/png", "image/png", b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_samples(lab: Lab, ask: Ask, path: str, content_type: str, beginning: bytes) -> None:
    response = ask(lab.urls["mutual"] + path, "alice")
    assert response.headers["content-type"] == content_type
    assert response.read().startswith(beginning)


def test_a_browser_gets_a_page_that_names_the_client(lab: Lab, ask: Ask) -> None:
    accept = "text/html,application/xhtml+xml,*/*;q=0.8"
    response = ask(lab.urls["mutual"], "alice", Accept=accept, X_Trick="<script>")
    page = response.read().decode()
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Hello, alice.</h1>" in page
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def test_connections_are_kept(lab: Lab, context: Callable[[str | None], ssl.SSLContext]) -> None:
    parts = urlsplit(lab.urls["mutual"])
    connection = http.client.HTTPSConnection("localhost", parts.port, timeout=10, context=context("alice"))
    connection.request("GET", "/one")
    first, socket_used = json.load(connection.getresponse()), connection.sock
    connection.request("POST", "/two", b"2")
    second = json.load(connection.getresponse())
    assert (first["path"], second["path"], second["body"]) == ("/one", "/two", "2")
    assert connection.sock is socket_used
    connection.close()


def test_a_client_that_waits_for_100_continue_is_told_to_go_on(lab: Lab, connect: Connect) -> None:
    client = connect(lab.urls["mutual"], "alice")
    client.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
    assert client.recv(4096).startswith(b"HTTP/1.1 100 ")
    client.sendall(b"ok")
    assert client.recv(4096).startswith(b"HTTP/1.1 200 ")


def test_an_old_client_gets_a_body_that_ends_with_the_connection(lab: Lab, connect: Connect) -> None:
    client = connect(lab.urls["mutual"], "alice")
    client.sendall(b"GET /chunked HTTP/1.0\r\n\r\n")
    head, _end, body = b"".join(iter(lambda: client.recv(65536), b"")).partition(b"\r\n\r\n")
    assert b"chunked" not in head
    assert json.loads(body)["http_version"] == "HTTP/1.0"


def test_pipelined_requests_are_answered_in_order(lab: Lab, connect: Connect) -> None:
    client = connect(lab.urls["mutual"], "alice")
    close = b"Connection: close\r\n"
    client.sendall(
        b"GET /status/404 HTTP/1.1\r\nHost: h\r\n\r\nGET /status/503 HTTP/1.1\r\nHost: h\r\n" + close + b"\r\n"
    )
    received = b"".join(iter(lambda: client.recv(65536), b""))
    assert received.index(b"HTTP/1.1 404 ") < received.index(b"HTTP/1.1 503 ")


@pytest.mark.parametrize(
    ("garbage", "status"),
    [
        (b"\x00\x01\x02\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nbroken header\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 100_000, b"431"),
    ],
)
def test_garbage_over_tls_is_answered_and_the_connection_closed(
    lab: Lab, connect: Connect, garbage: bytes, status: bytes
) -> None:
    client = connect(lab.urls["mutual"], "alice")
    client.sendall(garbage)
    received = b"".join(iter(lambda: client.recv(65536), b""))
    assert received.startswith(b"HTTP/1.1 " + status)


def test_sessions_are_resumed(lab: Lab, context: Callable[[str | None], ssl.SSLContext]) -> None:
    parts = urlsplit(lab.urls["mutual"])
    client = context("alice")

    def once(session: ssl.SSLSession | None) -> tuple[dict[str, Any], ssl.SSLSession | None]:
        with (
            socket.create_connection(("localhost", parts.port), timeout=10) as plain,
            client.wrap_socket(plain, server_hostname="localhost", session=session) as secure,
        ):
            secure.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            received = b"".join(iter(lambda: secure.recv(65536), b""))
            return json.loads(received.partition(b"\r\n\r\n")[2]), secure.session

    first, session = once(None)
    second, _session = once(session)
    assert first["tls"]["resumed"] is False
    assert second["tls"]["resumed"] is True
    assert second["client"] == first["client"]


@pytest.mark.parametrize("server", ["mutual", "tls12"])
def test_events_come_one_by_one(lab: Lab, ask: Ask, server: str) -> None:
    answer = ask(f"{lab.urls[server].rstrip('/')}/events?count=2&interval=0", "alice")
    assert answer.getheader("content-type") == "text/event-stream"
    assert [line for line in answer.read().decode().split("\n") if line.startswith("id:")] == ["id: 1", "id: 2"]


@pytest.mark.parametrize("query", ["count=x", "interval=-1", "interval=31", "count=9999999"])
def test_events_that_cannot_be_are_refused(lab: Lab, ask: Ask, query: str) -> None:
    assert ask(f"{lab.urls['mutual'].rstrip('/')}/events?{query}", "alice").status == 400


def test_graphql_is_answered_and_its_schema_told(lab: Lab, ask: Ask) -> None:
    asked = {
        "query": "query($id: ID!) { order(id: $id) { customer lines { quantity } } caller { sha256 } }",
        "variables": {"id": "4711"},
    }
    answer = json.load(ask(lab.urls["mutual"] + "graphql", "alice", "POST", json.dumps(asked).encode()))
    assert answer["data"]["order"] == {"customer": "Ada", "lines": [{"quantity": 3}]}
    assert answer["data"]["caller"]["sha256"] == lab.identities["alice"].certificate.sha256
    asked = {"query": "{ __schema { queryType { name } } nothing }"}
    answer = json.load(ask(lab.urls["mutual"] + "graphql", "alice", "POST", json.dumps(asked).encode()))
    assert "nothing" in answer["errors"][0]["message"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"query": 1}', b'{"query": "{ a }", "variables": 1}'])
def test_what_is_no_graphql_is_refused(lab: Lab, ask: Ask, body: bytes) -> None:
    assert ask(lab.urls["mutual"] + "graphql", "alice", "POST", body).status == 400
