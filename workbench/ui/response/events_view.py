"""Server-sent events in a list, as they arrive; the one that is selected below."""

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from workbench.core.content.events import Event, EventParser
from workbench.core.exchange import Arriving, Body
from workbench.core.i18n import _, ngettext
from workbench.ui.models.events import EventRow, EventTable, data_words, event_columns
from workbench.ui.widgets.code.code_view import CodeView
from workbench.ui.widgets.code.syntax import Syntax
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.running import Run
from workbench.ui.widgets.views import RowTable

MOST = 10_000
"""Events in the list; older ones leave it, and are still in the body."""

_DATA = 4  # the last column
_PIECE = 1 << 20
_MOST_BYTES = 64_000_000  # of a body that are read into the list


class EventsView(QWidget):
    """``follow`` reads on in a stream that is under way, ``show_body`` reads what is left or a whole body."""

    def __init__(self, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._chosen: Event | None = None
        self._rows = EventTable(event_columns(), self)
        self._table = RowTable(_("Events"), self._rows)
        self._table.setSortingEnabled(False)
        self._table.stretch_column(_DATA)
        self._table.horizontalHeader().setResizeContentsPrecision(0)  # what is seen counts, not all that is there
        self._count = Label()
        self._data = CodeView()
        self._data.setAccessibleName(_("Event data"))
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._table)
        halves.addWidget(self._data)
        halves.setSizes([260, 140])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._count)
        column.addWidget(halves, 1)
        self._table.selectionModel().currentRowChanged.connect(self._choose)
        self.clear()

    def clear(self) -> None:
        """Show no events."""
        self._source: Arriving | Body | None = None
        self._parser = EventParser()
        self._read = self._total = 0
        self._reading = self._again = False
        self._live = False
        self._rows.show_rows(())
        self._data.show_text("")
        self._say()

    def is_following(self) -> bool:
        """Whether what is shown came while it was watched."""
        return self._live

    def follow(self, arriving: Arriving) -> None:
        """There may be more in a stream that is under way."""
        if self._source is not arriving:
            self.clear()
            self._source, self._live = arriving, True
        self._read_on()

    def show_body(self, body: Body) -> None:
        """Show the events of a body that is whole; after ``follow`` those that were not there yet."""
        self._source = body
        self._read_on()

    def _read_on(self) -> None:
        if self._reading:
            self._again = True
            return
        source, parser, start = self._source, self._parser, self._read
        if source is None or start >= _MOST_BYTES:
            return
        self._reading = True

        def work() -> tuple[list[Event], int]:
            return _events(source, parser, start)

        def done(result: tuple[list[Event], int]) -> None:
            if self._parser is not parser:  # another stream is shown by now
                return
            self._reading = False
            events, count = result
            self._read += count
            self._append(events)
            if self._again or count == _PIECE:
                self._again = False
                self._read_on()

        self._run(work, done)

    def _append(self, events: list[Event]) -> None:
        now = datetime.now() if self._live else None
        rows = [EventRow(self._total + number, event, now) for number, event in enumerate(events, 1)]
        bar = self._table.verticalScrollBar()
        at_end = bar.value() == bar.maximum()
        self._total += len(events)
        self._rows.append_rows(rows, MOST)
        for column in range(_DATA):  # rows that are added do not widen a column by themselves
            self._table.resizeColumnToContents(column)
        if at_end and self._live:
            self._table.scrollToBottom()
        if events and not self._table.currentIndex().isValid():
            self._table.selectRow(0)
        self._say()

    def _say(self) -> None:
        words = ngettext("{count} event", "{count} events", self._total).format(count=f"{self._total:,}")
        notes = [words]
        if self._total > self._rows.rowCount():
            notes.append(_("only the last {count} are listed").format(count=f"{self._rows.rowCount():,}"))
        if self._read >= _MOST_BYTES:
            notes.append(_("the stream is too long to be listed completely"))
        if self._parser.comments:
            comments = self._parser.comments
            notes.append(ngettext("{count} comment", "{count} comments", comments).format(count=f"{comments:,}"))
        if self._parser.retry_ms is not None:
            notes.append(_("the server asks to reconnect after {ms} ms").format(ms=self._parser.retry_ms))
        self._count.setText(" · ".join(notes))

    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self._rows.row(current)
        self._chosen = None if row is None else row.event
        if row is None:
            self._data.show_text("")
            return
        event = row.event
        self._run(lambda: data_words(event), lambda found: self._show_data(event, *found))

    def _show_data(self, event: Event, text: str, is_json: bool) -> None:
        if event is self._chosen:
            self._data.show_text(text, Syntax.JSON if is_json else Syntax.PLAIN)


def _events(source: Arriving | Body, parser: EventParser, start: int) -> tuple[list[Event], int]:
    """The events in the next bytes, and how many bytes these were."""
    pieces = list(_pieces(source, start))
    return [event for piece in pieces for event in parser.feed(piece)], sum(map(len, pieces))


def _pieces(source: Arriving | Body, start: int) -> Iterator[bytes]:
    if not isinstance(source, Body):
        yield source.read(start, _PIECE)
    elif source.file is None:
        yield source.data[start : start + _PIECE]
    else:
        try:
            with source.file.open("rb") as file:
                file.seek(start)
                yield file.read(_PIECE)
        except OSError:
            return
