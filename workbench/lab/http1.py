"""HTTP/1.1 with one client over one TLS stream (RFC 9112), parsed by h11."""

from collections.abc import Callable, Iterator
from email.utils import formatdate
from http import HTTPStatus
from threading import Event

import h11

from workbench.lab.messages import Content, Query, Receiving, Reply, refuse
from workbench.lab.stream import Facts, TLSStream

IDLE_SECONDS = 60.0
SERVER = "mtls-workbench-lab"

Respond = Callable[[Query], Reply]


def serve(stream: TLSStream, facts: Facts, respond: Respond, stopping: Event) -> None:
    """Answer requests until the client leaves, ``stopping`` is set or one side asks to close."""
    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=64 * 1024)
    while not stopping.is_set():
        try:
            query = _receive(stream, facts, connection)
        except h11.RemoteProtocolError as error:
            if connection.our_state in (h11.IDLE, h11.SEND_RESPONSE):
                _send(stream, connection, refuse(error.error_status_hint, str(error)), stopping)
            return
        if query is None:
            return
        reply = respond(query)
        if reply.delay and stopping.wait(reply.delay):
            return
        _send(stream, connection, reply, stopping, bare=query.method == "HEAD")
        if connection.our_state is not h11.DONE or connection.their_state is not h11.DONE:
            return
        connection.start_next_cycle()


def _receive(stream: TLSStream, facts: Facts, connection: h11.Connection) -> Query | None:
    request: h11.Request | None = None
    body = Receiving()
    for event in _events(stream, connection):
        if isinstance(event, h11.Request):
            request = event
        elif isinstance(event, h11.Data):
            body.feed(bytes(event.data))
        elif isinstance(event, h11.EndOfMessage) and request is not None:
            return _query(request, facts, body.content())
    return None


def _events(stream: TLSStream, connection: h11.Connection) -> Iterator[h11.Event]:
    """What h11 makes of the bytes, until the client closes or says nothing for too long."""
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            if connection.they_are_waiting_for_100_continue:
                stream.write(connection.send(h11.InformationalResponse(status_code=100, headers=[])) or b"")
            data = stream.read(IDLE_SECONDS)
            if data is None:
                return
            connection.receive_data(data)
        elif isinstance(event, h11.Event) and not isinstance(event, h11.ConnectionClosed):
            yield event
        else:
            return


def _query(request: h11.Request, facts: Facts, content: Content) -> Query:
    return Query(
        method=request.method.decode("ascii"),
        target=request.target.decode("latin-1"),
        http_version=f"HTTP/{request.http_version.decode('ascii')}",
        headers=tuple((name.decode("ascii"), value.decode("latin-1")) for name, value in request.headers.raw_items()),
        facts=facts,
        content=content,
    )


def _send(stream: TLSStream, connection: h11.Connection, reply: Reply, stopping: Event, *, bare: bool = False) -> None:
    """Send the reply, its head and first piece in one record; ``bare`` leaves the body out (HEAD)."""
    headers = [*reply.headers, ("date", formatdate(usegmt=True)), ("server", SERVER)]
    head = h11.Response(status_code=reply.status, reason=_reason(reply.status), headers=headers)
    pending = connection.send(head) or b""
    for chunk in () if bare else reply.chunks():
        stream.write(pending + (connection.send(h11.Data(data=chunk)) or b""))
        pending = b""
        if reply.interval:
            stopping.wait(reply.interval)
    stream.write(pending + (connection.send(h11.EndOfMessage()) or b""))


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
