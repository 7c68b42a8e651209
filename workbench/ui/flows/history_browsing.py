"""The history panel, kept up to date, and what it asks of the worker."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from workbench.core.history.row import HistoryRow
from workbench.ui.history.clearing import Clearing
from workbench.ui.history.panel import HistoryPanel
from workbench.ui.runner import Job

if TYPE_CHECKING:
    from workbench.core.history.queries import HistoryPage, HistoryQueries

Slot = Callable[[Any], object]
Ask = Callable[["Callable[[HistoryQueries], object]", Slot, Slot], Job]


class HistoryBrowsing(QObject):
    """Serves one ``HistoryPanel``. ``refresh`` is to be called after every exchange.

    ``opened`` carries an ``Entry`` to be shown in a tab, ``sent_again`` one to be sent at once, ``compared`` two of
    them, the older first; ``compare_with_open`` one, to be compared with what is in front. ``troubled`` carries a
    ``WorkbenchError`` about how the history was found.
    """

    troubled = Signal(object)
    opened = Signal(object)
    sent_again = Signal(object)
    compared = Signal(object)
    compare_with_open = Signal(object)

    def __init__(self, ask: Ask, panel: HistoryPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._panel = panel
        self._searching = False
        self._again = False
        panel.search_changed.connect(lambda _line: self.refresh())
        panel.more_requested.connect(self._find_more)
        panel.open_requested.connect(lambda number: self._read(number, self.opened.emit))
        panel.send_requested.connect(lambda number: self._read(number, self.sent_again.emit))
        panel.compare_with_open_requested.connect(lambda number: self._read(number, self.compare_with_open.emit))
        panel.compare_requested.connect(self._read_pair)
        panel.thumbprints_requested.connect(self._copy_thumbprints)
        panel.remove_requested.connect(self._remove)
        panel.clear_requested.connect(self._clear)

    def refresh(self) -> None:
        """Search anew for what the panel's line says; while a search is under way, once more after it."""
        if self._searching:
            self._again = True
            return
        self._searching = True
        line = self._panel.line()
        self._ask(lambda history: history.search(line), self._show, self._fail)

    def load_hosts(self) -> None:
        """Read what ``host:`` can be completed with, and whether there is something to be told."""
        self._ask(lambda history: history.notice(), self._tell_notice, lambda _error: None)
        self._ask(lambda history: history.hosts(), self._panel.show_hosts, self._panel.show_error)

    def _show(self, found: "HistoryPage") -> None:
        if found.line == self._panel.line():
            self._panel.show_rows(found.rows, more=found.more)
        self._end()

    def _fail(self, error: Any) -> None:
        self._panel.show_error(error)
        self._end()

    def _end(self) -> None:
        self._searching = False
        if self._again:  # something was sent, or typed, meanwhile
            self._again = False
            self.refresh()

    def _tell_notice(self, notice: object) -> None:
        if notice is not None:
            self.troubled.emit(notice)

    def _find_more(self, after: HistoryRow) -> None:
        line = self._panel.line()

        def add(found: "HistoryPage") -> None:
            if found.line == self._panel.line():
                self._panel.add_rows(found.rows, more=found.more)

        self._ask(lambda history: history.search(line, after), add, self._panel.show_error)

    def _read(self, number: int, done: Slot) -> None:
        self._ask(lambda history: history.entry(number), done, self._panel.show_error)

    def _read_pair(self, older: int, newer: int) -> None:
        self._ask(lambda history: history.pair(older, newer), self.compared.emit, self._panel.show_error)

    def _copy_thumbprints(self, number: int) -> None:
        def copy(lines: str) -> None:
            QGuiApplication.clipboard().setText(lines)

        self._ask(lambda history: history.thumbprints(number), copy, self._panel.show_error)

    def _remove(self, entries: tuple[int, ...]) -> None:
        def gone(_nothing: object) -> None:
            self._panel.model.remove(frozenset(entries))

        self._ask(lambda history: history.remove(entries), gone, self._panel.show_error)

    def _clear(self, clearing: Clearing) -> None:
        before, host = clearing.before, clearing.host or None

        def done(_count: object) -> None:
            self.refresh()
            self.load_hosts()

        self._ask(lambda history: history.clear(before, host), done, self._panel.show_error)
