"""Host names to addresses."""

import socket

from aiohappyeyeballs import AddrInfoType

from workbench.core import blocking
from workbench.core.tls.names import is_address


async def resolve(host: str, port: int) -> list[AddrInfoType]:
    """``getaddrinfo`` for a stream socket. Raises ``socket.gaierror``; addresses are not looked up at all."""

    def ask(flags: int = 0) -> list[AddrInfoType]:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
        return [(family, kind, protocol, name, address) for family, kind, protocol, name, address in found]

    if is_address(host):
        return ask(socket.AI_NUMERICHOST)
    return await blocking.call(ask, name=f"resolve {host}")
