"""An answer that comes before the whole request has gone, over HTTP/2 (RFC 9113 8.1).

A server that refuses a large upload answers at once. Some then reset the stream with NO_ERROR: httpcore2 stumbles
over that while it still sends, and drops the answer that it has read. Others, nginx among them, just give no
more room to send: httpcore2 waits for it until the time is over. There is no door for this in its interface:
this module reaches into it, and where its inside has changed does nothing.
"""

import contextlib
from typing import Any

import h2.errors
import h2.events
import h2.exceptions
import httpcore2
from httpcore2._async import http2

_NEEDED = ("_send_request_body", "_wait_for_outgoing_flow", "_receive_events", "_write_outgoing_data")


class _Answered(Exception):
    """The response is whole: the rest of the request is of no interest."""


class _HTTP2Connection(httpcore2.AsyncHTTP2Connection):
    async def _send_request_body(self, request: httpcore2.Request, stream_id: int) -> None:
        try:
            await super()._send_request_body(request=request, stream_id=stream_id)
        except _Answered:
            with contextlib.suppress(h2.exceptions.StreamClosedError):  # the server may have been quicker
                self._h2_state.reset_stream(stream_id, h2.errors.ErrorCodes.NO_ERROR)
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
                    await self._receive_events(request)
            await self._write_outgoing_data(request)

    def _has_come(self, stream_id: int, kind: type[h2.events.Event]) -> bool:
        events: list[Any] = self._events.get(stream_id, [])
        return any(isinstance(event, kind) for event in events)


def install() -> None:
    """Make httpcore2 keep such answers; once is enough for the process."""
    if all(hasattr(httpcore2.AsyncHTTP2Connection, name) for name in _NEEDED):
        http2.AsyncHTTP2Connection = _HTTP2Connection  # type: ignore[misc]
