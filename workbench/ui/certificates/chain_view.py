"""Certificates in a list on the left, everything about the chosen one on the right."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QSplitter, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.ui.look import theme
from workbench.ui.models.credential_tables import AUTHORITY_COLUMNS, EXPIRES, VALIDITY
from workbench.ui.models.table import TableModel
from workbench.ui.widgets.certificate_details import CertificateDetails
from workbench.ui.widgets.validity_bar import ValidityDelegate
from workbench.ui.widgets.views import RowTable

_SUBJECT = 3


class ChainView(QSplitter):
    """``show_chain(certificates)``; with a search field when ``searchable``."""

    def __init__(self, name: str, parent: QWidget | None = None, *, searchable: bool = False) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = TableModel(AUTHORITY_COLUMNS, self)
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(self._model)
        self._found.setFilterKeyColumn(-1)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._table = RowTable(name, self._found, self)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._search = QLineEdit(placeholderText=_("Search CAs"), clearButtonEnabled=True)
        self._search.setAccessibleName(_("Search CAs"))
        self._search.setVisible(searchable)
        self._details = CertificateDetails(_("Nothing is selected."))
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addWidget(self._search)
        column.addWidget(self._table, 1)
        self.addWidget(left)
        self.addWidget(self._details)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(theme.SPACE)
        self.setSizes([500, 560])
        self._table.setItemDelegateForColumn(EXPIRES, ValidityDelegate(VALIDITY, self._table))
        header = self._table.horizontalHeader()
        self._table.setColumnHidden(_SUBJECT, True)  # it is searched, and told in the details
        for section, lines in enumerate((16, 8)):
            header.resizeSection(section, lines * self.fontMetrics().height())
        self._search.textChanged.connect(self._filter)
        self._table.selectionModel().currentRowChanged.connect(self._choose)

    def show_chain(self, certificates: Sequence[Certificate]) -> None:
        """Show these and choose the first."""
        self._model.show_rows(certificates)
        self._choose_first()

    def _filter(self, text: str) -> None:
        self._found.setFilterFixedString(text)
        self._choose_first()

    def _choose_first(self) -> None:
        if self._found.rowCount():
            self._table.selectRow(0)
        self._choose(self._table.currentIndex(), QModelIndex())

    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._details.show_certificate(self._model.row(self._found.mapToSource(current)))
