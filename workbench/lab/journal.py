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

    ``server`` is the server's name in the lab, ``what`` a whole sentence, ``client`` the
    certificate that the client showed (not necessarily one that was accepted).
    """

    at: datetime
    server: str
    kind: Kind
    what: str
    client: Certificate | None = None


class Journal:
    """The last thousand events; any thread may write and read."""

    def __init__(self, limit: int = 1000) -> None:
        self._events: deque[Event] = deque(maxlen=limit)
        self._changed = threading.Condition()

    def record(self, server: str, kind: Kind, what: str, client: Certificate | None = None) -> None:
        """Note what happened just now."""
        with self._changed:
            self._events.append(Event(datetime.now(UTC), server, kind, what, client))
            self._changed.notify_all()

    def events(self) -> tuple[Event, ...]:
        """All events still held, oldest first."""
        with self._changed:
            return tuple(self._events)

    def wait_for(self, kind: Kind, server: str, timeout: float = 5.0) -> Event | None:
        """The first event of this kind at this server, waiting up to ``timeout`` seconds; None when none came."""

        def found() -> Event | None:
            return next((event for event in self._events if (event.kind, event.server) == (kind, server)), None)

        with self._changed:
            return self._changed.wait_for(found, timeout)
