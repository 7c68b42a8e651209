"""The chains that servers have shown, kept apart from the exchanges: clearing old ones forgets no server."""

import hashlib
import json
import sqlite3
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from workbench.core import url
from workbench.core.errors import InvalidInput
from workbench.core.exchange import Exchange, Severity
from workbench.core.history.chain_change import Chain, ChainChange, differences
from workbench.core.tls.certificate import Certificate, seen
from workbench.core.tls.handshake import Handshake
from workbench.core.tls.names import is_address

_KEPT = 8  # chains of one server
_ALTERNATING = timedelta(days=7)
"""A chain seen within this time is no news: behind one name stand several servers, each with its own."""
_FRESH_SECONDS = 3600.0
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class _Server:
    """One server as it was met: ``way`` is "" unless another name or address than the URL's was used."""

    host: str
    port: int
    way: str
    handshake: Handshake

    @property
    def chain(self) -> Chain:
        verified = self.handshake.peer.verified
        return Chain(self.handshake.peer.presented, verified[-1] if verified else None)

    @property
    def digest(self) -> str:
        """The same for the same certificates, in whatever order they came."""
        together = "".join(sorted({certificate.sha256 for certificate in self.handshake.peer.presented}))
        return hashlib.sha256(together.encode()).hexdigest()

    @property
    def believed(self) -> bool:
        """Whether the handshake came to its end: what was refused is not what the server is known by."""
        return self.handshake.complete

    @property
    def key(self) -> tuple[str, int, str, str]:
        return self.host, self.port, self.way, self.digest


class Quiet:
    """What was remembered a short while ago and need not be again."""

    def __init__(self) -> None:
        self._since: dict[tuple[str, int, str, str], float] = {}

    def knows(self, exchange: Exchange) -> bool:
        """Whether nothing of this exchange has to be compared or remembered."""
        limit = time.monotonic() - _FRESH_SECONDS
        return all(self._since.get(server.key, limit) > limit for server in _servers(exchange))

    def add(self, server: _Server) -> None:
        """Note that ``server`` was remembered now."""
        self._since[server.key] = time.monotonic()

    def clear(self) -> None:
        """Know nothing any more."""
        self._since.clear()


def changes(database: sqlite3.Connection, exchange: Exchange, now: datetime | None = None) -> list[ChainChange]:
    """What changed at each server of the exchange."""
    now = now or datetime.now(UTC)
    found: list[ChainChange] = []
    for server in _servers(exchange):
        rows = database.execute(
            "SELECT digest, seen_at, chain FROM servers WHERE host = ? AND port = ? AND way = ? ORDER BY seen_at DESC",
            (server.host, server.port, server.way),
        ).fetchall()
        recent = {digest for digest, seen_at, _chain in rows if now - _moment(seen_at) < _ALTERNATING}
        if not rows or server.digest in recent or rows[0][0] == server.digest:
            continue
        before = _unpack(rows[0][2])
        if different := differences(before, server.chain):
            found.append(ChainChange(server.host, server.port, _moment(rows[0][1]), before, server.chain, different))
    return found


def remember(database: sqlite3.Connection, exchange: Exchange, quiet: Quiet, now: datetime | None = None) -> None:
    """Note what each server showed, unless the handshake failed."""
    seen_at = round((now or datetime.now(UTC)).timestamp() * 1000)
    for server in _servers(exchange):
        if not server.believed:
            continue
        where = (server.host, server.port, server.way)
        database.execute(
            "INSERT INTO servers VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at, chain = excluded.chain",
            (*where, server.digest, seen_at, _pack(server.chain)),
        )
        database.execute(
            "DELETE FROM servers WHERE host = ?1 AND port = ?2 AND way = ?3 AND digest NOT IN (SELECT digest"
            " FROM servers WHERE host = ?1 AND port = ?2 AND way = ?3 ORDER BY seen_at DESC LIMIT ?4)",
            (*where, _KEPT),
        )
        quiet.add(server)


def forget(database: sqlite3.Connection, host: str | None) -> None:
    """Forget the chains of one host, or of all."""
    if host is None:
        database.execute("DELETE FROM servers")
    else:
        database.execute("DELETE FROM servers WHERE host = ?", (host.lower(),))


def with_findings(exchange: Exchange, found: list[ChainChange]) -> Exchange:
    """``exchange`` with what changed among its findings, which stay ordered by how serious they are."""
    if not found:
        return exchange
    findings = [*(change.finding() for change in found), *exchange.findings]
    return replace(exchange, findings=tuple(sorted(findings, key=lambda finding: _ORDER.index(finding.severity))))


def _servers(exchange: Exchange) -> Iterator[_Server]:
    connect_to = exchange.request.connect_to or ""
    known: set[tuple[str, int, str, str]] = set()
    for hop in exchange.hops:
        handshake = hop.handshake
        if handshake is None or not handshake.peer.presented:
            continue
        try:
            target = url.parse(hop.url)
        except InvalidInput:
            continue
        expected = None if is_address(target.host) else target.host
        sni = "" if handshake.sni == expected else f"sni={handshake.sni or ''}"
        way = " ".join(filter(None, (sni, f"to={connect_to}" if connect_to else "")))
        server = _Server(target.host.lower(), target.port, way, handshake)
        if server.key not in known:
            known.add(server.key)
            yield server


def _pack(chain: Chain) -> bytes:
    data = {
        "presented": [certificate.der.hex() for certificate in chain.presented],
        "root": chain.root.der.hex() if chain.root is not None else None,
    }
    return zlib.compress(json.dumps(data).encode("ascii"))


def _unpack(packed: bytes) -> Chain:
    try:
        data = json.loads(zlib.decompress(packed))
        presented = tuple(_certificate(der) for der in data["presented"])
        return Chain(presented, _certificate(data["root"]) if data["root"] else None)
    except (zlib.error, KeyError, TypeError) as error:
        raise ValueError(str(error)) from error


def _certificate(der: str) -> Certificate:
    return seen(bytes.fromhex(der))


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
