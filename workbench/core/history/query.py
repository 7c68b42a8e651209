"""One search line, read: ``host:example.org status:4xx cert:ab12 since:2026-11-01 orders``.

Words without a key are looked for in URL, status, headers and what went wrong; all of them must be there.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from workbench.core.exchange import Outcome
from workbench.core.i18n import _

KEYS = ("host", "status", "method", "cert", "identity", "since", "before")
"""What may stand before a colon, in the order in which they are offered."""
STATUSES = ("2xx", "3xx", "4xx", "5xx", "failed", "cancelled")
"""Values of ``status`` that are worth offering; numbers such as ``404`` are others."""
MOMENTS = ("today", "yesterday", "7d", "30d")
"""Values of ``since`` and ``before`` that are worth offering beside dates."""

_TERM = re.compile(r'([a-z]+):(?=\s|$)|(?:([a-z]+):)?("[^"]*"?|\S+)', re.IGNORECASE)
_STATUS = re.compile(r"([1-9])(?:xx|(\d)(?:x|(\d)))", re.IGNORECASE)
_AGO = re.compile(r"(\d{1,4})([hd])")
_OUTCOMES = {"failed": Outcome.FAILURE, "cancelled": Outcome.CANCELLED}
_LEAST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; every part that is there must hold.

    ``text`` are words. ``host`` is part of a host name, ``port`` None any. ``status`` are ranges, both ends included,
    of which one must hold, or else one of ``outcomes``. ``cert`` is the beginning of a thumbprint (SHA-256, SHA-1 or
    that of the public key) of any certificate in either chain, lower-case hex. ``since`` is included, ``before`` not.
    ``problems`` are sentences about what could not be read and is not looked for.
    """

    text: tuple[str, ...] = ()
    host: str = ""
    port: int | None = None
    status: tuple[tuple[int, int], ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    method: str = ""
    cert: str = ""
    identity: str = ""
    since: datetime | None = None
    before: datetime | None = None
    problems: tuple[str, ...] = ()


def parse(line: str, now: datetime | None = None) -> Query:
    """Read a search line; days are those of the local time zone. What makes no sense is told in ``problems``."""
    now = (now or datetime.now()).astimezone()
    query = Query()
    for match in _TERM.finditer(_clean(line)):
        key, value = (match[1] or match[2] or "").lower(), (match[3] or "").strip('"')
        if key not in KEYS:
            query = replace(query, text=(*query.text, match[0].strip('"'))) if match[0].strip('"') else query
        elif value:
            query = _READERS[key](query, value, now)
    return query


def _clean(line: str) -> str:
    # A database takes neither the end of a C string nor half a character.
    return line.replace("\0", " ").encode("utf-8", "replace").decode()


def _host(query: Query, value: str, _now: datetime) -> Query:
    name, colon, port = value.rpartition(":")
    if colon and port.isdigit() and (":" not in name or name.endswith("]")):
        return replace(query, host=_bare(name), port=int(port))
    return replace(query, host=_bare(value))


def _bare(host: str) -> str:
    return host.strip("[]").lower()


def _status(query: Query, value: str, _now: datetime) -> Query:
    for word in filter(None, value.lower().split(",")):
        match = _STATUS.fullmatch(word)
        if word in _OUTCOMES:
            query = replace(query, outcomes=(*query.outcomes, _OUTCOMES[word]))
        elif match:
            query = replace(query, status=(*query.status, _range(match)))
        else:
            query = _problem(query, _("“{value}” is not a status: use 404, 4xx, failed or cancelled."), word)
    return query


def _range(match: re.Match[str]) -> tuple[int, int]:
    low = match[1] + (match[2] or "0") + (match[3] or "0")
    high = match[1] + (match[2] or "9") + (match[3] or "9")
    return int(low), int(high)


def _cert(query: Query, value: str, _now: datetime) -> Query:
    digits = value.replace(":", "").replace(" ", "").lower()
    if len(digits) < _LEAST_DIGITS or set(digits) - set("0123456789abcdef"):
        return _problem(
            query, _("“{value}” is not the beginning of a thumbprint: enter at least four of its digits."), value
        )
    return replace(query, cert=digits)


def _since(query: Query, value: str, now: datetime) -> Query:
    moment = _moment(value, now)
    return replace(query, since=moment) if moment else _no_moment(query, value)


def _before(query: Query, value: str, now: datetime) -> Query:
    moment = _moment(value, now)
    return replace(query, before=moment) if moment else _no_moment(query, value)


def _moment(value: str, now: datetime) -> datetime | None:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if value.lower() in ("today", "yesterday"):
        return midnight - timedelta(days=int(value.lower() == "yesterday"))
    if ago := _AGO.fullmatch(value.lower()):
        count = int(ago[1])
        return now - timedelta(hours=count) if ago[2] == "h" else midnight - timedelta(days=count)
    try:
        return datetime.fromisoformat(value).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def _no_moment(query: Query, value: str) -> Query:
    return _problem(query, _("“{value}” is not a date: use 2026-11-01, today, yesterday or 7d."), value)


def _problem(query: Query, sentence: str, value: str) -> Query:
    return replace(query, problems=(*query.problems, sentence.format(value=value)))


_READERS: dict[str, Callable[[Query, str, datetime], Query]] = {
    "host": _host,
    "status": _status,
    "method": lambda query, value, _now: replace(query, method=value.upper()),
    "cert": _cert,
    "identity": lambda query, value, _now: replace(query, identity=value),
    "since": _since,
    "before": _before,
}
