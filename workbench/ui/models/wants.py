"""What a collection from elsewhere wants, or may use: one line for each thing, the same in every table of them."""

from workbench.core.i18n import _
from workbench.core.want import Want, thing_words
from workbench.ui.models.table import Column, TableModel


def wants_model() -> TableModel[Want]:
    """Thing and which, for whom, and which part of the collection asks."""
    columns: tuple[Column[Want], ...] = (
        Column(_("Wants to use"), lambda want: _capital(thing_words(want.thing, want.what))),
        Column(_("Host"), lambda want: want.host),
        Column(_("Requested in"), lambda want: want.source),
    )
    return TableModel(columns)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
