"""Two versions of a request side by side: only the parts that differ."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from workbench.core.draft import Draft
from workbench.core.i18n import _
from workbench.core.visible import isolated
from workbench.ui.look import theme
from workbench.ui.models.differences import Difference, differences
from workbench.ui.models.table import Column, TableModel
from workbench.ui.widgets.button_box import ButtonBox
from workbench.ui.widgets.views import RowTable


class ComparisonDialog(QDialog):
    """Nothing can be changed here; secret parts are told to differ, and not shown."""

    def __init__(self, name: str, mine: Draft, theirs: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Two versions of “{name}”").format(name=isolated(name)))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._model: TableModel[Difference] = TableModel(
            (
                Column(_("Part"), lambda row: row.part),
                Column(_("Here"), lambda row: row.mine, fixed_width=True),
                Column(_("In the file"), lambda row: row.theirs, fixed_width=True),
            ),
            self,
        )
        self._model.show_rows(differences(mine, theirs))
        table = RowTable(_("Differences"), self._model, self)
        table.horizontalHeader().resizeSection(0, 170)
        table.horizontalHeader().resizeSection(1, 330)
        buttons = ButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(table, 1)
        layout.addWidget(buttons)
        self.resize(900, 420)
