"""What the lab's servers answer: requests in, replies out, without sockets.

Any method and any path is echoed as JSON; a few paths answer otherwise (``ROUTES``).
"""

import json
import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from urllib.parse import parse_qs, quote

from workbench.lab import orders, samples, sign_in
from workbench.lab.messages import Query, Reply, echo, echo_json, refuse, whole

MAX_DELAY = 30.0
MAX_INTERVAL = 30.0
_COUNT = re.compile(r"\d{1,6}")
_INTERVAL = re.compile(r"\d{1,3}(\.\d{1,6})?")
_WEIGHT = re.compile(r"[01](\.\d{0,3})?")
_BLOCK = bytes(range(256)) * 256


def respond(query: Query) -> Reply:
    """Answer one request."""
    if query.method == "CONNECT":
        return refuse(405, "The lab is not a proxy.")
    for pattern, answer in ROUTES:
        if found := re.fullmatch(pattern, query.path):
            return answer(query, *found.groups())
    return echo(query)


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
    return whole(code, "application/json", echo_json(query))


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
    lines = echo_json(query).splitlines(keepends=True)
    return Reply(200, (("content-type", "application/json"),), iter(lines))


def _events(query: Query) -> Reply:
    parameters = parse_qs(query.query)
    count = parameters.get("count", ["5"])[0]
    interval = parameters.get("interval", ["0.2"])[0]
    if not _COUNT.fullmatch(count) or not _INTERVAL.fullmatch(interval):
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
    body = samples.CODINGS[coding](echo_json(query))
    return whole(200, "application/json", body, ("content-encoding", coding), ("vary", "accept-encoding"))


def _sample(content_type: str, make: Callable[[], bytes]) -> Callable[[Query], Reply]:
    return lambda _query: whole(200, content_type, make())


def prefers_html(accept: str) -> bool:
    """Whether an Accept header (RFC 9110 12.5.1) names text/html, and no JSON that it likes better or as much."""
    weights: dict[str, float] = {}
    for part in accept.lower().split(","):
        media_type, *parameters = (piece.strip() for piece in part.split(";"))
        weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        weights[media_type] = float(weight) if _WEIGHT.fullmatch(weight) else 0.0
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
    (r"/graphql", orders.answer),
    (r"/cookies", sign_in.cookies),
    (r"/digest-auth", sign_in.digest_auth),
    (r"/oauth/authorize", sign_in.authorize),
    (r"/oauth/token", sign_in.token),
    (r"/oauth/protected", sign_in.protected),
    (r"/html", _sample("text/html; charset=utf-8", samples.html)),
    (r"/xml", _sample("application/xml", samples.xml)),
    (r"/image/png", _sample("image/png", samples.png)),
)
