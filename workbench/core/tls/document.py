"""JSON documents of what TLS said: a ``Certificate``, a ``Handshake``.

Every key is always there; what is not known is null. Distinguished names are RFC 4514 strings,
times ISO 8601 in UTC, thumbprints lower-case hex, durations milliseconds.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import (
    Alert,
    ClientProof,
    Handshake,
    Message,
    PeerProof,
    Revocation,
    VerificationError,
)

Document = dict[str, Any]


def handshake_document(handshake: Handshake) -> Document:
    """What ``send --json`` calls ``tls``."""
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


def time_text(moment: datetime) -> str:
    """ISO 8601 in UTC to the second, such as ``2031-02-03T04:05:06Z``."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else time_text(moment)


def _peer(peer: PeerProof) -> Document:
    return {
        "address": peer.address,
        "presented": certificates_document(peer.presented),
        "verified": None if peer.verified is None else certificates_document(peer.verified),
        "trusted": peer.trusted,
        "trust": peer.trust,
        "errors": [_verification_error(error) for error in peer.errors],
        "ocsp_stapled": peer.ocsp_stapled,
        "revocation": revocation_document(peer.revocation),
    }


def revocation_document(revocation: Revocation) -> Document:
    """What is known of whether the leaf was revoked."""
    return {
        "leaf": revocation.leaf,
        "source": revocation.source,
        "produced_at": _time(revocation.produced_at),
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
