"""A table of what a collection from elsewhere wants, or may use."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from workbench.core.want import Want
from workbench.ui.models.wants import wants_model

_WIDTHS = (340, 170)


class WantsTable(QTableView):
    """``show_wants()`` in, ``selected()`` out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = wants_model()
        self.setModel(self._model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place, width in enumerate(_WIDTHS):
            self.setColumnWidth(place, width)

    def show_wants(self, wants: Sequence[Want]) -> None:
        """Show these, the first one selected."""
        self._model.show_rows(wants)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self._model.index(0, 0), flags.ClearAndSelect | flags.Rows)

    def wants(self) -> tuple[Want, ...]:
        """All that is shown."""
        return self._model.rows()

    def selected(self) -> tuple[Want, ...]:
        """The wants of the selected rows."""
        rows = (self._model.row(index) for index in self.selectionModel().selectedRows())
        return tuple(want for want in rows if want is not None)
