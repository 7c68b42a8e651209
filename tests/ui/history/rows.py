"""Rows of a history, made by hand."""

from datetime import UTC, datetime, timedelta

from workbench.core.exchange import Outcome
from workbench.core.history.row import HistoryRow

NOON = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0).astimezone(UTC)


def row(number: int, *, days: int = 0, status: int | None = 200, host: str = "api.example.org") -> HistoryRow:
    """The exchange with this id; the higher the later, ``days`` ago."""
    at = NOON - timedelta(days=days) + timedelta(seconds=number)
    outcome = Outcome.RESPONSE if status is not None else Outcome.FAILURE
    return HistoryRow(number, at, "GET", f"https://{host}/{number}", host, 443, outcome, status, identity="alice")
