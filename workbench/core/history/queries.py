"""What a person asks of the history and does to it, page by page. Everything here blocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from workbench.core.errors import InvalidInput, StorageError
from workbench.core.history.entry import Entry
from workbench.core.history.history import History
from workbench.core.history.query import parse
from workbench.core.history.row import HistoryRow
from workbench.core.i18n import _
from workbench.core.tls.handshake import Handshake

PAGE = 200
"""Exchanges that are read at a time."""


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """One page of what a search found; ``more``: there are others after it."""

    line: str
    rows: tuple[HistoryRow, ...]
    more: bool


class HistoryQueries:
    """The history of a workspace. Every method may raise ``WorkbenchError``."""

    def __init__(self, history: History) -> None:
        self._history = history

    def notice(self) -> StorageError | None:
        """What a person should know about how it was found; told once."""
        notice, self._history.notice = self._history.notice, None
        return notice

    def search(self, line: str, after: HistoryRow | None = None) -> HistoryPage:
        """The newest exchanges that ``line`` finds, those older than ``after``."""
        rows = self._history.search(parse(line), after=after, limit=PAGE + 1)
        return HistoryPage(line, rows[:PAGE], len(rows) > PAGE)

    def hosts(self) -> tuple[str, ...]:
        """The hosts in it."""
        return self._history.hosts()

    def entry(self, number: int) -> Entry:
        """One exchange whole. Raises ``InvalidInput`` when it has been cleared."""
        entry = self._history.get(number)
        if entry is None:
            raise InvalidInput(
                _("This exchange is no longer in the history."),
                detail=_("It was cleared, or deleted to make room."),
            )
        return entry

    def pair(self, older: int, newer: int) -> tuple[Entry, Entry]:
        """Two exchanges to compare."""
        return self.entry(older), self.entry(newer)

    def thumbprints(self, number: int) -> str:
        """The certificates that both sides showed, one line each, ready to be pasted."""
        handshake = self.entry(number).exchange.handshake
        return thumbprint_lines(handshake) if handshake is not None else ""

    def remove(self, entries: Sequence[int]) -> None:
        """Forget these exchanges."""
        self._history.remove(entries)

    def clear(self, before: datetime | None, host: str | None) -> int:
        """Forget what is older, or all of a host, or everything; how many."""
        return self._history.clear(before=before, host=host)


def thumbprint_lines(handshake: Handshake) -> str:
    """SHA-256 and subject of every certificate in either chain."""
    sides = ((_("server"), handshake.peer.presented), (_("client"), handshake.client.sent))
    return "\n".join(
        f"{certificate.sha256}  {side}  {certificate.subject}" for side, chain in sides for certificate in chain
    )
