"""One hop: a request to one origin over a pool of connections, and the response read to its end."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.core.content.events import EventParser
from workbench.core.errors import WorkbenchError
from workbench.core.exchange import Phase, Progress, Response
from workbench.core.http import bodies, codings, errors, headers
from workbench.core.http.attempt import Attempt, send_once_or_twice
from workbench.core.http.backend import NetworkBackend
from workbench.core.http.hop_record import HopRecord
from workbench.core.http.pool import Pool
from workbench.core.http.route import Route
from workbench.core.http.stream import Tap
from workbench.core.http.trouble import HopFailed
from workbench.core.http.wire import Origin, WireRequest, WireResponse
from workbench.core.messages import Messages
from workbench.core.proxy import Proxy
from workbench.core.request import Request
from workbench.core.tls.context import ClientContext
from workbench.core.url import URL

_DIGITS = 20  # of a size that can be meant; Python refuses to read thousands of them

Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class HopResponse:
    """A response and the record of how it came."""

    response: Response
    record: HopRecord

    @property
    def may_be_cut(self) -> bool:
        """Whether the body ended with the connection, and TLS did not say that this was meant (RFC 9112 9.8)."""
        stream, response = self.record.stream, self.response
        if stream is None or self.record.framed or not stream.connection.unexpected_eof:
            return False
        return response.header("Content-Length") is None and response.header("Transfer-Encoding") is None


class Client:
    """Connections that one (identity, trust, policy, proxy, HTTP version) shares, and never another.

    ``proxy_context`` is for TLS to an https proxy: it carries no identity.
    """

    def __init__(
        self,
        context: ClientContext,
        *,
        proxy: Proxy | None = None,
        proxy_context: ClientContext | None = None,
        http_version: str | None = None,
        connect_to: tuple[str, int] | None = None,
        tap: Tap | None = None,
    ) -> None:
        self._proxied = proxy is not None
        protocols = {None: ("h2", "http/1.1"), "2": ("h2",), "1.1": ("http/1.1",)}
        context.set_alpn_protocols(protocols[http_version])
        if proxy_context is not None:
            proxy_context.set_alpn_protocols(("http/1.1",))
        backend = NetworkBackend(connect_to=connect_to, proxied=proxy is not None, tap=tap)
        self._pool = Pool(Route(backend, context, proxy, proxy_context), http_version)
        self._last_fields: tuple[object, headers.RawHeaders] | None = None

    async def send(
        self,
        request: Request,
        url: URL,
        folder: Callable[[], Path],
        report: Report,
        started: Callable[[HopRecord], None] = lambda _record: None,
    ) -> HopResponse:
        """Send ``request`` to ``url`` and read the whole response, in two attempts at most (``send_once_or_twice``).

        ``started`` is given the record of each attempt, for whoever cancels and gets no response. Raises
        ``HopFailed``, ``WorkbenchError``; on cancellation the connection is closed at once.
        """

        async def attempt() -> HopResponse:
            hop = HopRecord(request.timeouts, lambda phase: report(Progress(phase)))
            started(hop)
            return HopResponse(await self._attempt(request, url, hop, folder, report), hop)

        return await send_once_or_twice(attempt, request.method)

    async def _attempt(
        self, request: Request, url: URL, hop: HopRecord, folder: Callable[[], Path], report: Report
    ) -> Response:
        collector = bodies.Collector(folder, request.largest_response)
        try:
            with self.attempt(hop):
                return await self._exchange(request, url, hop, collector, report)
        except WorkbenchError:
            collector.discard()
            raise
        except (HopFailed, asyncio.CancelledError):
            _keep_events(hop, collector)
            raise
        finally:
            hop.leave()

    def attempt(self, hop: HopRecord) -> Attempt:
        """The context in which ``hop`` goes over these connections."""
        return Attempt(hop, proxied=self._proxied)

    async def _exchange(
        self, request: Request, url: URL, hop: HopRecord, collector: bodies.Collector, report: Report
    ) -> Response:
        size = bodies.size_of(request.body)

        def sent(done: int) -> None:
            report(Progress(Phase.SEND, done, size))

        limits = request.timeouts
        wire = WireRequest(
            method=request.method.encode("ascii"),
            origin=Origin(*url.origin),
            target=url.target.encode("ascii"),
            headers=self._fields(request, url, size),
            body=bodies.Outgoing(request.body, sent) if size else None,
            extensions={"timeout": {"read": limits.read, "write": limits.write}},
        )
        answer = await self.open(wire)
        hop.answered()
        try:
            return await _read(answer, collector, report, hop, wire)
        finally:
            with contextlib.suppress(errors.NetworkError, errors.ProtocolError):
                await answer.body.aclose()

    def _fields(self, request: Request, url: URL, size: int) -> headers.RawHeaders:
        """The header fields as they go out; those of the last request are kept, since many are sent again and again."""
        basis = request.headers, request.method, url, size
        if self._last_fields is None or self._last_fields[0] != basis:
            self._last_fields = basis, headers.encode(headers.complete(request, url, size))
        return self._last_fields[1]

    async def open(self, request: WireRequest) -> WireResponse:
        """Send ``request`` as it stands and give the response once its head is there; its body is still to be read.

        To be called in an ``attempt``, as is what reads the body.
        """
        return await self._pool.send(request)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()


def _keep_events(hop: HopRecord, collector: bodies.Collector) -> None:
    """Keep the events that came, and nothing of any other body that ended early."""
    if hop.make_partial is not None:
        with contextlib.suppress(WorkbenchError):  # the disk is full
            hop.partial = hop.make_partial()
            return
    collector.discard()


async def _read(
    answer: WireResponse, collector: bodies.Collector, report: Report, hop: HopRecord, wire: WireRequest
) -> Response:
    fields = headers.decode(answer.headers)
    head = Response(answer.status, answer.reason.decode("latin-1"), answer.version, fields)
    length = head.header("Content-Length")
    total = int(length) if length and length.isascii() and length.isdigit() and len(length) <= _DIGITS else None
    stream = _EventStream(hop) if head.media_type == "text/event-stream" else None
    messages = stream.messages if stream is not None else None
    if stream is not None:  # it may be quiet for as long as it likes; Cancel and the total limit end it
        wire.extensions["timeout"]["read"] = None
        hop.make_partial = lambda: replace(head, body=collector.finish())
    report(Progress(Phase.RECEIVE, 0, total, head, messages))

    async def counted() -> AsyncIterator[bytes]:
        while piece := await answer.body.read():
            if total is not None and not collector.wire_size:  # now it is sure that a body follows
                collector.expect(total)
            collector.wire_size += len(piece)
            yield piece
            report(Progress(Phase.RECEIVE, collector.wire_size, total, head, messages))

    coding = head.header("Content-Encoding")
    pieces = codings.decoded(counted(), coding) if coding and codings.is_coded(coding) else counted()
    async for piece in pieces:
        collector.add(piece)
        if stream is not None:
            stream.feed(piece)
            report(Progress(Phase.RECEIVE, collector.wire_size, total, head, messages))
    return replace(head, body=collector.finish())


class _EventStream:
    """Makes messages of a body of server-sent events while it comes."""

    def __init__(self, hop: HopRecord) -> None:
        self.messages = Messages()
        self._hop = hop
        self._start = hop.elapsed_ms()
        self._parser = EventParser()

    def feed(self, piece: bytes) -> None:
        at = self._hop.elapsed_ms() - self._start
        self.messages.add(event.message(at) for event in self._parser.feed(piece))
        self.messages.comments, self.messages.retry_ms = self._parser.comments, self._parser.retry_ms
