"""SOCKS5 proxies that answer in small pieces, or in no way that RFC 1928 knows."""

import socket
import threading

import pytest

from tests.core.conftest import TIMEOUTS, Stock
from tests.core.session.test_session import code, get, send
from tests.support.servers.broken import Play, hang_up, playing

_GRANTED = b"\x05\x00\x00\x03\x09localhost\x1f\x90"


def proxy(choice: bytes, reply: bytes, then: Play = hang_up) -> Play:
    """Send ``choice`` and ``reply`` byte by byte, then play ``then``."""

    def play(peer: socket.socket) -> None:
        for words in filter(None, (choice, reply)):
            peer.recv(1000)
            for number in words:
                peer.sendall(bytes([number]))
                threading.Event().wait(0.002)  # so that they go out one by one
        then(peer)

    return play


def answers(peer: socket.socket) -> None:
    peer.recv(1000)
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


def test_replies_may_come_in_pieces(stock: Stock) -> None:
    with playing(proxy(b"\x05\x00", _GRANTED, answers)) as stage:
        (exchange,) = send(stock, get("http://service.test/", proxy=f"socks5://127.0.0.1:{stage.port}"))
    assert exchange.response is not None, exchange.failure
    assert exchange.response.body.data == b"ok"


@pytest.mark.parametrize(
    ("choice", "reply", "words"),
    [
        (b"\x04\x00", b"", "does not answer in SOCKS5"),
        (b"\x05\x07", b"", "Malformed"),
        (b"\x05\x02", b"", "wants a user name"),
        (b"\x05\xff", b"", "wants a user name"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", b"", "does not answer in SOCKS5"),
        (b"\x05\x00", b"\x04\x00\x00\x01" + bytes(6), "does not answer in SOCKS5"),
        (b"\x05\x00", b"\x05\x63\x00\x01" + bytes(6), "reply 99"),
        (b"\x05\x00", b"\x05\x00\x00\x09" + bytes(6), "type 9"),
        (b"\x05\x00", b"\x05\x00\x00", "closed the connection"),
        (b"", b"", "closed the connection"),
    ],
)
def test_what_is_no_reply_is_told(choice: bytes, reply: bytes, words: str, stock: Stock) -> None:
    with playing(proxy(choice, reply)) as stage:
        url = f"socks5://127.0.0.1:{stage.port}"
        (exchange,) = send(stock, get("https://service.test/", proxy=url, timeouts=TIMEOUTS))
    assert code(exchange) == "proxy-failure"
    assert exchange.failure is not None
    assert words in exchange.failure.detail
