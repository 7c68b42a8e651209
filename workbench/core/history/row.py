"""One line of the history: what a list shows of an exchange without reading the whole of it."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from workbench.core.exchange import Outcome


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """An exchange in short. ``at`` is when it ended, UTC. ``url`` is without secrets.

    ``status`` is None when no response came; ``failure`` and ``title`` then say why. ``size`` is that of the
    decoded response body in bytes, ``duration_ms`` the whole time. ``collection`` and ``item`` are where the
    request was loaded from, ``name`` what it is called there. ``severity`` is that of the gravest finding, or "".
    """

    id: int
    at: datetime
    method: str
    url: str = field(repr=False)
    host: str = ""
    port: int = 0
    outcome: Outcome = Outcome.RESPONSE
    status: int | None = None
    failure: str = ""
    title: str = ""
    duration_ms: float = 0.0
    size: int = 0
    identity: str = ""
    trust: str = ""
    environment: str = ""
    collection: Path | None = None
    item: Path | None = None
    name: str = ""
    severity: str = ""

    @property
    def path(self) -> str:
        """Path and query of the URL, or all of what is no URL."""
        try:
            parts = urlsplit(self.url)
        except ValueError:
            return self.url
        query = f"?{parts.query}" if parts.query else ""
        return (parts.path or "/") + query if parts.netloc else self.url
