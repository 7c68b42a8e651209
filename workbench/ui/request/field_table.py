"""Named texts, a row each, and the same as text for whoever pastes many at a time."""

from collections.abc import Callable, Sequence
from typing import Generic

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from workbench.core.draft import Field
from workbench.core.exchange import Spot
from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.models.draft_columns import description_column, name_column, value_column
from workbench.ui.models.editable import EditableRows, EditColumn
from workbench.ui.request.bulk import Named, from_text, to_text
from workbench.ui.request.faults import cell_of, fault
from workbench.ui.widgets.code.code_edit import CodeEdit
from workbench.ui.widgets.edit_table import EditTable
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.variables import Variables

Suggest = Callable[[Field], Sequence[str]]


class FieldTable(QWidget, Generic[Named]):
    """``rows()`` and ``show_rows()``; ``changed`` tells of what a person did."""

    changed = Signal()

    def __init__(
        self,
        name: str,
        columns: Sequence[EditColumn[Named]],
        empty: Named,
        variables: Variables,
        parent: QWidget | None = None,
        *,
        title: str = "",
    ) -> None:
        super().__init__(parent)
        self._empty: Named = empty
        self.model: EditableRows[Named] = EditableRows(columns, empty, self)
        self.table = EditTable(name, self.model, variables, self)
        self._text: CodeEdit | None = None
        self._name, self._variables = name, variables
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.table)
        self._bulk = QToolButton(self)
        self._bulk.setText(_("Edit as text"))
        self._bulk.setCheckable(True)
        self._bulk.setAutoRaise(True)
        self._bulk.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._bulk.setToolTip(_("One per line: name: value. Put // before a line to turn it off."))
        self._bulk.setAccessibleName(_("{table}: edit as text").format(table=name))
        self._bulk.toggled.connect(self._show_text)
        self._heading = Label(title, self)
        self.tools = QWidget(self)
        self.bar = QHBoxLayout(self.tools)
        self.bar.setContentsMargins(0, 0, 0, 0)
        self.bar.setSpacing(theme.SPACE)
        self.bar.addWidget(self._heading)
        self.bar.addStretch(1)
        self.bar.addWidget(self._bulk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(self.tools)
        layout.addWidget(self._pages, 1)
        self.setFocusProxy(self.table)
        self.model.edited.connect(self.changed)

    def rows(self) -> tuple[Named, ...]:
        """What is shown, what is still being typed included; rows that hold nothing are left out."""
        if self._text is not None and self._bulk.isChecked():
            self._read_text()
        else:
            self.table.commit()
        return tuple(row for row in self.model.rows() if row.name or row.value)

    def show_rows(self, rows: Sequence[Named]) -> None:
        """Show these."""
        if tuple(rows) == tuple(row for row in self.model.rows() if row.name or row.value):
            return
        self.model.show_rows(rows)
        if self._text is not None and self._bulk.isChecked():
            self._text.show_text(to_text(rows))

    def point_at(self, spot: Spot) -> None:
        """Put the keyboard where ``spot`` is."""
        found = cell_of(((row.name, row.value) if row.on else ("", "") for row in self.model.rows()), spot)
        if self._text is not None and self._bulk.isChecked():
            place = fault(self._text.text(), spot)
            self._text.select(*(place or (0, 0)))
        elif found is not None:
            self.table.point_at(*found)
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_text(self, wanted: bool) -> None:
        if wanted:
            self.table.commit()
            if self._text is None:
                self._text = CodeEdit(_("{table} as text").format(table=self._name), self._variables, self)
                self._text.textChanged.connect(self._read_text)
                self._pages.addWidget(self._text)
            self._text.blockSignals(True)
            self._text.show_text(to_text(self.model.rows()))
            self._text.blockSignals(False)
            self._pages.setCurrentWidget(self._text)
            self._text.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._read_text()
            self._pages.setCurrentWidget(self.table)

    def _read_text(self) -> None:
        if self._text is None:
            return
        rows = from_text(self._text.text(), self.model.rows(), self._empty)
        if rows != self.model.rows():
            self.model.show_rows(rows)
            self.changed.emit()


def field_columns(
    names: Suggest | None = None, values: Suggest | None = None, invitation: str = ""
) -> tuple[EditColumn[Field], ...]:
    """Name, value and, when asked for, description of header and form fields."""
    return (
        name_column(invitation, suggestions=names, variables=True),
        value_column(suggestions=values),
        description_column(),
    )
