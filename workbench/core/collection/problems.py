"""What is raised about a collection, in words for a person."""

from pathlib import Path

from workbench.core.collection.encoding import Malformed
from workbench.core.errors import CollectionError
from workbench.core.i18n import _

__all__ = ["BrokenFile", "CollectionError", "where"]


class BrokenFile(CollectionError):
    """A file of a collection cannot be understood; it is left as it is."""

    def __init__(self, path: Path, malformed: Malformed) -> None:
        super().__init__(
            _("“{file}” cannot be read.").format(file=path.name),
            detail=f"{path}: {where(malformed)}",
            hint=_("Correct the file in a text editor; it is read again as soon as it is saved."),
        )
        self.path = path
        self.line = malformed.line
        self.column = malformed.column
        self.reason = malformed.reason


def where(malformed: Malformed) -> str:
    """Line, column and reason."""
    if not malformed.line:
        return malformed.reason
    place = _("Line {line}, column {column}").format(line=malformed.line, column=malformed.column)
    return f"{place}: {malformed.reason}"
