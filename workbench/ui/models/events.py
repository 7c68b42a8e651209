"""Server-sent events as table rows."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QModelIndex

from workbench.core.content.layout_json import pretty_json
from workbench.core.i18n import _
from workbench.core.messages import Message
from workbench.ui.models.table import Column, TableModel

_SHOWN = 300  # characters of an event's data in its row


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event, its number from 1, and when it came; None when it was not watched coming."""

    number: int
    event: Message
    at: datetime | None = None


class EventTable(TableModel[EventRow]):
    """A table that grows at its end and forgets at its beginning."""

    def append_rows(self, rows: Sequence[EventRow], most: int) -> None:
        """Add rows, keeping ``most`` at the most."""
        rows = rows[-most:]
        excess = len(self._rows) + len(rows) - most
        if excess > 0:
            self.beginRemoveRows(QModelIndex(), 0, excess - 1)
            self._rows = self._rows[excess:]
            self.endRemoveRows()
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += tuple(rows)
            self.endInsertRows()


def event_columns() -> tuple[Column[EventRow], ...]:
    """Number, time, type, id, data."""
    return (
        Column(_("No."), lambda row: str(row.number), numeric=True, sort=lambda row: row.number),
        Column(_("Time"), lambda row: row.at.strftime("%H:%M:%S.%f")[:-3] if row.at else "", sort=_time),
        Column(_("Event"), lambda row: row.event.kind),
        Column(_("Id"), lambda row: row.event.id),
        Column(_("Data"), _data, fixed_width=True),
    )


def _time(row: EventRow) -> float:
    return row.at.timestamp() if row.at else 0.0


def _data(row: EventRow) -> str:
    text = _text(row.event)[: _SHOWN + 1].replace("\n", " ⏎ ")
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _text(message: Message) -> str:
    return message.data if isinstance(message.data, str) else message.data.decode("utf-8", "replace")


def data_words(event: Message) -> tuple[str, bool]:
    """The event's data, laid out when it is JSON, and whether it is. Slow for megabytes of it."""
    text = _text(event)
    if text.lstrip()[:1] in ("{", "["):
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            return text, False
        return pretty_json(text), True
    return text, False
