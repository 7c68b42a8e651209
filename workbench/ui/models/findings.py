"""Findings as rows of a list: a mark, the severity in words, the finding's own sentences."""

from workbench.core.exchange import Finding, Severity
from workbench.core.i18n import _
from workbench.ui.look.marks import Mark
from workbench.ui.models.table import Column

_MARKS = {Severity.INFO: Mark.NOTE, Severity.WARNING: Mark.WARNING, Severity.ERROR: Mark.BAD}


def severity_words(severity: Severity) -> str:
    """The severity's name."""
    return {Severity.INFO: _("Note"), Severity.WARNING: _("Warning"), Severity.ERROR: _("Error")}[severity]


def finding_mark(finding: Finding) -> Mark:
    """The shape that goes with its severity."""
    return _MARKS[finding.severity]


def finding_words(finding: Finding) -> str:
    """Severity, title, detail and hint in one line."""
    sentences = " ".join(part for part in (finding.title, finding.detail, finding.hint) if part)
    return f"{severity_words(finding.severity)}: {sentences}"


def finding_columns() -> tuple[Column[Finding], ...]:
    """The one column of the list."""
    return (Column(_("Finding"), finding_words, spoken=finding_words, mark=finding_mark),)
