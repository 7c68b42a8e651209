"""What became of assertions, as table rows."""

from typing import TYPE_CHECKING

from workbench.core.draft import Assertion
from workbench.core.i18n import _
from workbench.ui.look.marks import Mark
from workbench.ui.models.table import Column

if TYPE_CHECKING:
    from workbench.core.assertions import AssertionResult


def result_columns() -> "tuple[Column[AssertionResult], ...]":
    """Held or not, what was asserted, what was there, and why it did not hold."""
    return (
        Column(
            _("Result"),
            lambda row: _("passed") if row.passed else _("failed"),
            mark=lambda row: Mark.GOOD if row.passed else Mark.BAD,
        ),
        Column(_("Assertion"), lambda row: assertion_words(row.assertion)),
        Column(_("Actual"), lambda row: row.actual, fixed_width=True),
        Column(_("Reason"), lambda row: row.words),
    )


def assertion_words(assertion: Assertion) -> str:
    """``res.status equals 200``."""
    from workbench.core.assertions import OPERATORS, takes_value  # not needed before the first response

    operator = dict(OPERATORS).get(assertion.operator, assertion.operator)
    value = f" {assertion.value}" if takes_value(assertion.operator) else ""
    return f"{assertion.expression} {operator}{value}"
