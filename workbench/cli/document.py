"""The JSON documents of the command line: an ``Exchange``, a ``Certificate`` and lists of them.

Every key is always there; what is not known is null. Distinguished names are RFC 4514 strings,
times ISO 8601 in UTC, thumbprints lower-case hex, durations milliseconds.
"""

import base64
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from workbench.core.exchange import Exchange, Failure, Finding, Hop, Response, Timings
from workbench.core.request import Request
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import Alert, ClientProof, Handshake, Message, PeerProof, VerificationError
from workbench.core.url import masked

Document = dict[str, Any]


def exchange_document(exchange: Exchange, *, with_body: bool = True) -> Document:
    """What ``send --json`` prints. ``with_body`` off leaves the body out, for one that went to a file."""
    return {
        "request": _request(exchange.request),
        "hops": [_hop(hop) for hop in exchange.hops],
        "outcome": exchange.outcome.value,
        "response": None if exchange.response is None else _response(exchange.response, with_body),
        "failure": None if exchange.failure is None else failure_document(exchange.failure),
        "findings": findings_document(exchange.findings),
        "tls": None if exchange.handshake is None else _handshake(exchange.handshake),
        "timings_ms": _timings(exchange.timings),
    }


def certificate_document(certificate: Certificate) -> Document:
    """CERT: the facts of one certificate. Where some cannot be read, ``unreadable`` names them in words."""
    return {
        "subject": certificate.subject,
        "issuer": certificate.issuer,
        "serial": certificate.serial,
        "version": certificate.version,
        "not_before": _time(certificate.not_before),
        "not_after": _time(certificate.not_after),
        "sha256": certificate.sha256,
        "sha1": certificate.sha1,
        "spki_sha256": certificate.spki_sha256,
        "key": certificate.key,
        "signature_algorithm": certificate.signature_algorithm,
        "subject_alternative_names": list(certificate.subject_alternative_names),
        "key_usages": list(certificate.key_usages),
        "extended_key_usages": list(certificate.extended_key_usages),
        "is_ca": certificate.is_ca,
        **({"unreadable": list(certificate.unreadable)} if certificate.unreadable else {}),
    }


def certificates_document(certificates: Iterable[Certificate]) -> list[Document]:
    """CERT of each, in order."""
    return [certificate_document(certificate) for certificate in certificates]


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


def time_text(moment: datetime) -> str:
    """ISO 8601 in UTC to the second, such as ``2031-02-03T04:05:06Z``."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else time_text(moment)


def body_text(response: Response, data: bytes) -> str | None:
    """``data`` as text in the charset its Content-Type names (else UTF-8), or None when it is not text."""
    for charset in (_charset(response.header("content-type") or ""), "utf-8"):
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            return None
        except (LookupError, ValueError):
            continue  # not a charset that Python knows, or not even a name
    return None


def _charset(content_type: str) -> str:
    for parameter in content_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'")
    return "utf-8"


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


def _handshake(handshake: Handshake) -> Document:
    return {
        "version": handshake.version or None,
        "cipher": handshake.cipher or None,
        "group": handshake.group or None,
        "signature_algorithm": handshake.signature_algorithm or None,
        "alpn": handshake.alpn,
        "sni": handshake.sni,
        "resumed": handshake.resumed,
        "peer": _peer(handshake.peer),
        "client": _client(handshake.client),
        "messages": [_message(message) for message in handshake.messages],
        "alerts": [_alert(alert) for alert in handshake.alerts],
    }


def _peer(peer: PeerProof) -> Document:
    return {
        "address": peer.address,
        "presented": certificates_document(peer.presented),
        "verified": None if peer.verified is None else certificates_document(peer.verified),
        "trusted": peer.trusted,
        "trust": peer.trust,
        "errors": [_verification_error(error) for error in peer.errors],
        "ocsp_stapled": peer.ocsp_stapled,
    }


def _client(client: ClientProof) -> Document:
    return {
        "requested": client.requested,
        "acceptable_authorities": list(client.acceptable_authorities),
        "signature_algorithms": list(client.signature_algorithms),
        "identity": client.identity,
        "sent": certificates_document(client.sent),
    }


def _verification_error(error: VerificationError) -> Document:
    return {"depth": error.depth, "code": error.code, "message": error.message}


def _message(message: Message) -> Document:
    return {
        "at_ms": round(message.at_ms, 3),
        "direction": message.direction,
        "type": message.type,
        "size": message.size,
    }


def _alert(alert: Alert) -> Document:
    return {
        "direction": alert.direction,
        "level": alert.level,
        "description": alert.description,
        "code": alert.code,
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
