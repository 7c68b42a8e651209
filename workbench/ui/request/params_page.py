"""The parameters of the URL: those behind the question mark and those in the path, in step with the URL itself."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.core.draft import Draft, Param, ParamKind
from workbench.core.exchange import Failure, Spot
from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.models.draft_columns import NAME_WIDTH, description_column, name_column, value_column
from workbench.ui.models.editable import EditableRows, EditColumn
from workbench.ui.request.field_table import FieldTable
from workbench.ui.request.request_page import RequestPage
from workbench.ui.widgets.edit_table import EditTable
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.variables import Variables

_MOST_PATH_ROWS = 4


class ParamsPage(RequestPage):
    """``changed`` tells that parameters were edited here; whoever holds the URL then writes them into it."""

    def __init__(self, variables: Variables, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.query: FieldTable[Param] = FieldTable(
            _("Query parameters"), _query_columns(), Param(), variables, self, title=_("Query parameters")
        )
        self.path: EditableRows[Param] = EditableRows(_path_columns(), Param(kind=ParamKind.PATH), self, switch="")
        self._path_table = EditTable(_("Path variables"), self.path, variables, self)
        self._path_part = QWidget(self)
        part = QVBoxLayout(self._path_part)
        part.setContentsMargins(0, 0, 0, 0)
        part.setSpacing(theme.SPACE // 2)
        part.addWidget(Label(_("In the path, written as :name"), self._path_part))
        part.addWidget(self._path_table)
        self.column.addWidget(self._path_part)
        self.column.addWidget(self.query, 1)
        self.query.changed.connect(self.changed)
        self.path.edited.connect(self.changed)
        self._fit_path()

    def fill(self, draft: Draft) -> Draft:
        """``draft`` with these parameters."""
        self._path_table.commit()
        query, path = self.query.rows(), tuple(row for row in self.path.rows() if row.name)
        if query == _of(draft, ParamKind.QUERY) and path == _of(draft, ParamKind.PATH):
            return draft
        return replace(draft, params=(*query, *path))

    def show_draft(self, draft: Draft) -> None:
        """Show the parameters of ``draft``."""
        self.query.show_rows(_of(draft, ParamKind.QUERY))
        self.path.show_rows(_of(draft, ParamKind.PATH))
        self._fit_path()

    def enter(self) -> None:
        """Put the keyboard into the table."""
        self.query.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def point_at(self, _failure: Failure, spot: Spot) -> None:
        """Go to the path variable, or to the parameter that holds what is wrong."""
        names = [row.name for row in self.path.rows()]
        if spot.name in names:
            self._path_table.point_at(names.index(spot.name), 1)
        else:
            self.query.point_at(spot)

    def _fit_path(self) -> None:
        count = len(self.path.rows())
        table = self._path_table
        self._path_part.setVisible(bool(count))
        for row in range(count + 1):
            table.setRowHidden(row, row == count)  # path variables come and go with the URL: none is added here
        rows = min(count, _MOST_PATH_ROWS) * table.verticalHeader().defaultSectionSize()
        table.setFixedHeight(rows + table.horizontalHeader().sizeHint().height() + 2 * table.frameWidth())


def _of(draft: Draft, kind: ParamKind) -> tuple[Param, ...]:
    return tuple(param for param in draft.params if param.kind is kind)


def _query_columns() -> tuple[EditColumn[Param], ...]:
    return (
        name_column(_("Add a parameter…"), variables=True, stripped=False),
        value_column(),
        description_column(),
    )


def _path_columns() -> tuple[EditColumn[Param], ...]:
    return (
        EditColumn(_("Name"), lambda row: row.name, width=NAME_WIDTH),
        value_column(),
        description_column(),
    )
