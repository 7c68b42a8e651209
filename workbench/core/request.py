"""What to send: one request as plain, comparable data."""

from dataclasses import dataclass, field
from pathlib import Path

from workbench.core.tls.policy import TLSPolicy

Headers = tuple[tuple[str, str], ...]

LARGEST_RESPONSE = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds allowed for each phase; None waits for ever. ``total`` bounds the whole exchange.

    ``read`` does not bound an event stream (WHATWG HTML 9.2) that has begun: it may be quiet for as long as it likes.
    """

    connect: float | None = 30.0
    tls: float | None = 30.0
    read: float | None = 60.0
    write: float | None = 60.0
    total: float | None = None


class Authentication:
    """How a request proves who asks where no fixed header will do: digests, signatures, tokens (``core.auth``).

    Used at the request's own origin only, never where a redirect leads elsewhere.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Stream:
    """A body of several pieces one after the other, such as a form: bytes, and files, read while it is sent."""

    pieces: tuple[bytes | Path, ...] = field(default=(), repr=False)


Payload = bytes | Path | Stream
"""What a body can be. Each can be sent more than once: after a redirect, or in answer to a challenge."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``identity`` and ``trust`` are names; ``Session`` opens what they name.

    ``identity`` None means that no certificate is offered. ``body`` is the bytes to send, the path
    of a file that is streamed, or a ``Stream`` of both. ``http_version`` is ``"1.1"``, ``"2"`` or None
    to let ALPN decide.
    ``proxy`` is a URL, ``""`` for none, or None to follow the environment. ``connect_to`` is a
    ``host:port`` to connect to in place of the URL's (names and SNI stay those of the URL).
    ``largest_response`` is how many bytes a response's body may have once it is decoded, None for any number.
    ``cookies`` lets the jar, where there is one, add to the request and learn from the response.
    ``private_headers`` are names, in lower case, of header fields whose values hold a secret although their names do
    not say so: no redirect takes them to another origin. ``body_origins`` are the origins, such as
    ``https://example.com:8443``, that a redirect may take the body to besides the request's own.
    """

    method: str = "GET"
    url: str = field(default="", repr=False)  # may hold a password, as may the next two
    headers: Headers = field(default=(), repr=False)
    body: Payload = field(default=b"", repr=False)
    identity: str | None = None
    trust: tuple[str, ...] = ("system",)
    policy: TLSPolicy = TLSPolicy()
    http_version: str | None = None
    timeouts: Timeouts = Timeouts()
    proxy: str | None = field(default=None, repr=False)  # may hold a password
    connect_to: str | None = None
    follow_redirects: bool = False
    max_redirects: int = 20
    largest_response: int | None = LARGEST_RESPONSE
    reuse: bool = True
    auth: Authentication | None = field(default=None, repr=False)
    cookies: bool = True
    private_headers: tuple[str, ...] = ()
    body_origins: tuple[str, ...] = ()

    @property
    def body_size(self) -> int:
        """Bytes that the body takes; 0 for a file that is not there."""
        return sum(_size(piece) for piece in pieces_of(self.body))


def pieces_of(body: Payload) -> tuple[bytes | Path, ...]:
    """What ``body`` is made of, in order."""
    return body.pieces if isinstance(body, Stream) else (body,)


def _size(piece: bytes | Path) -> int:
    if isinstance(piece, bytes):
        return len(piece)
    return piece.stat().st_size if piece.is_file() else 0
