"""HTTP/2 with one client over one TLS stream (RFC 9113), framed by h2.

One thread serves all streams of the connection in turn: a slice of each reply that flow control
allows, then whatever the client has sent meanwhile.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from threading import Event

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import ConnectionTerminated, DataReceived, RequestReceived, StreamEnded, StreamReset
from h2.exceptions import ProtocolError

from workbench.lab.http1 import IDLE_SECONDS, SERVER, Respond
from workbench.lab.messages import Headers, Query, Receiving
from workbench.lab.stream import Facts, TLSStream

# How many frames of one reply go out before the others, and the client, have their turn.
_FRAMES_IN_A_ROW = 16


def serve(stream: TLSStream, facts: Facts, respond: Respond, stopping: Event) -> None:
    """Answer requests until the client leaves, breaks the protocol, or ``stopping`` is set."""
    streams = _Streams(facts, respond)
    streams.protocol.initiate_connection()
    try:
        while not stopping.is_set() and not streams.client_is_leaving:
            wait = streams.send_some()
            stream.write(streams.protocol.data_to_send())
            data = stream.read(wait)
            if data:
                streams.receive(data)
            elif data is not None:
                return
            elif wait >= IDLE_SECONDS:
                streams.protocol.close_connection()
                break
    except ProtocolError:
        pass  # what goes out now is the GOAWAY that says what was wrong
    stream.write(streams.protocol.data_to_send())


@dataclass(slots=True)
class _Incoming:
    """A request that is not complete yet."""

    headers: Headers
    body: Receiving = field(default_factory=Receiving)


@dataclass(slots=True)
class _Outgoing:
    """A reply on its way: ``head`` is empty once sent, ``ready_at`` is on the monotonic clock."""

    head: Headers
    chunks: Iterator[bytes]
    ready_at: float
    interval: float = 0.0
    pending: bytes = b""


class _Streams:
    """The streams of one connection."""

    def __init__(self, facts: Facts, respond: Respond) -> None:
        self.protocol = H2Connection(H2Configuration(client_side=False, header_encoding="latin-1"))
        self._facts = facts
        self._respond = respond
        self.client_is_leaving = False
        self._incoming: dict[int, _Incoming] = {}
        self._outgoing: dict[int, _Outgoing] = {}

    def receive(self, data: bytes) -> None:
        """Take what the client sent. Raises ``ProtocolError``."""
        for event in self.protocol.receive_data(data):
            match event:
                case RequestReceived(stream_id=int(number)):
                    headers = tuple((str(name), str(value)) for name, value in event.headers or ())
                    self._incoming[number] = _Incoming(headers)
                case DataReceived(stream_id=int(number)):
                    self.protocol.acknowledge_received_data(event.flow_controlled_length or 0, number)
                    if number in self._incoming:
                        self._incoming[number].body.feed(event.data or b"")
                case StreamEnded(stream_id=int(number)) if number in self._incoming:
                    self._outgoing[number] = self._answer(self._incoming.pop(number))
                case StreamReset(stream_id=int(number)):
                    self._incoming.pop(number, None)
                    self._outgoing.pop(number, None)
                case ConnectionTerminated():
                    self.client_is_leaving = True  # and h2 lets us send nothing more
                case _:
                    pass  # settings, windows, pings: h2 has dealt with them

    def send_some(self) -> float:
        """Send the next slice of every reply; returns seconds until there may be more to send, 0 for at once."""
        now = time.monotonic()
        wait = IDLE_SECONDS
        for number, outgoing in list(self._outgoing.items()):
            if outgoing.ready_at > now:
                wait = min(wait, outgoing.ready_at - now)
            elif self._send_slice(number, outgoing):
                wait = 0.0
        return wait

    def _answer(self, incoming: _Incoming) -> _Outgoing:
        query = _query(incoming, self._facts)
        reply = self._respond(query)
        head = ((":status", str(reply.status)), *reply.headers, ("date", formatdate(usegmt=True)), ("server", SERVER))
        chunks = iter(()) if query.method == "HEAD" else reply.chunks()
        return _Outgoing(head, chunks, time.monotonic() + reply.delay, reply.interval)

    def _send_slice(self, number: int, outgoing: _Outgoing) -> bool:
        """Whether this reply has more that could be sent at once."""
        if outgoing.head:
            self.protocol.send_headers(number, outgoing.head)
            outgoing.head = ()
        for _turn in range(_FRAMES_IN_A_ROW):
            outgoing.pending = outgoing.pending or next(outgoing.chunks, b"")
            if not outgoing.pending:
                self.protocol.end_stream(number)
                del self._outgoing[number]
                return False
            window = self.protocol.local_flow_control_window(number)
            size = min(len(outgoing.pending), window, self.protocol.max_outbound_frame_size)
            if size <= 0:
                return False
            self.protocol.send_data(number, outgoing.pending[:size])
            outgoing.pending = outgoing.pending[size:]
            if outgoing.interval and not outgoing.pending:
                outgoing.ready_at = time.monotonic() + outgoing.interval
                return True
        return True


def _query(incoming: _Incoming, facts: Facts) -> Query:
    pseudo = {name: value for name, value in incoming.headers if name.startswith(":")}
    headers = tuple(pair for pair in incoming.headers if not pair[0].startswith(":"))
    if ":authority" in pseudo and all(name != "host" for name, _value in headers):
        headers = (("host", pseudo[":authority"]), *headers)  # as RFC 9113 8.3.1 translates it
    return Query(
        method=pseudo.get(":method", ""),
        target=pseudo.get(":path", ""),
        http_version="HTTP/2",
        headers=headers,
        facts=facts,
        content=incoming.body.content(),
    )
