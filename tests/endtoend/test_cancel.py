"""Cancel at any moment: the exchange says so, the connection is closed at once, nothing hangs."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.endtoend.client import Identities, Trust, get
from tests.support.servers import broken
from tests.support.servers.broken import Play, head, secure, server_context, wait_for_end
from tests.support.servers.material import GOOD, Material
from workbench.core.cancelling import CancelScope
from workbench.core.exchange import Exchange, Outcome
from workbench.core.request import Request, Timeouts
from workbench.core.session import Session

pytestmark = pytest.mark.endtoend

PATIENT = Timeouts(connect=30.0, tls=30.0, read=30.0, write=30.0)
_AT_ONCE = 10.0  # seconds: a busy machine may need some; what waits for a time limit would need a minute


@dataclass(slots=True)
class Moment:
    """A play that says when it has come so far, and when the client has hung up."""

    reached: threading.Event = field(default_factory=threading.Event)
    hung_up: threading.Event = field(default_factory=threading.Event)

    def waits(self, peer: socket.socket) -> None:
        self.reached.set()
        try:
            wait_for_end(peer)
        finally:
            self.hung_up.set()


Stall = Callable[[Material, Play], Play]

MOMENTS: dict[str, Stall] = {
    "before the ServerHello": lambda _issued, wait: wait,
    "in the handshake": lambda issued, wait: broken.begins_handshake(server_context(issued), wait),
    "before the response": lambda issued, wait: secure(server_context(issued), wait),
    "in the head": lambda issued, wait: secure(server_context(issued), broken.sends(b"HTTP/1.1 200 OK\r\n", wait)),
    "in the body": lambda issued, wait: secure(
        server_context(issued), broken.sends(head("Content-Length: 100") + b"half", wait)
    ),
    "in an HTTP/2 response": lambda issued, wait: secure(
        server_context(issued, alpn=("h2",)), broken.sends(broken.HTTP2_SETTINGS, wait)
    ),
}


def cancel_at(moment: Moment, issued: Material, request: Request) -> tuple[Exchange, float]:
    """Send, cancel once the server has come to ``moment``; also the seconds from cancel to exchange."""

    async def run() -> tuple[Exchange, float]:
        session = Session(Identities(issued), Trust(issued))
        try:
            scope = CancelScope()
            task = asyncio.create_task(session.send(request, scope=scope))
            await asyncio.to_thread(moment.reached.wait, 10.0)
            began = time.monotonic()
            scope.cancel()
            exchange = await task
            took = time.monotonic() - began
            assert await asyncio.to_thread(moment.hung_up.wait, _AT_ONCE)  # while the session still lives
            return exchange, took
        finally:
            await session.aclose()

    return asyncio.run(run())


@pytest.mark.parametrize("name", MOMENTS)
def test_cancel(name: str, issued: Material) -> None:
    moment = Moment()
    with broken.playing(MOMENTS[name](issued, moment.waits)) as stage:
        exchange, took = cancel_at(moment, issued, get(stage.url, GOOD, timeouts=PATIENT))
    assert exchange.outcome is Outcome.CANCELLED
    assert exchange.failure is None
    assert exchange.response is None
    assert took < _AT_ONCE
    complete = exchange.handshake is not None and exchange.handshake.complete
    assert complete == (name not in {"before the ServerHello", "in the handshake"})


@pytest.mark.parametrize("scheme", ["http", "https", "socks5"])
def test_cancel_while_the_proxy_says_nothing(scheme: str, issued: Material) -> None:
    moment = Moment()
    with broken.playing(moment.waits) as stage:
        request = get("https://localhost:1/", GOOD, timeouts=PATIENT, proxy=f"{scheme}://localhost:{stage.port}")
        exchange, took = cancel_at(moment, issued, request)
    assert exchange.outcome is Outcome.CANCELLED
    assert took < _AT_ONCE


def test_a_session_goes_on_after_a_cancel(issued: Material) -> None:
    moment = Moment()
    hanging = secure(server_context(issued), moment.waits)
    answering = secure(server_context(issued), broken.sends(head("Content-Length: 2") + b"ok"))

    async def run(urls: list[str]) -> list[Exchange]:
        session = Session(Identities(issued), Trust(issued))
        try:
            scope = CancelScope()
            first = asyncio.create_task(session.send(get(urls[0], GOOD, timeouts=PATIENT), scope=scope))
            await asyncio.to_thread(moment.reached.wait, 10.0)
            second = await session.send(get(urls[1], GOOD))
            scope.cancel()
            return [await first, second, await session.send(get(urls[1], GOOD))]
        finally:
            await session.aclose()

    with broken.playing(hanging) as one, broken.playing(answering) as other:
        exchanges = asyncio.run(run([one.url, other.url]))
    assert [exchange.outcome for exchange in exchanges] == [Outcome.CANCELLED, Outcome.RESPONSE, Outcome.RESPONSE]
