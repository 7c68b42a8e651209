"""Asking a SOCKS5 proxy for a connection (RFC 1928, RFC 1929)."""

import socksio
from socksio.socks5 import (
    SOCKS5AuthMethod,
    SOCKS5AuthMethodsRequest,
    SOCKS5AuthReply,
    SOCKS5Command,
    SOCKS5CommandRequest,
    SOCKS5UsernamePasswordReply,
    SOCKS5UsernamePasswordRequest,
)

from workbench.core.http import errors
from workbench.core.http.stream import SocketStream
from workbench.core.request import Timeouts

_VERSION = 5
_LENGTHS = {1: 4, 4: 16}
"""Bytes of an address of this type; a name says its length itself."""
_NAME = 3
_LONGEST = 255
_REFUSALS = {
    1: "general failure",
    2: "not allowed by its rules",
    3: "network unreachable",
    4: "host unreachable",
    5: "connection refused",
    6: "TTL expired",
    7: "command not supported",
    8: "address type not supported",
}


async def connect(
    stream: SocketStream, host: str, port: int, credentials: tuple[bytes, bytes] | None, timeouts: Timeouts
) -> None:
    """Have the proxy connect ``stream`` to ``host``, which it looks up. Raises ``errors.ProxyError``.

    Replies are read to their last byte and no further: they may come in pieces, and the server's words may follow.
    """
    if any(len(part) > _LONGEST for part in (host.encode(), *(credentials or ()))):
        raise errors.ProxyError(f"a name or password of more than {_LONGEST} bytes cannot be told to a SOCKS5 proxy")
    method = SOCKS5AuthMethod.USERNAME_PASSWORD if credentials else SOCKS5AuthMethod.NO_AUTH_REQUIRED
    await stream.write(SOCKS5AuthMethodsRequest([method]).dumps(), timeouts.write)
    answer = await _exactly(stream, 2, timeouts)
    _check_version(answer[0])
    chosen = SOCKS5AuthReply.loads(answer).method
    if chosen != method:
        raise errors.ProxyError("it wants a user name and a password" if not credentials else "it takes no password")
    if credentials:
        await stream.write(SOCKS5UsernamePasswordRequest(*credentials).dumps(), timeouts.write)
        if not SOCKS5UsernamePasswordReply.loads(await _exactly(stream, 2, timeouts)).success:
            raise errors.ProxyError("it does not accept the user name or the password")
    asked = SOCKS5CommandRequest.from_address(SOCKS5Command.CONNECT, (host, port))
    await stream.write(asked.dumps(), timeouts.write)
    version, reply, _reserved, kind = await _exactly(stream, 4, timeouts)
    _check_version(version)
    if reply:
        raise errors.ProxyError(f"it could not connect: {_REFUSALS.get(reply, f'reply {reply}')}")
    length = (await _exactly(stream, 1, timeouts))[0] if kind == _NAME else _LENGTHS.get(kind)
    if length is None:
        raise socksio.ProtocolError(f"an address of type {kind}")
    await _exactly(stream, length + 2, timeouts)


def _check_version(version: int) -> None:
    if version != _VERSION:
        raise socksio.ProtocolError("it does not answer in SOCKS5")


async def _exactly(stream: SocketStream, count: int, timeouts: Timeouts) -> bytes:
    data = b""
    while len(data) < count:
        more = await stream.read(count - len(data), timeouts.read)
        if not more:
            raise errors.ProtocolError("Server disconnected")
        data += more
    return data
