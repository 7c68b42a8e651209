"""Rows in, oldest rows out. Every function wants a transaction around it."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote

from workbench.core import url
from workbench.core.errors import InvalidInput
from workbench.core.exchange import Exchange, Severity
from workbench.core.history.circumstances import Circumstances
from workbench.core.history.record import Kept, PackedHandshake
from workbench.core.masking import MASK
from workbench.core.tls.certificate import Certificate

_TEXT_LIMIT = 4000  # characters of an exchange that can be found by words
_GRAVEST = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_ROOM = 0.05  # of what is allowed is freed at a time
_INSERT = """
INSERT INTO entries (at, method, url, host, port, outcome, status, failure, title, duration_ms, size,
                     identity, trust, environment, collection, item, name, severity)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is kept: bytes in the file, exchanges, compressed bytes of one body, days (0 for any number)."""

    size: int = 200_000_000
    count: int = 100_000
    body: int = 1_000_000
    days: int = 0


def milliseconds(moment: datetime) -> int:
    """A moment as it is stored."""
    return round(moment.timestamp() * 1000)


def insert(
    database: sqlite3.Connection,
    kept: Kept,
    name: str,
    circumstances: Circumstances,
    handshakes: Sequence[tuple[int, PackedHandshake]],
    *,
    words: bool,
) -> int:
    """Store one exchange; ``handshakes`` with the place of their hop. Answers its id."""
    exchange = kept.exchange
    row = _row(exchange, name, circumstances)
    entry = _insert(database, _INSERT, row)
    database.execute("INSERT INTO records VALUES (?, ?, ?)", (entry, kept.record, kept.body))
    text = _clean(_text(exchange, row))
    database.execute("INSERT INTO texts VALUES (?, ?)", (entry, text))
    if words:
        database.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (entry, text))
    for place, packed in handshakes:
        database.execute("INSERT INTO legs VALUES (?, ?, ?)", (entry, place, _handshake(database, packed)))
    return entry


def delete(database: sqlite3.Connection, condition: str, values: Iterable[object], *, words: bool) -> int:
    """Remove the entries for which ``condition`` (ours, over ``entries``) holds, and what only they needed."""
    database.execute("CREATE TEMP TABLE IF NOT EXISTS leaving (id INTEGER PRIMARY KEY)")
    database.execute("CREATE TEMP TABLE IF NOT EXISTS alone (id INTEGER PRIMARY KEY)")
    database.execute("DELETE FROM leaving")
    database.execute("DELETE FROM alone")
    database.execute(f"INSERT INTO leaving SELECT id FROM entries WHERE {condition}", tuple(values))  # noqa: S608
    database.execute("INSERT INTO alone SELECT DISTINCT handshake FROM legs WHERE entry IN leaving")
    if words:
        database.execute(
            "INSERT INTO words (words, rowid, text) SELECT 'delete', entry, text FROM texts WHERE entry IN leaving"
        )
    removed = database.execute("DELETE FROM entries WHERE id IN leaving").rowcount
    database.execute("DELETE FROM alone WHERE id IN (SELECT handshake FROM legs)")
    database.execute("DELETE FROM leaving")
    database.execute("INSERT INTO leaving SELECT DISTINCT certificate FROM shown WHERE handshake IN alone")
    database.execute("DELETE FROM handshakes WHERE id IN alone")
    database.execute(
        "DELETE FROM certificates WHERE id IN leaving AND NOT EXISTS (SELECT 1 FROM shown WHERE certificate = id)"
    )
    return removed


def make_room(database: sqlite3.Connection, limits: Limits, *, words: bool) -> None:
    """Remove the oldest entries when they are too old, too many or too large."""
    if limits.days:
        oldest = milliseconds(datetime.now(UTC) - timedelta(days=limits.days))
        if database.execute("SELECT 1 FROM entries WHERE at < ? LIMIT 1", (oldest,)).fetchone():
            delete(database, "at < ?", (oldest,), words=words)
    count = database.execute("SELECT count(*) FROM entries").fetchone()[0]
    used = used_bytes(database)
    surplus = 0
    if count > limits.count:
        surplus = count - int(limits.count * (1 - _ROOM))
    if used > limits.size:
        surplus = max(surplus, int(count * (used - limits.size * (1 - _ROOM)) / used) + 1)
    if surplus > 0:
        surplus = min(surplus, count - 1)  # the newest stays, however large
        delete(database, "id IN (SELECT id FROM entries ORDER BY at, id LIMIT ?)", (surplus,), words=words)


def used_bytes(database: sqlite3.Connection) -> int:
    """How much of the file is in use; what was freed will be used again."""
    pages, free, size = (
        database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def _row(exchange: Exchange, name: str, circumstances: Circumstances) -> tuple[object, ...]:
    request, response, failure = exchange.request, exchange.response, exchange.failure
    shown, host, port = _address(request.url)
    severities = {finding.severity for finding in exchange.findings}
    texts = (
        *(request.identity or "", ", ".join(request.trust), circumstances.environment),
        *(str(circumstances.collection or ""), str(circumstances.item or ""), name),
        next((severity.value for severity in _GRAVEST if severity in severities), ""),
    )
    return (
        milliseconds(circumstances.at or datetime.now(UTC)),
        *(_clean(text) for text in (request.method, shown, host)),
        port,
        exchange.outcome.value,
        response.status if response is not None else None,
        failure.code if failure is not None else "",
        _clean(failure.title if failure is not None else ""),
        exchange.timings.total,
        response.body.size if response is not None else 0,
        *(_clean(text) for text in texts),
    )


def _address(text: str) -> tuple[str, str, int]:
    try:
        parsed = url.parse(text)
    except InvalidInput:
        return text, "", 0
    return str(parsed).replace(quote(MASK), MASK), parsed.host.lower(), parsed.port


def _text(exchange: Exchange, row: tuple[object, ...]) -> str:
    response, failure = exchange.response, exchange.failure
    lines = [unquote(str(row[2])), *(str(row[place]) for place in (1, 3, 11, 13, 16))]
    if response is not None:
        lines.append(f"{response.status} {response.reason}")
    if failure is not None:
        lines += [failure.code, failure.title]
    lines += [finding.code for finding in exchange.findings]
    lines += [f"{name}: {value}" for name, value in exchange.request.headers]
    lines += [f"{name}: {value}" for name, value in (response.headers if response is not None else ())]
    return "\n".join(lines)[:_TEXT_LIMIT]


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode()  # SQLite keeps no lone surrogates


def _handshake(database: sqlite3.Connection, packed: PackedHandshake) -> int:
    known = database.execute("SELECT id FROM handshakes WHERE digest = ?", (packed.digest,)).fetchone()
    if known is not None:
        return int(known[0])
    handshake = _insert(database, "INSERT INTO handshakes (digest, facts) VALUES (?, ?)", (packed.digest, packed.facts))
    for place, certificate in enumerate(packed.certificates):
        database.execute("INSERT INTO shown VALUES (?, ?, ?)", (handshake, place, _certificate(database, certificate)))
    return handshake


def _certificate(database: sqlite3.Connection, certificate: Certificate) -> int:
    known = database.execute("SELECT id FROM certificates WHERE sha256 = ?", (certificate.sha256,)).fetchone()
    if known is not None:
        return int(known[0])
    return _insert(
        database,
        "INSERT INTO certificates (sha256, sha1, spki, der) VALUES (?, ?, ?, ?)",
        (certificate.sha256, certificate.sha1, _spki(certificate), certificate.der),
    )


def _insert(database: sqlite3.Connection, statement: str, values: tuple[object, ...]) -> int:
    return database.execute(statement, values).lastrowid or 0


def _spki(certificate: Certificate) -> str:
    try:
        return certificate.spki_sha256
    except ValueError:  # what a server sent may be no certificate at all
        return ""
