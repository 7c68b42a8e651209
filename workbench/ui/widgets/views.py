"""Tables and trees as this program shows them: whole rows, no grid, copied with the standard key."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QTreeView, QWidget

from workbench.ui.look import theme


class RowTable(QTableView):
    """A table of rows. Copy puts the selected rows on the clipboard, tabs between cells."""

    def __init__(self, name: str, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self._space_rows()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)

    def stretch_column(self, column: int) -> None:
        """Give ``column`` the room that the others leave, and those what their contents need."""
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        for section in range(header.count()):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def fit_rows(self, count: int) -> None:
        """Be as high as ``count`` rows need, no higher and no lower."""
        rows = count * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth())

    def changeEvent(self, event: QEvent) -> None:
        """Give the rows the height of a new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._space_rows()

    def _space_rows(self) -> None:
        self.setIconSize(QSize(theme.sign_size(self), theme.sign_size(self)))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.SPACE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy rows."""
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_rows(self)
        else:
            super().keyPressEvent(event)


class LineTree(QTreeView):
    """A tree of lines, unfolded. Copy puts the selected lines on the clipboard."""

    def __init__(self, name: str, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setUniformRowHeights(True)
        self.setIndentation(theme.SPACE * 2)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(model.columnCount() - 1, QHeaderView.ResizeMode.Stretch)
        self.header().setMinimumSectionSize(40)
        self.setIconSize(QSize(theme.sign_size(self), theme.sign_size(self)))
        model.modelReset.connect(self._unfold)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the line."""
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_rows(self)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Signs are as large as the letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setIconSize(QSize(theme.sign_size(self), theme.sign_size(self)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the new width."""
        super().resizeEvent(event)
        self._share_width()

    def _unfold(self) -> None:
        self.expandAll()
        self._span(QModelIndex())
        self._share_width()

    def _span(self, above: QModelIndex) -> None:
        # A line that says something in its first column only may use the whole width for it.
        model = self.model()
        for row in range(model.rowCount(above)):
            cells = [model.index(row, column, above).data() for column in range(1, model.columnCount())]
            self.setFirstColumnSpanned(row, above, not any(cells))
            self._span(model.index(row, 0, above))

    def _share_width(self) -> None:
        # The first column has what the others leave, or half where they would leave less.
        room, count = self.viewport().width(), self.model().columnCount()
        others = sum(max(self.sizeHintForColumn(n), self.header().sectionSizeHint(n)) for n in range(1, count))
        self.resizeColumnToContents(0)
        self.setColumnWidth(0, max(min(self.columnWidth(0), max(room - others, room // 2)), 80))
        for column in range(1, count - 1):
            self.resizeColumnToContents(column)


def copy_rows(view: QAbstractItemView) -> None:
    """Put the selected rows on the clipboard: a line each, cells divided by tabs."""
    model = view.model()
    rows = sorted({(index.parent(), index.row()) for index in view.selectedIndexes()}, key=lambda pair: pair[1])
    lines = [
        "\t".join(
            str(model.index(row, column, parent).data(Qt.ItemDataRole.DisplayRole) or "")
            for column in range(model.columnCount(parent))
        ).rstrip("\t")
        for parent, row in rows
    ]
    if lines:
        QGuiApplication.clipboard().setText("\n".join(lines))
