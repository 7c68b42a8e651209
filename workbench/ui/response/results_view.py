"""The Results tab: each assertion and whether it held."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.core.i18n import _, ngettext
from workbench.ui.look import theme
from workbench.ui.look.marks import Mark
from workbench.ui.models.results import result_columns
from workbench.ui.models.table import TableModel
from workbench.ui.response.view import ResponseView
from workbench.ui.widgets.sentence import Sentence
from workbench.ui.widgets.views import RowTable

if TYPE_CHECKING:
    from workbench.core.assertions import AssertionResult
    from workbench.core.exchange import Exchange


class ResultsView(ResponseView):
    """Shows results, those that failed first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: TableModel[AssertionResult] = TableModel(result_columns(), self)
        table = RowTable(_("Assertion results"), self._rows)
        table.stretch_column(1)
        self._words = Sentence(_("All results"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE, 0, 0)
        column.addWidget(self._words)
        column.addWidget(table, 1)

    def show_exchange(self, _exchange: "Exchange") -> None:
        """What was asserted of it is told later, by ``show_results``."""

    def show_results(self, results: "Sequence[AssertionResult]") -> None:
        """Show these."""
        self._rows.show_rows(sorted(results, key=lambda result: result.passed))
        failed = sum(not result.passed for result in results)
        if failed:
            words = ngettext("{count} assertion of {all} failed.", "{count} assertions of {all} failed.", failed)
        else:
            words = ngettext("{all} assertion passed.", "All {all} assertions passed.", len(results))
        self._words.say(Mark.BAD if failed else Mark.GOOD, words.format(count=failed, all=len(results)))
