"""What the server holds against our certificate: by alert, by HTTP page, or by silence.

The same refusal reads differently on every server, so alerts and pages are brought to one measure:
the number of the TLS alert that says the same (RFC 8446 6.2).
"""

import enum
import re

from workbench.core.doctor.evidence import Evidence, Trouble
from workbench.core.doctor.standing import client, sent
from workbench.core.doctor.wire import (
    ACCESS_DENIED,
    BAD_CERTIFICATE,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_REQUIRED,
    CERTIFICATE_REVOKED,
    CERTIFICATE_UNKNOWN,
    NO_CERTIFICATE,
    UNKNOWN_CA,
    UNSUPPORTED_CERTIFICATE,
    closed,
    fatal_alert,
    still_judging,
)

_CERTIFICATE_ALERTS = (
    NO_CERTIFICATE,
    BAD_CERTIFICATE,
    UNSUPPORTED_CERTIFICATE,
    CERTIFICATE_REVOKED,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_UNKNOWN,
    UNKNOWN_CA,
    CERTIFICATE_REQUIRED,
)
_FORBIDDEN = (401, 403)
_REFUSALS = (400, *_FORBIDDEN, 495, 496)

# Pages in the servers' own words: nginx; IIS with its substatus numbers.
_PAGES = (
    (re.compile(r"no required ssl certificate was sent", re.IGNORECASE), CERTIFICATE_REQUIRED),
    (re.compile(r"the ssl certificate error", re.IGNORECASE), BAD_CERTIFICATE),
    (re.compile(r"\b403\.7\b|client certificate (is )?required", re.IGNORECASE), CERTIFICATE_REQUIRED),
    (re.compile(r"\b403\.13\b|client certificate (has been |was |is )?revoked", re.IGNORECASE), CERTIFICATE_REVOKED),
    (re.compile(r"\b403\.16\b|client certificate is (untrusted|ill-formed)", re.IGNORECASE), UNKNOWN_CA),
    (re.compile(r"\b403\.17\b|client certificate has expired", re.IGNORECASE), CERTIFICATE_EXPIRED),
)
_POST_HANDSHAKE_PAGE = re.compile(r"cannot perform post-handshake authentication", re.IGNORECASE)


class Blame(enum.IntEnum):
    """How sure it is that the refusal is about our certificate."""

    NONE = 0
    SILENT = 1  # the connection ended while the server may have been judging
    VAGUE = 2  # an alert about nothing in particular, while it was
    OPEN = 3  # the server says so


def accusation(evidence: Evidence) -> int | None:
    """The TLS alert that the server sent, or the one that says the same as its HTTP response."""
    if evidence.trouble is not Trouble.STATUS:
        return fatal_alert(evidence)
    for pattern, alert in _PAGES:
        if evidence.status in _REFUSALS and pattern.search(evidence.page):
            return alert
    match evidence.status:
        case 495:  # nginx's own numbers, which reach us only where its configuration lets them out
            return BAD_CERTIFICATE
        case 496:
            return CERTIFICATE_REQUIRED
    if evidence.status in _FORBIDDEN and client(evidence).requested:
        return ACCESS_DENIED if sent(evidence) else CERTIFICATE_REQUIRED
    return None


def blame(evidence: Evidence) -> Blame:
    """How sure it is that our certificate, or its absence, was refused."""
    accused = accusation(evidence)
    if evidence.trouble is Trouble.STATUS:
        return Blame.OPEN if accused is not None else Blame.NONE
    if evidence.trouble not in (Trouble.ALERT, Trouble.EOF, Trouble.RESET, Trouble.TRUNCATED, Trouble.TLS):
        return Blame.NONE
    if accused in _CERTIFICATE_ALERTS:
        return Blame.OPEN
    if not still_judging(evidence):
        return Blame.NONE
    if accused is not None:
        return Blame.VAGUE
    return Blame.SILENT if closed(evidence) else Blame.NONE


def after_handshake_page(evidence: Evidence) -> bool:
    """Whether the page says that the server could not ask for a certificate after the handshake (Apache)."""
    return evidence.status is not None and _POST_HANDSHAKE_PAGE.search(evidence.page) is not None
