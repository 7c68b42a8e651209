"""Pieces of sentences that several rules share."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from workbench.core.doctor.evidence import Evidence
from workbench.core.doctor.wire import fatal_alert
from workbench.core.i18n import _, ngettext
from workbench.core.words import date_words

_SHOWN = 8


def day(moment: datetime | None) -> str:
    """The date in UTC, such as ``2026-11-22``; None is a time that could not be read."""
    return date_words(moment)


def apart(moment: datetime | None, now: datetime) -> tuple[str, str]:
    """Both as dates, and with the time of day where the dates alone would look alike."""
    if moment is None or day(moment) != day(now):
        return day(moment), day(now)
    one, other = (f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" for at in (moment, now))
    return one, other


def join(*sentences: str) -> str:
    """Sentences one after the other; empty ones are left out."""
    return " ".join(sentence for sentence in sentences if sentence)


def quoted(names: Iterable[str]) -> str:
    """“a”, “b” and so on; a long list ends with how many more there are."""
    every: Sequence[str] = tuple(names)
    text = ", ".join(f"“{name}”" for name in every[:_SHOWN])
    more = len(every) - _SHOWN
    if more > 0:
        text += " " + ngettext("and {count} more", "and {count} more", more).format(count=more)
    return text


def about_ours(evidence: Evidence) -> str:
    """What the server asked of us and got, for an end that says nothing; empty when it did not ask."""
    client = evidence.handshake.client if evidence.handshake else None
    if client is None or not client.requested:
        return ""
    if not client.sent:
        return _("The server had asked for a client certificate, and you sent none.")
    leaf = client.sent[0]
    return _(
        "The server had asked for a client certificate, and you sent “{subject}”, valid until {date}; whether it was "
        "accepted is not known."
    ).format(subject=leaf.subject or leaf.common_name, date=day(leaf.not_after))


def endpoint(evidence: Evidence) -> str:
    """``host:port`` of the server, as far as it is known."""
    host = f"[{evidence.host}]" if ":" in evidence.host else evidence.host
    return f"{host}:{evidence.port}" if evidence.port else host or _("the server")


def proxy_name(evidence: Evidence) -> str:
    """The proxy's URL without user name and password."""
    parts = urlsplit(evidence.proxy or "")
    if not parts.netloc:
        return (evidence.proxy or "").rpartition("@")[2]
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], path="", query="").geturl()


def reported(evidence: Evidence) -> str:
    """What the library or the system said, as a sentence; empty when it said nothing, or only names an alert."""
    if fatal_alert(evidence) is not None:
        return ""
    said = evidence.message.strip() or evidence.reason.strip()
    return _("Reported: {message}.").format(message=said.rstrip(".")) if said else ""
