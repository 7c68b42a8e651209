"""What happened in the lab: whom its servers recognised, whom they refused and why, what was asked."""

import enum
import threading
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime

from workbench.core.tls.certificate import Certificate


class Kind(enum.Enum):
    """What sort of event it is, to sort and mark by."""

    RECOGNISED = "recognised"
    ANONYMOUS = "anonymous"
    REFUSED = "refused"
    REQUEST = "request"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the journal.

    ``number`` counts from 1 and goes on when old events are forgotten. ``server`` is the server's name
    in the lab, ``what`` a whole sentence, ``client`` the certificate that the client showed (not
    necessarily one that was accepted).
    """

    number: int
    at: datetime
    server: str
    kind: Kind
    what: str
    client: Certificate | None = None


class Journal:
    """The last thousand events; any thread may write and read."""

    def __init__(self, limit: int = 1000) -> None:
        self._events: deque[Event] = deque(maxlen=limit)
        self._last = 0
        self._changed = threading.Condition()

    def record(self, server: str, kind: Kind, what: str, client: Certificate | None = None) -> None:
        """Note what happened just now."""
        with self._changed:
            self._last += 1
            self._events.append(Event(self._last, datetime.now(UTC), server, kind, what, client))
            self._changed.notify_all()

    def events(self, after: int = 0) -> tuple[Event, ...]:
        """The events still held whose number is greater than ``after``, oldest first."""
        with self._changed:
            return tuple(event for event in self._events if event.number > after)

    def wait_for(self, kind: Kind, server: str, timeout: float = 5.0) -> Event | None:
        """The first event of this kind at this server, waiting up to ``timeout`` seconds; None when none came."""

        def found() -> Event | None:
            return next((event for event in self._events if (event.kind, event.server) == (kind, server)), None)

        with self._changed:
            return self._changed.wait_for(found, timeout)
