"""The kinds of documents, each declared once: what its drafts are carried by, and how it is made.

A new kind is a module with a subclass of ``Document``, and one more line in ``KINDS``. Opening, saving, what is kept
over a crash, tab titles, reopening, the palette and the command for a new one follow from that.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.core.draft import HTTP, Draft
from workbench.core.i18n import _
from workbench.ui.actions import FILE, Command, Keys

if TYPE_CHECKING:
    from workbench.ui.tabs.context import DocumentContext
    from workbench.ui.tabs.document import Document


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """Documents for drafts of one ``protocol``. ``new`` is the command that opens an empty one.

    ``make`` imports what the document consists of: nothing of it is there before the first paint.
    """

    protocol: str
    new: Command
    make: "Callable[[DocumentContext], Document]"


def _request(context: "DocumentContext") -> "Document":
    from workbench.ui.tabs.request.making import request_document

    return request_document(context)


KINDS = (DocumentKind(HTTP, Command("new", _("&New Request"), FILE, Keys.AddTab, "add"), _request),)


def kind_of(draft: Draft, kinds: Sequence[DocumentKind]) -> DocumentKind:
    """The one of ``kinds`` that shows ``draft``; the first shows those of protocols that are not known."""
    return next((kind for kind in kinds if kind.protocol == draft.protocol), kinds[0])
