"""Rows out: a query as SQL."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbench.core.exchange import Outcome
from workbench.core.history.query import Query
from workbench.core.history.row import HistoryRow
from workbench.core.history.storing import milliseconds

COLUMNS = (
    "id, at, method, url, host, port, outcome, status, failure, title, duration_ms, size, "
    "identity, trust, environment, collection, item, name, severity"
)
# Words that an index of words cannot find: no letter or digit in them, or a script that does not divide words.
_UNINDEXED = re.compile(r"^\W*$|[\u2e80-\u9fff\uac00-\ud7af\u0e00-\u0eff\U00020000-\U0003ffff]")
_NUMBERED = re.compile(r"\?\d")
_WILDCARD = re.compile(r"([\\%_])")
_THUMBPRINT = """
id IN (SELECT legs.entry FROM certificates
       JOIN shown ON shown.certificate = certificates.id
       JOIN legs ON legs.handshake = shown.handshake
       WHERE (certificates.sha256 >= ?1 AND certificates.sha256 < ?2)
          OR (certificates.sha1 >= ?1 AND certificates.sha1 < ?2)
          OR (certificates.spki >= ?1 AND certificates.spki < ?2))
"""


def statement(query: Query, after: HistoryRow | None, limit: int, *, words: bool) -> tuple[str, list[object]]:
    """SQL and its values; newest first, those older than ``after``."""
    conditions: list[str] = []
    values: list[object] = []

    def hold(condition: str, *given: object) -> None:
        conditions.append(condition)
        values.extend(given)

    _hold_words(query, hold, words=words)
    if query.host:
        hold(r"host LIKE ? ESCAPE '\'", _containing(query.host))
    if query.port is not None:
        hold("port = ?", query.port)
    _hold_status(query, hold)
    if query.method:
        hold("method = ?", query.method)
    if query.identity:
        hold(r"identity LIKE ? ESCAPE '\'", _containing(query.identity))
    if query.cert:
        low, high = query.cert, query.cert + "g"  # the letter after the last hexadecimal digit
        hold(_NUMBERED.sub("?", _THUMBPRINT), *(low, high) * 3)
    if query.since is not None:
        hold("at >= ?", milliseconds(query.since))
    if query.before is not None:
        hold("at < ?", milliseconds(query.before))
    if after is not None:
        hold("(at, id) < (?, ?)", milliseconds(after.at), after.id)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {COLUMNS} FROM entries {where} ORDER BY at DESC, id DESC LIMIT ?", [*values, limit]  # noqa: S608


def _hold_words(query: Query, hold: Callable[..., None], *, words: bool) -> None:
    indexed = [word for word in query.text if words and not _UNINDEXED.search(word)]
    if indexed:
        # Each is a phrase of whole words but the last, which may be the beginning of one.
        phrases = ('"' + word.replace('"', '""') + '"*' for word in indexed)
        hold("id IN (SELECT rowid FROM words WHERE words MATCH ?)", " ".join(phrases))
    for word in query.text:
        if word not in indexed:
            hold(r"id IN (SELECT entry FROM texts WHERE text LIKE ? ESCAPE '\')", _containing(word))


def _hold_status(query: Query, hold: Callable[..., None]) -> None:
    either = ["status BETWEEN ? AND ?"] * len(query.status) + ["outcome = ?"] * len(query.outcomes)
    if either:
        ends = (end for pair in query.status for end in pair)
        hold(f"({' OR '.join(either)})", *ends, *(outcome.value for outcome in query.outcomes))


def _containing(text: str) -> str:
    return "%" + _WILDCARD.sub(r"\\\1", text) + "%"


def row_of(found: Sequence[Any]) -> HistoryRow:
    """A row of ``COLUMNS`` as people read it."""
    values: dict[str, Any] = dict(zip(COLUMNS.split(", "), found, strict=True))
    values["at"] = datetime.fromtimestamp(values["at"] / 1000, UTC)
    values["outcome"] = Outcome(values["outcome"])
    values["collection"] = Path(values["collection"]) if values["collection"] else None
    values["item"] = Path(values["item"]) if values["item"] else None
    return HistoryRow(**values)
