"""A table to type in: Tab walks through its cells, variables are coloured, rows are removed, moved, switched off."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.models.editable import EditableRows
from workbench.ui.widgets.edit_cells import CellDelegate
from workbench.ui.widgets.variables import Variables

_NARROWEST = 60


class EditTable(QTableView):
    """Shows an ``EditableRows``. Columns that are ``extra`` are shown when they hold something or are asked for."""

    def __init__(
        self, name: str, model: EditableRows[Any], variables: Variables, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self._cells = CellDelegate(model, variables, self)
        self.setModel(model)
        self.setItemDelegate(self._cells)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.SPACE)
        self._lay_out_columns()
        self._make_actions()
        variables.changed.connect(self.viewport().update)
        model.modelReset.connect(self._show_filled_extras)
        model.dataChanged.connect(self._show_filled_extras)

    def commit(self) -> None:
        """Take what is being typed into a cell: a person who presses Ctrl+Return means it."""
        self._cells.commit()

    def chosen_rows(self) -> list[int]:
        """Rows that are selected, or else the one with the cursor."""
        rows = {index.row() for index in self.selectedIndexes()} or {self.currentIndex().row()}
        return sorted(row for row in rows if 0 <= row < self._rows.rowCount() - 1)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802  # Qt calls it
        """Tab goes on to the next cell while there is something to fill in, and out of the table after that."""
        hints = QAbstractItemDelegate.EndEditHint
        forward = hint == hints.EditNextItem and self.currentIndex().row() == self._rows.rowCount() - 1
        backward = hint == hints.EditPreviousItem and (self.currentIndex().row(), self._column()) == (0, 0)
        super().closeEditor(editor, hints.NoHint if forward or backward else hint)
        if forward or backward:
            self.focusNextPrevChild(forward)

    def point_at(self, row: int, column: int) -> None:
        """Put the keyboard into a cell."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        index = self._rows.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def remove_chosen(self) -> None:
        """Remove the selected rows; undo brings them back."""
        rows = self.chosen_rows()
        if rows:
            self._rows.remove(rows)
            self.setCurrentIndex(self._rows.index(min(rows[0], self._rows.rowCount() - 1), self._column()))

    def duplicate_chosen(self) -> None:
        """Put a copy of the selected rows below them."""
        rows = self.chosen_rows()
        if rows:
            self._rows.insert(rows[-1] + 1, [self._rows.rows()[row] for row in rows])

    def move_chosen(self, by: int) -> None:
        """Move the row with the cursor up or down."""
        column = self._column()
        place = self._rows.shift(self.currentIndex().row(), by)
        self.setCurrentIndex(self._rows.index(place, column))

    def _column(self) -> int:
        return max(self.currentIndex().column(), 0)

    def _lay_out_columns(self) -> None:
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(_NARROWEST)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place, column in enumerate(self._rows.columns):
            if column.width:
                header.resizeSection(place, column.width)
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
            self.setColumnHidden(place, column.extra)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)

    def _make_actions(self) -> None:
        for words, keys, slot in (
            (_("Remove row"), QKeySequence(QKeySequence.StandardKey.Delete), self.remove_chosen),
            (_("Duplicate row"), QKeySequence("Ctrl+Shift+D"), self.duplicate_chosen),
            (_("Move up"), QKeySequence("Alt+Up"), lambda: self.move_chosen(-1)),
            (_("Move down"), QKeySequence("Alt+Down"), lambda: self.move_chosen(1)),
        ):
            action = QAction(words, self)
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(slot)
            self.addAction(action)
        for place, column in enumerate(self._rows.columns):
            if column.extra:
                self.addAction(self._column_action(place))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _column_action(self, place: int) -> QAction:
        words = _("Column “{title}”").format(title=self._rows.columns[place].title)
        action = QAction(words, self, checkable=True, checked=not self.isColumnHidden(place))
        action.setData(place)
        action.toggled.connect(lambda on, place=place: self.setColumnHidden(place, not on))
        return action

    def _offer_columns(self, where: QPoint) -> None:
        extras = [action for action in self.actions() if action.data() is not None]
        if extras:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(extras)
            menu.popup(self.horizontalHeader().mapToGlobal(where))

    def _show_filled_extras(self, *_where: QModelIndex) -> None:
        for action in self.actions():
            place = action.data()
            if place is not None and self.isColumnHidden(place):
                read = self._rows.columns[place].read
                if any(read(row) for row in self._rows.rows()):
                    action.setChecked(True)
