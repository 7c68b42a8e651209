"""A pool of connections over sockets that we own, spoken over by our HTTP/1.1 and HTTP/2."""

import asyncio

import httpcore2

from workbench.core.http.http1 import HTTP11Connection
from workbench.core.http.http2 import HTTP2Connection
from workbench.core.http.route import Route

_KEEPALIVE = 60.0
_CONNECTIONS = 100


class Pool(httpcore2.AsyncConnectionPool):
    """Connections along one ``route``; ``http_version`` is as in ``Request``."""

    def __init__(self, route: Route, http_version: str | None) -> None:
        super().__init__(max_connections=_CONNECTIONS)
        self._route = route
        self._http_version = http_version

    def create_connection(self, origin: httpcore2.Origin) -> httpcore2.AsyncConnectionInterface:
        """The door that httpcore2 leaves open for connections of one's own."""
        return Connection(origin, self._route, self._http_version)


class Connection(httpcore2.AsyncConnectionInterface):
    """A connection to ``origin``, made by the first request and shared by others as HTTP allows."""

    def __init__(self, origin: httpcore2.Origin, route: Route, http_version: str | None) -> None:
        self._origin = origin
        self._route = route
        self._forwards = route.forwards(origin)
        secure = origin.scheme == b"https"
        # Without TLS nobody negotiates: HTTP/2 must be known to be spoken there (RFC 9113 3.3), and not to a proxy.
        self._blindly_http2 = http_version == "2" and not secure and not self._forwards
        self._maybe_http2 = self._blindly_http2 or (secure and http_version != "1.1")
        self._dialing = asyncio.Lock()
        self._failed = False
        self._spoken: HTTP11Connection | HTTP2Connection | None = None

    async def handle_async_request(self, request: httpcore2.Request) -> httpcore2.Response:
        """Send ``request``, over a connection that is made now if there is none."""
        async with self._dialing:
            if self._spoken is None:
                self._spoken = await self._dial()
        return await self._spoken.handle_async_request(self._route.forwarded(request) if self._forwards else request)

    async def _dial(self) -> HTTP11Connection | HTTP2Connection:
        try:
            stream = await self._route.dial(self._origin)
        except BaseException:
            self._failed = True
            raise
        speaks_http2 = stream.alpn == "h2" or self._blindly_http2
        kind = HTTP2Connection if speaks_http2 else HTTP11Connection
        return kind(self._origin, stream, _KEEPALIVE)

    async def aclose(self) -> None:
        """Close at once, whoever uses it."""
        if self._spoken is not None:
            await self._spoken.aclose()

    def info(self) -> str:
        """For a log."""
        return self._spoken.info() if self._spoken is not None else "CONNECTING"

    def can_handle_request(self, origin: httpcore2.Origin) -> bool:
        """Whether it goes to ``origin``."""
        return origin == self._origin

    def is_connected(self) -> bool:
        """Whether it stands."""
        return self._spoken is not None and self._spoken.is_connected()

    def is_available(self) -> bool:
        """Whether another request may be given to it; while it is made, when it may turn out to be HTTP/2."""
        return self._spoken.is_available() if self._spoken is not None else self._maybe_http2 and not self._failed

    def has_expired(self) -> bool:
        """Whether it is of no use any more."""
        return bool(self._spoken.has_expired()) if self._spoken is not None else self._failed

    def is_idle(self) -> bool:
        """Whether nobody uses it."""
        return self._spoken.is_idle() if self._spoken is not None else self._failed

    def can_multiplex(self) -> bool:
        """Whether several requests may share it at a time."""
        return self._spoken is not None and self._spoken.can_multiplex()

    def is_closed(self) -> bool:
        """Whether it is over."""
        return self._spoken.is_closed() if self._spoken is not None else self._failed
