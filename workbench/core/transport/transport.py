"""``Transport``: what an ``httpx2.AsyncClient`` sends through."""

from collections.abc import AsyncIterable, AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import httpx2

from workbench.core import proxy, url
from workbench.core.errors import WorkbenchError
from workbench.core.exchange import Hop
from workbench.core.http.attempt import send_once_or_twice
from workbench.core.http.client import Client
from workbench.core.http.clients import Clients
from workbench.core.http.hop_record import HopRecord
from workbench.core.http.trouble import HopFailed
from workbench.core.http.wire import Origin, WireBody, WireRequest, WireResponse
from workbench.core.request import Request, Timeouts
from workbench.core.session.evidence import failure_of
from workbench.core.session.record import SessionRecord
from workbench.core.tls.identity import Identity
from workbench.core.tls.policy import TLSPolicy
from workbench.core.tls.trust import SYSTEM, TrustStore
from workbench.core.transport.errors import DiagnosedError, error_of
from workbench.core.transport.sources import identities, trust_of
from workbench.core.url import URL

_HOME = "workbench.origin"
"""The extension of a request that remembers the origin that it was first sent to; httpx2 hands extensions on when it
follows a redirect."""


class Transport(httpx2.AsyncBaseTransport):
    """Sends the requests of an ``httpx2.AsyncClient`` over mutual TLS, and tells what TLS did.

    ``identity`` and ``trust`` are names from the program's store, or objects; ``trust`` may be several names, whose
    bundles are believed together. ``policy`` are the TLS options, ``http_version`` is ``"1.1"``, ``"2"`` or None to let
    ALPN decide, ``proxy`` a URL, ``""`` for none, or None to follow the environment, ``connect_to`` a ``host:port`` to
    connect to in place of the URL's. ``home`` is the program's folder, where it is not the default one.

    Each response has in its ``extensions``: ``handshake`` (``core.tls.handshake.Handshake``, None over plain HTTP),
    ``timings`` (``core.exchange.Timings``, milliseconds until the response began) and ``reused`` (whether the
    connection stood already).

    What goes wrong is a ``DiagnosedError``, which is the ``httpx2.TransportError`` that httpx2's own transport would
    raise, with a ``diagnosis``.

    Where the client follows a redirect to another origin, the identity is not offered there: it was chosen for the
    first one. Connections are not shared between transports.
    """

    def __init__(
        self,
        identity: str | Identity | None = None,
        trust: str | Sequence[str] | TrustStore = SYSTEM,
        *,
        policy: TLSPolicy | None = None,
        http_version: str | None = None,
        proxy: str | None = None,
        connect_to: str | None = None,
        home: Path | None = None,
    ) -> None:
        names, trust_source = trust_of(trust, home)
        self._plan = Request(
            identity=identity.name if isinstance(identity, Identity) else identity,
            trust=names,
            policy=policy or TLSPolicy(),
            http_version=http_version,
            proxy=proxy,
            connect_to=connect_to,
        )
        self._clients = Clients(identities(identity, home), trust_source)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send ``request`` and give the response once its head is there. Raises ``DiagnosedError``."""
        record = SessionRecord(self._plan)
        try:
            target = _target(request)
            home = request.extensions.setdefault(_HOME, target.origin)
            record.request = _planned(self._plan, request, target, at_home=home == target.origin)
            chosen = proxy.choose(target, self._plan.proxy)
            client, context = await self._clients.get(record.request, chosen, target)
            record.identity, record.trust = context.identity, context.trust
            record.hops.append(
                Hop(str(target), identity=record.request.identity, proxy=str(chosen) if chosen else None)
            )
            return await send_once_or_twice(
                lambda: _Sending(client, record, request).send(),
                request.method,
                replayable=isinstance(request.stream, httpx2.ByteStream),
            )
        except (WorkbenchError, HopFailed) as error:
            raise _diagnosed(record, error, request) from error

    async def aclose(self) -> None:
        """Close every connection and forget the opened key."""
        await self._clients.forget()


class _Sending:
    """One request on its way, and its response until the last byte is read."""

    def __init__(self, client: Client, record: SessionRecord, request: httpx2.Request) -> None:
        self._client = client
        self._record = record
        self._request = request
        self._hop = HopRecord(record.request.timeouts)
        self._attempt = client.attempt(self._hop)

    async def send(self) -> httpx2.Response:
        """The response with its head read. Raises ``HopFailed``, ``WorkbenchError``."""
        hop = self._hop
        try:
            with self._attempt:
                answer = await self._client.open(_wire(self._request))
                hop.answered()
        except BaseException:
            self.end()
            raise
        extensions = {
            "http_version": answer.version.encode("ascii"),
            "reason_phrase": answer.reason,
            "network_stream": answer.stream,
            "handshake": hop.handshake,
            "timings": hop.timings(),
            "reused": hop.reused,
        }
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Body(self, answer), extensions=extensions)

    async def read(self, body: WireBody) -> bytes:
        """The next piece of the body, empty at its end. Raises ``DiagnosedError``."""
        try:
            with self._attempt:
                return await body.read()
        except BaseException as error:
            self.end()
            if isinstance(error, WorkbenchError | HopFailed):
                raise _diagnosed(self._record, error, self._request) from error
            raise

    def end(self) -> None:
        """The request is done with its connection."""
        self._hop.leave()


class _Body(httpx2.AsyncByteStream):
    """The body of a response; what goes wrong while it is read is diagnosed as well."""

    def __init__(self, sending: _Sending, answer: WireResponse) -> None:
        self._sending = sending
        self._body = answer.body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while piece := await self._sending.read(self._body):
            yield piece

    async def aclose(self) -> None:
        try:
            await self._body.aclose()
        finally:
            self._sending.end()


def _diagnosed(record: SessionRecord, error: WorkbenchError | HopFailed, request: httpx2.Request) -> DiagnosedError:
    diagnosis = failure_of(record, error)
    if isinstance(error, WorkbenchError):
        return DiagnosedError(diagnosis, request)
    return error_of(diagnosis, error.trouble, error.record.phase, request)


def _target(request: httpx2.Request) -> URL:
    """Where ``request`` goes. Raises ``InvalidInput``."""
    where = request.url
    parsed = url.parse(f"{where.scheme}://{where.netloc.decode('ascii')}/")
    return replace(parsed, target=_target_bytes(request).decode("ascii", "replace"), user=None, password=None)


def _target_bytes(request: httpx2.Request) -> bytes:
    """The target as it is sent: the extension ``target`` (RFC 9112 3.2), else the URL's path and query."""
    target: bytes = request.extensions.get("target", request.url.raw_path)
    return target


def _wire(request: httpx2.Request) -> WireRequest:
    if not isinstance(request.stream, AsyncIterable):
        raise TypeError("the requests of an AsyncClient have asynchronous bodies")
    return WireRequest(
        method=request.method.encode("ascii"),
        origin=Origin(*_target(request).origin),
        target=_target_bytes(request),
        headers=request.headers.raw,
        body=request.stream,
        extensions=dict(request.extensions),
    )


def _planned(plan: Request, request: httpx2.Request, target: URL, *, at_home: bool) -> Request:
    """``request`` as the core knows it. What was chosen for the first origin does not hold at another."""
    limits = request.extensions.get("timeout", {})
    connect = limits.get("connect")
    return Request(
        method=request.method,
        url=str(target),
        identity=plan.identity if at_home else None,
        trust=plan.trust,
        policy=plan.policy,
        http_version=plan.http_version,
        timeouts=Timeouts(connect, connect, limits.get("read"), limits.get("write")),
        proxy=plan.proxy,
        connect_to=plan.connect_to if at_home else None,
    )
