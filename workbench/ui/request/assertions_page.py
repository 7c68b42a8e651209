"""What the response must fulfil; what became of it stands on the response's Results tab."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.core.assertions import OPERATORS, TLS_FACTS, takes_value
from workbench.core.draft import Assertion, Draft
from workbench.core.i18n import _
from workbench.ui.models.editable import EditableRows, EditColumn
from workbench.ui.request.request_page import RequestPage
from workbench.ui.widgets.edit_table import EditTable
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.variables import Variables

_EXPRESSIONS = (
    "res.status",
    "res.responseTime",
    "res.body",
    "res.body.",
    "res.headers.content-type",
    *(f"tls.{fact}" for fact in TLS_FACTS),
)


class AssertionsPage(RequestPage):
    """A table of expression, operator and value."""

    def __init__(self, variables: Variables, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model: EditableRows[Assertion] = EditableRows(_columns(), Assertion(), self)
        self.table = EditTable(_("Assertions"), self.model, variables, self)
        about = Label(
            _("Checked after each response: res.status equals 200, res.body.items[0].id is defined, tls.version …"),
            self,
        )
        about.setWordWrap(True)
        self.column.addWidget(about)
        self.column.addWidget(self.table, 1)
        self.model.edited.connect(self.changed)

    def fill(self, draft: Draft) -> Draft:
        """``draft`` with these assertions."""
        self.table.commit()
        rows = tuple(row for row in self.model.rows() if row != Assertion())
        return draft if rows == draft.assertions else replace(draft, assertions=rows)

    def show_draft(self, draft: Draft) -> None:
        """Show the assertions of ``draft``."""
        self.model.show_rows(draft.assertions)

    def enter(self) -> None:
        """Put the keyboard into the table."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _columns() -> tuple[EditColumn[Assertion], ...]:
    return (
        EditColumn(
            _("Expression"),
            lambda row: row.expression,
            lambda row, text: replace(row, expression=text),
            suggestions=lambda _row: _EXPRESSIONS,
            variables=True,
            invitation=_("Add an assertion…"),
            width=300,
        ),
        EditColumn(
            _("Operator"),
            lambda row: row.operator,
            lambda row, text: replace(row, operator=text, value=row.value if takes_value(text) else ""),
            choices=OPERATORS,
            width=160,
        ),
        EditColumn(
            _("Value"),
            lambda row: row.value,
            lambda row, text: replace(row, value=text),
            variables=True,
        ),
    )
