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

There is no door for this in the interfaces of httpcore2 and h2: this module reaches into both, and where their
inside has changed does nothing.
"""

import contextlib
from collections.abc import AsyncGenerator, Iterator
from typing import Any

import h2.connection
import h2.errors
import h2.events
import h2.exceptions
import httpcore2
from httpcore2._async import http2
from hyperframe.frame import DataFrame, Frame, GoAwayFrame

_NEEDED = (
    "_send_request_body",
    "_wait_for_outgoing_flow",
    "_receive_events",
    "_receive_response_body",
    "_receive_stream_event",
    "_write_outgoing_data",
    "_response_closed",
)
_NO_ERROR = h2.errors.ErrorCodes.NO_ERROR


class _Answered(Exception):
    """The response is whole: the rest of the request is of no interest."""


class _Protocol(h2.connection.H2Connection):
    """``parting`` is a GOAWAY without an error: streams up to its last one go on."""

    parting: h2.events.ConnectionTerminated | None = None

    def _receive_goaway_frame(self, frame: GoAwayFrame) -> tuple[list[Frame], list[h2.events.Event]]:
        if frame.error_code != _NO_ERROR:
            return super()._receive_goaway_frame(frame)
        self.parting = h2.events.ConnectionTerminated()
        self.parting.error_code = _NO_ERROR
        self.parting.last_stream_id = frame.last_stream_id
        return [], []


class _HTTP2Connection(httpcore2.AsyncHTTP2Connection):
    READ_NUM_BYTES = 256 * 1024

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._protocol = self._h2_state = _Protocol(config=self.CONFIG)

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
                yield b"".join(piece.data or b"" for piece in whole)

    def _more_data(self, stream_id: int) -> Iterator[h2.events.DataReceived]:
        events = self._events[stream_id]
        while events and isinstance(event := events[0], h2.events.DataReceived):
            del events[0]
            yield event

    async def _receive_events(self, request: httpcore2.Request, stream_id: int | None = None) -> None:
        parting = self._protocol.parting
        if parting is not None and stream_id is not None and stream_id > (parting.last_stream_id or 0):
            if stream_id == 1:  # nor would another connection get any further
                raise httpcore2.RemoteProtocolError(parting)
            self._request_count -= 1
            raise httpcore2.ConnectionNotAvailable  # it was not looked at: the pool sends it over another connection
        await super()._receive_events(request, stream_id)

    def is_available(self) -> bool:
        return self._protocol.parting is None and super().is_available()

    def has_expired(self) -> bool:
        return super().has_expired() or (self.is_idle() and self._is_over())

    def _is_over(self) -> bool:
        """Whether the server is done with a connection that nobody uses; what it said meanwhile is heard."""
        while (said := self._network_stream.try_read(self.READ_NUM_BYTES)) is not None:  # type: ignore[attr-defined]
            if not said:
                return True
            try:
                self._h2_state.receive_data(said)
            except h2.exceptions.ProtocolError:
                return True
        return not self.is_available()

    async def _response_closed(self, stream_id: int) -> None:
        self._give_back(stream_id)
        await super()._response_closed(stream_id)
        if self._events:
            self._network_stream.write_soon(self._h2_state.data_to_send())  # type: ignore[attr-defined]  # it is ours
        elif self._protocol.parting is not None:
            await self.aclose()

    def _give_back(self, stream_id: int) -> None:
        """Free the room that unread data takes, and have the server send no more."""
        stream = self._h2_state.streams.get(stream_id)
        with contextlib.suppress(h2.exceptions.ProtocolError):  # the connection is over
            for event in self._events.get(stream_id, []):
                if isinstance(event, h2.events.DataReceived):
                    self._h2_state.acknowledge_received_data(event.flow_controlled_length or 0, stream_id)
            if stream is not None and not stream.closed:
                self._h2_state.reset_stream(stream_id, h2.errors.ErrorCodes.CANCEL)


def _size(frame: Any) -> str:
    return f"{len(frame.data)} bytes"


def install() -> None:
    """Make httpcore2 do so; once is enough for the process."""
    if hasattr(DataFrame, "_body_repr"):
        DataFrame._body_repr = _size  # type: ignore[assignment,method-assign]  # noqa: SLF001 -- h2 asks all
    whole = all(hasattr(httpcore2.AsyncHTTP2Connection, name) for name in _NEEDED)
    if whole and hasattr(h2.connection.H2Connection, "_receive_goaway_frame"):
        http2.AsyncHTTP2Connection = _HTTP2Connection  # type: ignore[misc]
