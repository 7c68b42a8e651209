"""The connections along one route: kept between requests, shared as HTTP allows, never too many at a time."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.core.http import errors
from workbench.core.http.http1 import HTTP11Connection
from workbench.core.http.route import Route
from workbench.core.http.wire import Origin, WireRequest, WireResponse

if TYPE_CHECKING:
    from workbench.core.http.http2 import HTTP2Connection

_KEEPALIVE = 60.0
MOST_CONNECTIONS = 100


class Pool:
    """Connections along one ``route``; ``http_version`` is as in ``Request``. For one event loop."""

    def __init__(self, route: Route, http_version: str | None) -> None:
        self._route = route
        self._http_version = http_version
        self._connections: list[Connection] = []
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._http1_only: set[Origin] = set()

    async def send(self, request: WireRequest) -> WireResponse:
        """Send ``request``, over a connection that is made now if there is none; the response once its head is there.

        With ``MOST_CONNECTIONS`` in use it waits until one is free. Raises what dialing and the connection raise.
        """
        waited = False
        while True:
            connection = self._connection(request.origin)
            if connection is None:
                await self._turn(first=waited)
                waited = True
                continue
            try:
                return await connection.send(request)
            except errors.ConnectionNotAvailable:
                continue  # somebody was quicker, or the server takes no more requests over it

    def _connection(self, origin: Origin) -> "Connection | None":
        """A connection that ``origin``'s next request may be given to, None when there are too many of them."""
        for connection in [one for one in self._connections if one.has_expired()]:
            connection.close()
        for connection in reversed(self._connections):  # the one used last is the one that most likely stands
            if connection.origin == origin and connection.is_available():
                if not (connection.is_idle() and connection.is_over()):
                    return connection
                connection.close()
        if len(self._connections) >= MOST_CONNECTIONS:
            idle = next((connection for connection in self._connections if connection.is_idle()), None)
            if idle is None:
                return None
            idle.close()
        connection = Connection(origin, self._route, self._http_version, self._released)
        connection.shares = connection.shares and origin not in self._http1_only
        self._connections.append(connection)
        return connection

    async def _turn(self, *, first: bool) -> None:
        """Wait until a connection is free; ``first`` where it was our turn and somebody else was quicker."""
        turn = asyncio.get_running_loop().create_future()
        (self._waiting.appendleft if first else self._waiting.append)(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn in self._waiting:
                self._waiting.remove(turn)
            else:
                self._next()
            raise

    def _next(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return

    def _released(self, connection: "Connection") -> None:
        if connection.is_closed():
            if connection in self._connections:
                self._connections.remove(connection)
        elif connection.is_idle() and not connection.is_available():
            connection.close()
            return
        if connection.speaks_http1:
            self._http1_only.add(connection.origin)
        self._next()

    async def aclose(self) -> None:
        """Close every connection."""
        for connection in list(self._connections):
            connection.close()


class Connection:
    """A connection to ``origin``, made by the first request and shared by others as HTTP allows.

    ``released`` is called whenever somebody is done with it, and when it closes. ``shares``: requests may wait for it
    while it is made, since it may turn out to be HTTP/2.
    """

    def __init__(
        self,
        origin: Origin,
        route: Route,
        http_version: str | None,
        released: Callable[["Connection"], None],
    ) -> None:
        self.origin = origin
        self._route = route
        self._forwards = route.forwards(origin)
        secure = origin.scheme == "https"
        # Without TLS nobody negotiates: HTTP/2 must be known to be spoken there (RFC 9113 3.3), and not to a proxy.
        self._blindly_http2 = http_version == "2" and not secure and not self._forwards
        self.shares = self._blindly_http2 or (secure and http_version != "1.1")
        self._released = released
        self._dialing = asyncio.Lock()
        self._closed = False
        self._spoken: HTTP11Connection | HTTP2Connection | None = None

    async def send(self, request: WireRequest) -> WireResponse:
        """Send ``request``, over a connection that is made now if there is none."""
        if self._spoken is None:
            async with self._dialing:
                if self._closed:
                    raise errors.ConnectionNotAvailable
                if self._spoken is None:
                    await self._dial()
        assert self._spoken is not None  # noqa: S101 -- for mypy
        return await self._spoken.send(self._route.forwarded(request) if self._forwards else request)

    async def _dial(self) -> None:
        try:
            stream = await self._route.dial(self.origin)
        except BaseException:
            self.close()
            raise
        if stream.alpn == "h2" or self._blindly_http2:
            from workbench.core.http.http2 import HTTP2Connection  # with h2 and httpcore2: not for HTTP/1.1

            self._spoken = HTTP2Connection(self.origin, stream, _KEEPALIVE, self._tell)
        else:
            self._spoken = HTTP11Connection(stream, _KEEPALIVE, self._tell)
        self._tell()

    def _tell(self) -> None:
        self._released(self)

    def close(self) -> None:
        """Close at once, whoever uses it."""
        self._closed = True
        if self._spoken is not None:
            self._spoken.close()
        self._tell()

    @property
    def speaks_http1(self) -> bool:
        """Whether it turned out to be one for a single request at a time."""
        return isinstance(self._spoken, HTTP11Connection)

    def is_available(self) -> bool:
        """Whether another request may be given to it."""
        return not self._closed and (self._spoken.is_available() if self._spoken is not None else self.shares)

    def is_idle(self) -> bool:
        """Whether it stands and nobody uses it."""
        return self._spoken is not None and not self._spoken.busy and not self.is_closed()

    def has_expired(self) -> bool:
        """Whether it stood idle for too long."""
        return self._spoken is not None and self._spoken.has_expired()

    def is_over(self) -> bool:
        """Whether one that nobody uses has ended."""
        return self._spoken is not None and self._spoken.is_over()

    def is_closed(self) -> bool:
        """Whether it is of no use any more."""
        return self._closed or (self._spoken is not None and self._spoken.closed)
