"""No test speaks beyond the loopback interface, and none listens there or asks a resolver about a real name.

The interpreter announces every use of a socket to audit hooks, from Python and from C alike. What is not allowed is
raised where it happens and, since a program may well turn that into a ``Failure``, also fails the test in the end.
Programs that a test starts, and Qt's own sockets, are not seen.
"""

import socket
import sys
from collections.abc import Callable, Generator
from ipaddress import ip_address

import pytest

# RFC 6761: no resolver knows these outside this machine.
_LOCAL_NAMES = ("localhost", "test", "invalid")

_seen: list[str] = []


class NotLoopback(Exception):
    """A test tried to reach beyond this machine."""


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_local_name(host: str) -> bool:
    return host.rstrip(".").rpartition(".")[2].lower() in _LOCAL_NAMES


def _check_address(event: str, arguments: tuple[object, ...]) -> None:
    endpoint, address = arguments[0], arguments[1]
    if not isinstance(endpoint, socket.SocketType) or endpoint.family not in {socket.AF_INET, socket.AF_INET6}:
        return
    if not isinstance(address, tuple):  # a connected socket that sends without an address
        return
    host = str(address[0])
    if not (ip_address(host).is_loopback if _is_address(host) else _is_local_name(host)):
        _refuse(f"{event} {host!r}")


def _check_name(event: str, arguments: tuple[object, ...]) -> None:
    host = arguments[0].decode() if isinstance(arguments[0], bytes) else str(arguments[0] or "")
    if host and not _is_address(host) and not _is_local_name(host):
        _refuse(f"{event} {host!r}")


def _refuse(what: str) -> None:
    _seen.append(what)
    raise NotLoopback(f"{what} is not on this machine")


_CHECKS: dict[str, Callable[[str, tuple[object, ...]], None]] = {
    "socket.bind": _check_address,
    "socket.connect": _check_address,
    "socket.sendto": _check_address,
    "socket.sendmsg": _check_address,
    "socket.getaddrinfo": _check_name,
    "socket.gethostbyname": _check_name,
}


def _watch(event: str, arguments: tuple[object, ...], checks: dict[str, Callable[..., None]] = _CHECKS) -> None:
    check = checks.get(event)
    if check is not None:
        check(event, arguments)


def pytest_configure() -> None:
    """An audit hook stays as long as the process: which is what is wanted."""
    sys.addaudithook(_watch)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Generator[None]:
    """After everything else of the test is torn down."""
    yield
    seen = _seen.copy()
    _seen.clear()
    if seen:
        pytest.fail(f"Reached beyond this machine: {', '.join(seen)}", pytrace=False)
