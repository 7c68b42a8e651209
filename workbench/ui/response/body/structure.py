"""A body by its structure: JSON as a tree, CSV as a table."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QHeaderView, QMenu, QTreeView, QVBoxLayout, QWidget

from workbench.core.content.lines import TextLines
from workbench.core.content.tables import MOST_RECORDS
from workbench.core.i18n import _, ngettext, number
from workbench.ui.look import theme
from workbench.ui.models.json_tree import JSONTree
from workbench.ui.models.records import RecordTable
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.views import RowTable


class JSONView(QTreeView):
    """A tree of members and elements. Copy puts the value on the clipboard; with Shift its path.

    ``text_requested`` carries the row of the text where the node begins.
    """

    text_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Body as a tree"))
        self._nodes = JSONTree(self)
        self.setModel(self._nodes)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setIndentation(theme.SPACE * 2)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(0, 260)
        header.resizeSection(2, 110)
        self._lines: TextLines | None = None

    def show_lines(self, lines: TextLines) -> None:
        """Show JSON that is laid out one member to a line."""
        if self._lines is lines:
            return
        self._lines = lines
        self._nodes.show_lines(lines)
        top = self._nodes.index(0, 0)
        self.setCurrentIndex(top)
        if self._nodes.rowCount() == 1:
            self.expand(top)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the value, or with Shift the path."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy_value()
        elif event.key() == Qt.Key.Key_C and event.modifiers() == (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            self._copy_path()
        else:
            super().keyPressEvent(event)

    def _copy_value(self) -> None:
        QGuiApplication.clipboard().setText(self._nodes.value(self._here()))

    def _copy_path(self) -> None:
        QGuiApplication.clipboard().setText(self._nodes.path(self._here()))

    def _here(self) -> QModelIndex:
        return self.currentIndex()

    def _open_menu(self, point: QPoint) -> None:
        if not self.currentIndex().isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Copy &Value\tCtrl+C"), self._copy_value)
        menu.addAction(_("Copy &Path\tCtrl+Shift+C"), self._copy_path)
        menu.addSeparator()
        menu.addAction(_("Show in the &Text"), lambda: self.text_requested.emit(self._nodes.row_of(self._here())))
        menu.popup(self.viewport().mapToGlobal(point))


class TableView(QWidget):
    """Records and their count; whether the first one names the columns can be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records = RecordTable(self)
        self._table = RowTable(_("Body as a table"), self._records)
        self._table.verticalHeader().show()
        self._table.setShowGrid(True)
        self._table.horizontalHeader().setStretchLastSection(False)
        self._titled = QCheckBox(_("The first record is the header"))
        self._titled.toggled.connect(self._set_titled)
        self._count = Label()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        column.addWidget(self._titled)
        column.addWidget(self._table, 1)
        column.addWidget(self._count)
        self._lines: TextLines | None = None

    def show_records(self, lines: TextLines, delimiter: str) -> None:
        """Show the records of a text."""
        if self._lines is lines:
            return
        self._lines = lines
        self._records.show_records(lines, delimiter)
        self._titled.blockSignals(True)
        self._titled.setChecked(self._records.titled)
        self._titled.blockSignals(False)
        self._fit()
        self._say()

    def _set_titled(self, titled: bool) -> None:
        self._records.set_titled(titled)
        self._say()

    def _fit(self) -> None:
        header = self._table.horizontalHeader()
        header.setResizeContentsPrecision(50)
        for section in range(min(header.count(), 200)):
            self._table.resizeColumnToContents(section)
            header.resizeSection(section, min(max(header.sectionSize(section) + theme.SPACE, 60), 360))

    def _say(self) -> None:
        count = self._records.rowCount()
        words = ngettext("{count} record", "{count} records", count).format(count=number(count))
        if count + 1 >= MOST_RECORDS:
            words = _("{words}; the rest is shown in Raw only").format(words=words)
        self._count.setText(words)
