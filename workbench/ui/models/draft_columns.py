"""Columns that tables of drafts have in common: of header and form fields, parameters, parts and variables."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from workbench.core.draft import Field, Param, Part, ValueKind, Variable
from workbench.core.i18n import _
from workbench.ui.models.editable import EditColumn

Row = TypeVar("Row", Field, Param, Part, Variable)

NAME_WIDTH = 260
_VALUE_KINDS = (
    (ValueKind.STRING.value, _("Text")),
    (ValueKind.NUMBER.value, _("Number")),
    (ValueKind.BOOLEAN.value, _("True or false")),
    (ValueKind.NULL.value, _("Null")),
    (ValueKind.OBJECT.value, _("JSON")),
)


def name_column(
    invitation: str,
    *,
    suggestions: Callable[[Row], Sequence[str]] | None = None,
    variables: bool = False,
    stripped: bool = True,
    width: int = NAME_WIDTH,
) -> EditColumn[Row]:
    """The name; ``stripped`` takes no white space around it."""
    return EditColumn(
        _("Name"),
        lambda row: row.name,
        lambda row, text: replace(row, name=text.strip() if stripped else text),
        suggestions=suggestions or _nothing,
        variables=variables,
        invitation=invitation,
        width=width,
    )


def value_column(
    *,
    suggestions: Callable[[Row], Sequence[str]] | None = None,
    secret: Callable[[Row], bool] | None = None,
    width: int = 0,
) -> EditColumn[Row]:
    """The value, variables and all."""
    return EditColumn(
        _("Value"),
        lambda row: row.value,
        lambda row, text: replace(row, value=text),
        suggestions=suggestions or _nothing,
        variables=True,
        secret=secret or _never,
        width=width,
    )


def description_column(width: int = 220) -> EditColumn[Row]:
    """What somebody noted; shown when asked for."""
    return EditColumn(
        _("Description"),
        lambda row: row.description,
        lambda row, text: replace(row, description=text),
        extra=True,
        width=width,
    )


def kind_column(width: int) -> EditColumn[Variable]:
    """What a variable's text means."""
    return EditColumn(
        _("Type"),
        lambda row: row.kind.value,
        lambda row, text: replace(row, kind=ValueKind(text)),
        choices=_VALUE_KINDS,
        width=width,
    )


def _nothing(_row: object) -> tuple[str, ...]:
    return ()


def _never(_row: object) -> bool:
    return False
