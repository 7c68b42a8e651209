"""Event streams and other long bodies while they are under way, against the lab."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.core.conftest import TIMEOUTS, Stock
from workbench.core.cancelling import CancelScope
from workbench.core.content.events import EventParser
from workbench.core.exchange import Exchange, Outcome, Phase, Progress
from workbench.core.messages import Direction, Message
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
    read = 0
    seen: list[tuple[Message, ...]] = []

    def told(progress: Progress) -> None:
        nonlocal read
        if progress.messages is not None:
            assert progress.head is not None
            first, new = progress.messages.since(read)
            assert first == read
            read += len(new)
            seen.append(new)

    exchange = send(stock, "/events?count=3&interval=0.05", told)
    came = [message for messages in seen for message in messages]
    assert [(message.direction, message.kind, message.id) for message in came] == [
        (Direction.RECEIVED, "tick", number) for number in "123"
    ]
    times = [message.at_ms or 0 for message in came]
    assert 0 < times[0] < times[1] < times[2]
    assert len([messages for messages in seen if messages]) > 1
    assert exchange.response is not None
    events = EventParser().feed(exchange.response.body.data)
    assert [event.data for event in events] == [message.data for message in came]


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
        if progress.messages is not None and progress.messages.total >= 2:
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
    assert all(progress.messages is None for progress in news)
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
