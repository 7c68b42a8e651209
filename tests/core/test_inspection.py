"""Looking at servers that show odd certificates, or no TLS at all: an answer in words, whatever they do."""

import asyncio
import socket

import pytest

from tests.core.conftest import Stock
from tests.core.session.test_session import get
from tests.support import authority, odd
from tests.support.memory import ServerEnd
from tests.support.servers.broken import Play, playing
from workbench.core.exchange import Exchange
from workbench.core.inspection import Inspection
from workbench.core.request import Request
from workbench.core.session import Session
from workbench.core.tls.document import handshake_document
from workbench.lab.authority import Credential

ROOT = authority.root()
SERVER = authority.server(authority.intermediate(ROOT))


def _showing(credential: Credential) -> Play:
    def play(peer: socket.socket) -> None:
        server = ServerEnd(credential, request=True, configure=lambda context: context.set_verify(1, lambda *_: True))
        while data := peer.recv(65536):
            peer.sendall(server.step(data))

    return play


def _saying(words: bytes) -> Play:
    def play(peer: socket.socket) -> None:
        peer.recv(65536)
        peer.sendall(words)

    return play


def _look(stock: Stock, play: Play) -> tuple[Inspection, Exchange]:
    async def looked() -> tuple[Inspection, Exchange]:
        session = Session(stock.identities, stock.trust)
        try:
            with playing(play) as stage:
                request: Request = get(stage.url, identity="alice")
                return await session.inspect(request), await session.send(request)
        finally:
            await session.aclose()

    return asyncio.run(looked())


@pytest.mark.parametrize("name", odd.CHANGES)
def test_a_server_with_an_odd_certificate_is_told_about_and_refused(stock: Stock, name: str) -> None:
    credential = odd.odd_credential(SERVER, name)
    inspection, exchange = _look(stock, _showing(credential))
    for told in (inspection.without, inspection.with_identity, exchange):
        assert told is not None
        assert told.failure is not None
        assert told.failure.title
        assert told.handshake is not None
        assert told.handshake.peer.presented[0] == credential.certificate
        assert not told.handshake.client.sent
        assert handshake_document(told.handshake)["peer"]["presented"][0]["sha256"] == credential.certificate.sha256


@pytest.mark.parametrize("name", odd.CHANGES)
def test_an_odd_intermediate_is_told_about_too(stock: Stock, name: str) -> None:
    strange = odd.odd(SERVER.intermediates[0], name)
    inspection, _exchange = _look(stock, _showing(Credential(SERVER.certificate, SERVER.key, (strange,))))
    assert inspection.without.failure is not None
    assert inspection.without.handshake is not None
    assert inspection.without.handshake.peer.presented[1] == strange


@pytest.mark.parametrize(
    "words",
    [
        bytes.fromhex("15030300020228"),
        bytes.fromhex("160303000402000000"),  # a ServerHello of nothing
        bytes.fromhex("1603030004") + b"\x02\xff\xff\xff",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        bytes(300),
    ],
    ids=["alert", "empty hello", "endless hello", "http", "zeros"],
)
def test_what_is_no_handshake_fails_in_words(stock: Stock, words: bytes) -> None:
    inspection, exchange = _look(stock, _saying(words))
    for told in (inspection.without, exchange):
        assert told.failure is not None
        assert told.failure.detail
