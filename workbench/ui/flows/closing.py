"""Tabs closed with what is saved nowhere: told, and opened again as they were when a person wants that."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft
from workbench.core.i18n import _, ngettext
from workbench.core.visible import isolated
from workbench.ui.request.url import short_url
from workbench.ui.tabs.request_tab import RequestTab
from workbench.ui.tabs.requests_page import RequestsPage
from workbench.ui.widgets.undoing import Undoing

if TYPE_CHECKING:
    from workbench.core.storage.drafts import OpenTab


class Closing(QObject):
    """Nothing is asked before a tab closes. What it held comes back by undo, or when its request is opened again."""

    def __init__(self, requests: RequestsPage, undoing: Undoing) -> None:
        super().__init__(undoing)
        self._requests, self._undoing = requests, undoing
        requests.unsaved_closed.connect(self._tell)

    def open_unsaved(self, origin: DraftLocation, *, behind: bool) -> RequestTab | None:
        """Open what was closed before it was saved at ``origin``, and say so; None where there is no such thing."""
        held = self._requests.unsaved_of(origin)
        tabs = self._requests.open_again([held], behind=behind) if held is not None else ()
        if not tabs:
            return None
        words = _("“{name}” was closed with unsaved changes. They are here again.").format(name=_name(tabs[0].draft()))
        self._undoing.toast.offer(words, _("&Discard Them"), partial(self._discard, tabs[0]))
        return tabs[0]

    def _tell(self, held: "tuple[OpenTab, ...]") -> None:
        many = ngettext("Closed {count} unsaved request.", "Closed {count} unsaved requests.", len(held))
        if len(held) > 1:
            words = many.format(count=len(held))
        elif held[0].item is not None:
            words = _("Closed “{name}” with unsaved changes.").format(name=_name(held[0].draft))
        else:
            words = _("Closed “{name}”, which is not saved.").format(name=_name(held[0].draft))
        self._undoing.note(lambda: self._requests.open_again(held), words)

    def _discard(self, tab: RequestTab) -> None:
        if tab not in self._requests.tabs():
            return
        mine = tab.draft()

        def back() -> None:
            if tab in self._requests.tabs():
                tab.show_draft(mine, saved=tab.saved)

        tab.show_draft(tab.saved)
        self._undoing.note(back, _("Discarded the changes of “{name}”.").format(name=_name(mine)))


def _name(draft: Draft) -> str:
    return isolated(draft.name or short_url(draft.url)) or _("New request")
