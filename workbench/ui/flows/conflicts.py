"""Asking, in the document, which of two versions of a request is to be kept."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from workbench.core.i18n import _
from workbench.core.workspace.request_file import Conflict
from workbench.ui.library.comparison_dialog import ComparisonDialog
from workbench.ui.models.differences import part_words
from workbench.ui.tabs.document import Document

_QUESTION = "conflict"
_MINE, _THEIRS, _COMPARE = "mine", "theirs", "compare"


def ask_which(
    document: Document,
    conflict: Conflict,
    *,
    keep_mine: Callable[[], object],
    take_theirs: Callable[[], object],
    window: QWidget,
) -> None:
    """Ask about ``conflict`` in ``document``, in place of an older question about one; then do what is answered."""

    def answered(answer: str) -> None:
        if answer == _COMPARE:
            ComparisonDialog(document.title().words, document.draft(), conflict.theirs, window).open()
            return
        forget_conflict(document)
        (keep_mine if answer == _MINE else take_theirs)()

    document.ask(
        _QUESTION,
        _("This request was changed both here and by another program."),
        _("Changed in both: {parts}. Nothing is lost until you choose.").format(
            parts=", ".join(map(part_words, conflict.parts))
        ),
        ((_MINE, _("&Keep Mine")), (_THEIRS, _("&Use Theirs")), (_COMPARE, _("Co&mpare…"))),
        answered,
    )


def forget_conflict(document: Document) -> None:
    """There is no conflict in ``document`` any more."""
    document.withdraw(_QUESTION)
