"""The request's own variables: nearer than those of folders, environment and collection."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.core.choices import is_reserved
from workbench.core.draft import Draft, Variable
from workbench.core.i18n import _
from workbench.ui.models.draft_columns import description_column, kind_column, name_column, value_column
from workbench.ui.models.editable import EditableRows, EditColumn
from workbench.ui.request.request_page import RequestPage
from workbench.ui.widgets.edit_table import EditTable
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.message import Message
from workbench.ui.widgets.variables import Variables


class VariablesPage(RequestPage):
    """The TLS choices are variables too, but are shown on the TLS page only. ``shared``: those of a folder."""

    def __init__(self, variables: Variables, parent: QWidget | None = None, *, shared: bool = False) -> None:
        super().__init__(parent)
        self.model: EditableRows[Variable] = EditableRows(_columns(), Variable(), self)
        self.table = EditTable(_("Variables") if shared else _("Request variables"), self.model, variables, self)
        own = _("For this request only; they override variables of its folders, the environment and the collection.")
        about = Label(_("For all requests in this folder.") if shared else own, self)
        about.setWordWrap(True)
        self._note = Message(self)
        self.column.addWidget(about)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self._note)
        self.model.edited.connect(self.changed)
        self.model.edited.connect(self._warn)

    def fill(self, draft: Draft) -> Draft:
        """``draft`` with these variables; the reserved ones keep their places."""
        self.table.commit()
        rows = tuple(row for row in self.model.rows() if row.name or row.value)
        if rows == _own(draft):
            return draft
        left = list(rows)
        merged = []
        for variable in draft.variables:
            if is_reserved(variable.name):
                merged.append(variable)
            elif left:
                merged.append(left.pop(0))
        return replace(draft, variables=(*merged, *left))

    def show_draft(self, draft: Draft) -> None:
        """Show the variables of ``draft``."""
        self.model.show_rows(_own(draft))
        self._warn()

    def enter(self) -> None:
        """Put the keyboard into the table."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _warn(self) -> None:
        names = [row.name for row in self.model.rows() if row.on and row.name]
        reserved = next((name for name in names if is_reserved(name)), "")
        twice = next((name for name in names if names.count(name) > 1), "")
        words = ""
        if reserved:
            words = _("“{name}” is a TLS setting: set it on the TLS page.").format(name=reserved)
        elif twice:
            words = _("“{name}” occurs more than once: the last one is used.").format(name=twice)
        self._note.show_words(words)


def _own(draft: Draft) -> tuple[Variable, ...]:
    return tuple(variable for variable in draft.variables if not is_reserved(variable.name))


def _columns() -> tuple[EditColumn[Variable], ...]:
    return (
        name_column(_("Add a variable…"), width=220),
        value_column(secret=lambda row: row.secret),
        kind_column(120),
        description_column(),
    )
