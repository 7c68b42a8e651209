"""HTTP/1.1 as h11 has it, over a stream of ours.

httpcore2's connection does the same with locks, cancel scopes and traces that one event loop has no need of: they cost
as much as all the rest of a request on a connection that stands.

* h11 copies each piece of a body four times, which is half the cost of a large one: here a piece goes through as it is.
* Interim responses (RFC 9110 15.2) have no end of their own: a server may send them for ever.

h11 has no door for its buffer. What this module touches inside of it is listed in
``tests/core/http/test_insides.py``, and its version is bounded in ``pyproject.toml``.
"""

import contextlib
import math
import time
from collections.abc import AsyncGenerator, Callable
from typing import Any, Self

import h11
from h11._receivebuffer import ReceiveBuffer

from workbench.core.http import errors
from workbench.core.http.stream import SocketStream, TLSStream
from workbench.core.http.wire import WireRequest, WireResponse

MOST_INTERIM = 100
"""Interim responses before the one that counts."""
_SWITCHED = 101
_PIECE = 256 * 1024
_LARGEST_HEAD = 100 * 1024


class Buffer(ReceiveBuffer):
    """What came and was not looked at yet. A piece that is alone there, and wanted whole, goes through as it is."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self._piece = b""
        super().__init__()

    @property
    def _data(self) -> bytearray:
        if self._piece:
            self._kept += self._piece
            self._piece = b""
        return self._kept

    @_data.setter
    def _data(self, data: bytearray) -> None:
        self._kept, self._piece = data, b""

    def __iadd__(self, data: bytes | bytearray) -> Self:
        if len(self):
            self._data += data
        else:
            self._piece = bytes(data)
        return self

    def __len__(self) -> int:
        return len(self._kept) + len(self._piece)

    def maybe_extract_at_most(self, count: int) -> Any:
        """At most ``count`` bytes, None when there are none."""
        if self._piece and not self._kept and len(self._piece) <= count:
            piece, self._piece = self._piece, b""
            self._next_line_search = self._multiple_lines_search = 0
            return piece
        return self._extract(count) if len(self) else None


class HTTP11Connection:
    """One HTTP/1.1 connection over ``stream`` (RFC 9112), which it closes when it is of no use any more.

    ``released`` is called whenever a response is done with the connection.
    """

    def __init__(
        self, stream: SocketStream | TLSStream, keepalive: float = 60.0, released: Callable[[], None] = lambda: None
    ) -> None:
        self._stream = stream
        self._keepalive = keepalive
        self._released = released
        self._h11 = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LARGEST_HEAD)
        self._h11._receive_buffer = Buffer()  # noqa: SLF001 -- see above
        self._head: tuple[WireRequest, h11.Request] | None = None
        self._expires = math.inf
        self.busy = False
        self.closed = False

    def is_available(self) -> bool:
        """Whether another request may be given to it."""
        return not (self.busy or self.closed)

    def has_expired(self) -> bool:
        """Whether it stood idle for too long."""
        return not self.busy and time.monotonic() > self._expires

    def is_over(self) -> bool:
        """Whether a connection that nobody uses has ended: all that can be readable on it is that."""
        return self.closed or self._stream.is_readable()

    async def send(self, request: WireRequest) -> WireResponse:
        """Send ``request``; the response once its head is there.

        Raises ``errors.ConnectionNotAvailable`` when somebody else uses the connection, errors of the stream and of
        h11. The connection is closed when anything but the first of them happens.
        """
        if not self.is_available():
            raise errors.ConnectionNotAvailable
        self.busy = True
        try:
            with contextlib.suppress(errors.WriteError):  # a server may answer and close before it has read all
                await self._send(request)
            head = await self._receive_head(request)
        except BaseException:
            self.close()
            raise
        stream = None
        if head.status_code == _SWITCHED:
            stream = Switched(self._stream, self._h11.trailing_data[0])
        version = f"HTTP/{head.http_version.decode('ascii')}"
        headers = head.headers.raw_items()
        return WireResponse(head.status_code, head.reason, version, headers, _Body(self, request), stream)

    async def _send(self, request: WireRequest) -> None:
        limit = request.timeout("write")
        begin = self._h11.send(self._head_of(request)) or b""
        if request.body is None:
            await self._stream.write(begin + (self._h11.send(h11.EndOfMessage()) or b""), limit)
            return
        await self._stream.write(begin, limit)
        pieces = aiter(request.body)
        try:
            async for piece in pieces:
                await self._stream.write(self._h11.send(h11.Data(data=piece)) or b"", limit)
        finally:
            if isinstance(pieces, AsyncGenerator):
                await pieces.aclose()
        await self._stream.write(self._h11.send(h11.EndOfMessage()) or b"", limit)

    def _head_of(self, request: WireRequest) -> h11.Request:
        """``request`` as h11 has it. To check the fields of one that was sent before costs more than all the rest."""
        if self._head is not None:
            last, head = self._head
            same = last.headers is request.headers and last.target == request.target and last.method == request.method
            if same:
                return head
        head = h11.Request(method=request.method, target=request.target, headers=request.headers)
        self._head = request, head
        return head

    async def _receive_head(self, request: WireRequest) -> h11.Response | h11.InformationalResponse:
        interim = 0
        while True:
            event = await self.receive(request)
            if isinstance(event, h11.Response):
                return event
            if isinstance(event, h11.InformationalResponse):
                if event.status_code == _SWITCHED:
                    return event
                interim += 1
                if interim > MOST_INTERIM:
                    raise errors.ProtocolError(f"more than {MOST_INTERIM} interim responses (1xx)")

    async def receive(self, request: WireRequest) -> h11.Event | type[h11.PAUSED]:
        """The next event of the response to ``request``."""
        while (event := self._h11.next_event()) is h11.NEED_DATA:
            data = await self._stream.read(_PIECE, request.timeout("read"))
            if not data and self._h11.their_state is h11.SEND_RESPONSE:  # h11 would complain about its own states
                raise errors.ProtocolError("Server disconnected without sending a response.")
            self._h11.receive_data(data)
        return event  # type: ignore[return-value]  # mypy does not see that NEED_DATA is excluded

    def finish(self) -> None:
        """The response is done with: keep the connection where both ends are through, close it otherwise."""
        if self._h11.our_state is h11.DONE and self._h11.their_state is h11.DONE:
            self._h11.start_next_cycle()
            self._expires = time.monotonic() + self._keepalive
            self.busy = False
            self._released()
        else:
            self.close()

    def close(self) -> None:
        """Close at once, whoever uses it."""
        if not self.closed:
            self.closed = True
            self._stream.close()
            self._released()


class _Body:
    def __init__(self, connection: HTTP11Connection, request: WireRequest) -> None:
        self._connection = connection
        self._request = request
        self._done = False

    async def read(self) -> bytes:
        while True:
            event = await self._connection.receive(self._request)
            if isinstance(event, h11.Data):
                return bytes(event.data)
            if isinstance(event, h11.EndOfMessage) or event is h11.PAUSED:
                return b""

    async def aclose(self) -> None:
        if not self._done:
            self._done = True
            self._connection.finish()


class Switched:
    """``stream`` after the server switched to another protocol (RFC 9110 15.2.2), ``data`` of which came already."""

    def __init__(self, stream: SocketStream | TLSStream, data: bytes) -> None:
        self._stream = stream
        self._data = data

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """At most ``max_bytes``; empty at the end of the stream."""
        if self._data:
            data, self._data = self._data[:max_bytes], self._data[max_bytes:]
            return data
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of ``buffer``."""
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close at once."""
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        """Answer what httpcore asks of a stream."""
        return self._stream.get_extra_info(info)
