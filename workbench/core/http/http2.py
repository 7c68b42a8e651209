"""HTTP/2 as its standard has it, where httpcore2 falls short of that (RFC 9113).

* An answer may come before the whole request has gone (8.1). A server that refuses a large upload answers at once.
  Some then reset the stream with NO_ERROR: httpcore2 stumbles over that while it still sends, and drops the answer
  that it has read. Others, nginx among them, just give no more room to send: httpcore2 waits for it until the time
  is over.
* A server that is about to close says GOAWAY, and still answers what it has taken (6.8): nginx does so after
  ``keepalive_requests``, others when they are restarted. httpcore2 and h2 take it for the end of everything.
* The end of a connection that nobody uses shows before something is sent over it (9.1), as over HTTP/1.1.
* A read brings many frames of a body: to hand them over one by one costs more than all the rest of a large download.
* A response that nobody wants any more is to be reset (5.4.2). httpcore2 just forgets its stream, the server goes on
  sending, and what it sends takes up the room of the connection's other streams until they stand still.
* Frames that carry nothing (10.5: PING, SETTINGS, empty DATA) are no news of a response: the time that it may take is
  not prolonged by them, and no server may send them without end.

There is no door for most of this in the interfaces of httpcore2 and h2: these are subclasses that reach into both,
for our own connections only. What they touch is listed in ``tests/core/http/test_insides.py``, and the libraries'
versions are bounded in ``pyproject.toml``.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Iterator
from typing import Any

import h2.connection
import h2.errors
import h2.events
import h2.exceptions
import httpcore2
from hyperframe.frame import DataFrame, Frame, GoAwayFrame

from workbench.core.http import errors
from workbench.core.http.stream import SocketStream, TLSStream
from workbench.core.http.wire import Origin, WireRequest, WireResponse

_NO_ERROR = h2.errors.ErrorCodes.NO_ERROR

MOST_EMPTY = 2000
"""Frames without news in ``_WINDOW`` seconds that are not yet a flood: PING, SETTINGS, WINDOW_UPDATE, empty DATA …"""
_WINDOW = 60.0
_IDLE_READS = 16
"""Reads of what came over a connection while nobody used it."""


class _Answered(Exception):
    """The response is whole: the rest of the request is of no interest."""


class _Flood(h2.exceptions.ProtocolError):
    """The server sends frames that carry nothing, faster than anybody needs them."""

    error_code = h2.errors.ErrorCodes.ENHANCE_YOUR_CALM


class _Protocol(h2.connection.H2Connection):
    """``parting`` is a GOAWAY without an error: streams up to its last one go on."""

    parting: h2.events.ConnectionTerminated | None = None
    _empty = 0
    _since = 0.0

    def progressed(self) -> None:
        """Something came or went that matters."""
        self._empty = 0

    def _receive_frame(self, frame: Frame) -> list[h2.events.Event]:
        if isinstance(frame, DataFrame):
            # h2 makes a text of each frame for a log that nobody reads: of all the data, in hexadecimal digits.
            frame._body_repr = lambda: f"{len(frame.data)} bytes"  # type: ignore[method-assign]  # noqa: SLF001
        events = super()._receive_frame(frame)
        if any(_is_news(event) for event in events):
            self.progressed()
        else:
            self._count(frame)
        return events

    def _count(self, frame: Frame) -> None:
        now = time.monotonic()
        if now - self._since > _WINDOW:
            self._since, self._empty = now, 0
        self._empty += 1
        if self._empty > MOST_EMPTY:
            name = type(frame).__name__.removesuffix("Frame")
            raise _Flood(f"more than {MOST_EMPTY} frames in a minute that carry nothing ({name})")

    def _receive_goaway_frame(self, frame: GoAwayFrame) -> tuple[list[Frame], list[h2.events.Event]]:
        if frame.error_code != _NO_ERROR:
            return super()._receive_goaway_frame(frame)
        self.parting = h2.events.ConnectionTerminated()
        self.parting.error_code = _NO_ERROR
        self.parting.last_stream_id = frame.last_stream_id
        return [], []


def _is_news(event: h2.events.Event) -> bool:
    """Whether ``event`` brings a response forward."""
    match event:
        case h2.events.DataReceived(data=data):
            return bool(data)
        case (
            h2.events.ResponseReceived()
            | h2.events.TrailersReceived()
            | h2.events.StreamEnded()
            | h2.events.StreamReset()
        ):
            return True
    return False


class HTTP2Connection(httpcore2.AsyncHTTP2Connection):
    """One HTTP/2 connection over ``stream``."""

    READ_NUM_BYTES = 256 * 1024

    def __init__(
        self,
        origin: Origin,
        stream: SocketStream | TLSStream,
        keepalive: float = 60.0,
        released: Callable[[], None] = lambda: None,
    ) -> None:
        where = httpcore2.Origin(origin.scheme.encode("ascii"), origin.host.encode("ascii"), origin.port)
        super().__init__(where, stream, keepalive)  # type: ignore[arg-type]  # it has all that is asked of one
        self._protocol = self._h2_state = _Protocol(config=self.CONFIG)
        self._waiting_since: dict[int, float] = {}
        self._stream = stream
        self._released = released
        self._closed = False

    async def send(self, request: WireRequest) -> WireResponse:
        """Send ``request``; the response once its head is there.

        Raises ``ConnectionNotAvailable`` when the connection takes no more requests, errors of the stream,
        of httpcore2 and of h2.
        """
        if self.closed:
            raise errors.ConnectionNotAvailable
        origin = self._origin
        url = httpcore2.URL(scheme=origin.scheme, host=origin.host, port=origin.port, target=request.target)
        sent = httpcore2.Request(
            request.method, url, headers=request.headers, content=request.body, extensions=request.extensions
        )
        try:
            answer = await self.handle_async_request(sent)
        except httpcore2.ConnectionNotAvailable as error:
            raise errors.ConnectionNotAvailable from error
        return WireResponse(answer.status, b"", "HTTP/2", answer.headers, _Body(answer))

    @property
    def busy(self) -> bool:
        """Whether anybody uses it."""
        return not self.is_idle()

    @property
    def closed(self) -> bool:
        """Whether it is over."""
        return self._closed or self.is_closed()

    def close(self) -> None:
        """Close at once, whoever uses it."""
        if not self._closed:
            self._closed = True
            self._stream.close()
            self._released()

    async def aclose(self) -> None:
        """As ``close``, for httpcore2."""
        await super().aclose()
        self.close()

    async def _send_request_body(self, request: httpcore2.Request, stream_id: int) -> None:
        try:
            await super()._send_request_body(request=request, stream_id=stream_id)
        except _Answered:
            with contextlib.suppress(h2.exceptions.StreamClosedError):  # the server may have been quicker
                self._h2_state.reset_stream(stream_id, _NO_ERROR)
            await self._write_outgoing_data(request)
        except h2.exceptions.ProtocolError:
            if not self._has_come(stream_id, h2.events.ResponseReceived):
                raise

    async def _wait_for_outgoing_flow(self, request: httpcore2.Request, stream_id: int) -> int:
        while True:
            if self._has_come(stream_id, h2.events.StreamEnded):
                raise _Answered
            window = self._h2_state.local_flow_control_window(stream_id)
            room = min(window, self._h2_state.max_outbound_frame_size)
            if room > 0:
                self._protocol.progressed()
                return room
            async with self._read_lock:
                if self._h2_state.local_flow_control_window(stream_id) <= 0:
                    await self._receive_events(request, stream_id)
            await self._write_outgoing_data(request)

    def _has_come(self, stream_id: int, kind: type[h2.events.Event]) -> bool:
        events: list[Any] = self._events.get(stream_id, [])
        return any(isinstance(event, kind) for event in events)

    async def _receive_response_body(self, request: httpcore2.Request, stream_id: int) -> AsyncGenerator[bytes]:
        while True:
            event = await self._receive_stream_event(request, stream_id)
            if isinstance(event, h2.events.StreamEnded):
                return
            if isinstance(event, h2.events.DataReceived):
                whole = [event, *self._more_data(stream_id)]
                taken = sum(piece.flow_controlled_length or 0 for piece in whole)
                self._h2_state.acknowledge_received_data(taken, stream_id)
                await self._write_outgoing_data(request)
                if data := b"".join(piece.data or b"" for piece in whole):
                    self._waiting_since.pop(stream_id, None)
                    yield data

    def _more_data(self, stream_id: int) -> Iterator[h2.events.DataReceived]:
        events = self._events[stream_id]
        while events and isinstance(event := events[0], h2.events.DataReceived):
            del events[0]
            yield event

    async def _receive_response(
        self, request: httpcore2.Request, stream_id: int
    ) -> tuple[int, list[tuple[bytes, bytes]]]:
        event = await self._receive_stream_event(request, stream_id)
        while not isinstance(event, h2.events.ResponseReceived):
            event = await self._receive_stream_event(request, stream_id)
        self._waiting_since.pop(stream_id, None)
        fields = [(bytes(name), bytes(value)) for name, value in event.headers or ()]
        status = next((value for name, value in fields if name == b":status"), b"")
        if len(status) != 3 or not status.isdigit():  # RFC 9110 15, RFC 9113 8.3.2
            raise httpcore2.RemoteProtocolError(f"the status is {status.decode('latin-1')!r}")
        return int(status), [(name, value) for name, value in fields if not name.startswith(b":")]

    async def _receive_stream_event(self, request: httpcore2.Request, stream_id: int) -> Any:
        while not self._events.get(stream_id):
            async with self._patience(request, stream_id), self._read_lock:
                if not self._events.get(stream_id):
                    await self._receive_events(request, stream_id)
            await self._write_outgoing_data(request)
        return await super()._receive_stream_event(request, stream_id)

    @contextlib.asynccontextmanager
    async def _patience(self, request: httpcore2.Request, stream_id: int) -> AsyncGenerator[None]:
        """Let a stream wait no longer for its news than it may, whatever else comes over the connection."""
        now = asyncio.get_running_loop().time()
        since = self._waiting_since.setdefault(stream_id, now)
        limit = request.extensions.get("timeout", {}).get("read")
        try:
            async with asyncio.timeout_at(None if limit is None else since + limit):
                yield
        except TimeoutError as error:
            self._connection_error = True  # it may be dead: nobody else begins anything on it
            raise errors.ReadTimeout(error) from error

    async def _read_incoming_data(self, request: httpcore2.Request) -> list[h2.events.Event]:
        events = await super()._read_incoming_data(request)
        for event in events:
            if isinstance(event, h2.events.InformationalResponseReceived) and event.stream_id is not None:
                self._waiting_since.pop(event.stream_id, None)  # the server is at it (RFC 9110 15.2)
        return events

    async def _receive_events(self, request: httpcore2.Request, stream_id: int | None = None) -> None:
        parting = self._protocol.parting
        if parting is not None and stream_id is not None and stream_id > (parting.last_stream_id or 0):
            if stream_id == 1:  # nor would another connection get any further
                raise httpcore2.RemoteProtocolError(parting)
            self._request_count -= 1
            raise httpcore2.ConnectionNotAvailable  # it was not looked at: the pool sends it over another connection
        await super()._receive_events(request, stream_id)

    def is_available(self) -> bool:
        """Whether another request may be given to it."""
        return not self._closed and self._protocol.parting is None and super().is_available()

    def is_over(self) -> bool:
        """Whether the server is done with a connection that nobody uses; what it said meanwhile is heard."""
        for _read in range(_IDLE_READS):
            said = self._stream.try_read(self.READ_NUM_BYTES)
            if said is None:
                return not self.is_available()
            if not said:
                return True
            try:
                self._h2_state.receive_data(said)
            except h2.exceptions.ProtocolError:
                return True
        return True  # it does not stop

    async def _response_closed(self, stream_id: int) -> None:
        self._waiting_since.pop(stream_id, None)
        self._give_back(stream_id)
        await super()._response_closed(stream_id)
        if self._events:
            self._stream.write_soon(self._h2_state.data_to_send())
        elif self._protocol.parting is not None:
            await self.aclose()
        self._released()

    def _give_back(self, stream_id: int) -> None:
        """Free the room that unread data takes, and have the server send no more."""
        stream = self._h2_state.streams.get(stream_id)
        with contextlib.suppress(h2.exceptions.ProtocolError):  # the connection is over
            for event in self._events.get(stream_id, []):
                if isinstance(event, h2.events.DataReceived):
                    self._h2_state.acknowledge_received_data(event.flow_controlled_length or 0, stream_id)
            if stream is not None and not stream.closed:
                self._h2_state.reset_stream(stream_id, h2.errors.ErrorCodes.CANCEL)


class _Body:
    """The body of ``answer``."""

    def __init__(self, answer: httpcore2.Response) -> None:
        assert isinstance(answer.stream, AsyncIterable)  # noqa: S101 -- for mypy
        self._answer = answer
        self._pieces = aiter(answer.stream)

    async def read(self) -> bytes:
        return await anext(self._pieces, b"")

    async def aclose(self) -> None:
        with contextlib.suppress(httpcore2.ProtocolError):  # it is over, however it ended
            await self._answer.aclose()
