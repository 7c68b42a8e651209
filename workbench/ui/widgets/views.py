"""Tables and trees as this program shows them: whole rows, no grid, copied with the standard key."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QTreeView, QWidget

from workbench.ui import theme


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
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.SPACE)
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
        self.header().setStretchLastSection(True)
        model.modelReset.connect(self._unfold)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the line."""
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_rows(self)
        else:
            super().keyPressEvent(event)

    def _unfold(self) -> None:
        model = self.model()
        self.expandAll()
        for row in range(model.rowCount()):
            top = model.index(row, 0)
            alone = not any(model.index(row, column).data() for column in range(1, model.columnCount()))
            self.setFirstColumnSpanned(row, top.parent(), alone)
        for column in range(model.columnCount() - 1):
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
