"""What two ends say to each other over one response: messages in either direction, in order.

Server-sent events (WHATWG HTML 9.2) are messages that are all received; a WebSocket (RFC 6455) has both directions.
"""

import enum
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice

MOST = 10_000
"""Messages that are kept of a stream."""
MOST_BYTES = 64_000_000
"""What the data of all kept messages takes at the most; the newest is kept whatever it takes."""


class Direction(enum.Enum):
    """Which end said it, as seen from ours."""

    SENT = "sent"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Message:
    """One message. ``kind`` is its type in the protocol: an event's name, ``text``, ``close``.

    ``at_ms`` counts from when the stream began, None where nobody watched it coming. ``size`` is that of ``data`` in
    bytes; ``cut`` where there was more than is kept. ``id`` is what the protocol calls it by, empty where it does not.
    """

    direction: Direction
    kind: str
    data: str | bytes = field(default="", repr=False)
    at_ms: float | None = None
    size: int = 0
    id: str = ""
    cut: bool = False


class Messages:
    """The messages of one stream, the newest ``MOST``; may be read from any thread while it grows.

    ``began`` is when the stream did, in UTC. ``comments`` counts what a protocol sends only to keep the connection,
    ``retry_ms`` is after how many milliseconds the server wants to be asked again, None where it did not say.
    """

    def __init__(self) -> None:
        self.began = datetime.now(UTC)
        self.comments = 0
        self.retry_ms: int | None = None
        self._kept: deque[Message] = deque()
        self._bytes = 0
        self._total = 0
        self._lock = threading.Lock()

    @property
    def total(self) -> int:
        """How many there have been."""
        return self._total

    def add(self, messages: Iterable[Message]) -> None:
        """Append ``messages``; the oldest make room."""
        with self._lock:
            for message in messages:
                self._kept.append(message)
                self._bytes += len(message.data)
                self._total += 1
                while len(self._kept) > MOST or (self._bytes > MOST_BYTES and len(self._kept) > 1):
                    self._bytes -= len(self._kept.popleft().data)

    def since(self, number: int) -> tuple[int, tuple[Message, ...]]:
        """The kept messages from ``number`` on, counted from 0, and the number of the first of them."""
        with self._lock:
            oldest = self._total - len(self._kept)
            first = min(max(number, oldest), self._total)
            return first, tuple(islice(self._kept, first - oldest, None))
