"""Servers that would keep us busy for ever: each is ended and told, in bounded time and memory."""

import asyncio
import socket
import threading
import tracemalloc
from typing import Any

import pytest

from tests.core.conftest import Stock
from tests.core.session.test_session import code, get, plain, run, send
from tests.support.servers import broken
from tests.support.servers.broken import HTTP2_SETTINGS, Play, playing
from workbench.core.exchange import Exchange, Outcome
from workbench.core.http import http2
from workbench.core.request import Request, Timeouts
from workbench.core.session import Session

MB = 1024 * 1024
HURRIED = Timeouts(connect=30.0, tls=30.0, read=0.4, write=30.0, total=30.0)
UNHURRIED = Timeouts(connect=30.0, tls=30.0, read=None, write=30.0, total=None)

HEADERS, DATA, RST_STREAM, SETTINGS, PING, WINDOW_UPDATE, CONTINUATION, UNKNOWN = 1, 0, 3, 4, 6, 8, 9, 0xBE
OK = b"\x88"  # :status 200, from HPACK's static table
CONTINUE = b"\x08\x03100"  # :status 100


def frame(kind: int, payload: bytes = b"", *, flags: int = 0, stream: int = 0) -> bytes:
    """RFC 9113 4.1."""
    return len(payload).to_bytes(3) + bytes((kind, flags)) + stream.to_bytes(4) + payload


def head(block: bytes, *, flags: int = 0x04) -> bytes:
    return frame(HEADERS, block, flags=flags, stream=1)


EMPTY = {
    "PING": frame(PING, bytes(8)),
    "PING that is answered": frame(PING, bytes(8), flags=1),
    "SETTINGS": frame(SETTINGS, bytes.fromhex("0003 00000064")),
    "WINDOW_UPDATE": frame(WINDOW_UPDATE, bytes.fromhex("00000001")),
    "PRIORITY": frame(2, bytes.fromhex("00000000 10"), stream=3),
    "unknown frames": frame(UNKNOWN, b"x"),
    "interim responses": head(CONTINUE),
}
IN_A_BODY = {
    "empty DATA": frame(DATA, stream=1),
    "DATA of padding": frame(DATA, b"\x02\0\0", flags=0x08, stream=1),
}
FLOODS = EMPTY | {"empty DATA": IN_A_BODY["empty DATA"], "DATA of padding": IN_A_BODY["DATA of padding"]}


def floods(first: bytes, drop: bytes, seconds: float = 0.0) -> Play:
    """HTTP/2 without TLS: settings, then ``first``, then ``drop`` without end; what the client says is not heard."""
    many = drop * (1 if seconds else 500)
    return plain(broken.drips(HTTP2_SETTINGS + first, many, seconds))


def ask(stock: Stock, play: Play, timeouts: Timeouts, **more: Any) -> Exchange:
    with playing(play) as stage:
        request: Request = get(f"http://localhost:{stage.port}/", timeouts=timeouts, **more)
        (exchange,) = send(stock, request)
    return exchange


def first_of(name: str) -> bytes:
    return head(OK) if name in IN_A_BODY else b""


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_of_frames_that_carry_nothing(name: str, stock: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http2, "MOST_EMPTY", 200)
    exchange = ask(stock, floods(first_of(name), FLOODS[name]), UNHURRIED, http_version="2")
    assert code(exchange) == "response-malformed"
    assert exchange.failure is not None
    assert "carry nothing" in exchange.failure.detail


@pytest.mark.parametrize("name", ["PING", "SETTINGS", "empty DATA"])
def test_a_drizzle_of_them_is_no_news(name: str, stock: Stock) -> None:
    exchange = ask(stock, floods(first_of(name), FLOODS[name], 0.05), HURRIED, http_version="2")
    assert code(exchange) == "timeout"


def test_a_head_without_end(stock: Stock) -> None:
    """RFC 9113 6.10: CONTINUATION frames, each of them as good as empty."""
    play = floods(head(OK, flags=0), frame(CONTINUATION, b"\x00\x01a\x01b", stream=1))
    exchange = ask(stock, play, UNHURRIED, http_version="2")
    assert code(exchange) in ("response-malformed", "response-too-large")


def test_a_flood_while_nobody_uses_the_connection(stock: Stock) -> None:
    """What is looked at before the next request is no more than a little."""
    answered, flooded = threading.Event(), threading.Event()

    def play(peer: socket.socket) -> None:
        peer.sendall(HTTP2_SETTINGS + head(OK, flags=0x05))
        if not flooded.is_set():
            assert answered.wait(30)
            peer.sendall(EMPTY["PING"] * 500)
            flooded.set()
            broken.drips(b"", EMPTY["PING"] * 500, 0.0)(peer)
        broken.wait_for_end(peer)

    async def plan(session: Session) -> list[Exchange]:
        request = get(f"http://localhost:{stage.port}/", timeouts=HURRIED, http_version="2")
        first = await session.send(request)
        answered.set()
        assert await asyncio.to_thread(flooded.wait, 30)
        return [first, await session.send(request)]

    with playing(plain(play)) as stage:
        first, second = run(stock, plan)
        assert stage.accepted == 2
    assert first.outcome is second.outcome is Outcome.RESPONSE


@pytest.mark.parametrize("status", [b"abc", b"-20", b"20", b"2000", b"\xb2\xb2\xb2", None])
def test_a_status_that_is_none(status: bytes | None, stock: Stock) -> None:
    block = b"\x00\x01x\x01y" if status is None else b"\x08" + bytes([len(status)]) + status
    play = plain(broken.sends(HTTP2_SETTINGS + head(block, flags=0x05), broken.wait_for_end))
    assert code(ask(stock, play, HURRIED, http_version="2")) == "response-malformed"


def test_interim_responses_without_end(stock: Stock) -> None:
    exchange = ask(stock, plain(broken.drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 10, 0.0)), UNHURRIED)
    assert code(exchange) == "response-malformed"
    assert exchange.failure is not None
    assert "interim responses" in exchange.failure.detail


@pytest.mark.parametrize("version", ["1.1", "2"])
def test_some_interim_responses_are_fine(version: str, stock: Stock) -> None:
    if version == "2":
        answer = HTTP2_SETTINGS + head(CONTINUE) * 50 + head(OK) + frame(DATA, b"ok", flags=1, stream=1)
    else:
        answer = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 50 + broken.head("Content-Length: 2") + b"ok"
    exchange = ask(stock, plain(broken.sends(answer, broken.wait_for_end)), HURRIED, http_version=version)
    assert exchange.response is not None, exchange.failure
    assert exchange.response.body.data == b"ok"


def test_pings_among_news_are_fine(stock: Stock) -> None:
    body = (frame(PING, bytes(8)) * 10 + frame(DATA, b"x", stream=1)) * (http2.MOST_EMPTY // 10 + 100)
    answer = HTTP2_SETTINGS + head(OK) + body + frame(DATA, flags=1, stream=1)

    def play(peer: socket.socket) -> None:
        peer.sendall(answer)
        broken.wait_for_end(peer)

    exchange = ask(stock, plain(play), UNHURRIED, http_version="2")
    assert exchange.response is not None, exchange.failure
    assert exchange.response.body.size == http2.MOST_EMPTY // 10 + 100


@pytest.mark.parametrize("name", ["SETTINGS", "empty DATA"])
def test_memory_stays_bounded(name: str, stock: Stock) -> None:
    tracemalloc.start()
    try:
        ask(stock, floods(first_of(name), FLOODS[name]), UNHURRIED, http_version="2")
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16 * MB
