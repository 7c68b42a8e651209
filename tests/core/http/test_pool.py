"""Connections are kept, shared and limited; who waits for one gets it in turn."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from workbench.core.http import pool as pools
from workbench.core.http.backend import NetworkBackend
from workbench.core.http.pool import Pool
from workbench.core.http.route import Route
from workbench.core.http.wire import Origin, WireRequest
from workbench.core.tls.context import ClientContext
from workbench.core.tls.policy import TLSPolicy
from workbench.core.tls.trust import TrustStore


class Server:
    """Answers each request with its path once ``gate`` is open; ``Connection: close`` where the path says so."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.gate.set()
        self.connections = 0
        self.asked: list[str] = []
        self.first = asyncio.Event()
        self.ended: list[asyncio.Future[None]] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.ended.append(ended)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split()[1].decode()
                self.asked.append(path)
                self.first.set()
                await self.gate.wait()
                close = b"Connection: close\r\n" if "close" in path else b""
                writer.write(b"HTTP/1.1 200 OK\r\n%bContent-Length: %d\r\n\r\n%b" % (close, len(path), path.encode()))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
            ended.set_result(None)


@asynccontextmanager
async def world() -> AsyncIterator[tuple[Server, Pool, Origin]]:
    server = Server()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    pool = Pool(Route(NetworkBackend(), ClientContext(None, TrustStore(()), TLSPolicy())), None)
    async with listening:
        try:
            yield server, pool, Origin("http", "127.0.0.1", listening.sockets[0].getsockname()[1])
        finally:
            server.gate.set()
            await pool.aclose()
            await asyncio.gather(*server.ended)


async def get(pool: Pool, origin: Origin, path: str) -> str:
    response = await pool.send(WireRequest(b"GET", origin, path.encode(), [(b"Host", b"localhost")]))
    body = b""
    while piece := await response.body.read():
        body += piece
    await response.body.aclose()
    return body.decode()


def test_a_connection_is_kept_and_one_that_the_server_ends_is_not() -> None:
    async def plan() -> None:
        async with world() as (server, pool, origin):
            assert [await get(pool, origin, path) for path in ("/a", "/b", "/close", "/c")] == [
                "/a",
                "/b",
                "/close",
                "/c",
            ]
            assert server.connections == 2

    asyncio.run(plan())


def test_more_than_there_may_be_connections_wait_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "MOST_CONNECTIONS", 2)

    async def plan() -> None:
        async with world() as (server, pool, origin):
            paths = [f"/{number}" for number in range(6)] + ["/close"]
            assert await asyncio.gather(*(get(pool, origin, path) for path in paths)) == paths
            assert sorted(server.asked[:2]) == paths[:2]
            assert server.asked[-1] == "/close"
            assert server.connections == 2

    asyncio.run(plan())


def test_who_gives_up_waiting_keeps_nobody_from_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "MOST_CONNECTIONS", 1)

    async def plan() -> None:
        async with world() as (server, pool, origin):
            server.gate.clear()
            first, second, third = (asyncio.create_task(get(pool, origin, path)) for path in ("/1", "/2", "/3"))
            await server.first.wait()
            second.cancel()
            server.gate.set()
            assert await first == "/1"
            assert await third == "/3"
            assert server.asked == ["/1", "/3"]
            assert second.cancelled()

    asyncio.run(plan())


def test_an_idle_connection_makes_room_for_another_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "MOST_CONNECTIONS", 1)

    async def plan() -> None:
        async with world() as (server, pool, origin):
            other = origin._replace(host="localhost")
            assert [await get(pool, place, "/x") for place in (origin, other, origin)] == ["/x"] * 3
            assert server.connections == 3

    asyncio.run(plan())
