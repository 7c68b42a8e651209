"""Proxies that remember what they were asked: HTTP CONNECT (RFC 9110 9.3.6) and SOCKS5 (RFC 1928, RFC 1929).

Each runs an event loop in a thread of its own. They resolve ``service.test`` to the loopback address, which no
client can: a request for it that succeeds was resolved by the proxy.
"""

import asyncio
import ipaddress
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.support.servers.material import HOST

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Credentials = tuple[str, str]


@dataclass(slots=True)
class Proxy:
    """A running proxy. ``targets`` are the ``host:port`` that clients asked for, ``credentials`` what they showed."""

    scheme: str
    port: int
    targets: list[str] = field(default_factory=list)
    credentials: list[str] = field(default_factory=list)

    def url(self, credentials: Credentials | None = None) -> str:
        user = "{}:{}@".format(*credentials) if credentials else ""
        return f"{self.scheme}://{user}localhost:{self.port}"


@contextmanager
def connect_proxy(
    *, credentials: Credentials | None = None, tls: ssl.SSLContext | None = None, answer: bytes | None = None
) -> Iterator[Proxy]:
    """An HTTP proxy, over TLS where ``tls`` is given. ``answer`` is sent in place of opening any tunnel."""
    proxy = Proxy("https" if tls else "http", 0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        method, target, _version = head.splitlines()[0].split()
        proxy.targets.append(target)
        shown = _header(head, "proxy-authorization")
        proxy.credentials.append(shown)
        if answer is not None:
            writer.write(answer)
        elif method != "CONNECT":
            writer.write(b"HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n")
        elif credentials and shown != _basic(credentials):
            writer.write(
                b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="test"\r\n'
                b"Content-Length: 0\r\n\r\n"
            )
        else:
            host, _, port = target.rpartition(":")
            await _tunnel(reader, writer, host.strip("[]"), int(port), b"HTTP/1.1 200 Connection established\r\n\r\n")

    with _in_a_thread(serve, proxy, tls):
        yield proxy


@contextmanager
def socks5_proxy(*, credentials: Credentials | None = None, reply: int = 0) -> Iterator[Proxy]:
    """A SOCKS5 proxy; a ``reply`` other than 0 refuses every request with that code (RFC 1928 6)."""
    proxy = Proxy("socks5", 0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _version, count = await reader.readexactly(2)
        offered = await reader.readexactly(count)
        method = 2 if credentials else 0
        if method not in offered:
            writer.write(b"\x05\xff")
            return
        writer.write(bytes((5, method)))
        if credentials and not await _socks_login(reader, writer, proxy, credentials):
            return
        host, port = await _socks_target(reader)
        proxy.targets.append(f"{host}:{port}")
        bound = b"\x00\x01" + bytes(6)
        if reply:
            writer.write(bytes((5, reply)) + bound)
            return
        await _tunnel(reader, writer, host, port, b"\x05\x00" + bound)

    with _in_a_thread(serve, proxy, None):
        yield proxy


async def _socks_login(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, proxy: Proxy, credentials: Credentials
) -> bool:
    (_version,) = await reader.readexactly(1)
    pair = []
    for _part in credentials:
        (length,) = await reader.readexactly(1)
        pair.append((await reader.readexactly(length)).decode())
    proxy.credentials.append(":".join(pair))
    right = tuple(pair) == credentials
    writer.write(b"\x01\x00" if right else b"\x01\x01")
    return right


async def _socks_target(reader: asyncio.StreamReader) -> tuple[str, int]:
    _version, _command, _reserved, kind = await reader.readexactly(4)
    if kind == 3:
        (length,) = await reader.readexactly(1)
        host = (await reader.readexactly(length)).decode()
    else:
        host = str(ipaddress.ip_address(await reader.readexactly({1: 4, 4: 16}[kind])))
    return host, int.from_bytes(await reader.readexactly(2), "big")


async def _tunnel(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int, established: bytes
) -> None:
    there_reader, there_writer = await asyncio.open_connection("127.0.0.1" if host == HOST else host, port)
    writer.write(established)
    try:
        await asyncio.gather(_pump(reader, there_writer), _pump(there_reader, writer))
    finally:
        await _close(there_writer)


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while data := await source.read(65536):
        sink.write(data)
        await sink.drain()
    if sink.can_write_eof():
        sink.write_eof()
    else:  # TLS cannot half-close
        sink.close()


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError, ssl.SSLError):
        await writer.wait_closed()


@contextmanager
def _in_a_thread(serve: Serve, proxy: Proxy, tls: ssl.SSLContext | None) -> Iterator[None]:
    listener = socket.create_server(("127.0.0.1", 0))
    proxy.port = listener.getsockname()[1]
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(_run(serve, listener, tls, stop),), name="proxy")
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(5.0)
        assert not thread.is_alive()
        loop.close()


async def _run(serve: Serve, listener: socket.socket, tls: ssl.SSLContext | None, stop: asyncio.Event) -> None:
    conversations: set[asyncio.Task[None]] = set()

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):  # one of the two ends has gone
            return
        finally:
            await _close(writer)

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(converse(reader, writer))
        conversations.add(task)
        task.add_done_callback(conversations.discard)

    server = await asyncio.start_server(begin, sock=listener, ssl=tls)
    await stop.wait()
    server.close()
    for task in tuple(conversations):
        task.cancel()
    await asyncio.gather(*conversations, return_exceptions=True)


def _header(head: str, name: str) -> str:
    pairs = (line.partition(":") for line in head.splitlines()[1:])
    return next((value.strip() for key, _, value in pairs if key.lower() == name), "")


def _basic(credentials: Credentials) -> str:
    return "Basic " + b64encode(":".join(credentials).encode()).decode()
