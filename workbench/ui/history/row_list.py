"""The list of exchanges that were."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from workbench.core.i18n import _
from workbench.ui.history.history_rows import HistoryRows
from workbench.ui.history.row_delegate import HistoryDelegate


class RowList(QListView):
    """``menu_requested`` carries a global point."""

    menu_requested = Signal(QPoint)
    resized = Signal()

    def __init__(self, model: HistoryRows, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("History"))
        self.setModel(model)
        self.setItemDelegate(HistoryDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_for_menu)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def _ask_for_menu(self, place: QPoint) -> None:
        self.menu_requested.emit(self.viewport().mapToGlobal(place))
