"""One attempt to send a request, and a second one where it may be repeated: what every way of sending has in common."""

from collections.abc import Awaitable, Callable
from contextvars import Token
from types import TracebackType
from typing import TypeVar

from workbench.core.errors import WorkbenchError
from workbench.core.http.hop_record import HopRecord, current_hop
from workbench.core.http.trouble import HopFailed, failed

_T = TypeVar("_T")


class Attempt:
    """``with Attempt(record, …):`` network work for one hop. Streams find ``record``; errors become ``HopFailed``.

    When the work fails or is cancelled, its connection is closed at once, unless others use it too. Our own side's
    ``WorkbenchError`` says itself what is wrong and goes on as it is. May be entered again for more of the same hop.
    """

    __slots__ = ("_proxied", "_record", "_token")

    def __init__(self, record: HopRecord, *, proxied: bool) -> None:
        self._record = record
        self._proxied = proxied

    def __enter__(self) -> None:
        """Begin, in the task that does the work."""
        self._token: Token[HopRecord | None] = current_hop.set(self._record)

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End; raises ``HopFailed`` in place of what a library raised."""
        current_hop.reset(self._token)
        if error is None or isinstance(error, StopAsyncIteration | GeneratorExit):
            return
        self._record.close()
        if isinstance(error, Exception) and not isinstance(error, WorkbenchError):
            raise failed(error, self._record, proxied=self._proxied) from error


async def send_once_or_twice(attempt: Callable[[], Awaitable[_T]], method: str, *, replayable: bool = True) -> _T:
    """What ``attempt()`` gives. It is called again when it raises a ``HopFailed`` that is not the request's fault.

    A kept connection may just have been closed by the server: a request whose method is idempotent is sent once more,
    over a new connection. So is any that the server says it has not looked at. ``replayable``: its body can be sent
    again.
    """
    try:
        return await attempt()
    except HopFailed as failure:
        if not (replayable and failure.repeatable(method)):
            raise
    return await attempt()
