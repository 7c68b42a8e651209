"""HTTP/1.1 as httpcore2 and h11 speak it, but for two things.

* h11 copies each piece of a body four times, which is half the cost of a large one: here a piece goes through as it is.
* Interim responses (RFC 9110 15.2) have no end of their own: a server may send them for ever.

h11 has no door for its buffer. What this module touches inside the two libraries is listed in
``tests/core/http/test_insides.py``, and their versions are bounded in ``pyproject.toml``.
"""

from typing import Any, Self

import h11
import httpcore2
from h11._receivebuffer import ReceiveBuffer

MOST_INTERIM = 100
"""Interim responses before the one that counts."""


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


class HTTP11Connection(httpcore2.AsyncHTTP11Connection):
    """One HTTP/1.1 connection over ``stream``."""

    READ_NUM_BYTES = 256 * 1024

    def __init__(
        self, origin: httpcore2.Origin, stream: httpcore2.AsyncNetworkStream, keepalive_expiry: float | None = None
    ) -> None:
        super().__init__(origin, stream, keepalive_expiry)
        self._h11_state._receive_buffer = Buffer()  # noqa: SLF001 -- see above
        self._interim = 0

    async def _receive_response_headers(
        self, request: httpcore2.Request
    ) -> tuple[bytes, int, bytes, list[tuple[bytes, bytes]], bytes]:
        self._interim = 0
        return await super()._receive_response_headers(request)

    async def _receive_event(self, timeout: float | None = None) -> h11.Event | type[h11.PAUSED]:
        event = await super()._receive_event(timeout)
        if isinstance(event, h11.InformationalResponse):
            self._interim += 1
            if self._interim > MOST_INTERIM:
                raise httpcore2.RemoteProtocolError(f"more than {MOST_INTERIM} interim responses (1xx)")
        return event
