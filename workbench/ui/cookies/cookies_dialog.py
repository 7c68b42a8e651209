"""The jar in a window beside the others: what servers have set, and what a person makes of it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workbench.core.cookies import Cookie
from workbench.core.cookies.editor import CookieChange
from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _, ngettext
from workbench.ui.cookies.columns import fits, jar_columns
from workbench.ui.cookies.cookie_dialog import CookieDialog
from workbench.ui.look import theme
from workbench.ui.look.icons import icon
from workbench.ui.look.plain import caption
from workbench.ui.models.table import TableModel
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.clear_button import show_clear_button
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.toast import Toast
from workbench.ui.widgets.undoing import Undoing
from workbench.ui.widgets.views import RowTable

_WIDTHS = (180, 80, 140, 150, 130)


class CookiesDialog(QDialog):
    """Shown with ``open_beside()``: requests can be sent while it is there.

    ``keep_requested`` carries the cookie that was edited, or None, and what is to be kept; ``remove_requested`` a
    tuple of cookies; ``clear_requested`` a domain, empty for all; ``undo_requested`` a ``CookieChange``.
    """

    keep_requested = Signal(object, Cookie)  # Cookie | None, Cookie
    remove_requested = Signal(tuple)  # tuple[Cookie, ...]
    clear_requested = Signal(str)
    undo_requested = Signal(CookieChange)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Cookies — mTLS Workbench"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        self.resize(960, 520)
        self.model: TableModel[Cookie] = TableModel(jar_columns(revealed=False), self)
        self.table = RowTable(_("Cookies"), self.model, self)
        self._all: tuple[Cookie, ...] = ()
        self._sheet: CookieDialog | None = None
        self._search = QLineEdit(self)
        self._glass = QAction(_("Search"), self)
        self._reveal = QCheckBox(_("Show &values"), self)
        self._count = Label(parent=self)
        self._empty = Label(parent=self.table.viewport(), wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._banner = Banner(self)
        self._add, self._edit, self._remove, self._clear = (
            QPushButton(words, self) for words in (_("&Add…"), _("&Edit…"), _("&Delete"), _("Delete A&ll"))
        )
        self._undo = QAction(_("&Undo"), self)
        self.undoing = Undoing(Toast(self), self)
        self._of_domain, self._everything = QAction(self), QAction(_("&All Cookies"), self)
        self._lay_out()
        self._connect()
        self._tell()

    def open_beside(self) -> None:
        """Show it, or bring it to the front; whoever opened it can still be used."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.table.setFocus()

    def show_cookies(self, cookies: Sequence[Cookie]) -> None:
        """Show these; what is selected stays selected."""
        if tuple(cookies) != self._all:
            self._all = tuple(cookies)
            self._fill()

    def show_change(self, change: CookieChange) -> None:
        """Something was done: close the sheet, offer to take it back."""
        if self._sheet is not None:
            self._sheet.accept()
        if self._banner.isVisible():
            self._banner.close_quietly()
        if change != CookieChange():
            self.undoing.note(lambda: self.undo_requested.emit(change), change.words)

    def show_error(self, error: WorkbenchError) -> None:
        """Say what went wrong, in the sheet when one is open."""
        if self._sheet is not None:
            self._sheet.show_error(error)
        else:
            self._banner.show_error(error)

    def chosen(self) -> tuple[Cookie, ...]:
        """The selected cookies."""
        rows = (self.model.row(index) for index in self.table.selectionModel().selectedRows())
        return tuple(row for row in rows if row is not None)

    def choose(self, cookie: Cookie) -> None:
        """Select one."""
        self.table.clearSelection()
        self._select({cookie.key}, cookie.key)

    def menu(self) -> QMenu:
        """What can be done with what is selected."""
        menu = QMenu(self)
        for button in (self._add, self._edit, self._remove):
            action = menu.addAction(button.text(), button.click)
            action.setEnabled(button.isEnabled())
        menu.addSeparator()
        menu.addActions([self._of_domain, self._everything, self._undo])
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is for the table and for the button that has the keyboard, not for a default button of the sheet."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(button := self.focusWidget(), QPushButton):
            button.click()

    def _lay_out(self) -> None:
        self._search.setAccessibleName(_("Search cookies"))
        self._search.setPlaceholderText(_("Search domain, path, name, flags"))
        show_clear_button(self._search)
        self._search.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._glass.setIcon(icon("search"))
        self._empty.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._count.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        for section, width in enumerate(_WIDTHS):
            self.table.horizontalHeader().resizeSection(section, width)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE * 2)
        top.addWidget(self._search, 1)
        top.addWidget(self._count)
        top.addWidget(self._reveal)
        below = QHBoxLayout()
        below.setSpacing(theme.SPACE)
        clearing = QMenu(self._clear)
        clearing.addActions([self._of_domain, self._everything])
        self._clear.setMenu(clearing)
        for button in (self._add, self._edit, self._remove, self._clear):
            below.addWidget(button)
        below.addStretch(1)
        close = QPushButton(_("&Close"), self)
        close.clicked.connect(self.close)
        below.addWidget(close)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        inside = QVBoxLayout(self.table.viewport())
        inside.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._banner)
        layout.addLayout(below)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._fill)
        self._reveal.toggled.connect(self._show_values)
        self.table.activated.connect(lambda _index: self._edit.click())
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.table.customContextMenuRequested.connect(
            lambda place: self.menu().popup(self.table.viewport().mapToGlobal(place))
        )
        self._add.clicked.connect(lambda: self._open_sheet(None))
        self._edit.clicked.connect(lambda: self._open_sheet(next(iter(self.chosen()), None)))
        self._remove.clicked.connect(lambda: self.remove_requested.emit(self.chosen()))
        self._of_domain.triggered.connect(lambda: self.clear_requested.emit(self._domain()))
        self._everything.triggered.connect(lambda: self.clear_requested.emit(""))
        self._undo.triggered.connect(self.undoing.undo)
        self.undoing.changed.connect(self._undo.setEnabled)
        self._undo.setShortcuts(QKeySequence.StandardKey.Undo)
        self._undo.setEnabled(False)
        self.addAction(self._undo)
        self._key(self.table, QKeySequence.StandardKey.Delete, self._remove.click)
        self._key(self, QKeySequence.StandardKey.Find, self._search.setFocus)

    def _key(self, widget: QWidget, keys: QKeySequence.StandardKey, slot: Callable[[], object]) -> None:
        action = QAction(self)
        action.setShortcuts(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(slot)
        widget.addAction(action)

    def _fill(self) -> None:
        keys = {cookie.key for cookie in self.chosen()}
        current, place = self.model.row(self.table.currentIndex()), self.table.currentIndex().row()
        line = self._search.text()
        self.model.show_rows([cookie for cookie in self._all if fits(cookie, line)])
        header = self.table.horizontalHeader()
        self.model.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())
        self._select(keys, current.key if current is not None else None)
        if keys and not self.chosen() and (last := self.model.rowCount() - 1) >= 0:
            self.table.selectRow(min(max(place, 0), last))  # the next one, when those that were chosen are gone
        self._tell()

    def _select(self, keys: set[tuple[str, str, str]], current: tuple[str, str, str] | None) -> None:
        flags = QItemSelectionModel.SelectionFlag
        selection = self.table.selectionModel()
        for place, row in enumerate(self.model.rows()):
            index = self.model.index(place, 0)
            if row.key == current:
                selection.setCurrentIndex(index, flags.NoUpdate)
            if row.key in keys:
                selection.select(index, flags.Select | flags.Rows)
        self._enable()

    def _show_values(self, on: bool) -> None:
        keys = {cookie.key for cookie in self.chosen()}
        self.model.show_columns(jar_columns(revealed=on))
        self._select(keys, None)

    def _tell(self) -> None:
        shown, there = len(self.model.rows()), len(self._all)
        words = ngettext("{n} cookie", "{n} cookies", there).format(n=there)
        self._count.setText(words if shown == there else _("{n} of {all}").format(n=shown, all=words))
        nothing = (
            _("No cookies match this search.") if there else _("No cookies. Servers set them with their responses.")
        )
        self._empty.setText("" if shown else nothing)
        self._empty.setVisible(not shown)
        self._enable()

    def _enable(self) -> None:
        chosen = self.chosen()
        self._edit.setEnabled(len(chosen) == 1)
        self._remove.setEnabled(bool(chosen))
        self._clear.setEnabled(bool(self._all))
        domain = self._domain()
        self._of_domain.setEnabled(bool(domain))
        self._of_domain.setText(
            _("Of “{domain}” and Its &Subdomains").format(domain=caption(domain))
            if domain
            else _("Of the Selected Domain")
        )

    def _domain(self) -> str:
        domains = {cookie.domain for cookie in self.chosen()}
        return domains.pop() if len(domains) == 1 else ""

    def _open_sheet(self, cookie: Cookie | None) -> None:
        sheet = CookieDialog(cookie, self._domain(), self)
        sheet.save_requested.connect(lambda kept: self.keep_requested.emit(cookie, kept))
        sheet.finished.connect(self._forget_sheet)
        self._sheet = sheet
        sheet.open()

    def _forget_sheet(self) -> None:
        self._sheet = None
