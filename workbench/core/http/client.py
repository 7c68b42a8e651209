"""One hop: a request to one origin over a pool of connections, and the response read to its end."""

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path

import httpcore2
import httpx2

from workbench.core.errors import WorkbenchError
from workbench.core.exchange import Phase, Progress, Response
from workbench.core.http import bodies, codings, flight, headers
from workbench.core.http.backend import NetworkBackend
from workbench.core.http.pool import Pool
from workbench.core.http.route import Route
from workbench.core.http.stream import Tap
from workbench.core.http.trouble import HopFailed, failed
from workbench.core.proxy import Proxy
from workbench.core.request import Request
from workbench.core.tls.context import ClientContext
from workbench.core.url import URL

TARGET = "target"
"""The extension of a request that holds its target as it is sent, in bytes."""
IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
"""Methods that may be sent once more without asking (RFC 9110 9.2.2)."""

_DIGITS = 20  # of a size that can be meant; Python refuses to read thousands of them

Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A response and the record of how it came."""

    response: Response
    flight: flight.Flight

    @property
    def may_be_cut(self) -> bool:
        """Whether the body ended with the connection, and TLS did not say that this was meant (RFC 9112 9.8)."""
        stream, response = self.flight.stream, self.response
        if stream is None or self.flight.framed or not stream.connection.unexpected_eof:
            return False
        return response.header("Content-Length") is None and response.header("Transfer-Encoding") is None


class Client(httpx2.AsyncBaseTransport):
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

    async def send(
        self,
        request: Request,
        url: URL,
        folder: Callable[[], Path],
        report: Report,
        began: Callable[[flight.Flight], None] = lambda _flight: None,
    ) -> Arrival:
        """Send ``request`` to ``url``. Raises ``HopFailed``; on cancellation the connection is closed at once.

        ``began`` is given the record that is kept from now on, for whoever cancels and has no arrival.

        A kept connection that the server has just closed is not the request's fault: one whose method is
        idempotent is sent once more, over a new connection. So is any that the server says it has not looked at.
        """
        try:
            return await self._try(request, url, folder, report, began)
        except HopFailed as failure:
            if not failure.untouched and not (failure.stale and request.method in IDEMPOTENT):
                raise
        return await self._try(request, url, folder, report, began)

    async def _try(
        self,
        request: Request,
        url: URL,
        folder: Callable[[], Path],
        report: Report,
        began: Callable[[flight.Flight], None],
    ) -> Arrival:
        def tell(phase: Phase) -> None:
            report(Progress(phase))

        hop = flight.Flight(request.timeouts, tell)
        began(hop)
        token = flight.current.set(hop)
        collector = bodies.Collector(folder, request.largest_response)
        try:
            response = await self._exchange(request, url, hop, collector, report)
        except asyncio.CancelledError:
            _give_up(hop, collector)
            hop.close()
            raise
        except WorkbenchError:  # our own side: it says itself what is wrong
            collector.discard()
            hop.close()
            raise
        except Exception as error:
            _give_up(hop, collector)
            hop.close()
            raise failed(error, hop, proxied=self._proxied) from error
        finally:
            flight.current.reset(token)
            hop.leave()
        return Arrival(response, hop)

    async def _exchange(
        self, request: Request, url: URL, hop: flight.Flight, collector: bodies.Collector, report: Report
    ) -> Response:
        size = bodies.size_of(request.body)
        fields = headers.encode(headers.complete(request, url, size))

        def sent(done: int) -> None:
            report(Progress(Phase.SEND, done, size))

        timeouts = _timeouts(request)
        content = bodies.Outgoing(request.body, sent) if size else httpx2.ByteStream(b"")
        extensions = {"timeout": timeouts, TARGET: url.target.encode("ascii")}
        wire = httpx2.Request(request.method, _address(url), headers=fields, stream=content, extensions=extensions)
        wire.method = request.method  # the constructor made it upper case
        answer = await self.handle_async_request(wire)
        hop.answered()
        try:
            return await _read(answer, collector, report, hop, timeouts)
        finally:
            with contextlib.suppress(httpcore2.NetworkError, httpcore2.ProtocolError):
                await answer.aclose()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send ``request`` as it stands and give the response once its head is there; its stream reads the rest.

        The extension ``target`` (RFC 9112 3.2), where there is one, is what goes out in place of the URL's path and
        query. What goes wrong is raised in the words of the system and the libraries, for ``trouble.failed`` to judge.
        """
        where = request.url
        answer = await self._pool.handle_async_request(
            httpcore2.Request(
                method=request.method.encode("ascii"),
                url=httpcore2.URL(scheme=where.raw_scheme, host=where.raw_host, port=where.port, target=where.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(
            answer.status, headers=answer.headers, stream=_Arriving(answer), extensions=answer.extensions
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()


class _Arriving(httpx2.AsyncByteStream):
    """The body of ``answer`` as it comes over the connection, still coded."""

    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._answer.aiter_stream()

    async def aclose(self) -> None:
        await self._answer.aclose()


@functools.lru_cache(256)
def _address(url: URL) -> httpx2.URL:
    """Where ``url`` lies. Its target is sent as it was written: httpx2 would take ``/a/../b`` for ``/b``."""
    host = f"[{url.host}]" if ":" in url.host else url.host
    return httpx2.URL(f"{url.scheme}://{host}:{url.port}/")


def _give_up(hop: flight.Flight, collector: bodies.Collector) -> None:
    """Keep the events that came, and nothing of any other body that ended early."""
    if hop.partial is not None:
        with contextlib.suppress(WorkbenchError):  # the disk is full
            hop.came = hop.partial()
            return
    collector.discard()


def _timeouts(request: Request) -> dict[str, float | None]:
    limits = request.timeouts
    return {"connect": limits.connect, "read": limits.read, "write": limits.write, "pool": None}


def _is_events(head: Response) -> bool:
    return head.media_type == "text/event-stream"


async def _read(
    answer: httpx2.Response,
    collector: bodies.Collector,
    report: Report,
    hop: flight.Flight,
    timeouts: dict[str, float | None],
) -> Response:
    fields = headers.decode(answer.headers.raw)
    version = answer.extensions.get("http_version", b"HTTP/1.1").decode("ascii")
    head = Response(
        status=answer.status_code,
        reason=answer.extensions.get("reason_phrase", b"").decode("latin-1"),
        http_version=version,
        headers=fields,
    )
    length = head.header("Content-Length")
    total = int(length) if length and length.isascii() and length.isdigit() and len(length) <= _DIGITS else None
    is_events = _is_events(head)
    progress = Progress(Phase.RECEIVE, 0, total, head, collector if is_events else None)
    if is_events:  # a stream may be quiet for as long as it likes; Cancel and the total limit end it
        timeouts["read"] = None
    hop.partial = (lambda: replace(head, body=collector.finish())) if is_events else None
    report(progress)

    async def counted() -> AsyncIterator[bytes]:
        async for piece in answer.aiter_raw():
            if total is not None and not collector.wire_size:  # now it is sure that a body follows
                collector.expect(total)
            collector.wire_size += len(piece)
            yield piece
            report(replace(progress, done=collector.wire_size))

    coding = head.header("Content-Encoding")
    stream = codings.decoded(counted(), coding) if coding and codings.is_coded(coding) else counted()
    async for piece in stream:
        collector.add(piece)
        if is_events:
            report(replace(progress, done=collector.wire_size, arriving=collector))
    return replace(head, body=collector.finish())
