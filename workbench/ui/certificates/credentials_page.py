"""A page of stock: a table of named things, what can be done to them, and details of the chosen one."""

from collections.abc import Callable, Sequence
from typing import Generic

from PySide6.QtCore import QByteArray, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.look.icons import icon
from workbench.ui.models.credential_tables import EXPIRES
from workbench.ui.models.named_rows import NamedRows
from workbench.ui.models.table import Row
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.views import RowTable


class CredentialsPage(QWidget, Generic[Row]):
    """``show_rows(rows)`` in; wishes out; ``more`` are buttons of a page's own.

    Removing asks nothing, since it can be undone.
    """

    import_requested = Signal()
    rename_requested = Signal(str, str)
    remove_requested = Signal(str)
    undo_requested = Signal()

    def __init__(
        self, title: str, model: NamedRows[Row], details: QWidget, empty: str, more: Sequence[QPushButton] = ()
    ) -> None:
        super().__init__()
        self.model = model
        model.setParent(self)
        model.rename_requested.connect(self.rename_requested)
        self.table = RowTable(title, model, self)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self._empty = Label(empty, self.table.viewport(), wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._import = self._button(_("&Import…"), "import", self.import_requested.emit)
        self._rename = self._button(_("Re&name"), "rename", self._edit_name)
        self._remove = self._button(_("Re&move"), "remove", self._ask_to_remove)
        self._fitted = False
        self._awaited = ""
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self._lay_out(title, details, more)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        for keys, slot in (
            (QKeySequence.StandardKey.Delete, self._ask_to_remove),
            (QKeySequence.StandardKey.Undo, self.undo_requested),
        ):
            shortcut = QShortcut(keys, self.table, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)
        self.setFocusProxy(self.table)
        self._tell()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these; the chosen one stays chosen."""
        chosen = self.chosen_name()
        header = self.table.horizontalHeader()
        self.model.show_rows(rows)
        self.model.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())
        if rows and not self._fitted:
            self._fitted = True
            self._fit_columns()
        self.choose(self._awaited if self.model.place(self._awaited) >= 0 else chosen)
        self._awaited = ""

    def choose(self, name: str) -> None:
        """Choose the row called ``name``, else the first."""
        place = max(self.model.place(name), 0)
        if self.model.rowCount():
            self.table.selectRow(place)
        self._tell()

    def choose_when_there(self, name: str) -> None:
        """Choose ``name``, which is about to come with the next rows."""
        self._awaited = name
        self.choose(name)

    def chosen(self) -> Row | None:
        """The chosen row."""
        return self.model.row(self.table.currentIndex())

    def chosen_name(self) -> str:
        """Its name, or the empty string."""
        row = self.chosen()
        return self.model.name_of(row) if row is not None else ""

    def show_details(self, row: Row | None) -> None:
        """Show what is known of ``row``; each page has its own way."""
        raise NotImplementedError

    def restore_split(self, state: str) -> None:
        """Put the divider where it was."""
        if state:
            self.split.restoreState(QByteArray.fromBase64(state.encode()))

    def split_state(self) -> str:
        """Where the divider is."""
        return self.split.saveState().toBase64().toStdString()

    def _button(self, text: str, picture: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(icon(picture), text, self)
        button.clicked.connect(slot)
        return button

    def _lay_out(self, title: str, details: QWidget, more: Sequence[QPushButton]) -> None:
        heading = Label(title, self)
        heading.setFont(theme.scaled_font(1.25, bold=True))
        bar = QHBoxLayout()
        bar.setSpacing(theme.SPACE)
        bar.addWidget(heading)
        bar.addStretch(1)
        for button in (self._import, self._rename, *more, self._remove):
            bar.addWidget(button)
        self.split.addWidget(self.table)
        self.split.addWidget(details)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.SPACE)
        self.split.setSizes([260, 360])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE * 2, theme.SPACE + 4, theme.SPACE * 2, theme.SPACE * 2)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(bar)
        layout.addWidget(self.split, 1)

    def _choose(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._tell()

    def _tell(self) -> None:
        row = self.chosen()
        editable = row is not None and bool(
            self.model.flags(self.model.index(self.table.currentIndex().row(), 0)) & Qt.ItemFlag.ItemIsEditable
        )
        self._rename.setEnabled(editable)
        self._remove.setEnabled(row is not None and self.removable(row))
        self._empty.setVisible(not self.model.rowCount())
        self._empty.setGeometry(self.table.viewport().rect())
        self.show_details(row)

    def removable(self, _row: Row) -> bool:
        """Whether ``row`` may be removed at all."""
        return True

    def _fit_columns(self) -> None:
        header, line = self.table.horizontalHeader(), self.fontMetrics().height()
        self.table.resizeColumnsToContents()
        most = min(12 * line, max(self.table.viewport().width() // header.count(), 9 * line))
        for section in range(header.count()):
            wanted = header.sectionSize(section) + theme.SPACE * 2
            header.resizeSection(section, min(max(wanted, 6 * line), 13 * line if section == EXPIRES else most))
        header.resizeSection(0, 12 * line)  # longer names may come

    def _edit_name(self) -> None:
        self.table.edit(self.model.index(self.table.currentIndex().row(), 0))

    def _ask_to_remove(self) -> None:
        row = self.chosen()
        if row is not None and self.removable(row):
            self.remove_requested.emit(self.chosen_name())
