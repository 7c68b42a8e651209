"""Byte streams for httpcore over sockets that we own: TCP, and TLS over any stream."""

import asyncio
import contextlib
import select
import socket
import time
from collections.abc import Awaitable, Iterator
from typing import Any, Protocol, TypeVar

from workbench.core.exchange import Phase
from workbench.core.http import errors
from workbench.core.http.hop_record import HopRecord, current_hop
from workbench.core.request import Timeouts
from workbench.core.tls.connection import TLSConnection, TLSError
from workbench.core.tls.context import ClientContext

_CHUNK = 256 * 1024
_T = TypeVar("_T")


class Tap(Protocol):
    """Who sees the bytes of a connection as they cross the socket."""

    def __call__(self, local: tuple[str, int], remote: tuple[str, int], *, sent: bool, data: bytes) -> None:
        """Bytes passed between ``local`` and ``remote``; ``sent`` tells which way."""


async def _within(timeout: float | None, what: Awaitable[_T], late: type[Exception]) -> _T:
    if timeout is None:
        return await what
    try:
        async with asyncio.timeout(timeout):
            return await what
    except TimeoutError as error:
        raise late(error) from error


def _endpoint(address: Any) -> tuple[str, int]:
    return str(address[0]), int(address[1])


class SocketStream:
    """A connected TCP socket. Closing is immediate, whatever is under way."""

    alpn: str | None = None
    """Nobody negotiates without TLS."""

    def __init__(self, connected: socket.socket, tap: Tap | None = None) -> None:
        self._socket = connected
        self._loop = asyncio.get_running_loop()
        self._tap = tap
        self._eager = False  # whether the last read found its data waiting
        self._waiting = 0
        self._closing = False
        self._unsent = b""
        self._sending: asyncio.Task[None] | None = None
        self._failure: OSError | None = None
        self.marks = True
        self._local = _endpoint(connected.getsockname())
        self.remote = _endpoint(connected.getpeername())

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """At most ``max_bytes``; empty at the end of the stream."""
        hop = current_hop.get() if self.marks else None
        if hop is not None:
            hop.waiting()
        try:
            data = self._socket.recv(max_bytes)
            if self._eager:  # a fast server's data never ends: others get their turn, and so does Cancel
                await asyncio.sleep(0)
            self._eager = not self._eager
        except (BlockingIOError, InterruptedError):
            self._eager = False
            try:
                with self._waits():
                    data = await _within(timeout, self._loop.sock_recv(self._socket, max_bytes), errors.ReadTimeout)
            except OSError as error:
                raise errors.ReadError(error) from error
        except OSError as error:
            raise errors.ReadError(error) from error
        if self._tap is not None and data:
            self._tap(self._local, self.remote, sent=False, data=data)
        if hop is not None and data:
            hop.heard(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of ``buffer``. Whoever gives up waiting leaves nothing half sent: the rest goes before what follows."""
        if not buffer:
            return
        hop = current_hop.get() if self.marks else None
        if hop is not None:
            hop.wrote()
        self.write_soon(buffer)
        if self._sending is not None:
            await _within(timeout, asyncio.shield(self._sending), errors.WriteTimeout)
        if self._failure is not None:
            raise errors.WriteError(self._failure) from self._failure

    def write_soon(self, data: bytes) -> None:
        """Send ``data`` after all that was given before, without waiting for that; a failure shows in ``write``."""
        if not data or self._failure is not None:
            return
        self._unsent += data
        if self._tap is not None:
            self._tap(self._local, self.remote, sent=True, data=data)
        if self._sending is None:
            self._send_now()
        if self._unsent and self._sending is None:
            self._sending = self._loop.create_task(self._send_rest(), name="rest of a write")

    def _send_now(self) -> None:
        try:
            self._unsent = self._unsent[self._socket.send(self._unsent) :]
        except (BlockingIOError, InterruptedError):
            pass
        except OSError as error:
            self._failure, self._unsent = error, b""

    async def _send_rest(self) -> None:
        try:
            with self._waits():
                while self._unsent:
                    data, self._unsent = self._unsent, b""
                    await self._loop.sock_sendall(self._socket, data)
        except OSError as error:
            self._failure = error
        finally:
            self._sending = None

    async def aclose(self) -> None:
        """Close at once."""
        self.close()

    def close(self) -> None:
        """Close at once, from synchronous code. Whoever else waits for the socket meets its end."""
        self._closing = True
        if self._waiting:
            # A descriptor that the loop still watches must not be freed: nobody would be woken.
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
        else:
            self._socket.close()

    @contextlib.contextmanager
    def _waits(self) -> Iterator[None]:
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1
            if self._closing and not self._waiting:
                self._socket.close()

    def try_write(self, data: bytes) -> None:
        """Send what fits into the socket's buffer now; a farewell is not worth waiting for."""
        if self._sending is None:
            with contextlib.suppress(OSError):
                self._socket.send(data)

    def try_read(self, limit: int = _CHUNK) -> bytes | None:
        """At most ``limit`` bytes of what has arrived, empty at the end of the stream, None when nothing has."""
        try:
            return self._socket.recv(limit)
        except (BlockingIOError, InterruptedError):
            return None
        except OSError:
            return b""

    def is_readable(self) -> bool:
        """Whether a read would return at once: on an idle connection, that the peer closed it."""
        if self._socket.fileno() < 0:
            return True
        if hasattr(select, "poll"):
            poll = select.poll()
            poll.register(self._socket, select.POLLIN)
            return bool(poll.poll(0))
        return bool(select.select([self._socket], [], [], 0)[0])

    def get_extra_info(self, info: str) -> Any:
        """Answer what httpcore asks of a stream."""
        return self.is_readable() if info == "is_readable" else None


class TLSStream:
    """TLS over another stream, which may itself be TLS (to a proxy)."""

    def __init__(self, inner: "SocketStream | TLSStream", connection: TLSConnection, *, to_proxy: bool) -> None:
        self._inner = inner
        self._to_proxy = to_proxy
        self.marks = True
        self.connection = connection
        self.first_bytes = b""
        self.users = 0
        self.closed = False
        self.alpn: str | None = None  # what both ends agreed on (RFC 7301), once the handshake is done

    @property
    def remote(self) -> tuple[str, int]:
        """Address and port of the peer that the socket is connected to."""
        return self._inner.remote

    async def handshake(self, timeout: float | None) -> None:
        """Complete the handshake. Raises ``errors.ConnectError`` with the ``TLSError`` as its argument."""
        try:
            await _within(timeout, self._shake_hands(), errors.ConnectTimeout)
            self.connection.check_alpn()
            self.alpn = self.connection.selected_alpn_protocol()
        except TLSError as error:
            with contextlib.suppress(errors.NetworkError, errors.TimedOut, TimeoutError):
                await asyncio.wait_for(self._flush(None), 1)  # our alert: the peer may want to know
            raise errors.ConnectError(error) from error
        except (errors.ReadError, errors.WriteError) as error:
            raise errors.ConnectError(*error.args) from error

    async def _shake_hands(self) -> None:
        while not self.connection.handshake():
            await self._flush(None)
            await self._fill(None)
        await self._flush(None)

    async def _flush(self, timeout: float | None) -> None:
        data = self.connection.outgoing()
        if not data:
            return
        try:
            await self._inner.write(data, timeout)
        except errors.WriteError:
            self._hear_out()
            raise

    def _hear_out(self) -> None:
        """Read what came before the peer closed: an alert says more than that writing to it failed.

        Raises ``errors.WriteError`` with the ``TLSError`` as its argument when there was one.
        """
        while arrived := self._inner.try_read():
            self.connection.receive(arrived)
        try:
            while self.connection.read(_CHUNK):
                pass
        except TLSError as error:
            raise errors.WriteError(error) from error

    async def _fill(self, timeout: float | None) -> None:
        data = await self._inner.read(_CHUNK, timeout)
        if len(self.first_bytes) < 512 and not self.connection.complete:
            self.first_bytes += data[:512]
        self.connection.receive(data)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Decrypted bytes; empty at the end. In TLS 1.3 a refused client certificate is met here."""
        hop = self._hop()
        if hop is not None:
            hop.waiting()
        began = time.monotonic()
        left = timeout
        while True:
            data = self._decrypted(max_bytes)
            await self._flush(timeout)  # key updates, post-handshake certificates, renegotiation
            if data is not None:
                if hop is not None and data:
                    hop.heard(data)
                return data
            await self._fill(left)
            if timeout is not None:  # records without data, such as tickets, may come without end
                left = max(timeout - (time.monotonic() - began), 0.0)

    def _hop(self) -> HopRecord | None:
        hop = current_hop.get() if self.marks else None
        if hop is not None and not self._to_proxy:
            if self.closed and hop.stream is not self:  # HTTP/2 does not look whether it still stands
                raise errors.ConnectionNotAvailable
            hop.use(self)
        return hop

    def _decrypted(self, max_bytes: int) -> bytes | None:
        try:
            return self.connection.read(max_bytes)
        except TLSError as error:
            raise errors.ReadError(error) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Encrypt and send all of ``buffer``."""
        hop = self._hop()
        if hop is not None:
            hop.wrote()
        view = memoryview(buffer)
        while view:
            taken = self._encrypt(view)
            if not taken:  # the peer is renegotiating
                await self._flush(timeout)
                await self._fill(timeout)
            view = view[taken:]
        await self._flush(timeout)

    def _encrypt(self, data: memoryview) -> int:
        try:
            return self.connection.write(data)
        except TLSError as error:
            raise errors.WriteError(error) from error

    def write_soon(self, data: bytes) -> None:
        """Encrypt ``data`` and send it after all that was given before, without waiting for that."""
        view = memoryview(data)
        with contextlib.suppress(errors.WriteError):
            while view and (taken := self._encrypt(view)):
                view = view[taken:]
        self._inner.write_soon(self.connection.outgoing())

    async def aclose(self) -> None:
        """Say close_notify if the socket takes it, and close at once."""
        self.close()

    def close(self) -> None:
        """As ``aclose``, from synchronous code."""
        if not self.closed:
            self.closed = True
            self.connection.close()
            self._inner.try_write(self.connection.outgoing())
            self._inner.close()

    def try_write(self, data: bytes) -> None:
        """Send what can be sent without waiting."""
        with contextlib.suppress(TLSError):
            if data and self.connection.write(data):
                self._inner.try_write(self.connection.outgoing())

    def try_read(self, limit: int = _CHUNK) -> bytes | None:
        """What has arrived, empty at the end, None when nothing for the application has: at most ``limit`` bytes."""
        arrived = self._inner.try_read()
        if arrived is not None:
            self.connection.receive(arrived)
        try:
            return self.connection.read(limit)
        except TLSError:
            return b""

    def is_readable(self) -> bool:
        """Whether an idle connection is over. Session tickets that arrive late do not mean that."""
        return self._inner.is_readable() and self.try_read() is not None

    def get_extra_info(self, info: str) -> Any:
        """Answer what httpcore asks of a stream."""
        return self.is_readable() if info == "is_readable" else None


async def start_tls(
    inner: SocketStream | TLSStream, context: ClientContext, host: str, *, to_proxy: bool = False
) -> TLSStream:
    """Shake hands over ``inner`` and record it in the current hop; closes ``inner`` when that fails."""
    hop = current_hop.get() or HopRecord(Timeouts())
    address, port = inner.remote
    try:
        connection = TLSConnection(context, host, address=shown(inner.remote), session_key=f"{host} {address} {port}")
    except BaseException:
        inner.close()
        raise
    stream = TLSStream(inner, connection, to_proxy=to_proxy)
    inner.marks = False
    if to_proxy:
        hop.proxy_stream = stream
    else:
        hop.use(stream)
        hop.enter(Phase.TLS)
    began = hop.elapsed_ms()
    try:
        await stream.handshake(hop.timeouts.tls)
    except BaseException:
        stream.close()
        raise
    if not to_proxy:
        hop.tls_ms = hop.elapsed_ms() - began
    return stream


def shown(address: tuple[str, int]) -> str:
    """An address and port as people write them: IPv6 in brackets."""
    host, port = address
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
