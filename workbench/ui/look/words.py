"""Numbers, times and dates as people read them: the core's words, and the marks that go with them."""

from datetime import UTC, datetime

from workbench.core.tls.certificate import Certificate
from workbench.core.words import date_words, duration_words, size_words, validity_words
from workbench.ui.look.marks import Mark

__all__ = [
    "date_words",
    "duration_words",
    "moment_words",
    "size_words",
    "validity_mark",
    "validity_part",
    "validity_words",
]


def moment_words(moment: datetime | None) -> str:
    """Day and time in UTC, and that it is UTC; None is a time that could not be read."""
    return date_words(None) if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def validity_mark(certificate: Certificate, now: datetime | None = None) -> Mark:
    """The shape that goes with ``validity_words``."""
    now = now or datetime.now(UTC)
    if certificate.not_after is None or certificate.is_expired(now) or certificate.is_not_yet_valid(now):
        return Mark.BAD
    return Mark.WARNING if certificate.expires_soon(now) else Mark.GOOD


def validity_part(certificate: Certificate, now: datetime | None = None) -> float:
    """How much of its time has passed, from 0 to 1; all of it where that cannot be read."""
    if certificate.not_after is None or certificate.not_before is None:
        return 1.0
    whole = (certificate.not_after - certificate.not_before).total_seconds()
    passed = ((now or datetime.now(UTC)) - certificate.not_before).total_seconds()
    return min(max(passed / whole, 0.0), 1.0) if whole > 0 else 1.0
