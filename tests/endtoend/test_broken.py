"""Servers that misbehave: each ends in a clear failure, within its timeout, and nothing stays behind."""

import os
import socket
import ssl
import time
import zlib
from dataclasses import replace

import pytest

from tests.endtoend.client import get, said, send_one
from tests.support.servers import broken
from tests.support.servers.broken import HTTP2_SETTINGS, Play, head, secure, server_context
from tests.support.servers.material import GOOD, Material
from workbench.core.exchange import Exchange, Outcome, Phase
from workbench.core.request import Timeouts

pytestmark = pytest.mark.endtoend

SHORT = Timeouts(connect=1.0, tls=0.5, read=0.5, write=0.5, total=3.0)
_ROUNDING = 15.0  # seconds that a busy machine may add


def call(issued: Material, play: Play, *, timeouts: Timeouts = SHORT, http_version: str | None = None) -> Exchange:
    request_options = {"timeouts": timeouts, "http_version": http_version}
    with broken.playing(play) as stage:
        began = time.monotonic()
        exchange = send_one(issued, get(stage.url, GOOD, **request_options))
        took = time.monotonic() - began
    limit = timeouts.total or 0.0
    assert took < limit + _ROUNDING
    assert exchange.outcome is Outcome.FAILURE, exchange.response
    assert exchange.failure is not None
    assert exchange.failure.title
    assert exchange.failure.detail
    assert exchange.failure.hint
    return exchange


def code(exchange: Exchange) -> str:
    return exchange.failure.code if exchange.failure else ""


def phase(exchange: Exchange) -> Phase | None:
    return exchange.failure.phase if exchange.failure else None


@pytest.mark.parametrize(
    "play",
    [
        broken.says(b"220 mail.test ESMTP ready\r\n"),
        broken.says(b"SSH-2.0-OpenSSH_9.2\r\n"),
        broken.says(b"* OK IMAP4rev1 ready\r\n"),
        broken.says(bytes(range(256)) * 4),
        broken.answers(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nplain HTTP here"),
        broken.answers(b"\x00" * 100),
    ],
    ids=["SMTP", "SSH", "IMAP", "garbage", "HTTP", "zeros"],
)
def test_not_tls(play: Play, issued: Material) -> None:
    exchange = call(issued, play)
    assert code(exchange) == "not-tls"
    assert phase(exchange) is Phase.TLS


@pytest.mark.parametrize(
    ("play", "codes"),
    [
        # Closed without a word before any byte of TLS: a load balancer without a backend, or a service that is not TLS.
        (broken.closes, {"connection-reset", "not-tls"}),
        (broken.closes_after_hello, {"connection-reset", "not-tls"}),
        (broken.resets, {"connection-reset"}),
        (broken.resets_after_hello, {"connection-reset"}),
        (broken.answers(bytes((21, 3, 3, 0, 2, 1, 0))), {"connection-reset"}),  # close_notify
        (broken.answers(bytes((21, 3, 3, 0, 2, 2, 0))), {"connection-reset"}),  # the same, called fatal
    ],
    ids=["closes", "closes after hello", "resets", "resets after hello", "close_notify after hello", "fatal one"],
)
def test_ends_before_any_answer(play: Play, codes: set[str], issued: Material) -> None:
    exchange = call(issued, play)
    assert code(exchange) in codes
    # A reset may come before the socket is ours.
    assert phase(exchange) in {Phase.CONNECT, Phase.TLS}


@pytest.mark.parametrize(
    ("then", "codes"),
    [
        (broken.closes, {"connection-reset"}),
        (broken.resets, {"connection-reset"}),
        (broken.waits, {"timeout"}),
    ],
    ids=["closes", "resets", "waits"],
)
def test_half_a_handshake(then: Play, codes: set[str], issued: Material) -> None:
    exchange = call(issued, broken.begins_handshake(server_context(issued, client=True), then))
    assert code(exchange) in codes
    assert phase(exchange) is Phase.TLS
    assert exchange.handshake is not None
    assert not exchange.handshake.complete
    assert exchange.handshake.version == "TLSv1.3"  # the ServerHello had come


def test_silence_in_place_of_a_handshake(issued: Material) -> None:
    exchange = call(issued, broken.waits)
    assert code(exchange) == "timeout"
    assert phase(exchange) is Phase.TLS


HANGS = {
    "nothing": broken.waits,
    "half a head": broken.sends(b"HTTP/1.1 200 OK\r\nContent-", broken.waits),
    "half a body": broken.sends(head("Content-Length: 100") + b"half", broken.waits),
    "dripping head": broken.drips(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
    "dripping body": broken.drips(head("Content-Length: 100000"), b"x"),
}


@pytest.mark.parametrize("name", HANGS)
def test_hangs_after_the_handshake(name: str, issued: Material) -> None:
    exchange = call(issued, secure(server_context(issued), HANGS[name]))
    assert code(exchange) == "timeout"
    assert phase(exchange) in {Phase.WAIT, Phase.RECEIVE}
    assert exchange.handshake is not None
    assert exchange.handshake.complete


TRUNCATED = {
    "short body": head("Content-Length: 100") + b"ten bytes.",
    "cut chunk": head("Transfer-Encoding: chunked") + b"64\r\nten bytes.",
    "no last chunk": head("Transfer-Encoding: chunked") + b"a\r\nten bytes.\r\n",
}


@pytest.mark.parametrize("then", [broken.closes, broken.resets], ids=["closes", "resets"])
@pytest.mark.parametrize("name", TRUNCATED)
def test_the_body_ends_too_early(name: str, then: Play, issued: Material) -> None:
    exchange = call(issued, secure(server_context(issued), broken.sends(TRUNCATED[name], then)))
    # A reset may overtake the bytes before it, the head included.
    assert code(exchange) in (
        {"response-truncated"} if then is broken.closes else {"response-truncated", "connection-reset"}
    )


def says_goodbye(peer: socket.socket) -> None:
    """Sends close_notify."""
    assert isinstance(peer, ssl.SSLSocket)
    peer.unwrap()


@pytest.mark.parametrize(
    ("headers", "then", "may_be_cut"),
    [
        ((), broken.closes, True),
        ((), says_goodbye, False),
        (("Content-Length: 4",), broken.closes, False),
        (("Connection: close", "Content-Length: 4"), broken.closes, False),
    ],
    ids=["closes", "says so", "length", "length and close"],
)
def test_an_end_that_nobody_confirms(headers: tuple[str, ...], then: Play, may_be_cut: bool, issued: Material) -> None:
    with broken.playing(secure(server_context(issued), broken.sends(head(*headers) + b"four", then))) as stage:
        exchange = send_one(issued, get(stage.url, timeouts=SHORT))
    assert exchange.response is not None
    assert exchange.response.body.size == 4
    assert ("response-truncated" in said(exchange)) == may_be_cut


@pytest.mark.parametrize("then", [broken.closes, broken.resets], ids=["closes", "resets"])
def test_ends_without_an_answer(then: Play, issued: Material) -> None:
    """A server that does not ask for a certificate: our identity is not to blame."""
    exchange = call(issued, secure(server_context(issued), then))
    assert code(exchange) in {"connection-reset", "response-truncated"}


MALFORMED = {
    "not HTTP": b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "no status": b"HTTP/1.1 abc OK\r\n\r\n",
    "wrong chunk size": head("Transfer-Encoding: chunked") + b"zz\r\nten bytes.\r\n0\r\n\r\n",
    "negative length": head("Content-Length: -5") + b"ten bytes.",
    "two lengths": head("Content-Length: 5", "Content-Length: 10") + b"ten bytes.",
    "header without colon": b"HTTP/1.1 200 OK\r\nthis is no header\r\n\r\n",
    "not gzip": head("Content-Encoding: gzip", "Content-Length: 10") + b"ten bytes.",
    "not brotli": head("Content-Encoding: br", "Content-Length: 10") + b"ten bytes.",
    "not zstd": head("Content-Encoding: zstd", "Content-Length: 10") + b"ten bytes.",
    "not deflate": head("Content-Encoding: deflate", "Content-Length: 10") + b"ten bytes.",
}


@pytest.mark.parametrize("name", MALFORMED)
def test_not_http_as_the_standard_has_it(name: str, issued: Material) -> None:
    exchange = call(issued, secure(server_context(issued), broken.sends(MALFORMED[name])))
    assert code(exchange) == "response-malformed"


@pytest.mark.parametrize(
    "play",
    [
        broken.drips(b"HTTP/1.1 200 OK\r\n", b"X-More: and more\r\n" * 100, seconds=0),
        broken.drips(b"HTTP/1.1 200 OK\r\nX-Long: ", b"x" * 4096, seconds=0),
    ],
    ids=["many", "one"],
)
def test_endless_headers(play: Play, issued: Material) -> None:
    exchange = call(issued, secure(server_context(issued), play))
    assert code(exchange) in {"response-too-large", "response-malformed"}


def test_a_bomb_stops_at_the_limit(issued: Material) -> None:
    """Zeros without end, a thousandth of their size on the wire."""
    packer = zlib.compressobj(1, wbits=31)
    start = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_SYNC_FLUSH)
    more = packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    play = broken.drips(head("Content-Encoding: gzip") + start, more, seconds=0)
    exchange = call(issued, secure(server_context(issued), play), timeouts=Timeouts(read=5.0, total=60.0))
    assert code(exchange) == "response-too-large"


GOAWAY = bytes.fromhex("000008 07 00 00000000 00000000 0000000b")  # RFC 9113 6.8: last stream 0, ENHANCE_YOUR_CALM
DATA_ON_STREAM_0 = bytes.fromhex("000000 00 00 00000000")  # RFC 9113 6.1: a connection error
HTTP2 = {
    # Read as a frame of 4.7 MB whose rest never comes.
    "HTTP/1.1": (b"HTTP/1.1 400 Bad Request\r\n\r\n", broken.waits, {"timeout", "response-malformed"}),
    "forbidden frame": (HTTP2_SETTINGS + DATA_ON_STREAM_0, broken.waits, {"response-malformed"}),
    "only settings": (HTTP2_SETTINGS, broken.waits, {"timeout"}),
    "closes": (HTTP2_SETTINGS, broken.closes, {"connection-reset", "response-truncated"}),
    "going away": (HTTP2_SETTINGS + GOAWAY, broken.waits, {"connection-reset"}),
}


@pytest.mark.parametrize("name", HTTP2)
def test_broken_http2(name: str, issued: Material) -> None:
    data, then, codes = HTTP2[name]
    context = server_context(issued, alpn=("h2",))
    assert code(call(issued, secure(context, broken.sends(data, then)))) in codes


def test_nothing_listens(issued: Material) -> None:
    with broken.playing(broken.closes) as stage:
        url = stage.url
    exchange = send_one(issued, get(url, GOOD))
    assert code(exchange) == "connection-refused"
    assert phase(exchange) is Phase.CONNECT
    assert exchange.handshake is None


def test_a_name_that_nobody_knows(issued: Material) -> None:
    exchange = send_one(issued, get("https://nobody.invalid/", GOOD))
    assert code(exchange) == "dns-failure"
    assert phase(exchange) is Phase.DNS


def test_http_to_a_tls_port_and_back(issued: Material) -> None:
    """The person typed http:// where https:// belongs: nothing secret was sent, the answer says what it is."""
    with broken.playing(broken.answers(b"\x15\x03\x01\x00\x02\x02\x46")) as stage:
        exchange = send_one(issued, get(f"http://localhost:{stage.port}/", timeouts=SHORT))
    assert code(exchange) == "response-malformed"


def test_a_record_that_never_ends_is_no_news(issued: Material) -> None:
    """The TLS record is announced whole, and comes byte by byte; nothing of it can be read before its end."""

    def play(peer: socket.socket) -> None:
        with socket.socket(fileno=os.dup(peer.fileno())) as plain:
            broken.drips(b"\x17\x03\x03\x40\x00", b"x", 0.05)(plain)

    exchange = call(issued, secure(server_context(issued), play), timeouts=replace(SHORT, total=None))
    assert code(exchange) == "timeout"
