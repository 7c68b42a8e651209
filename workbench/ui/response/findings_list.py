"""The list of findings under the status."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy, QWidget

from workbench.core.exchange import Finding
from workbench.core.i18n import _
from workbench.ui.models.findings import finding_columns
from workbench.ui.models.table import TableModel

_MOST_LINES = 4  # of text shown before it scrolls


class FindingsList(QListView):
    """As high as its findings need, up to a few lines; hidden when there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: TableModel[Finding] = TableModel(finding_columns(), self)
        self.setModel(self._rows)
        self.setAccessibleName(_("Findings"))
        self.setWordWrap(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSpacing(1)
        self.setIconSize(QSize(16, 16))
        self.hide()

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show these findings."""
        self._rows.show_rows(findings)
        self.setVisible(bool(findings))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the rows, bounded."""
        self.executeDelayedItemsLayout()
        rows = self.contentsSize().height()
        line = self.fontMetrics().lineSpacing()
        return QSize(super().sizeHint().width(), min(rows, _MOST_LINES * (line + 6)) + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        """As high as it wants to be, as narrow as need be."""
        return QSize(80, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the words elsewhere."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()
