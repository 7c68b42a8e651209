"""What one hop did on the network: its phase, times and streams, recorded by the backend and streams as they work."""

import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.core.exchange import Phase, Response, Timings
from workbench.core.request import Timeouts
from workbench.core.tls.handshake import Handshake

if TYPE_CHECKING:
    from workbench.core.http.stream import TLSStream

_BEGINNING = 512

current_hop: ContextVar["HopRecord | None"] = ContextVar("current_hop", default=None)
"""The hop that the running task is sending. httpcore does a hop's network work in the task that asked for it."""


@dataclass
class HopRecord:
    """Phase and times of one hop; times are durations in milliseconds since ``start``.

    ``stream`` is the TLS stream to the origin, ``proxy_stream`` the one to an https proxy. Streams to a proxy record
    nothing once the phase ``PROXY`` is over. ``first_bytes`` is the beginning of what came after the request,
    decrypted. ``on_phase`` is called with each new phase. ``make_partial`` makes a response of an event stream that is
    under way; ``partial`` is that response when the stream ended early.
    """

    timeouts: Timeouts
    on_phase: Callable[[Phase], None] = field(default=lambda _phase: None, repr=False)
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
    make_partial: Callable[[], Response] | None = None
    partial: Response | None = None
    _counted: bool = False

    def elapsed_ms(self) -> float:
        """Milliseconds since the hop began."""
        return (time.perf_counter() - self.start) * 1000

    def enter(self, phase: Phase) -> None:
        """Something else begins."""
        if phase is not self.phase:
            self.phase = phase
            self.on_phase(phase)

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
    def handshake(self) -> Handshake | None:
        """What the hop's TLS said so far, None where there was none."""
        return self.stream.connection.handshake_facts() if self.stream is not None else None

    @property
    def framed(self) -> bool:
        """Whether what comes is HTTP/2, which carries more than one response."""
        return self.stream is not None and self.stream.alpn == "h2"

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
