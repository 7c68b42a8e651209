"""HTTP/2 servers that part, refuse, and are left alone: what can be saved is, and others on the connection go on."""

import asyncio
import socket
from collections.abc import Callable, Coroutine
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import DataReceived, RequestReceived, StreamEnded, StreamReset
from h2.settings import SettingCodes

from tests.endtoend.client import Identities, Trust, get, send, send_one, text
from tests.support.servers import broken
from tests.support.servers.broken import Play, Stage, server_context
from tests.support.servers.material import Material
from workbench.core.cancelling import CancelScope
from workbench.core.exchange import Exchange, Outcome, Phase, Progress
from workbench.core.request import Request
from workbench.core.session import Session

pytestmark = pytest.mark.endtoend

OK = [(":status", "200")]
Script = Callable[["Server", int], None]
"""What a server does once a request (the number of its stream) has come in full."""


class Server:
    """One connection of a server. ``connection`` counts from 0, as does ``request`` within it."""

    hold: Event | None = None
    """Before it goes on after the head of a request for ``/slow``."""

    def __init__(self, peer: socket.socket, connection: int, script: Script) -> None:
        self.peer = peer
        self.connection = connection
        self.request = -1
        self.bodies: dict[int, int] = {}
        self.paths: dict[int, bytes] = {}
        self.reset: set[int] = set()
        self.h2 = H2Connection(H2Configuration(client_side=False))
        self._script = script

    def serve(self) -> None:
        self.h2.initiate_connection()
        self.h2.update_settings({SettingCodes.INITIAL_WINDOW_SIZE: 1 << 26})
        self.h2.increment_flow_control_window(1 << 26)
        self.say()
        while data := self.peer.recv(65536):
            self.hear(data)
            self.say()

    def hear(self, data: bytes) -> None:
        for event in self.h2.receive_data(data):
            match event:
                case RequestReceived(stream_id=int(number), headers=list(headers)):
                    self.bodies[number] = 0
                    self.paths[number] = dict(headers)[b":path"]
                    if self.paths[number] == b"/slow" and self.hold is not None:
                        assert self.hold.wait(30)
                case DataReceived(stream_id=int(number), data=bytes(piece)):
                    self.bodies[number] += len(piece)
                case StreamReset(stream_id=int(number)):
                    self.reset.add(number)
                case StreamEnded(stream_id=int(number)):
                    self.request += 1
                    self._script(self, number)

    def say(self, more: bytes = b"") -> None:
        self.peer.sendall(self.h2.data_to_send() + more)

    def answer(self, number: int) -> None:
        """Say how many bytes the request's body had."""
        self.h2.send_headers(number, OK)
        self.h2.send_data(number, str(self.bodies[number]).encode(), end_stream=True)

    def go_away(self, last: int) -> None:
        """GOAWAY without an error (RFC 9113 6.8)."""
        self.say(bytes.fromhex("000008 07 00 00000000") + last.to_bytes(4) + bytes(4))


def secure(issued: Material, script: Script, hold: Event | None = None) -> Play:
    context, numbers = server_context(issued, alpn=("h2",)), count()

    def play(plain: socket.socket) -> None:
        with context.wrap_socket(plain, server_side=True) as peer:
            server = Server(peer, next(numbers), script)
            server.hold = hold
            server.serve()

    return play


def request(stage: Stage, path: str = "", body: bytes | Path = b"") -> Request:
    """POST: not to be repeated unless the server says that it was not looked at."""
    return get(f"{stage.url}{path}", method="POST", body=body, http_version="2")


def test_what_was_taken_is_answered_after_going_away(issued: Material) -> None:
    def script(server: Server, number: int) -> None:
        server.h2.send_headers(number, OK)
        server.go_away(number)
        server.h2.send_data(number, b"all of it", end_stream=True)

    with broken.playing(secure(issued, script)) as stage:
        exchanges = send(issued, request(stage), request(stage))
        assert stage.accepted == 2
    assert [text(exchange) for exchange in exchanges] == ["all of it"] * 2


def test_a_warning_before_going_away_takes_nothing_back(issued: Material) -> None:
    def script(server: Server, number: int) -> None:
        server.go_away((1 << 31) - 1)
        server.answer(number)

    with broken.playing(secure(issued, script)) as stage:
        assert text(send_one(issued, request(stage, body=b"four"))) == "4"


def leaves(server: Server, number: int) -> None:
    server.go_away(max(number - 2, 0))


def refuses(server: Server, number: int) -> None:
    server.h2.reset_stream(number, ErrorCodes.REFUSED_STREAM)


@pytest.mark.parametrize("untouched", [leaves, refuses])
def test_what_was_not_looked_at_is_sent_again_whole(untouched: Script, issued: Material, tmp_path: Path) -> None:
    body = tmp_path / "body"
    body.write_bytes(bytes(300_000))

    def script(server: Server, number: int) -> None:
        if (server.connection, server.request) == (0, 1):
            untouched(server, number)
        else:
            server.answer(number)

    with broken.playing(secure(issued, script)) as stage:
        exchanges = send(issued, request(stage, body=body), request(stage, body=body))
        assert stage.accepted == 2
    assert [text(exchange) for exchange in exchanges] == ["300000"] * 2
    assert not exchanges[1].reused


@pytest.mark.parametrize("untouched", [leaves, refuses])
def test_a_server_that_takes_nothing_is_not_asked_without_end(untouched: Script, issued: Material) -> None:
    with broken.playing(secure(issued, untouched)) as stage:
        exchange = send_one(issued, request(stage))
        assert stage.accepted <= 2
    assert exchange.failure is not None
    assert exchange.failure.code == "connection-reset"
    assert "HTTP/2" in exchange.failure.detail
    assert "without saying why" not in exchange.failure.detail


def test_the_end_of_an_idle_connection_is_seen_before_it_is_used(issued: Material) -> None:
    closed = Event()

    def script(server: Server, number: int) -> None:
        server.answer(number)
        server.go_away(number)
        server.peer.shutdown(socket.SHUT_RDWR)
        closed.set()

    async def plan(session: Session, stage: Stage) -> list[Exchange]:
        first = await session.send(request(stage))
        assert await asyncio.to_thread(closed.wait, 30)
        return [first, await session.send(request(stage))]

    with broken.playing(secure(issued, script)) as stage:
        exchanges = within(issued, lambda session: plan(session, stage))
        assert stage.accepted == 2
    assert [text(exchange) for exchange in exchanges] == ["0"] * 2


def answers_together(server: Server, number: int) -> None:
    """Answers ``/last`` and with it ``/other``; of ``/unwanted`` first the head, then as much as there is room for."""
    by_path = {path: stream for stream, path in server.paths.items()}
    if server.paths[number] == b"/unwanted":
        server.h2.send_headers(number, OK)
    if server.paths[number] == b"/last":
        unwanted = by_path.get(b"/unwanted")
        if unwanted is not None and unwanted not in server.reset:
            while room := min(server.h2.local_flow_control_window(unwanted), server.h2.max_outbound_frame_size):
                server.h2.send_data(unwanted, bytes(room))
        server.answer(number)
        server.answer(by_path[b"/other"])


async def beside(
    session: Session, stage: Stage, unwanted: Request, enough: Callable[[Progress], bool], cut: Event
) -> list[Exchange]:
    """Cancel ``unwanted`` once ``enough`` of it has come or gone, while another request waits for its answer."""
    waiting = asyncio.Event()

    def tell_other(progress: Progress) -> None:
        if progress.phase is Phase.WAIT:
            waiting.set()

    def tell(progress: Progress) -> None:
        if enough(progress):
            scope.cancel()

    other = asyncio.create_task(session.send(request(stage, "other"), progress=tell_other))
    await waiting.wait()
    scope = CancelScope()
    first = await asyncio.create_task(session.send(unwanted, progress=tell, scope=scope))
    cut.set()
    last = await session.send(request(stage, "last"))
    return [first, last, await other]


def is_undisturbed(exchanges: list[Exchange], stage: Stage) -> bool:
    first, last, other = exchanges
    outcomes = [exchange.outcome for exchange in (first, last, other)]
    return outcomes == [Outcome.CANCELLED, Outcome.RESPONSE, Outcome.RESPONSE] and stage.accepted == 1


def test_a_download_that_nobody_wants_any_more_takes_no_room(issued: Material) -> None:
    def enough(progress: Progress) -> bool:
        return progress.head is not None

    with broken.playing(secure(issued, answers_together)) as stage:
        unwanted = request(stage, "unwanted")
        exchanges = within(issued, lambda session: beside(session, stage, unwanted, enough, Event()))
        assert is_undisturbed(exchanges, stage)


def test_an_upload_that_is_cancelled_leaves_nothing_half_sent(issued: Material, tmp_path: Path) -> None:
    body, cut = tmp_path / "body", Event()
    with body.open("wb") as file:
        file.truncate(1 << 26)

    def enough(progress: Progress) -> bool:
        return progress.phase is Phase.SEND and progress.done > 1 << 20  # it is stopped where the socket takes no more

    with broken.playing(secure(issued, answers_together, cut)) as stage:
        unwanted = request(stage, "slow", body)
        exchanges = within(issued, lambda session: beside(session, stage, unwanted, enough, cut))
        assert is_undisturbed(exchanges, stage)


def within(issued: Material, plan: Callable[[Session], Coroutine[Any, Any, list[Exchange]]]) -> list[Exchange]:
    async def whole() -> list[Exchange]:
        session = Session(Identities(issued), Trust(issued))
        try:
            return await plan(session)
        finally:
            await session.aclose()

    return asyncio.run(whole())


def test_headers_larger_than_the_limit_are_called_so(issued: Material) -> None:
    def script(server: Server, number: int) -> None:
        server.h2.send_headers(number, [*OK, *((f"x-{n}", "y" * 1000) for n in range(100))], end_stream=True)

    with broken.playing(secure(issued, script)) as stage:
        exchange = send_one(issued, request(stage))
    assert exchange.failure is not None
    assert exchange.failure.code == "response-too-large"
    assert "headers" in exchange.failure.title
