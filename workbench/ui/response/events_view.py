"""Server-sent events in a list, as they arrive; the one that is selected below."""

from datetime import timedelta

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from workbench.core.content.events import EventParser
from workbench.core.exchange import Body
from workbench.core.i18n import _, ngettext, number
from workbench.core.messages import MOST, Message, Messages
from workbench.ui.models.events import EventRow, EventTable, data_words, event_columns
from workbench.ui.widgets.code.code_view import CodeView
from workbench.ui.widgets.code.syntax import Syntax
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.running import Run
from workbench.ui.widgets.views import RowTable

_DATA = 4  # the last column
_PIECE = 1 << 20
_MOST_BYTES = 64_000_000  # of a body that are read into the list


class EventsView(QWidget):
    """``follow`` shows more of a stream that is under way, ``show_body`` reads a whole body."""

    def __init__(self, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._chosen: Message | None = None
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
        self._messages: Messages | None = None
        self._body: Body | None = None
        self._parser = EventParser()
        self._read = self._total = self._comments = 0
        self._retry_ms: int | None = None
        self._rows.show_rows(())
        self._data.show_text("")
        self._say()

    def is_following(self) -> bool:
        """Whether what is shown came while it was watched."""
        return self._messages is not None

    def follow(self, messages: Messages) -> None:
        """There may be more in a stream that is under way."""
        if self._messages is not messages:
            self.clear()
            self._messages = messages
        first, new = messages.since(self._total)
        rows = [
            EventRow(number, message, (messages.began + timedelta(milliseconds=message.at_ms or 0)).astimezone())
            for number, message in enumerate(new, first + 1)
        ]
        self._comments, self._retry_ms = messages.comments, messages.retry_ms
        self._append(rows, total=first + len(new))

    def show_body(self, body: Body) -> None:
        """Show the events of a body that is whole; of one that was followed, those that were not told of yet."""
        if self._messages is not None:
            self.follow(self._messages)
        else:
            self._body = body
            self._read_on()

    def _read_on(self) -> None:
        body, parser, start = self._body, self._parser, self._read
        if body is None or start >= _MOST_BYTES:
            return

        def work() -> tuple[list[Message], int]:
            return _events(body, parser, start)

        def done(result: tuple[list[Message], int]) -> None:
            if self._parser is not parser:  # another stream is shown by now
                return
            events, count = result
            self._read += count
            self._comments, self._retry_ms = parser.comments, parser.retry_ms
            rows = [EventRow(number, event) for number, event in enumerate(events, self._total + 1)]
            self._append(rows, total=self._total + len(rows))
            if count == _PIECE:
                self._read_on()

        self._run(work, done)

    def _append(self, rows: list[EventRow], *, total: int) -> None:
        bar = self._table.verticalScrollBar()
        at_end = bar.value() == bar.maximum()
        self._total = total
        self._rows.append_rows(rows, MOST)
        for column in range(_DATA):  # rows that are added do not widen a column by themselves
            self._table.resizeColumnToContents(column)
        if at_end and self._messages is not None:
            self._table.scrollToBottom()
        if rows and not self._table.currentIndex().isValid():
            self._table.selectRow(0)
        self._say()

    def _say(self) -> None:
        words = ngettext("{count} event", "{count} events", self._total).format(count=number(self._total))
        notes = [words]
        if self._total > self._rows.rowCount():
            notes.append(_("only the last {count} are listed").format(count=number(self._rows.rowCount())))
        if self._read >= _MOST_BYTES:
            notes.append(_("the stream is too long to be listed completely"))
        if comments := self._comments:
            notes.append(ngettext("{count} comment", "{count} comments", comments).format(count=number(comments)))
        if self._retry_ms is not None:
            notes.append(_("the server asks to reconnect after {ms} ms").format(ms=self._retry_ms))
        self._count.setText(" · ".join(notes))

    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self._rows.row(current)
        self._chosen = None if row is None else row.event
        if row is None:
            self._data.show_text("")
            return
        event = row.event
        self._run(lambda: data_words(event), lambda found: self._show_data(event, *found))

    def _show_data(self, event: Message, text: str, is_json: bool) -> None:
        if event is self._chosen:
            self._data.show_text(text, Syntax.JSON if is_json else Syntax.PLAIN)


def _events(body: Body, parser: EventParser, start: int) -> tuple[list[Message], int]:
    """The events in the next bytes, and how many bytes these were."""
    piece = _piece(body, start)
    return [event.message() for event in parser.feed(piece)], len(piece)


def _piece(body: Body, start: int) -> bytes:
    if body.file is None:
        return body.data[start : start + _PIECE]
    try:
        with body.file.open("rb") as file:
            file.seek(start)
            return file.read(_PIECE)
    except OSError:
        return b""
