"""What the server holds against our certificate: by alert, by HTTP page, or by silence.

The same refusal reads differently on every server, so alerts and pages are brought to one measure:
the number of the TLS alert that says the same (RFC 8446 6.2).
"""

import enum
import re

from workbench.core.doctor.evidence import Evidence, Trouble
from workbench.core.doctor.http_refusal import Answer, Meaning, read
from workbench.core.doctor.standing import client, sent
from workbench.core.doctor.wire import (
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
    unanswered,
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

_POST_HANDSHAKE_PAGE = re.compile(r"cannot perform post-handshake authentication", re.IGNORECASE)


class Blame(enum.IntEnum):
    """How sure it is that the refusal is about our certificate."""

    NONE = 0
    LATE = 1  # the connection ended without an answer, when TLS had taken what we sent: programs judge too
    SILENT = 2  # the connection ended while the server may have been judging
    VAGUE = 3  # an alert about nothing in particular, while it was
    OPEN = 4  # the server says so


_BLAME = {Meaning.REFUSED: Blame.OPEN, Meaning.INFERRED: Blame.VAGUE}


def accusation(evidence: Evidence) -> int | None:
    """The TLS alert that the server sent, or the one that says the same as its HTTP response."""
    if evidence.trouble is not Trouble.STATUS:
        return fatal_alert(evidence)
    return http_answer(evidence).alert


def http_answer(evidence: Evidence) -> Answer:
    """What the response says about our certificate; ``evidence.trouble`` is ``STATUS``."""
    if evidence.status is None:
        return Answer(Meaning.ACCEPTED)
    return read(
        evidence.status,
        evidence.headers,
        evidence.page,
        requested=client(evidence).requested,
        sent=bool(sent(evidence)),
    )


def blame(evidence: Evidence) -> Blame:
    """How sure it is that our certificate, or its absence, was refused."""
    accused = accusation(evidence)
    if evidence.trouble is Trouble.STATUS:
        return _BLAME.get(http_answer(evidence).meaning, Blame.NONE)
    if evidence.trouble not in (Trouble.ALERT, Trouble.EOF, Trouble.RESET, Trouble.TRUNCATED, Trouble.TLS):
        return Blame.NONE
    if accused in _CERTIFICATE_ALERTS:
        return Blame.OPEN
    if not still_judging(evidence):
        return Blame.LATE if accused is None and unanswered(evidence) else Blame.NONE
    if accused is not None:
        return Blame.VAGUE
    return Blame.SILENT if closed(evidence) else Blame.NONE


def after_handshake_page(evidence: Evidence) -> bool:
    """Whether the page says that the server could not ask for a certificate after the handshake (Apache)."""
    return evidence.status is not None and _POST_HANDSHAKE_PAGE.search(evidence.page) is not None
