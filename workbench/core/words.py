"""Sizes, durations and dates as people read them, in the window and on the command line alike."""

from datetime import UTC, datetime

from workbench.core.i18n import _, ngettext, number
from workbench.core.tls.certificate import Certificate

_STEP = 1000.0


def size_words(size: int) -> str:
    """Bytes in decimal units: ``980 B``, ``1.2 kB``, ``104.9 MB``."""
    if size < _STEP:
        return _("{count} B").format(count=size)
    amount = float(size)
    for unit in ("kB", "MB"):
        amount /= _STEP
        if amount < _STEP:
            return f"{number(amount, 1)} {unit}"
    return f"{number(amount / _STEP, 1)} GB"


def duration_words(milliseconds: float) -> str:
    """``0.4 ms``, ``42 ms``, ``1.25 s``, ``2 min 5 s``."""
    if milliseconds < 10:
        return f"{number(milliseconds, 1)} ms"
    if milliseconds < _STEP:
        return f"{number(milliseconds)} ms"
    seconds = milliseconds / _STEP
    if seconds < 60:
        return f"{number(seconds, 2)} s"
    return _("{minutes} min {seconds} s").format(minutes=int(seconds // 60), seconds=int(seconds % 60))


def date_words(moment: datetime | None) -> str:
    """The day in UTC, as ISO 8601 writes it; None is a time that could not be read."""
    return _("(unreadable)") if moment is None else moment.astimezone(UTC).date().isoformat()


def validity_words(certificate: Certificate, now: datetime | None = None) -> str:
    """Where now lies in the certificate's validity, such as ``301 days left``."""
    now = now or datetime.now(UTC)
    days = certificate.days_left(now)
    if certificate.is_not_yet_valid(now):
        return _("not valid before {date}").format(date=date_words(certificate.not_before))
    if days is None or certificate.not_after is None:
        return _("the end of its validity cannot be read")
    if certificate.is_expired(now):
        ago = (now - certificate.not_after).days
        return ngettext("expired {days} day ago", "expired {days} days ago", ago).format(days=ago)
    if days == 0:
        return _("expires today")
    return ngettext("{days} day left", "{days} days left", days).format(days=days)
