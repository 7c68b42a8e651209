"""The header fields: the request's own to type in, those that come from elsewhere to look at."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from workbench.core.draft import Draft, Field
from workbench.core.exchange import Failure, Spot
from workbench.core.i18n import _, ngettext
from workbench.core.workspace.surroundings import AddedField, InheritedField, Surroundings
from workbench.ui.models.table import Column, TableModel
from workbench.ui.request.field_table import FieldTable, field_columns
from workbench.ui.request.header_words import NAMES, usual_values
from workbench.ui.request.request_page import RequestPage, Wish
from workbench.ui.widgets.fold import Fold
from workbench.ui.widgets.variables import Variables
from workbench.ui.widgets.views import RowTable

_MOST_ROWS = 5
_NAME_WIDTH = 260


class HeadersPage(RequestPage):
    """``shared``: the header fields of a folder, which is not sent itself."""

    def __init__(self, variables: Variables, parent: QWidget | None = None, *, shared: bool = False) -> None:
        super().__init__(parent)
        self._inherited: tuple[InheritedField, ...] = ()
        self.fields: FieldTable[Field] = FieldTable(
            _("Request headers"),
            field_columns(lambda _row: NAMES, lambda row: usual_values(row.name), _("Add a header…")),
            Field(),
            variables,
            self,
            title=_("Headers for every request in this folder") if shared else _("Request headers"),
        )
        self._above = _given_table(_("Inherited headers"), self)
        self._generated = _given_table(_("Generated headers"), self)
        self._above_fold = Fold("", self._above[1], self)
        self._fold = Fold(_("Generated headers"), self._generated[1], self)
        self.column.addWidget(self._above_fold)
        self.column.addWidget(self.fields, 1)
        self.column.addWidget(self._fold)
        self.setFocusProxy(self.fields)
        self._above_fold.setVisible(False)
        self._fold.setVisible(not shared)
        self._above_fold.set_open(True)
        self.fields.changed.connect(self.changed)
        self.fields.changed.connect(self._show_inherited)
        self._fold.toggled.connect(self._want_generated)

    def fill(self, draft: Draft) -> Draft:
        """``draft`` with these header fields."""
        rows = self.fields.rows()
        return draft if rows == draft.headers else replace(draft, headers=rows)

    def show_draft(self, draft: Draft) -> None:
        """Show the header fields of ``draft``."""
        self.fields.show_rows(draft.headers)
        self._show_inherited()
        self.refresh_generated()

    def show_surroundings(self, surroundings: Surroundings) -> None:
        """Show the fields of folders and collection above."""
        self._inherited = surroundings.headers
        self._show_inherited()

    def show_generated(self, fields: Sequence[AddedField], why: str = "") -> None:
        """Show what will be added when this is sent; ``why`` it cannot be sent yet."""
        rows = list(fields)
        rows += [AddedField("", why, _("not known yet"))] if why else []
        _show_given(self._generated, rows)
        self._fold.show_title(_("Generated headers ({count})").format(count=len(fields)))

    def refresh_generated(self) -> None:
        """Ask for the generated fields again while they are looked at."""
        if self._fold.is_open():
            self.wished.emit(Wish.GENERATED_FIELDS)

    def enter(self) -> None:
        """Put the keyboard into the table."""
        self.fields.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def point_at(self, _failure: Failure, spot: Spot) -> None:
        """Go to the field, which may be one from above."""
        own = any(row.on and row.name == spot.name for row in self.fields.model.rows())
        above = [row.name for row in self._above[0].rows()]
        if own or spot.name not in above:
            self.fields.point_at(spot)
            return
        self._above_fold.set_open(True)
        self._above[1].selectRow(above.index(spot.name))
        self._above[1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _want_generated(self, on: bool) -> None:
        if on:
            self.wished.emit(Wish.GENERATED_FIELDS)

    def _show_inherited(self) -> None:
        own = {row.name.strip().lower() for row in self.fields.model.rows() if row.on}
        rows = []
        for given in self._inherited:
            replaced = given.field.name.strip().lower() in own
            why = _("{where} · replaced by this request").format(where=given.where) if replaced else given.where
            rows.append(AddedField(given.field.name, given.field.value, why))
        _show_given(self._above, rows)
        count = len(rows)
        self._above_fold.show_title(
            ngettext("{count} inherited header", "{count} inherited headers", count).format(count=count)
        )
        self._above_fold.setVisible(bool(rows))


def _given_table(name: str, parent: QWidget) -> tuple[TableModel[AddedField], RowTable]:
    model: TableModel[AddedField] = TableModel(
        (
            Column(_("Name"), lambda row: row.name),
            Column(_("Value"), lambda row: row.value),
            Column(_("From"), lambda row: row.why),
        ),
        parent,
    )
    table = RowTable(name, model, parent)
    header = table.horizontalHeader()
    header.setStretchLastSection(False)
    header.resizeSection(0, _NAME_WIDTH)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
    table.setItemDelegate(_Quiet(table))
    return model, table


def _show_given(given: tuple[TableModel[AddedField], RowTable], rows: Sequence[AddedField]) -> None:
    model, table = given
    model.show_rows(rows)
    table.fit_rows(min(max(len(rows), 1), _MOST_ROWS))


class _Quiet(QStyledItemDelegate):
    """Cells in the colour of what is said beside the matter."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Take that colour."""
        super().initStyleOption(option, index)
        palette = option.palette
        palette.setBrush(QPalette.ColorRole.Text, palette.placeholderText())
        option.palette = palette
