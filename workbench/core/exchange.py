"""A request and what became of it (RFC 9110 3.4): response or failure, hops, handshakes, timings."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from workbench.core.content.kinds import media_type
from workbench.core.messages import Messages
from workbench.core.request import Headers, Request
from workbench.core.tls.handshake import Handshake
from workbench.core.want import Want


class Outcome(enum.Enum):
    """How an exchange ended. ``HANDSHAKE`` is an inspection's: TLS came about, and nothing more was asked for."""

    RESPONSE = "response"
    HANDSHAKE = "handshake"
    FAILURE = "failure"
    CANCELLED = "cancelled"


class ClientAuthentication(enum.Enum):
    """What came of our certificate, as far as is known.

    ``PROVED``: the server answered over HTTP, and the answer is no refusal of the certificate. ``SENT``: it went out,
    and nothing says yet whether it was accepted. ``REFUSED``: by TLS or by the HTTP answer. ``NOT_REQUESTED``: the
    server never asked for one. ``NONE_SENT``: it asked, and got none. ``UNKNOWN``: TLS ended before it could ask.
    """

    PROVED = "proved"
    SENT = "sent"
    REFUSED = "refused"
    NOT_REQUESTED = "not-requested"
    NONE_SENT = "none-sent"
    UNKNOWN = "unknown"


class Severity(enum.Enum):
    """How much a finding matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Phase(enum.Enum):
    """What was going on; ``PREPARE`` is before any byte is sent."""

    PREPARE = "prepare"
    DNS = "dns"
    CONNECT = "connect"
    PROXY = "proxy"
    TLS = "tls"
    SEND = "send"
    WAIT = "wait"
    RECEIVE = "receive"


class Trouble(enum.Enum):
    """What our end saw happen, before anybody says why. The doctor weighs it with the rest."""

    DNS = "dns"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    RESET = "reset"
    EOF = "eof"
    ALERT = "alert"  # a fatal alert was received
    VERIFICATION = "verification"  # we stopped because of the server's chain
    TLS = "tls"  # any other error that our TLS library raised
    PROXY = "proxy"
    HTTP = "http"  # not HTTP as the RFCs have it
    TRUNCATED = "truncated"
    TOO_LARGE = "too-large"
    STATUS = "status"  # nothing on the way: the evidence is the status, where a response came
    UNEXPECTED = "unexpected"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a draft something is wrong.

    ``part`` is the value of a ``preparation.Place``, ``name`` which header, parameter or choice it is there, or whose
    defaults; ``variable`` the one that stands in the text and cannot be filled in, empty where it is no variable.
    ``detail`` is what to say at the place itself, where nobody needs to be told which it is.
    """

    part: str
    name: str = ""
    variable: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why no response came. ``code`` is the best single answer, ``candidates`` the others, best first.

    ``spot`` is where the person can mend it, None when that is not in the draft. ``wants`` is what they could agree to.
    """

    code: str
    title: str
    detail: str = ""
    hint: str = ""
    phase: Phase = Phase.PREPARE
    candidates: tuple[str, ...] = ()
    spot: Spot | None = None
    wants: tuple[Want, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something worth knowing about an exchange, whether it worked or not.

    ``candidates`` are the codes of other causes that the evidence allows, best first.
    """

    code: str
    severity: Severity
    title: str
    detail: str = ""
    hint: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A response body after content decoding: in ``data``, or in ``file`` when over the memory limit.

    ``size`` is the decoded size in bytes, ``wire_size`` what came over the connection.
    ``file`` belongs to the session, which deletes it when it closes.
    """

    data: bytes = field(default=b"", repr=False)
    file: Path | None = None
    size: int = 0
    wire_size: int = 0

    def read(self, limit: int = -1) -> bytes:
        """The decoded bytes, at most ``limit`` of them when that is not negative.

        Reads the disk: not for the UI thread.
        """
        if self.file is None:
            return self.data if limit < 0 else self.data[:limit]
        with self.file.open("rb") as stream:
            return stream.read(limit)

    def pieces(self) -> Iterator[bytes]:
        """The decoded bytes, a megabyte at a time. Reads the disk."""
        if self.file is None:
            yield self.data
            return
        with self.file.open("rb") as stream:
            while piece := stream.read(1024 * 1024):
                yield piece


@dataclass(frozen=True, slots=True)
class Response:
    """Status, headers and body as received. ``http_version`` is ``HTTP/1.1`` or ``HTTP/2``."""

    status: int
    reason: str = ""
    http_version: str = "HTTP/1.1"
    headers: Headers = ()
    body: Body = Body()

    def header(self, name: str) -> str | None:
        """The first header of this name, whatever its case, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def media_type(self) -> str:
        """What Content-Type says the body is, in lower case and without parameters; empty when it says nothing."""
        return media_type(self.header("Content-Type") or "")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an exchange has come: ``done`` of ``total`` bytes in ``phase``; ``total`` None when nobody said.

    ``head`` is the response, without its body, as soon as its status and headers are there. ``messages`` are those of
    a response that is a stream of them: other bodies are shown when they are whole. Progress may be skipped in favour
    of what is newer, messages are all in there.
    """

    phase: Phase
    done: int = 0
    total: int | None = None
    head: Response | None = None
    messages: Messages | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds each phase took; None for a phase that did not happen (a reused connection has no connect)."""

    dns: float | None = None
    connect: float | None = None
    tls: float | None = None
    first_byte: float | None = None
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Hop:
    """One request of the exchange; redirects make several. ``status`` is None when no response came.

    ``identity`` is what was offered to this origin: a redirect elsewhere withholds it.
    """

    url: str
    identity: str | None = None
    status: int | None = None
    location: str | None = None
    handshake: Handshake | None = None
    proxy: str | None = None
    timings: Timings = Timings()


@dataclass(frozen=True, slots=True)
class Exchange:
    """The whole story of one request, as the window and the command line show it.

    ``response`` is there when the outcome says so; besides, an event stream that was cancelled or cut leaves what
    came of it. ``handshake`` is that of the last hop, None over plain HTTP or before TLS began.
    ``proxy`` names the proxy used (without its password) and where the choice came from, else None.
    ``body_wanted_at`` is the origin that a redirect would have taken the body to: it was not followed, and is when
    ``Request.body_origins`` names that origin. None where nothing was held back, or nobody can allow it.
    ``client_authentication`` is that of the last hop.
    """

    request: Request
    outcome: Outcome
    hops: tuple[Hop, ...] = ()
    response: Response | None = None
    failure: Failure | None = None
    findings: tuple[Finding, ...] = ()
    handshake: Handshake | None = None
    timings: Timings = Timings()
    proxy: str | None = None
    reused: bool = False
    body_wanted_at: str | None = None
    client_authentication: ClientAuthentication = ClientAuthentication.UNKNOWN
