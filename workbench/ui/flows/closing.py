"""Tabs closed with what is saved nowhere: told, and opened again as they were when a person wants that."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft
from workbench.core.i18n import _, ngettext
from workbench.core.visible import isolated
from workbench.ui.request.url import short_url
from workbench.ui.tabs.document import Document
from workbench.ui.tabs.document_tabs import DocumentTabs
from workbench.ui.widgets.undoing import Undoing

if TYPE_CHECKING:
    from workbench.core.storage.drafts import OpenTab


class Closing(QObject):
    """Nothing is asked before a document closes. What it held comes back by undo, or with its request."""

    def __init__(self, tabs: DocumentTabs, undoing: Undoing) -> None:
        super().__init__(undoing)
        self._tabs, self._undoing = tabs, undoing
        tabs.unsaved_closed.connect(self._tell)

    def open_unsaved(self, origin: DraftLocation, *, behind: bool) -> Document | None:
        """Open what was closed before it was saved at ``origin``, and say so; None where there is no such thing."""
        held = self._tabs.unsaved_of(origin)
        if held is None:
            return None
        (document,) = self._tabs.open_again([held], behind=behind)
        words = _("“{name}” was closed with unsaved changes. They have been restored.").format(
            name=_name(document.draft())
        )
        self._undoing.toast.offer(words, _("&Discard Changes"), partial(self._discard, document))
        return document

    def _tell(self, held: "tuple[OpenTab, ...]") -> None:
        many = ngettext("Closed {count} unsaved request.", "Closed {count} unsaved requests.", len(held))
        if len(held) > 1:
            words = many.format(count=len(held))
        elif held[0].item is not None:
            words = _("Closed “{name}” with unsaved changes.").format(name=_name(held[0].draft))
        else:
            words = _("Closed “{name}”, which was never saved.").format(name=_name(held[0].draft))
        self._undoing.note(lambda: self._tabs.open_again(held), words)

    def _discard(self, document: Document) -> None:
        if document not in self._tabs.documents():
            return
        mine = document.draft()

        def back() -> None:
            if document in self._tabs.documents():
                document.show_draft(mine, saved=document.saved)

        document.show_draft(document.saved)
        self._undoing.note(back, _("Discarded the changes to “{name}”.").format(name=_name(mine)))


def _name(draft: Draft) -> str:
    return isolated(draft.name or short_url(draft.url)) or _("New request")
