"""What servers send on the wire: answers in HTTP/1.1 and HTTP/2."""

import asyncio
import tempfile
from pathlib import Path

import httpcore2

from tests.fuzz.frame import Target
from workbench.core.exchange import Trouble
from workbench.core.http.backend import NetworkBackend
from workbench.core.http.client import Client
from workbench.core.http.pool import Pool
from workbench.core.http.route import Route
from workbench.core.http.trouble import HopFailed
from workbench.core.http.wire import Origin
from workbench.core.request import Request
from workbench.core.tls.context import ClientContext
from workbench.core.tls.policy import TLSPolicy, Version
from workbench.core.tls.trust import TrustStore
from workbench.core.url import parse

_URL = "http://localhost/"
_PIECE = 500

_HTTP1 = (
    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/event-stream\r\n\r\nhello",
    b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5;a=b\r\nhello\r\n0\r\nX-Sum: 7\r\n\r\n",
    b"HTTP/1.0 302 Found\r\nLocation: /a\r\nSet-Cookie: a=b\r\nContent-Encoding: gzip, br, zstd\r\n\r\nhello",
)


def _frame(kind: int, payload: bytes = b"", *, flags: int = 0, stream: int = 1) -> bytes:
    return len(payload).to_bytes(3) + bytes((kind, flags)) + stream.to_bytes(4) + payload


_SETTINGS = _frame(4, bytes.fromhex("0003 00000064 0004 00010000"), stream=0)
_HTTP2 = (
    _SETTINGS + _frame(1, b"\x88\x5f\x01x\x5c\x015", flags=4) + _frame(0, b"hello", flags=1),
    _SETTINGS
    + _frame(1, b"\x08\x03100", flags=4)
    + _frame(6, bytes(8), stream=0)
    + _frame(1, b"\x88")
    + _frame(9, b"\x00\x01x\x01y", flags=4)
    + _frame(0, b"\x02hi\0\0", flags=8)
    + _frame(1, b"\x00\x01z\x01t", flags=5),
    _SETTINGS
    + _frame(8, bytes.fromhex("00000100"), stream=0)
    + _frame(1, b"\x88", flags=4)
    + _frame(7, bytes.fromhex("00000001 00000000"), stream=0)
    + _frame(3, bytes.fromhex("00000008")),
)


class _Stream(httpcore2.AsyncNetworkStream):
    """Says what it was given, and closes."""

    alpn = None

    def __init__(self, data: bytes) -> None:
        self._data = data

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 -- httpcore's
        size = min(max_bytes, _PIECE)
        piece, self._data = self._data[:size], self._data[size:]
        return piece

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        pass

    def try_read(self, _limit: int) -> bytes:
        return b""

    def write_soon(self, data: bytes) -> None:
        pass

    def close(self) -> None:
        pass

    async def aclose(self) -> None:
        pass

    def is_readable(self) -> bool:
        return True


class _Answered(Route):
    """Whatever is connected to answers ``data``."""

    data = b""

    async def dial(self, origin: Origin) -> _Stream:  # type: ignore[override]  # as much of one as is used
        return _Stream(self.data)


def _context(version: Version = Version.TLS1_3) -> ClientContext:
    return ClientContext(None, TrustStore(()), TLSPolicy(maximum=version))


def _answer(data: bytes, version: str) -> None:
    async def ask() -> None:
        context = _context()
        client = Client(context, http_version=version)
        route = _Answered(NetworkBackend(), context)
        object.__setattr__(route, "data", data)
        client._pool = Pool(route, version)
        request = Request(url=_URL, http_version=version)
        try:
            await client.send(request, parse(_URL), lambda: Path(tempfile.gettempdir()), lambda _progress: None)
        finally:
            await client.aclose()

    try:
        asyncio.run(ask())
    except HopFailed as failure:
        if failure.trouble is Trouble.UNEXPECTED:
            raise AssertionError(failure.message) from failure.__cause__
        raise


TARGETS = {
    "http1": Target(
        lambda: _HTTP1,
        lambda data: _answer(data, "1.1"),
        errors=(HopFailed,),
        tokens=(b"\r\n", b"HTTP/1.1 ", b"chunked", b"Content-Length: ", b"0\r\n\r\n", b": ", b"ffffffff"),
    ),
    "http2": Target(
        lambda: _HTTP2,
        lambda data: _answer(data, "2"),
        errors=(HopFailed,),
        tokens=(_SETTINGS, *(_frame(kind, bytes(4)) for kind in range(10)), b"\x88", b"\xff\xff\xff\xff\x07"),
    ),
}
