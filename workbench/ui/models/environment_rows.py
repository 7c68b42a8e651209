"""The variables of an environment, being edited. The value of a secret one is not here: it lies in the keyring."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from workbench.core.draft import Variable
from workbench.core.i18n import _
from workbench.core.visible import HIDDEN
from workbench.ui.models.draft_columns import description_column, kind_column, name_column, value_column
from workbench.ui.models.editable import EditableRows, EditColumn
from workbench.ui.models.table import Index

VALUE = 1
_FILE, _KEYRING = "file", "keyring"


class EnvironmentRows(EditableRows[Variable]):
    """``made_secret`` carries a name and the value that the row held until then; ``renamed`` two names of a secret."""

    made_secret = Signal(str, str)
    renamed = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(), Variable(), parent)
        self._kept: frozenset[str] = frozenset()

    def show_kept(self, names: Iterable[str]) -> None:
        """Which secret variables have a value on this computer."""
        self._kept = frozenset(names)
        if self.rows():
            self.dataChanged.emit(self.index(0, VALUE), self.index(len(self.rows()) - 1, VALUE))

    def is_kept(self, name: str) -> bool:
        """Whether the secret variable ``name`` has a value on this computer."""
        return name in self._kept

    def put(self, place: int, row: Variable) -> None:
        """Put ``row`` in place of the one there; a value never stays in a row that has become secret."""
        before = self.row(self.index(place, 0))
        if row.secret and row.value:
            value, row = row.value, replace(row, value="")
            super().put(place, row)
            self.made_secret.emit(row.name, value)
            return
        super().put(place, row)
        if row.secret and before.secret and before.name != row.name:
            self.renamed.emit(before.name, row.name)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The value of a secret is not typed into the table."""
        flags = super().flags(index)
        if index.isValid() and index.column() == VALUE and self.row(index).secret:
            flags &= ~Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What ``role`` asks of a cell; of a secret only whether there is one."""
        secret = index.isValid() and index.column() == VALUE and self.row(index).secret
        if secret and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            kept = self.is_kept(self.row(index).name)
            if role == Qt.ItemDataRole.DisplayRole:
                return HIDDEN if kept else _("not set on this computer")
            return _("Value: {state}").format(state=_("hidden") if kept else _("not set on this computer"))
        return super().data(index, role)


def _columns() -> tuple[EditColumn[Variable], ...]:
    return (
        name_column(_("Add a variable…"), width=170),
        value_column(width=220),
        EditColumn(
            _("Expires"),
            lambda row: _KEYRING if row.secret else _FILE,
            lambda row, text: replace(row, secret=text == _KEYRING),
            choices=((_FILE, _("in the file")), (_KEYRING, _("secret, in the keyring"))),
            width=140,
        ),
        kind_column(90),
        description_column(width=0),
    )
