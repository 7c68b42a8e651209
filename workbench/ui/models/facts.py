"""Facts as table rows: a name, a value, and a sentence for who sees it for the first time."""

from dataclasses import dataclass

from workbench.core.i18n import _
from workbench.ui.look.marks import Mark
from workbench.ui.models.table import Column


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; ``note`` says what it means."""

    name: str
    value: str
    note: str = ""
    mark: Mark | None = None


def fact_columns() -> tuple[Column[Fact], ...]:
    """Fact and value."""
    return (
        Column(_("Fact"), lambda fact: fact.name, tip=lambda fact: fact.note or fact.name),
        Column(
            _("Value"),
            lambda fact: fact.value,
            spoken=lambda fact: f"{fact.name}, {fact.value}",
            tip=lambda fact: f"{fact.value}\n{fact.note}" if fact.note else fact.value,
            mark=lambda fact: fact.mark,
        ),
    )


def header_columns() -> tuple[Column[tuple[str, str]], ...]:
    """Name and value of a header field (RFC 9110 6.3)."""
    return (
        Column(_("Name"), lambda field: field[0]),
        Column(_("Value"), lambda field: field[1], spoken=lambda field: f"{field[0]}, {field[1]}", fixed_width=True),
    )
