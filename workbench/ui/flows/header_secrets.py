"""Asking, in the document, whether header fields that look like secrets are to be written into the file."""

from collections.abc import Callable, Sequence

from workbench.core.i18n import _, ngettext
from workbench.ui.tabs.document import Document

_QUESTION = "header-secrets"
_KEEP, _WRITE = "keep", "write"


def ask_about_secrets(document: Document, names: Sequence[str], save: Callable[[tuple[str, ...]], object]) -> None:
    """Ask about the header fields called ``names``, in place of an older question about some.

    ``save`` gets the names of those whose values go to the keyring: all of them, or none.
    """

    def answered(answer: str) -> None:
        forget_secrets(document)
        save(tuple(names) if answer == _KEEP else ())

    title, detail = secret_words(names)
    answers = ((_KEEP, _("&Move to Keyring and Save")), (_WRITE, _("Save &Unprotected")))
    question = document.ask(_QUESTION, title, detail, answers, answered)
    question.show()
    question.focus_first()


def forget_secrets(document: Document) -> None:
    """There is nothing to ask any more."""
    document.withdraw(_QUESTION)


def secret_words(names: Sequence[str]) -> tuple[str, str]:
    """What is to be said of header fields that look like secrets."""
    listed = ", ".join(f"“{name}”" for name in names)
    title = ngettext("The header {names} looks like a secret.", "The headers {names} look like secrets.", len(names))
    detail = _(
        "The request is not saved yet. In the keyring the value stays on this computer, and "
        "the file refers to it by a variable."
    )
    return title.format(names=listed), detail
