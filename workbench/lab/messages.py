"""Requests and replies as the lab sees them, and the echo of a request."""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.lab.stream import Facts

Headers = tuple[tuple[str, str], ...]

ECHO_LIMIT = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Content:
    """A request body as received: ``data`` is None when it was larger than ``ECHO_LIMIT`` bytes."""

    data: bytes | None = b""
    size: int = 0
    sha256: str = hashlib.sha256().hexdigest()


class Receiving:
    """A request body on its way: counted and hashed whole, kept up to ``ECHO_LIMIT`` bytes."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self._size = 0
        self._hash = hashlib.sha256()

    def feed(self, data: bytes) -> None:
        """Take the next bytes."""
        self._size += len(data)
        self._hash.update(data)
        if self._size <= ECHO_LIMIT:
            self._kept += data

    def content(self) -> Content:
        """The body so far."""
        data = bytes(self._kept) if self._size <= ECHO_LIMIT else None
        return Content(data, self._size, self._hash.hexdigest())


@dataclass(frozen=True, slots=True)
class Query:
    """One request as the lab sees it. ``target`` is the path with its query string, as sent."""

    method: str
    target: str
    http_version: str
    headers: Headers
    facts: Facts
    content: Content = Content()

    @property
    def path(self) -> str:
        """The target without its query string, still percent-encoded."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """What follows the first question mark."""
        return self.target.partition("?")[2]

    def header(self, name: str) -> str:
        """The first header of this name, or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass(frozen=True, slots=True)
class Reply:
    """What to send back. A body that is an iterator is streamed.

    ``delay`` seconds pass before anything is sent, and ``interval`` seconds after each piece.
    Names of headers are in lower case. A length in ``content-length`` is sent as it is; without one
    the protocol frames the body (chunked in HTTP/1.1).
    """

    status: int = 200
    headers: Headers = ()
    body: bytes | Iterator[bytes] = field(default=b"", repr=False)
    delay: float = 0.0
    interval: float = 0.0

    def chunks(self) -> Iterator[bytes]:
        """The body, piece by piece."""
        return iter((self.body,) if self.body else ()) if isinstance(self.body, bytes) else self.body


def whole(status: int, content_type: str, body: bytes, *headers: tuple[str, str]) -> Reply:
    """A reply of a known length."""
    return Reply(status, (("content-type", content_type), ("content-length", str(len(body))), *headers), body)


def refuse(status: int, why: str) -> Reply:
    """An error reply that says why, in plain text."""
    return whole(status, "text/plain; charset=utf-8", f"{why}\n".encode())


def echo(query: Query) -> Reply:
    """The request, whom the server recognised, and the server's view of TLS, as JSON."""
    return whole(200, "application/json", echo_json(query))


def echo_json(query: Query) -> bytes:
    """What ``echo`` says."""
    text, encoded = _body_fields(query.content.data)
    facts = query.facts
    client = facts.client
    document = {
        "method": query.method,
        "path": query.path,
        "query": query.query,
        "http_version": query.http_version,
        "headers": query.headers,
        "body": text,
        "body_base64": encoded,
        "body_size": query.content.size,
        "body_sha256": query.content.sha256,
        "client": client
        and {
            "subject": client.subject,
            "issuer": client.issuer,
            "serial": client.serial,
            "sha256": client.sha256,
            "verified": True,
        },
        "tls": {
            "version": facts.version,
            "cipher": facts.cipher,
            "alpn": facts.alpn,
            "resumed": facts.resumed,
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False).encode() + b"\n"


def _body_fields(data: bytes | None) -> tuple[str | None, str | None]:
    if data is None:
        return None, None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return None, base64.b64encode(data).decode("ascii")
