"""What came over the wire, read for the rules: alerts, and how far the handshake had got."""

import re

from workbench.core.doctor.evidence import Evidence, Trouble
from workbench.core.exchange import Phase
from workbench.core.i18n import _
from workbench.core.tls import handshake as handshakes
from workbench.core.tls.handshake import RECEIVED, SENT, Handshake
from workbench.core.tls.registry import ALERTS

HANDSHAKE_FAILURE = 40
NO_CERTIFICATE = 41
BAD_CERTIFICATE = 42
UNSUPPORTED_CERTIFICATE = 43
CERTIFICATE_REVOKED = 44
CERTIFICATE_EXPIRED = 45
CERTIFICATE_UNKNOWN = 46
ILLEGAL_PARAMETER = 47
UNKNOWN_CA = 48
ACCESS_DENIED = 49
DECRYPT_ERROR = 51
PROTOCOL_VERSION = 70
INSUFFICIENT_SECURITY = 71
INTERNAL_ERROR = 80
INAPPROPRIATE_FALLBACK = 86
NO_RENEGOTIATION = 100
MISSING_EXTENSION = 109
UNRECOGNIZED_NAME = 112
CERTIFICATE_REQUIRED = 116
NO_APPLICATION_PROTOCOL = 120

_NUMBERS = {name.replace("_", " "): number for number, name in ALERTS.items()} | {"user cancelled": 90}
# OpenSSL's reason for a received alert: "tlsv1 alert unknown ca", "tls alert bad certificate" …
_REASON = re.compile(r"^(?:ssl/tls|sslv3|tlsv13|tlsv1|tls) (?:alert )?(?P<name>.+)$")


def fatal_alert(evidence: Evidence) -> int | None:
    """Number of the fatal alert that the server sent, or None."""
    handshake = evidence.handshake or Handshake()
    alert = handshakes.fatal_alert(handshake.alerts, handshake.version)
    if alert is not None:
        return alert.code
    matched = _REASON.match(evidence.reason.strip().lower())
    return _NUMBERS.get(matched["name"]) if matched else None


def was_refused(handshake: Handshake) -> bool:
    """Whether the server sent a fatal alert."""
    return handshakes.fatal_alert(handshake.alerts, handshake.version) is not None


def closed(evidence: Evidence) -> bool:
    """Whether the connection ended without a word: end of file or reset, before any of a response."""
    if evidence.phase is Phase.RECEIVE:
        return False
    return evidence.trouble in (Trouble.EOF, Trouble.RESET, Trouble.TRUNCATED)


def server_spoke(evidence: Evidence) -> bool:
    """Whether a ServerHello came, so that version and cipher are agreed."""
    return evidence.handshake is not None and evidence.handshake.version != ""


def refused_hello(evidence: Evidence) -> bool:
    """Whether the server turned away our ClientHello, before a ServerHello."""
    if server_spoke(evidence) or evidence.phase is not Phase.TLS:
        return False
    return fatal_alert(evidence) is not None or closed(evidence)


def certificate_answered(evidence: Evidence) -> bool:
    """Whether our Certificate message, filled or empty, had gone out: from then on the server judges us."""
    handshake = evidence.handshake
    if handshake is None:
        return False
    return handshake.complete or any(
        message.direction == SENT and message.type in ("Certificate", "CompressedCertificate")
        for message in handshake.messages
    )


def still_judging(evidence: Evidence) -> bool:
    """Whether the server may still have been deciding about our certificate.

    Up to TLS 1.2 its Finished says that it accepted us; in TLS 1.3 nothing does, until a session
    ticket or the first response.
    """
    handshake = evidence.handshake
    if handshake is None or not handshake.client.requested or not certificate_answered(evidence):
        return False
    if handshake.client.after_handshake or not handshake.complete:
        return True
    return handshake.version == "TLSv1.3" and not _has_ticket(handshake)


def may_have_been_refused(evidence: Evidence) -> bool:
    """Whether TLS 1.3 ended without a word while the server may have been judging our certificate.

    Its alert can be lost: who closes a socket with unread data in it resets the connection, and a reset overtakes what
    was sent before (RFC 9293 3.10.4).
    """
    version = evidence.handshake.version if evidence.handshake else ""
    return version == "TLSv1.3" and fatal_alert(evidence) is None and closed(evidence) and still_judging(evidence)


def unanswered(evidence: Evidence) -> bool:
    """Whether the server asked for our certificate and closed the new connection before any answer."""
    handshake = evidence.handshake
    asked = handshake is not None and handshake.complete and handshake.client.requested
    return asked and closed(evidence) and not evidence.reused and not http2_error(evidence)


def _has_ticket(handshake: Handshake) -> bool:
    # Servers send tickets once they have accepted our part of the handshake (RFC 8446 4.6.1).
    return any(message.direction == RECEIVED and message.type == "NewSessionTicket" for message in handshake.messages)


def http2_error(evidence: Evidence) -> str:
    """RFC 9113 7's name of the code with which the server ended the request or the connection, else empty."""
    mark, _space, code = evidence.message.partition(" ")
    return code if mark == "HTTP/2" and evidence.trouble is Trouble.RESET else ""


def saw(evidence: Evidence) -> str:
    """What came over the wire, as a sentence."""
    alert = fatal_alert(evidence)
    if alert is not None:
        return _("The server sent the TLS alert “{name}” ({number}).").format(
            name=ALERTS.get(alert, _("unregistered")), number=alert
        )
    if evidence.status is not None:
        return _("The server answered with status {status}.").format(status=evidence.status)
    if http2_error(evidence):
        return _("The server ended it with the HTTP/2 error code {code}.").format(code=http2_error(evidence))
    match evidence.trouble:
        case Trouble.EOF | Trouble.TRUNCATED:
            return _("The server closed the connection without saying why.")
        case Trouble.RESET:
            return _("The server reset the connection without saying why.")
    return ""
