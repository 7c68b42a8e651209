"""What can be done with the open requests: what each command does with the tab in front, and when it can be done."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QToolButton

from workbench.core.i18n import _
from workbench.ui.actions import Actions, tip
from workbench.ui.look.plain import caption
from workbench.ui.tabs.request_tab import RequestTab

if TYPE_CHECKING:
    from workbench.ui.tabs.requests_page import RequestsPage

_PAGES = ("params", "headers", "auth", "body", "tls", "variables", "assertions", "docs")
_WITH_A_TAB = (
    "url", "undo", "redo", "format", "sign-in-anew", "save", "save-as", "compare", "duplicate", "close", "close-others",
    "next", "previous", *(f"page-{key}" for key in _PAGES),
)  # fmt: skip
_MENU = (("save", "save-as"), ("duplicate", "compare"), ("close", "close-others", "reopen"))


class TabCommands(QObject):
    """Lives with its page; ``enable`` after everything that changes what can be done."""

    def __init__(self, page: "RequestsPage", actions: Actions) -> None:
        super().__init__(page)
        self._page, self._actions = page, actions
        for name, slot in self._slots().items():
            actions[name].triggered.connect(lambda _on=False, slot=slot: slot())

    def enable(self, *, busy: bool, closed: bool) -> None:
        """``busy``: the request in front is under way; ``closed``: there is a tab to open again."""
        there = self._page.current() is not None
        for name in _WITH_A_TAB:
            self._actions[name].setEnabled(there)
        for name in ("send", "send-and-save"):
            self._actions[name].setEnabled(there and not busy)
        self._actions["cancel"].setEnabled(busy)
        self._actions["reopen"].setEnabled(closed)

    def show_menu(self, where: QPoint) -> None:
        """Offer what can be done with the tab in front."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for names in _MENU:
            for name in names:
                menu.addAction(self._actions[name])
            menu.addSeparator()
        menu.popup(where)

    def new_button(self) -> QToolButton:
        """A button for a new request."""
        button = QToolButton(self._page)
        button.setDefaultAction(self._actions["new"])
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setToolTip(tip(self._actions["new"]))
        return button

    def _slots(self) -> dict[str, Callable[[], object]]:
        page, front = self._page, self._with_front
        return {
            "new": page.open_new,
            "send": partial(front, lambda tab: tab.panel.send()),
            "send-and-save": partial(front, page.send_and_save),
            "cancel": partial(front, page.cancel),
            "url": partial(front, lambda tab: tab.panel.edit_url()),
            "format": partial(front, lambda tab: tab.panel.tidy_body()),
            "undo": partial(front, lambda tab: tab.panel.undo()),
            "redo": partial(front, lambda tab: tab.panel.redo()),
            "sign-in-anew": partial(front, page.sign_in_anew),
            "save": partial(front, page.save_requested.emit),
            "save-as": partial(front, page.save_as_requested.emit),
            "compare": partial(front, self.compare),
            "duplicate": page.duplicate,
            "close": lambda: page.close_tab(page.currentIndex()),
            "close-others": lambda: page.close_others(page.currentIndex()),
            "reopen": page.reopen_closed,
            "next": partial(page.step, 1),
            "previous": partial(page.step, -1),
            **{f"page-{key}": partial(front, partial(_open_page, key)) for key in _PAGES},
        }

    def compare(self, tab: RequestTab) -> None:
        """Compare the response of ``tab`` with that of another, the one that there is or the one that is chosen."""
        others = [one for one in self._page.tabs() if one is not tab and one.response.exchange() is not None]
        if tab.response.exchange() is None or not others:
            tab.banner.show_words(
                _("There is nothing to compare yet."),
                _("Two open requests must each have a response: send this one and another."),
            )
        elif len(others) == 1:
            self._page.compare_requested.emit(tab, others[0])
        else:
            menu = QMenu(self._page)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addSection(_("Compare with"))
            for other in others:
                menu.addAction(caption(other.title().words), partial(self._page.compare_requested.emit, tab, other))
            menu.popup(self._page.mapToGlobal(QPoint(0, self._page.tabBar().height())))

    def _with_front(self, do: Callable[[RequestTab], object]) -> None:
        tab = self._page.current()
        if tab is not None:
            do(tab)


def _open_page(key: str, tab: RequestTab) -> None:
    tab.panel.open_page(key)
