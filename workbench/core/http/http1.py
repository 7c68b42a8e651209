"""HTTP/1.1 bodies without copies: h11 copies each piece of a body four times, which is half the cost of a large one.

There is no door for this in its interface: this module reaches into it, and where its inside has changed does nothing.
"""

from typing import Any, Self

import httpcore2
from h11 import _connection
from h11._receivebuffer import ReceiveBuffer

_READ = 256 * 1024  # bytes a read may bring: four times httpcore's own measure


class _Buffer(ReceiveBuffer):
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
        if self._piece and not self._kept and len(self._piece) <= count:
            piece, self._piece = self._piece, b""
            self._next_line_search = self._multiple_lines_search = 0
            return piece
        return self._extract(count) if len(self) else None


def install() -> None:
    """Make h11 and httpcore2 do so; once is enough for the process."""
    httpcore2.AsyncHTTP11Connection.READ_NUM_BYTES = _READ
    if hasattr(_connection, "ReceiveBuffer") and hasattr(ReceiveBuffer, "maybe_extract_at_most"):
        _connection.ReceiveBuffer = _Buffer
