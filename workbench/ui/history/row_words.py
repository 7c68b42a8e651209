"""What a list says of an exchange that was."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale

from workbench.core.exchange import Outcome
from workbench.core.history.row import HistoryRow
from workbench.core.i18n import _
from workbench.ui.look.marks import Mark
from workbench.ui.look.words import duration_words, size_words


def local_day(row: HistoryRow) -> date:
    """The day on which it happened here."""
    return row.at.astimezone().date()


def day_words(day: date, today: date | None = None) -> str:
    """``Today``, ``Yesterday``, or weekday and date."""
    today = today or datetime.now().astimezone().date()
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    pattern = "dddd, d MMMM" if day.year == today.year else "dddd, d MMMM yyyy"
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def status_words(row: HistoryRow) -> str:
    """The status in a word."""
    if row.status is not None:
        return str(row.status)
    return {Outcome.CANCELLED: _("cancelled"), Outcome.HANDSHAKE: _("TLS only")}.get(row.outcome, _("failed"))


def status_mark(row: HistoryRow) -> Mark:
    """The shape beside the status."""
    if row.outcome is Outcome.CANCELLED:
        return Mark.NONE
    if row.status is None:
        return Mark.GOOD if row.outcome is Outcome.HANDSHAKE else Mark.BAD
    if row.status >= 400:
        return Mark.BAD if row.status >= 500 else Mark.WARNING
    return Mark.GOOD if row.status < 300 else Mark.NOTE


def place_words(row: HistoryRow) -> str:
    """Host, time of day and identity."""
    time = row.at.astimezone().strftime("%H:%M")
    return " · ".join(filter(None, (row.host, time, row.identity)))


def spoken_words(row: HistoryRow) -> str:
    """The row as assistive technology reads it."""
    moment = row.at.astimezone().strftime("%H:%M:%S")
    parts = [f"{row.method} {row.path}", row.host, status_words(row)]
    if row.title:
        parts.append(row.title)
    parts.append(_("at {time}").format(time=moment))
    if row.identity:
        parts.append(_("as {identity}").format(identity=row.identity))
    return ", ".join(part for part in parts if part)


def tip_words(row: HistoryRow) -> str:
    """Everything that the row knows, a line each."""
    lines = [
        f"{row.method} {row.url}",
        row.at.astimezone().strftime("%Y-%m-%d %H:%M:%S"),
        f"{status_words(row)} · {duration_words(row.duration_ms)} · {size_words(row.size)}",
        row.title,
        _("Identity: {name}").format(name=row.identity) if row.identity else _("No identity"),
        _("Trust: {names}").format(names=row.trust) if row.trust else "",
        _("Environment: {name}").format(name=row.environment) if row.environment else "",
        _("Request: {name}").format(name=row.name) if row.name else "",
    ]
    return "\n".join(line for line in lines if line)


def short_words(row: HistoryRow) -> str:
    """One exchange among others: to name it in a menu or as a title."""
    time = row.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return f"{row.method} {row.path[:60]} · {status_words(row)} · {time}"
