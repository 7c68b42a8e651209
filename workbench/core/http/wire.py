"""Requests and responses as connections carry them: bytes, and bodies that are read piece by piece."""

from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

Fields = list[tuple[bytes, bytes]]
"""Header fields in order."""


class Origin(NamedTuple):
    """Where requests go (RFC 6454 4); ``host`` as in ``URL``."""

    scheme: str
    host: str
    port: int


@dataclass(slots=True)
class WireRequest:
    """A request whose header fields are complete. ``body`` None means that there is none, not even an empty one.

    ``extensions["timeout"]`` holds seconds or None by ``"read"`` and ``"write"``; they may change while the response is
    read.
    """

    method: bytes
    origin: Origin
    target: bytes
    headers: Fields
    body: AsyncIterable[bytes] | None = None
    extensions: dict[str, Any] = field(default_factory=dict)

    def timeout(self, phase: str) -> float | None:
        """Seconds that ``"read"`` or ``"write"`` may take; None for ever."""
        limit: float | None = self.extensions.get("timeout", {}).get(phase)
        return limit


class WireBody(Protocol):
    """The body of a response as it comes over the connection, still coded."""

    async def read(self) -> bytes:
        """The next piece; empty at the end."""

    async def aclose(self) -> None:
        """Done with it, whether it was read to its end or not. May be called twice."""


class ByteStream(Protocol):
    """Bytes both ways, as httpx2 hands them to who switched protocols (its extension ``network_stream``)."""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """At most ``max_bytes``; empty at the end of the stream."""

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of ``buffer``."""

    async def aclose(self) -> None:
        """Close at once."""

    def get_extra_info(self, info: str) -> Any:
        """Facts about the connection."""


@dataclass(slots=True)
class WireResponse:
    """A response whose head has come. ``stream`` is the connection's own where the server switched protocols (101)."""

    status: int
    reason: bytes
    version: str
    headers: Fields
    body: WireBody
    stream: ByteStream | None = None
