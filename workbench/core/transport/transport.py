"""``Transport``: what an ``httpx2.AsyncClient`` sends through."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import httpx2

from workbench.core import doctor, proxy, url
from workbench.core.errors import WorkbenchError
from workbench.core.exchange import Hop
from workbench.core.http import flight
from workbench.core.http.client import IDEMPOTENT, TARGET, Client
from workbench.core.http.clients import Clients
from workbench.core.http.trouble import HopFailed, failed
from workbench.core.request import Request, Timeouts
from workbench.core.story import Story, diagnosis, facts_of
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
        story = Story(self._plan)
        try:
            target = _target(request)
            home = request.extensions.setdefault(_HOME, target.origin)
            story.request = _planned(self._plan, request, target, at_home=home == target.origin)
            chosen = proxy.choose(target, self._plan.proxy)
            client, context = await self._clients.get(story.request, chosen, target)
            story.identity, story.trust = context.identity, context.trust
            story.hops.append(Hop(str(target), identity=story.request.identity, proxy=str(chosen) if chosen else None))
            return await self._send(story, client, request, proxied=chosen is not None)
        except WorkbenchError as error:
            raise DiagnosedError(doctor.failure_of(error, story.phase), request) from error
        except HopFailed as failure:
            raise _told(story, failure, request) from failure

    async def aclose(self) -> None:
        """Close every connection and forget the opened key."""
        await self._clients.forget()

    async def _send(self, story: Story, client: Client, request: httpx2.Request, *, proxied: bool) -> httpx2.Response:
        try:
            return await _Sending(story, request, proxied).send(client)
        except HopFailed as failure:
            # As in ``Client.send``: a kept connection that had just been closed, or a request not looked at.
            replayable = isinstance(request.stream, httpx2.ByteStream)
            again = failure.untouched or (failure.stale and request.method in IDEMPOTENT)
            if not (replayable and again):
                raise
        return await _Sending(story, request, proxied).send(client)


class _Sending:
    """One request on its way, and its response until the last byte is read."""

    def __init__(self, story: Story, request: httpx2.Request, proxied: bool) -> None:
        self._story = story
        self._request = request
        self._proxied = proxied
        self.hop = flight.Flight(story.request.timeouts)

    async def send(self, client: Client) -> httpx2.Response:
        """The response with its head read. Raises ``HopFailed``, ``WorkbenchError``."""
        token = flight.current.set(self.hop)
        try:
            answer = await client.handle_async_request(self._request)
            self.hop.answered()
        except asyncio.CancelledError:
            self.end(close=True)
            raise
        except Exception as error:
            self.end(close=True)
            if isinstance(error, WorkbenchError):
                raise
            raise failed(error, self.hop, proxied=self._proxied) from error
        finally:
            flight.current.reset(token)
        facts = {"handshake": facts_of(self.hop), "timings": self.hop.timings(), "reused": self.hop.reused}
        return httpx2.Response(
            answer.status_code,
            headers=answer.headers.raw,
            stream=_Body(self, answer),
            extensions={**answer.extensions, **facts},
        )

    async def read(self, pieces: AsyncIterator[bytes]) -> bytes:
        """The next piece of the body. Raises ``StopAsyncIteration`` at its end, ``DiagnosedError``."""
        token = flight.current.set(self.hop)
        try:
            return await anext(pieces)
        except (StopAsyncIteration, GeneratorExit):
            raise
        except asyncio.CancelledError:
            self.end(close=True)
            raise
        except Exception as error:
            self.end(close=True)
            failure = failed(error, self.hop, proxied=self._proxied)
            raise _told(self._story, failure, self._request) from error
        finally:
            flight.current.reset(token)

    def end(self, *, close: bool = False) -> None:
        """The request is done with its connection; ``close`` leaves it to nobody else."""
        if close:
            self.hop.close()
        self.hop.leave()


class _Body(httpx2.AsyncByteStream):
    """The body of a response; what goes wrong while it is read is diagnosed as well."""

    def __init__(self, sending: _Sending, answer: httpx2.Response) -> None:
        self._sending = sending
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = self._answer.aiter_raw()
        while True:
            try:
                piece = await self._sending.read(pieces)
            except StopAsyncIteration:
                return
            yield piece

    async def aclose(self) -> None:
        try:
            await self._answer.aclose()
        finally:
            self._sending.end()


def _told(story: Story, failure: HopFailed, request: httpx2.Request) -> DiagnosedError:
    story.flight = failure.flight
    return error_of(diagnosis(story, failure), failure.trouble, failure.flight.phase, request)


def _target(request: httpx2.Request) -> URL:
    """Where ``request`` goes. Raises ``InvalidInput``."""
    where = request.url
    parsed = url.parse(f"{where.scheme}://{where.netloc.decode('ascii')}/")
    target = request.extensions.get(TARGET, where.raw_path)
    return URL(parsed.scheme, parsed.host, parsed.port, target.decode("ascii", "replace"))


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
