"""The JSON documents of the command line: an ``Exchange``, a ``Certificate`` and lists of them.

Every key is always there; what is not known is null. Distinguished names are RFC 4514 strings,
times ISO 8601 in UTC, thumbprints lower-case hex, durations milliseconds.
"""

import base64
from collections.abc import Iterable

from workbench.core.content.charset import charset_of, is_charset
from workbench.core.exchange import Exchange, Failure, Finding, Hop, Response, Timings
from workbench.core.request import Request
from workbench.core.tls.document import Document, handshake_document
from workbench.core.url import masked


def exchange_document(exchange: Exchange, *, with_body: bool = True) -> Document:
    """What ``send --json`` prints. ``with_body`` off leaves the body out, for one that went to a file."""
    return {
        "request": _request(exchange.request),
        "hops": [_hop(hop) for hop in exchange.hops],
        "outcome": exchange.outcome.value,
        "response": None if exchange.response is None else _response(exchange.response, with_body),
        "failure": None if exchange.failure is None else failure_document(exchange.failure),
        "findings": findings_document(exchange.findings),
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
        }
        for finding in findings
    ]


def body_text(response: Response, data: bytes) -> str | None:
    """``data`` as text, in the charset that the window shows it in too, or None when it is not text."""
    charset = charset_of(data, response.header("content-type") or "")
    try:
        return data.decode(charset if is_charset(charset) else "utf-8")
    except UnicodeError:
        return None


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
    data = response.body.read() if with_body else None
    text = None if data is None else body_text(response, data)
    return {
        "status": response.status,
        "reason": response.reason,
        "http_version": response.http_version,
        "headers": [[name, value] for name, value in response.headers],
        "body": text,
        "body_base64": None if data is None or text is not None else base64.b64encode(data).decode("ascii"),
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
