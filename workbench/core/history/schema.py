"""The tables of the history, their version, and the file they lie in: opened, checked, brought up to date."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from workbench.core import files
from workbench.core.files import Format
from workbench.core.i18n import _

FORMAT = Format(
    1,
    newer=_("The history was written by a newer version of this program."),
    newer_hint=_("Update the program. The file was not changed, and nothing new is recorded."),
)
"""Not of a document, but of the tables: SQLite's ``user_version``."""

VERSION = FORMAT.version
_APPLICATION = 0x6D54574B  # PRAGMA application_id: "mTWK"
_BUSY_SECONDS = 5.0

_TABLES = """
CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,                -- milliseconds since 1970, UTC
    method TEXT NOT NULL,
    url TEXT NOT NULL,
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    status INTEGER,
    failure TEXT NOT NULL,
    title TEXT NOT NULL,
    duration_ms REAL NOT NULL,
    size INTEGER NOT NULL,
    identity TEXT NOT NULL,
    trust TEXT NOT NULL,
    environment TEXT NOT NULL,
    collection TEXT NOT NULL,
    item TEXT NOT NULL,
    name TEXT NOT NULL,
    severity TEXT NOT NULL
);
CREATE INDEX entries_at ON entries (at);
CREATE INDEX entries_host ON entries (host, at);
CREATE INDEX entries_status ON entries (status, at);
CREATE INDEX entries_outcome ON entries (outcome, at);

CREATE TABLE records (                  -- what a list does not show
    entry INTEGER PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
    record BLOB NOT NULL,               -- JSON, zlib
    body BLOB                           -- the response body, zlib; NULL when it was not kept
);
CREATE TABLE texts (                    -- what is searched for words
    entry INTEGER PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
    text TEXT NOT NULL
);

CREATE TABLE certificates (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    sha1 TEXT NOT NULL,
    spki TEXT NOT NULL,
    der BLOB NOT NULL
);
CREATE INDEX certificates_sha1 ON certificates (sha1);
CREATE INDEX certificates_spki ON certificates (spki);

CREATE TABLE handshakes (               -- one for all exchanges over one connection
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    facts BLOB NOT NULL                 -- JSON, zlib with the certificates as dictionary
);
CREATE TABLE shown (                    -- which certificates a handshake names
    handshake INTEGER NOT NULL REFERENCES handshakes (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    certificate INTEGER NOT NULL REFERENCES certificates (id),
    PRIMARY KEY (handshake, place)
) WITHOUT ROWID;
CREATE INDEX shown_certificate ON shown (certificate);
CREATE TABLE legs (                     -- the handshake of each hop
    entry INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    handshake INTEGER NOT NULL REFERENCES handshakes (id),
    PRIMARY KEY (entry, place)
) WITHOUT ROWID;
CREATE INDEX legs_handshake ON legs (handshake);

CREATE TABLE servers (                  -- the chains that each server has shown, apart from the entries
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    way TEXT NOT NULL,                  -- how it was reached when not by its own name
    digest TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    chain BLOB NOT NULL,
    PRIMARY KEY (host, port, way, digest)
) WITHOUT ROWID;

CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_WORDS = "CREATE VIRTUAL TABLE words USING fts5(text, content='texts', content_rowid='entry', tokenize='unicode61')"
_WORDS_BEHIND = "words-behind"

_MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {}
"""From a version to the one after it: each gets the connection, inside a transaction."""


class Damaged(Exception):
    """The file is no database, or one that is broken."""


def connect(path: Path) -> tuple[sqlite3.Connection, bool]:
    """Open ``path``, made if need be; the second says whether words are indexed (FTS5).

    Raises ``Damaged``, ``StorageError`` for a newer version, and ``sqlite3.Error`` or ``OSError`` for the rest.
    """
    files.make_private(path.parent)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite gives its other files the same mode
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        return connection, _prepare(connection, path)
    except sqlite3.DatabaseError as error:
        connection.close()
        if is_damage(error):
            raise Damaged(str(error)) from error
        raise
    except BaseException:
        connection.close()
        raise


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that the file itself is broken, not that it cannot be used just now."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def set_aside(path: Path) -> Path:
    """Give a damaged file, and what SQLite keeps beside it, another name. Raises ``OSError``."""
    return files.set_aside(path, ("-wal", "-shm"))


def _prepare(connection: sqlite3.Connection, path: Path) -> bool:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    FORMAT.refuse_newer(version, path)  # before anything that would write
    if version == 0:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    if version < VERSION:
        _bring_up_to_date(connection)
    return _index_words(connection)


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]  # another process may have been quicker
        if version == 0:
            for statement in _TABLES.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        else:
            for old in range(version, VERSION):
                _MIGRATIONS[old](connection)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _index_words(connection: sqlite3.Connection) -> bool:
    """Have an index of words where this SQLite can keep one; where it cannot, note that it falls behind."""
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchone()
    behind = connection.execute("SELECT 1 FROM facts WHERE name = ?", (_WORDS_BEHIND,)).fetchone()
    if not _has_fts5(connection):
        if there and not behind:
            connection.execute("INSERT OR REPLACE INTO facts VALUES (?, '')", (_WORDS_BEHIND,))
        return False
    if there and not behind:
        return True
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchone():
            connection.execute(_WORDS)
        connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
        connection.execute("DELETE FROM facts WHERE name = ?", (_WORDS_BEHIND,))
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return True


def _has_fts5(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone() is not None
