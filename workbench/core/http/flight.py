"""The record of what one hop did to the network, written by the backend and streams as they work."""

import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.core.exchange import Phase, Response, Timings
from workbench.core.request import Timeouts

if TYPE_CHECKING:
    from workbench.core.http.stream import TLSStream

_BEGINNING = 512

current: ContextVar["Flight | None"] = ContextVar("current", default=None)
"""The hop that the running task is sending. httpcore does a hop's network work in the task that asked for it."""


@dataclass
class Flight:
    """Phase and times of one hop. Milliseconds are durations.

    ``stream`` is the TLS stream to the origin. Streams to a proxy leave marks only while the phase is
    ``PROXY``; ``proxy_stream`` is TLS to it. ``first_bytes`` is the beginning of what came after the request,
    decrypted.
    ``told`` hears each new phase. ``partial`` makes a response of an event stream that is under way, and ``came`` is
    that response when the stream ended early.
    """

    timeouts: Timeouts
    told: Callable[[Phase], None] = field(default=lambda _phase: None, repr=False)
    start: float = field(default_factory=time.perf_counter)
    phase: Phase = Phase.PREPARE
    dns_ms: float | None = None
    connect_ms: float | None = None
    tls_ms: float | None = None
    first_byte_ms: float | None = None
    first_bytes: bytes = b""
    address: str = ""
    reused: bool = True
    stream: "TLSStream | None" = None
    proxy_stream: "TLSStream | None" = None
    partial: Callable[[], Response] | None = None
    came: Response | None = None
    _counted: bool = False

    def elapsed_ms(self) -> float:
        """Milliseconds since the hop began."""
        return (time.perf_counter() - self.start) * 1000

    def restart(self) -> None:
        """Count from now on."""
        self.start = time.perf_counter()

    def enter(self, phase: Phase) -> None:
        """Something else begins."""
        if phase is not self.phase:
            self.phase = phase
            self.told(phase)

    def wrote(self) -> None:
        """Request bytes went out."""
        if self.phase in (Phase.PREPARE, Phase.TLS, Phase.CONNECT):
            self.enter(Phase.SEND)

    def waiting(self) -> None:
        """The request is sent as far as it goes, and we listen."""
        if self.phase in (Phase.PREPARE, Phase.SEND):
            self.enter(Phase.WAIT)

    def heard(self, data: bytes) -> None:
        """Response bytes came in."""
        if self.phase is Phase.PROXY:
            return
        if not self.framed:  # over HTTP/2 it may be settings or another request's answer: see ``answered``
            self.answered()
        if len(self.first_bytes) < _BEGINNING:
            self.first_bytes += data[:_BEGINNING]

    def answered(self) -> None:
        """The response has begun."""
        if self.first_byte_ms is None:
            self.first_byte_ms = self.elapsed_ms()
            self.enter(Phase.RECEIVE)

    @property
    def framed(self) -> bool:
        """Whether what comes is HTTP/2, which carries more than one response."""
        return self.stream is not None and self.stream.connection.selected_alpn_protocol() == "h2"

    def use(self, stream: "TLSStream") -> None:
        """The hop goes over ``stream``, which over HTTP/2 others may use as well."""
        if self.stream is not stream:
            self.leave()
            self.stream = stream
            stream.users += 1
            self._counted = True

    def leave(self) -> None:
        """The hop is done with its stream."""
        if self.stream is not None and self._counted:
            self.stream.users -= 1
            self._counted = False

    def close(self) -> None:
        """Close what nobody else uses."""
        if self.stream is not None and self.stream.users <= 1:
            self.stream.close()

    def timings(self) -> Timings:
        """The durations so far."""
        return Timings(self.dns_ms, self.connect_ms, self.tls_ms, self.first_byte_ms, self.elapsed_ms())
