"""Event streams and other long bodies while they are under way, against the lab."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.conftest import TIMEOUTS, Stock
from workbench.core.cancelling import CancelScope
from workbench.core.content.events import EventParser
from workbench.core.exchange import Exchange, Outcome, Phase, Progress
from workbench.core.http.bodies import MEMORY_LIMIT, Collector
from workbench.core.request import Request
from workbench.core.session import Session

Told = Callable[[Progress], None]


def send(stock: Stock, target: str, told: Told, *, until: asyncio.Event | None = None, read: float = 30.0) -> Exchange:
    """Send a request to the lab; cancelled when ``until`` is set."""

    async def run() -> Exchange:
        session = Session(stock.identities, stock.trust)
        url = stock.lab.urls["mutual"].rstrip("/") + target
        timeouts = replace(TIMEOUTS, read=read)
        request = Request(url=url, identity="alice", trust=("lab",), proxy="", timeouts=timeouts, largest_response=None)
        try:
            scope = CancelScope()
            sending = asyncio.ensure_future(session.send(request, progress=told, scope=scope))
            if until is not None:
                await until.wait()
                scope.cancel()
            return await sending
        finally:
            await session.aclose()

    return asyncio.run(run())


def test_events_are_told_while_they_come(stock: Stock) -> None:
    parser = EventParser()
    read, seen = 0, []

    def told(progress: Progress) -> None:
        nonlocal read
        if progress.arriving is not None:
            assert progress.head is not None
            piece = progress.arriving.read(read, 1 << 20)
            read += len(piece)
            seen.append([event.id for event in parser.feed(piece)])

    exchange = send(stock, "/events?count=3&interval=0.05", told)
    assert [number for numbers in seen for number in numbers] == ["1", "2", "3"]
    assert len([numbers for numbers in seen if numbers]) > 1
    assert exchange.response is not None
    assert exchange.response.body.size == read


def test_a_quiet_stream_outlives_the_read_timeout(stock: Stock) -> None:
    exchange = send(stock, "/events?count=2&interval=0.6", lambda _progress: None, read=0.3)
    assert exchange.outcome is Outcome.RESPONSE


@pytest.mark.parametrize(("limit", "ends"), [({"total": 0.6}, "timeout"), ({"largest": 100}, "response-too-large")])
def test_a_stream_without_end_has_its_limits(limit: dict[str, float], ends: str, stock: Stock) -> None:
    async def plan() -> Exchange:
        session = Session(stock.identities, stock.trust)
        url = f"{stock.lab.urls['one-way'].rstrip('/')}/events?count=1000&interval=0.05"
        timeouts = replace(TIMEOUTS, total=limit.get("total"))
        request = Request(url=url, trust=("lab",), proxy="", timeouts=timeouts)
        try:
            return await session.send(replace(request, largest_response=int(limit.get("largest", 10_000_000))))
        finally:
            await session.aclose()

    exchange = asyncio.run(plan())
    assert exchange.failure is not None
    assert exchange.failure.code == ends
    assert exchange.response is not None, "what came of it"
    assert exchange.response.body.data.startswith(b"event: tick\nid: 1\n")


def test_what_came_before_cancel_stays(stock: Stock) -> None:
    enough = asyncio.Event()

    def told(progress: Progress) -> None:
        if progress.arriving is not None and b"id: 2" in progress.arriving.read(0, 1 << 20):
            enough.set()

    exchange = send(stock, "/events?count=1000&interval=0.05", told, until=enough)
    assert exchange.outcome is Outcome.CANCELLED
    assert exchange.response is not None
    assert exchange.response.body.data.startswith(b"event: tick\nid: 1\n")
    assert exchange.hops[-1].status == 200


def test_the_head_is_told_before_a_long_body_has_come(stock: Stock) -> None:
    news: list[Progress] = []
    exchange = send(stock, "/bytes/3000000", news.append)
    heads = [progress for progress in news if progress.head is not None]
    assert (heads[0].phase, heads[0].done, heads[0].total) == (Phase.RECEIVE, 0, 3_000_000)
    assert heads[0].head is not None
    assert heads[0].head.status == 200
    assert all(progress.arriving is None for progress in news)
    assert exchange.response is not None
    assert exchange.response.body.size == 3_000_000


def test_other_bodies_are_not_kept_when_they_are_cancelled(stock: Stock) -> None:
    begun = asyncio.Event()

    def told(progress: Progress) -> None:
        if progress.done > 100_000:
            begun.set()

    exchange = send(stock, "/bytes/999999999999", told, until=begun)
    assert exchange.outcome is Outcome.CANCELLED
    assert exchange.response is None


@pytest.mark.parametrize("size", [0, 10, MEMORY_LIMIT + 10])
def test_a_body_can_be_read_while_it_grows(tmp_path: Path, size: int) -> None:
    collector = Collector(lambda: tmp_path)
    assert collector.read(0, 10) == b""
    collector.add(b"x" * size)
    collector.add(b"end")
    data = collector.read(max(size - 2, 0), 100)
    body = collector.finish()
    assert body.read() == b"x" * size + b"end"
    assert b"x" * min(size, 2) + b"end" == data or body.file is not None  # what was written may not be on disk yet
    assert collector.read(size, 100) == b"end"
    collector.discard()
    assert collector.read(0, 10) in (b"", b"x" * min(size, 10) + b"end"[: 10 - min(size, 10)])
