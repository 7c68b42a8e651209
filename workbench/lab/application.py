"""What the lab's servers answer: requests in, replies out, without sockets.

Any method and any path is echoed as JSON; a few paths answer otherwise (``ROUTES``).
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qs, parse_qsl, quote

from workbench.lab import digest, oauth, samples
from workbench.lab.stream import Facts

Headers = tuple[tuple[str, str], ...]

ECHO_LIMIT = 1024 * 1024
MAX_DELAY = 30.0
MAX_INTERVAL = 30.0
_BLOCK = bytes(range(256)) * 256


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

    ``delay`` seconds pass before anything is sent, and ``interval`` seconds after each piece. Names of headers are in lower case. A length in ``content-length`` is sent as it is; without one
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


def respond(query: Query) -> Reply:
    """Answer one request."""
    if query.method == "CONNECT":
        return refuse(405, "The lab is not a proxy.")
    for pattern, answer in ROUTES:
        if found := re.fullmatch(pattern, query.path):
            return answer(query, *found.groups())
    return echo(query)


def whole(status: int, content_type: str, body: bytes, *headers: tuple[str, str]) -> Reply:
    """A reply of a known length."""
    return Reply(status, (("content-type", content_type), ("content-length", str(len(body))), *headers), body)


def refuse(status: int, why: str) -> Reply:
    """An error reply that says why, in plain text."""
    return whole(status, "text/plain; charset=utf-8", f"{why}\n".encode())


def echo(query: Query) -> Reply:
    """The request, whom the server recognised, and the server's view of TLS, as JSON."""
    return whole(200, "application/json", _echo_json(query))


def _echo_json(query: Query) -> bytes:
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


def _front(query: Query) -> Reply:
    if prefers_html(query.header("accept")):
        page = samples.front_page(query.facts, query.method, query.target, query.headers)
        return whole(200, "text/html; charset=utf-8", page)
    return echo(query)


def _status(query: Query, digits: str) -> Reply:
    code = int(digits)
    if not 200 <= code <= 599:
        return refuse(400, f"{digits} is not the status of a final response: 200 to 599.")
    if code in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED):
        return Reply(code)
    if code == HTTPStatus.RESET_CONTENT:
        return Reply(code, (("content-length", "0"),))
    return whole(code, "application/json", _echo_json(query))


def _delay(query: Query, number: str) -> Reply:
    seconds = float(number)
    if seconds > MAX_DELAY:
        return refuse(400, f"A delay may last {MAX_DELAY:g} seconds at most.")
    reply = echo(query)
    return Reply(reply.status, reply.headers, reply.body, seconds)


def _redirect(query: Query) -> Reply:
    parameters = parse_qs(query.query)
    url = parameters.get("url", [""])[0]
    status = parameters.get("status", ["302"])[0]
    if not url:
        return refuse(400, "Say where to: /redirect-to?url=…")
    if status not in ("301", "302", "303", "307", "308"):
        return refuse(400, "A redirect's status is 301, 302, 303, 307 or 308.")
    location = quote(url, safe="!#$%&'()*+,/:;=?@[]~")  # what a URL may hold; the rest, line ends too, is encoded
    return Reply(int(status), (("location", location), ("content-length", "0")))


def _bytes(_query: Query, digits: str) -> Reply:
    size = int(digits)
    headers = (("content-type", "application/octet-stream"), ("content-length", str(size)))
    return Reply(200, headers, _pattern(size))


def _pattern(size: int) -> Iterator[bytes]:
    for start in range(0, size, len(_BLOCK)):
        yield _BLOCK[: size - start]


def _chunked(query: Query) -> Reply:
    lines = _echo_json(query).splitlines(keepends=True)
    return Reply(200, (("content-type", "application/json"),), iter(lines))


def _events(query: Query) -> Reply:
    parameters = parse_qs(query.query)
    count = parameters.get("count", ["5"])[0]
    interval = parameters.get("interval", ["0.2"])[0]
    if not re.fullmatch(r"\d{1,6}", count) or not re.fullmatch(r"\d{1,3}(\.\d{1,6})?", interval):
        return refuse(400, "Say how many and how often: /events?count=5&interval=0.2")
    if float(interval) > MAX_INTERVAL:
        return refuse(400, f"Events may be {MAX_INTERVAL:g} seconds apart at most.")
    headers = (("content-type", "text/event-stream"), ("cache-control", "no-store"))
    return Reply(200, headers, _ticks(int(count)), interval=float(interval))


def _ticks(count: int) -> Iterator[bytes]:
    for number in range(1, count + 1):
        data = json.dumps({"number": number, "of": count})
        yield f"event: tick\nid: {number}\ndata: {data}\n\n".encode()


def _coded(query: Query, coding: str) -> Reply:
    body = samples.CODINGS[coding](_echo_json(query))
    return whole(200, "application/json", body, ("content-encoding", coding), ("vary", "accept-encoding"))


def _cookies(query: Query) -> Reply:
    """Sets what the query names, with ``attributes`` such as ``Path=/; Secure`` behind each, and tells what came."""
    wanted = parse_qsl(query.query)
    attributes = "".join(f"; {text}" for name, text in wanted if name == "attributes")
    lines = tuple(
        ("set-cookie", _one_line(f"{name}={text}{attributes}")) for name, text in wanted if name != "attributes"
    )
    return whole(200, "application/json", _echo_json(query), *lines)


def _one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]|[^\x00-\xff]", "", text)


def _digest(query: Query) -> Reply:
    options = dict(parse_qsl(query.query))
    if options.get("algorithm", "MD5").removesuffix("-sess") not in ("MD5", "SHA-256", "SHA-512-256"):
        return refuse(400, "The lab knows MD5, SHA-256 and SHA-512-256, each also with -sess.")
    body = query.content.data or b""
    challenge = digest.answers(query.header("authorization"), query.method, query.target, body, options)
    if challenge is None:
        return echo(query)
    text = f"Sign in as {digest.USER} with the password {digest.PASSWORD} (HTTP Digest).\n"
    return whole(401, "text/plain; charset=utf-8", text.encode(), ("www-authenticate", _one_line(challenge)))


def _authorize(query: Query) -> Reply:
    location = oauth.authorize(dict(parse_qsl(query.query)))
    if location is None:
        return refuse(400, f"The lab knows the client “{oauth.CLIENT}”, which redirects to this computer only.")
    return Reply(302, (("location", _one_line(location)), ("content-length", "0")))


def _token(query: Query) -> Reply:
    form = dict(parse_qsl((query.content.data or b"").decode("utf-8", "replace")))
    status, document = oauth.token(form, query.header("authorization"), _certificate(query))
    return whole(status, "application/json", json.dumps(document).encode(), ("cache-control", "no-store"))


def _protected(query: Query) -> Reply:
    if oauth.accepts(query.header("authorization"), _certificate(query)):
        return echo(query)
    text = b"Fetch a token from /oauth/token first, with the same certificate.\n"
    challenge = 'Bearer realm="The lab", error="invalid_token"'
    return whole(401, "text/plain", text, ("www-authenticate", challenge))


def _certificate(query: Query) -> str | None:
    return query.facts.client.sha256 if query.facts.client is not None else None


def _sample(content_type: str, make: Callable[[], bytes]) -> Callable[[Query], Reply]:
    return lambda _query: whole(200, content_type, make())


def prefers_html(accept: str) -> bool:
    """Whether an Accept header (RFC 9110 12.5.1) names text/html, and no JSON that it likes better or as much."""
    weights: dict[str, float] = {}
    for part in accept.lower().split(","):
        media_type, *parameters = (piece.strip() for piece in part.split(";"))
        weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        weights[media_type] = float(weight) if re.fullmatch(r"[01](\.\d{0,3})?", weight) else 0.0
    return weights.get("text/html", 0.0) > weights.get("application/json", 0.0)


ROUTES: tuple[tuple[str, Callable[..., Reply]], ...] = (
    (r"/", _front),
    (r"/status/(\d{3})", _status),
    (r"/delay/(\d{1,9}(?:\.\d{1,9})?)", _delay),
    (r"/redirect-to", _redirect),
    (r"/bytes/(\d{1,12})", _bytes),
    (r"/(gzip|deflate|br|zstd)", _coded),
    (r"/chunked", _chunked),
    (r"/events", _events),
    (r"/cookies", _cookies),
    (r"/digest-auth", _digest),
    (r"/oauth/authorize", _authorize),
    (r"/oauth/token", _token),
    (r"/oauth/protected", _protected),
    (r"/html", _sample("text/html; charset=utf-8", samples.html)),
    (r"/xml", _sample("application/xml", samples.xml)),
    (r"/image/png", _sample("image/png", samples.png)),
)
