"""The column of the history: a search line, the exchanges by day, and what can be done with them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workbench.core.errors import WorkbenchError
from workbench.core.history.query import parse
from workbench.core.history.row import HistoryRow
from workbench.core.i18n import _
from workbench.ui.history.clearing import Clearing, clearings
from workbench.ui.history.history_rows import HistoryRows
from workbench.ui.history.row_list import RowList
from workbench.ui.history.row_words import short_words
from workbench.ui.history.search_line import SearchLine
from workbench.ui.look import theme
from workbench.ui.look.icons import icon
from workbench.ui.look.plain import caption
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.label import Label


class HistoryPanel(QWidget):
    """``show_rows()``, ``add_rows()``, ``show_hosts()`` in; wishes out.

    ``search_changed`` carries the search line, ``more_requested`` the row after which more are wanted; the next four
    an exchange's id, ``compare_requested`` two of them, the older first; ``compare_with_open_requested`` one, to be
    compared with what is in front. ``remove_requested`` carries a tuple of ids, ``clear_requested`` a ``Clearing``.
    """

    search_changed = Signal(str)
    more_requested = Signal(HistoryRow)
    open_requested = Signal(int)
    send_requested = Signal(int)
    thumbprints_requested = Signal(int)
    compare_with_open_requested = Signal(int)
    compare_requested = Signal(int, int)
    remove_requested = Signal(tuple)  # tuple[int, ...]
    clear_requested = Signal(Clearing)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = HistoryRows(self)
        self._search = SearchLine(self)
        self._hint = Label(parent=self, wordWrap=True)
        self._question = Banner(self)
        self._asked: Clearing | None = None
        self._anchor: HistoryRow | None = None
        self.list = RowList(self.model, self)
        self._empty = Label(parent=self.list.viewport(), wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._more = QToolButton(self)
        self._open = self._action(_("&Open as Request"), self._open_chosen, Qt.Key.Key_Return, "open")
        self._send = self._action(_("&Send Again"), self._send_chosen, QKeySequence("Ctrl+Return"), "send")
        self._compare = self._action(_("&Compare"), self._compare_chosen)
        self._mark = self._action(_("Select for Co&mparison"), self._choose_anchor)
        self._with_anchor = self._action("", self._compare_with_anchor)
        self._with_open = self._action(_("Compare &with Open Response"), self._compare_with_open)
        self._copy_url = self._action(_("Copy &URL"), self._copy_urls, QKeySequence.StandardKey.Copy, "copy")
        self._copy_prints = self._action(_("Copy &Thumbprints"), self._ask_for_thumbprints)
        self._remove = self._action(_("&Delete"), self._remove_chosen, QKeySequence.StandardKey.Delete, "remove")
        self._clear = QMenu(_("C&lear"), self)
        self._clear.aboutToShow.connect(self._fill_clear)
        self._lay_out()
        self._connect()
        self._enable()
        self.setFocusProxy(self._search)

    def line(self) -> str:
        """What is looked for."""
        return self._search.text()

    def show_rows(self, rows: Sequence[HistoryRow], *, more: bool) -> None:
        """Show these, the newest first, in place of the present ones; ``more``: there are others after them."""
        self.model.show_rows(rows, more=more)
        self._search.learn_hosts(row.host for row in rows)
        self._tell()

    def add_rows(self, rows: Sequence[HistoryRow], *, more: bool) -> None:
        """Show these after the present ones."""
        self.model.add_rows(rows, more=more)

    def show_hosts(self, hosts: Sequence[str]) -> None:
        """Complete ``host:`` with these."""
        self._search.show_hosts(hosts)

    def show_identities(self, names: Sequence[str]) -> None:
        """Complete ``identity:`` with these."""
        self._search.show_identities(names)

    def show_error(self, error: WorkbenchError) -> None:
        """Say what went wrong."""
        self._asked = None
        self._question.show_error(error)

    def chosen(self) -> tuple[HistoryRow, ...]:
        """The selected exchanges, the newest first."""
        indexes = sorted(self.list.selectedIndexes(), key=lambda index: index.row())
        rows = (self.model.row(index) for index in indexes)
        return tuple(row for row in rows if row is not None)

    def choose(self, entry: int) -> None:
        """Select an exchange that is loaded."""
        index = self.model.find(entry)
        if index.isValid():
            self.list.setCurrentIndex(index)

    def menu(self) -> QMenu:
        """What can be done with what is selected."""
        self._enable()
        menu = QMenu(self)
        menu.addActions([self._open, self._send])
        menu.addSeparator()
        menu.addActions([action for action in self._comparisons() if action.isEnabled()])
        menu.addSeparator()
        menu.addActions([self._copy_url, self._copy_prints])
        menu.addSeparator()
        menu.addAction(self._remove)
        menu.addMenu(self._clear)
        return menu

    def ask_to_clear(self, clearing: Clearing) -> None:
        """Ask once, in the column, since it cannot be undone."""
        self._asked = clearing
        self._question.show_words(clearing.question, clearing.detail, theme.Tone.WARNING, action=_("&Clear"))

    def _action(
        self,
        text: str,
        slot: Callable[[], object],
        keys: Qt.Key | QKeySequence | QKeySequence.StandardKey | None = None,
        picture: str = "",
    ) -> QAction:
        action = QAction(text, self)
        if picture:
            action.setIcon(icon(picture))
        if keys is not None:
            action.setShortcuts(keys) if isinstance(keys, QKeySequence.StandardKey) else action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        self.list.addAction(action)
        return action

    def _lay_out(self) -> None:
        self._hint.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._hint.hide()
        self._empty.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._more.setIcon(icon("more"))
        self._more.setMenu(self._clear)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setAutoRaise(True)
        self._more.setIconSize(QSize(16, 16))
        self._more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._more.setAccessibleName(_("Clear history"))
        self._more.setToolTip(_("Clear history"))
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE // 2, theme.SPACE // 2)
        bar.setSpacing(theme.SPACE // 4)
        bar.addWidget(self._search, 1)
        bar.addWidget(self._more)
        words = QVBoxLayout()
        words.setContentsMargins(theme.SPACE, 0, theme.SPACE, 0)
        words.addWidget(self._hint)
        words.addWidget(self._question)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addLayout(words)
        layout.addWidget(self.list, 1)

    def _connect(self) -> None:
        self._search.search_changed.connect(self._look_for)
        self.model.more_wanted.connect(self.more_requested)
        self.model.rowsRemoved.connect(self._tell)
        self.list.resized.connect(self._place_empty)
        self.list.menu_requested.connect(self._show_menu)
        self.list.doubleClicked.connect(self._open_index)
        self.list.selectionModel().selectionChanged.connect(self._selected)
        self._question.accepted.connect(self._clear_now)

    def _look_for(self, line: str) -> None:
        problems = parse(line).problems
        self._hint.setText(" ".join(problems))
        self._hint.setVisible(bool(problems))
        self.search_changed.emit(line)

    def _tell(self) -> None:
        empty = not self.model.rowCount()
        words = _("No matches in the history.") if self.line().strip() else _("Requests you send appear here.")
        self._empty.setText(words)
        self._empty.setVisible(empty)
        self._place_empty()

    def _place_empty(self) -> None:
        self._empty.setGeometry(self.list.viewport().rect().adjusted(theme.SPACE, 0, -theme.SPACE, 0))

    def _selected(self, _new: QItemSelection, _old: QItemSelection) -> None:
        self._enable()

    def _enable(self) -> None:
        rows = self.chosen()
        one = len(rows) == 1
        for action in (self._open, self._send, self._mark, self._with_open, self._copy_prints):
            action.setEnabled(one)
        for action in (self._copy_url, self._remove):
            action.setEnabled(bool(rows))
        self._compare.setEnabled(len(rows) == 2)
        anchor = self._anchor
        self._with_anchor.setEnabled(one and anchor is not None and anchor.id != rows[0].id)
        if anchor is not None:
            self._with_anchor.setText(_("Compare with {exchange}").format(exchange=caption(short_words(anchor))))

    def _comparisons(self) -> tuple[QAction, ...]:
        return self._compare, self._with_anchor, self._with_open, self._mark

    def _show_menu(self, place: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _fill_clear(self) -> None:
        self._clear.clear()
        rows = self.chosen()
        for clearing in clearings(rows[0].host if len(rows) == 1 else ""):
            action = self._clear.addAction(caption(clearing.menu_words))
            action.triggered.connect(lambda _on=False, clearing=clearing: self.ask_to_clear(clearing))

    def _clear_now(self) -> None:
        if self._asked is not None:
            self.clear_requested.emit(self._asked)
            self._asked = None

    def _open_index(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        if row is not None:
            self.open_requested.emit(row.id)

    def _open_chosen(self) -> None:
        for row in self.chosen()[:1]:
            self.open_requested.emit(row.id)

    def _send_chosen(self) -> None:
        for row in self.chosen()[:1]:
            self.send_requested.emit(row.id)

    def _ask_for_thumbprints(self) -> None:
        for row in self.chosen()[:1]:
            self.thumbprints_requested.emit(row.id)

    def _compare_with_open(self) -> None:
        for row in self.chosen()[:1]:
            self.compare_with_open_requested.emit(row.id)

    def _choose_anchor(self) -> None:
        self._anchor = next(iter(self.chosen()), None)
        self._enable()

    def _compare_with_anchor(self) -> None:
        rows = self.chosen()
        if self._anchor is not None and rows:
            self._emit_pair(self._anchor, rows[0])

    def _compare_chosen(self) -> None:
        rows = self.chosen()
        if len(rows) == 2:
            self._emit_pair(rows[0], rows[1])

    def _emit_pair(self, one: HistoryRow, other: HistoryRow) -> None:
        older, newer = sorted((one, other), key=lambda row: (row.at, row.id))
        self.compare_requested.emit(older.id, newer.id)

    def _copy_urls(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(row.url for row in self.chosen()))

    def _remove_chosen(self) -> None:
        entries = tuple(row.id for row in self.chosen())
        if entries:
            self.remove_requested.emit(entries)
