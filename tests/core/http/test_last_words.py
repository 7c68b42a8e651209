"""What the peer said before it broke the connection is heard, though our own write failed first."""

import asyncio

import pytest
from OpenSSL import SSL

from tests.support import authority
from tests.support.memory import ServerEnd
from workbench.core.http import errors
from workbench.core.http.stream import SocketStream, TLSStream
from workbench.core.tls.connection import TLSConnection, TLSError
from workbench.core.tls.context import ClientContext
from workbench.core.tls.policy import TLSPolicy

ROOT = authority.root()


class Broken(SocketStream):
    """A socket whose peer has gone: ``left`` lies there to be read, nothing more can be written."""

    def __init__(self, left: bytes) -> None:
        self.left = left
        self.marks = False

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 -- as its base
        raise errors.WriteError(BrokenPipeError(32, "Broken pipe"))

    def try_read(self, limit: int = 65536) -> bytes:
        left, self.left = self.left[:limit], self.left[limit:]
        return left


def refused() -> tuple[TLSConnection, bytes]:
    """A client that has done its part of TLS 1.3, and the alert with which the server answers that."""
    server = ServerEnd(authority.server(ROOT), roots=[authority.root("Another").certificate], require=True)
    context = ClientContext(authority.client(ROOT).identity("me"), authority.trust(ROOT), TLSPolicy())
    client = TLSConnection(context, "localhost")
    while not client.handshake():
        client.receive(server.step(client.outgoing()))
    alert = server.step(client.outgoing())
    assert isinstance(server.error, SSL.Error)
    return client, alert


def write(connection: TLSConnection, left: bytes) -> BaseException:
    stream = TLSStream(Broken(left), connection, to_proxy=False)
    stream.marks = False
    with pytest.raises(errors.WriteError) as caught:
        asyncio.run(stream.write(b"GET / HTTP/1.1\r\n\r\n"))
    cause: BaseException = caught.value.args[0]
    return cause


def test_an_alert_that_had_arrived_says_more_than_that_the_write_failed() -> None:
    connection, alert = refused()
    cause = write(connection, alert)
    assert isinstance(cause, TLSError)
    assert cause.alert
    assert [one.description for one in connection.handshake_facts().alerts] == ["unknown_ca"]


def test_where_nothing_had_arrived_the_write_failed() -> None:
    connection, _alert = refused()
    assert isinstance(write(connection, b""), BrokenPipeError)
