"""The history of one workspace: one SQLite file that several windows and processes may use at once."""

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from workbench.core.draft import Draft
from workbench.core.errors import StorageError
from workbench.core.exchange import Exchange
from workbench.core.history import chains, record, schema, searching, storing
from workbench.core.history.circumstances import Circumstances
from workbench.core.history.entry import Entry
from workbench.core.history.query import Query
from workbench.core.history.row import HistoryRow
from workbench.core.history.storing import Limits
from workbench.core.i18n import _
from workbench.core.tls.handshake import Handshake

_T = TypeVar("_T")
_ANY = Query()
_LAST = -1
"""In place of a hop's number: a handshake of the exchange that belongs to no hop."""


class History:
    """May be used from any thread. Everything here uses the disk; what it cannot do raises ``StorageError``.

    ``add`` and ``note`` come with every exchange, so they raise only the first of several failures in a row.
    ``notice`` is what a person should be told about how the file was found, or None.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path = path
        self._limits = limits
        self._lock = threading.RLock()
        self._told = False
        self._quiet = chains.Quiet()
        self.notice: StorageError | None = None
        self._database, self._words = self._connect()

    @classmethod
    def open(cls, path: Path, limits: Limits | None = None) -> "History":
        """Open the file, or begin it. A damaged one is set aside and ``notice`` says so.

        Raises ``StorageError`` for a file of a newer version, which stays as it is, and when there can be none.
        """
        return cls(path, limits or Limits())

    def close(self) -> None:
        """Let go of the file."""
        with self._lock, contextlib.suppress(sqlite3.Error):
            self._database.close()

    def add(
        self,
        draft: Draft,
        exchange: Exchange,
        circumstances: Circumstances | None = None,
        *,
        keep_body: bool = True,
    ) -> int | None:
        """Keep an exchange, secrets masked; answers its id, None while the history cannot be written.

        ``keep_body``: also the response's body, unless that is too large.
        """
        circumstances = circumstances or Circumstances()
        kept = record.keep(draft, exchange, circumstances.secrets, self._limits.body if keep_body else None)
        handshakes = [(place, record.pack_handshake(handshake)) for place, handshake in _handshakes(exchange)]

        def store(database: sqlite3.Connection) -> int:
            entry = storing.insert(database, kept, draft.name, circumstances, handshakes, words=self._words)
            storing.make_room(database, self._limits, words=self._words)
            return entry

        return self._attempt(store)

    def keep_within(self, limits: Limits) -> None:
        """Keep no more than this from now on; what is beyond leaves at once."""
        with self._writing() as database:
            self._limits = limits
            storing.make_room(database, limits, words=self._words)

    def search(
        self, query: Query = _ANY, *, after: HistoryRow | None = None, limit: int = 200
    ) -> tuple[HistoryRow, ...]:
        """The newest exchanges that ``query`` finds, at most ``limit``; the next with the last row as ``after``."""
        sql, values = searching.statement(query, after, limit, words=self._words)
        with self._guarded():
            return tuple(searching.row_of(found) for found in self._database.execute(sql, values))

    def get(self, entry: int) -> Entry | None:
        """One exchange whole, None when it is no longer there."""
        with self._guarded():
            sql = f"SELECT {searching.COLUMNS} FROM entries WHERE id = ?"  # noqa: S608 - our own columns
            found = self._database.execute(sql, (entry,)).fetchone()
            kept = self._database.execute("SELECT record, body FROM records WHERE entry = ?", (entry,)).fetchone()
            if found is None or kept is None:
                return None
            handshakes = {place: self._handshake(number) for place, number in self._legs(entry)}
            return _entry(searching.row_of(found), kept[0], kept[1], handshakes)

    def remove(self, entries: Sequence[int]) -> None:
        """Forget these exchanges."""
        with self._writing() as database:
            for entry in entries:
                storing.delete(database, "id = ?", (entry,), words=self._words)
        self._wipe(shrink=False)

    def clear(self, *, before: datetime | None = None, host: str | None = None) -> int:
        """Forget what is older than ``before``, or all of one ``host``, or everything; answers how many exchanges.

        Nothing of it stays in the file. The server chains last seen go with their host or with everything, not by age.
        """
        conditions: list[tuple[str, object]] = []
        conditions += [("at < ?", storing.milliseconds(before))] if before is not None else []
        conditions += [("host = ?", host.lower())] if host is not None else []
        where = " AND ".join(condition for condition, _value in conditions) or "1"
        with self._writing() as database:
            removed = storing.delete(database, where, [value for _where, value in conditions], words=self._words)
            if before is None:
                chains.forget(database, host)
                self._quiet.clear()
        self._wipe()
        return removed

    def note(self, exchange: Exchange) -> Exchange:
        """``exchange`` with a finding for each server whose chain changed, and remember the chains.

        While the history cannot be written the exchange comes back as it is.
        """
        if self._quiet.knows(exchange):
            return exchange

        def compare(database: sqlite3.Connection) -> Exchange:
            changes = chains.changes(database, exchange)
            chains.remember(database, exchange, self._quiet)
            return chains.with_findings(exchange, changes)

        return self._attempt(compare) or exchange

    def hosts(self, limit: int = 200) -> tuple[str, ...]:
        """The hosts in the history, the last used first: to complete a search with."""
        sql = "SELECT host FROM entries WHERE host <> '' GROUP BY host ORDER BY max(at) DESC LIMIT ?"
        with self._guarded():
            return tuple(host for (host,) in self._database.execute(sql, (limit,)))

    def _legs(self, entry: int) -> list[tuple[int, int]]:
        return self._database.execute("SELECT place, handshake FROM legs WHERE entry = ?", (entry,)).fetchall()

    def _handshake(self, number: int) -> Handshake:
        facts = self._database.execute("SELECT facts FROM handshakes WHERE id = ?", (number,)).fetchone()[0]
        ders = self._database.execute(
            "SELECT der FROM shown JOIN certificates ON id = certificate WHERE handshake = ? ORDER BY place", (number,)
        )
        return record.unpack_handshake(facts, [der for (der,) in ders])

    def _wipe(self, *, shrink: bool = True) -> None:
        """Leave nothing of what was deleted in the file, and give its room back."""
        with self._guarded():
            if self._words:  # the index keeps words of deleted rows until it is merged
                self._database.execute("INSERT INTO words (words) VALUES ('optimize')")
            if shrink:
                self._database.execute("VACUUM")
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _connect(self) -> tuple[sqlite3.Connection, bool]:
        try:
            try:
                return schema.connect(self._path)
            except schema.Damaged as damage:
                self.notice = self._set_aside(str(damage))
                return schema.connect(self._path)
        except (OSError, sqlite3.Error, schema.Damaged) as error:
            raise _unusable(self._path, error) from error

    def _set_aside(self, why: str) -> StorageError:
        aside = schema.set_aside(self._path)
        return StorageError(
            _("The history was damaged; a new one was started."),
            detail=f"{self._path}: {why}",
            hint=_("The damaged file is kept as {path}.").format(path=aside),
        )

    def _begin_anew(self, why: str) -> StorageError:
        with contextlib.suppress(sqlite3.Error):
            self._database.close()
        try:
            words = self._set_aside(why)
        except OSError as error:
            return _unusable(self._path, error)
        self._database, self._words = self._connect()
        self._quiet.clear()
        return words

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except sqlite3.DatabaseError as error:
                damaged = schema.is_damage(error)
                raise (self._begin_anew(str(error)) if damaged else _unusable(self._path, error)) from error
            except ValueError as error:
                raise _unreadable(self._path, error) from error

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._guarded():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
                self._database.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._database.execute("ROLLBACK")
                raise

    def _attempt(self, work: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """Do ``work`` in a transaction; of several failures in a row only the first is raised."""
        try:
            with self._writing() as database:
                result = work(database)
        except StorageError:
            told, self._told = self._told, True
            if told:
                return None
            raise
        self._told = False
        return result


def _handshakes(exchange: Exchange) -> Iterator[tuple[int, Handshake]]:
    last = None
    for place, hop in enumerate(exchange.hops):
        if hop.handshake is not None:
            yield place, hop.handshake
        last = hop.handshake
    if exchange.handshake is not None and exchange.handshake != last:
        yield _LAST, exchange.handshake


def _entry(row: HistoryRow, kept: bytes, body: bytes | None, handshakes: dict[int, Handshake]) -> Entry:
    told = record.tell(kept)
    exchange = record.with_handshakes(told.exchange, handshakes, handshakes.get(_LAST))
    return Entry(
        row=row,
        draft=told.draft,
        exchange=record.with_body(exchange, body),
        missing=told.missing,
        body_kept=body is not None,
        sent_size=told.sent_size,
    )


def _unusable(path: Path, error: Exception) -> StorageError:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return StorageError(
        _("The history cannot be read or written."),
        detail=f"{path}: {why}",
        hint=_("Requests can still be sent, but are not recorded. Check free space and the folder's permissions."),
    )


def _unreadable(path: Path, error: Exception) -> StorageError:
    return StorageError(
        _("This history entry cannot be read."),
        detail=f"{path}: {error}",
        hint=_("Other entries are not affected; you can delete this one."),
    )
