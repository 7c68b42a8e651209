"""What is raised about a collection, in words for a person."""

from pathlib import Path

from workbench.core.collection.encoding import Malformed
from workbench.core.collection.stamp import Stamp
from workbench.core.draft import Defaults, Draft, Environment
from workbench.core.errors import CollectionError
from workbench.core.i18n import _

__all__ = ["BrokenFile", "ChangedOutside", "CollectionError", "where"]


class BrokenFile(CollectionError):
    """A file of a collection cannot be understood; it is left as it is."""

    def __init__(self, path: Path, malformed: Malformed) -> None:
        super().__init__(
            _("“{file}” cannot be read.").format(file=path.name),
            detail=f"{path}: {where(malformed)}",
            hint=_("Correct the file in a text editor; it is read again when you save it."),
        )
        self.path = path
        self.line = malformed.line
        self.column = malformed.column
        self.reason = malformed.reason


class ChangedOutside(CollectionError):
    """A file is not what it was when it was read; nothing was written.

    ``current`` is what it says now and ``stamp`` what to save with to replace that; both are None
    when the file is gone.
    """

    def __init__(self, path: Path, current: Draft | Defaults | Environment | None, stamp: Stamp | None) -> None:
        gone = current is None
        super().__init__(
            _("“{file}” was removed by another program.").format(file=path.name)
            if gone
            else _("“{file}” was changed by another program.").format(file=path.name),
            detail=str(path),
            hint=_("Save to bring it back, or close it.")
            if gone
            else _("Use the changed version, or replace it with yours."),
        )
        self.path = path
        self.current = current
        self.stamp = stamp


def where(malformed: Malformed) -> str:
    """Line, column and reason."""
    if not malformed.line:
        return malformed.reason
    place = _("Line {line}, column {column}").format(line=malformed.line, column=malformed.column)
    return f"{place}: {malformed.reason}"
