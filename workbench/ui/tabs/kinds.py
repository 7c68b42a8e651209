"""The kinds of documents, each declared once: which drafts it shows, and how it is made.

A new kind is a type of draft, a module with a subclass of ``Document``, and one more line in ``KINDS``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from workbench.core.draft import Draft
from workbench.ui.tabs.context import DocumentContext
from workbench.ui.tabs.document import Document
from workbench.ui.tabs.request.making import request_document


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """Documents for drafts of ``draft_type``. ``new`` is the command that opens an empty one."""

    draft_type: type[Draft]
    make: Callable[[DocumentContext], Document]
    new: str


KINDS = (DocumentKind(Draft, request_document, "new"),)


def kind_of(draft: Draft) -> DocumentKind:
    """The kind of document that shows ``draft``."""
    return next(kind for kind in KINDS if kind.draft_type is type(draft))
