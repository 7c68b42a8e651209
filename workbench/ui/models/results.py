"""What became of assertions, as table rows."""

from typing import Any, Protocol

from workbench.core.i18n import _
from workbench.ui.marks import Mark
from workbench.ui.models.table import Column


class Result(Protocol):
    """One assertion's result: a sentence, whether it held, and what was there instead."""

    @property
    def assertion(self) -> Any:
        """What was asserted."""

    @property
    def passed(self) -> bool:
        """Whether it held."""

    @property
    def actual(self) -> Any:
        """What was there."""

    @property
    def words(self) -> str:
        """The result in a sentence."""


def result_columns() -> tuple[Column[Result], ...]:
    """Held or not, the sentence, what was there."""
    return (
        Column(
            _("Result"),
            lambda row: _("passed") if row.passed else _("failed"),
            mark=lambda row: Mark.GOOD if row.passed else Mark.BAD,
        ),
        Column(_("Assertion"), lambda row: row.words),
        Column(_("Was"), lambda row: "" if row.actual is None else str(row.actual), fixed_width=True),
    )
