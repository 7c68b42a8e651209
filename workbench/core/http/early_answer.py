"""An answer that comes before the whole request has gone, over HTTP/2 (RFC 9113 8.1).

A server that refuses a large upload answers at once and resets the stream with NO_ERROR. httpcore2 then
stumbles over the reset while it still sends, and drops the answer that it has already read. There is no door
for this in its interface: this module reaches into it, and where its inside has changed does nothing.
"""

import functools
from typing import Any

import httpcore2


@functools.cache
def install() -> None:
    """Make httpcore2 keep such answers; once is enough for the process."""
    import h2.events
    import h2.exceptions
    from httpcore2._async import http2

    if not hasattr(httpcore2.AsyncHTTP2Connection, "_send_request_body"):
        return

    class HTTP2Connection(httpcore2.AsyncHTTP2Connection):
        async def _send_request_body(self, request: httpcore2.Request, stream_id: int) -> None:
            try:
                await super()._send_request_body(request=request, stream_id=stream_id)
            except h2.exceptions.ProtocolError:
                events: list[Any] = self._events.get(stream_id, [])
                if not any(isinstance(event, h2.events.ResponseReceived) for event in events):
                    raise

    http2.AsyncHTTP2Connection = HTTP2Connection  # type: ignore[misc]
