"""How httpcore reaches the network: names looked up, addresses raced (RFC 8305), everything recorded."""

import asyncio
import socket
from collections.abc import Iterable
from typing import Any

import aiohappyeyeballs

from workbench.core.exchange import Phase
from workbench.core.http import errors
from workbench.core.http.hop_record import HopRecord, current_hop
from workbench.core.http.resolve import resolve
from workbench.core.http.stream import SocketStream, Tap, shown
from workbench.core.request import Timeouts

_HEAD_START = 0.25
"""Seconds that the first address family has before the other is tried (RFC 8305 8)."""


class NetworkBackend:
    """Connects for one pool. ``connect_to`` replaces host and port; ``proxied`` says that peers are a proxy."""

    def __init__(
        self, *, connect_to: tuple[str, int] | None = None, proxied: bool = False, tap: Tap | None = None
    ) -> None:
        self._connect_to = connect_to
        self._proxied = proxied
        self._tap = tap

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> SocketStream:
        """Look the host up and connect. Raises ``errors.ConnectError`` or ``ConnectTimeout``."""
        host, port = self._connect_to or (host, port)
        hop = current_hop.get() or HopRecord(Timeouts())
        hop.reused = False
        try:
            async with asyncio.timeout(timeout):
                connected = await self._connect(hop, host, port)
        except TimeoutError as error:
            raise errors.ConnectTimeout(error) from error
        except (OSError, UnicodeError) as error:
            raise errors.ConnectError(error) from error
        try:
            stream = SocketStream(connected, self._tap)
        except OSError as error:  # no peer any more: it reset the connection as soon as that stood
            connected.close()
            raise errors.ConnectError(ConnectionResetError(*error.args)) from error
        hop.address = shown(stream.remote)
        if self._proxied:
            hop.enter(Phase.PROXY)
        return stream

    async def _connect(self, hop: HopRecord, host: str, port: int) -> socket.socket:
        hop.enter(Phase.DNS)
        began = hop.elapsed_ms()
        addresses = await resolve(host, port)
        looked_up = hop.elapsed_ms()
        hop.dns_ms = looked_up - began
        hop.enter(Phase.CONNECT)
        connected = await aiohappyeyeballs.start_connection(
            list(addresses), happy_eyeballs_delay=_HEAD_START, interleave=1
        )
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        hop.connect_ms = hop.elapsed_ms() - looked_up
        return connected

    async def sleep(self, seconds: float) -> None:
        """Wait before another attempt."""
        await asyncio.sleep(seconds)
