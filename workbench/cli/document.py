"""The JSON documents of the command line: an ``Exchange``, a ``Certificate`` and lists of them.

Every key is always there; what is not known is null. Distinguished names are RFC 4514 strings,
times ISO 8601 in UTC, thumbprints lower-case hex, durations milliseconds.
"""

import base64
import codecs
from collections.abc import Iterable, Iterator

from workbench.cli.output import LongText
from workbench.core.content.charset import charset_of, is_charset
from workbench.core.exchange import Exchange, Failure, Finding, Hop, Response, Timings
from workbench.core.request import Request
from workbench.core.tls.document import Document, handshake_document
from workbench.core.url import masked

_BEGINNING = 4096  # bytes in which a document says its charset


def exchange_document(exchange: Exchange, *, with_body: bool = True) -> Document:
    """What ``send --json`` prints. ``with_body`` off leaves the body out, for one that went to a file."""
    return {
        "request": _request(exchange.request),
        "hops": [_hop(hop) for hop in exchange.hops],
        "outcome": exchange.outcome.value,
        "response": None if exchange.response is None else _response(exchange.response, with_body),
        "failure": None if exchange.failure is None else failure_document(exchange.failure),
        "findings": findings_document(exchange.findings),
        "client_authentication": exchange.client_authentication.value,
        "tls": None if exchange.handshake is None else handshake_document(exchange.handshake),
        "timings_ms": _timings(exchange.timings),
    }


def failure_document(failure: Failure) -> Document:
    """Why no response came."""
    return {
        "code": failure.code,
        "title": failure.title,
        "detail": failure.detail,
        "hint": failure.hint,
        "phase": failure.phase.value,
        "candidates": list(failure.candidates),
    }


def findings_document(findings: Iterable[Finding]) -> list[Document]:
    """What is worth knowing, most telling first as the core ordered it."""
    return [
        {
            "code": finding.code,
            "severity": finding.severity.value,
            "title": finding.title,
            "detail": finding.detail,
            "hint": finding.hint,
            "candidates": list(finding.candidates),
        }
        for finding in findings
    ]


def body_text(response: Response, data: bytes) -> str | None:
    """``data`` as text, in the charset that the window shows it in too, or None when it is not text."""
    try:
        return "".join(_decoded([data], _charset(response, data)))
    except UnicodeError:
        return None


def _charset(response: Response, beginning: bytes) -> str:
    named = charset_of(beginning, response.header("content-type") or "")
    return named if is_charset(named) else "utf-8"


def _decoded(pieces: Iterable[bytes], charset: str) -> Iterator[str]:
    """Raises ``UnicodeError``."""
    decoder = codecs.getincrementaldecoder(charset)("strict")
    for piece in pieces:
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def _encoded(pieces: Iterable[bytes]) -> Iterator[str]:
    """Base64 (RFC 4648 4)."""
    rest = b""
    for piece in pieces:
        data = rest + piece
        whole = len(data) // 3 * 3
        yield base64.b64encode(data[:whole]).decode("ascii")
        rest = data[whole:]
    yield base64.b64encode(rest).decode("ascii")


def _body(response: Response) -> tuple[str | LongText | None, str | LongText | None]:
    """The body as text, or else in Base64; what lies in a file is not read at once."""
    body = response.body
    if body.file is None:
        text = body_text(response, body.data)
        return text, None if text is not None else "".join(_encoded([body.data]))
    charset = _charset(response, body.read(_BEGINNING))
    try:
        for _text in _decoded(body.pieces(), charset):
            pass
    except UnicodeError:
        return None, LongText(lambda: _encoded(body.pieces()))
    return LongText(lambda: _decoded(body.pieces(), charset)), None


def _request(request: Request) -> Document:
    return {
        "method": request.method,
        "url": masked(request.url),
        "headers": [[name, value] for name, value in request.headers],
        "body_size": request.body_size,
    }


def _hop(hop: Hop) -> Document:
    return {"url": hop.url, "status": hop.status, "identity": hop.identity}


def _response(response: Response, with_body: bool) -> Document:
    text, encoded = _body(response) if with_body else (None, None)
    return {
        "status": response.status,
        "reason": response.reason,
        "http_version": response.http_version,
        "headers": [[name, value] for name, value in response.headers],
        "body": text,
        "body_base64": encoded,
        "body_size": response.body.size,
    }


def _timings(timings: Timings) -> Document:
    return {
        "dns": _milliseconds(timings.dns),
        "connect": _milliseconds(timings.connect),
        "tls": _milliseconds(timings.tls),
        "first_byte": _milliseconds(timings.first_byte),
        "total": _milliseconds(timings.total),
    }


def _milliseconds(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
