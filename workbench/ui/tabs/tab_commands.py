"""What each command does with the open documents, and when it can be done."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from workbench.core.draft import Draft
from workbench.core.i18n import _
from workbench.ui.actions import Actions, tip
from workbench.ui.look.plain import caption
from workbench.ui.tabs.document import Document
from workbench.ui.tabs.document_tabs import DocumentTabs
from workbench.ui.tabs.kinds import DocumentKind

_WITH_A_TAB = ("save", "save-as", "compare", "duplicate", "close", "close-others", "next", "previous")
_MENU = (("save", "save-as"), ("duplicate", "compare"), ("close", "close-others", "reopen"))


class TabCommands(QObject):
    """Connects ``actions`` with ``tabs``: a document's own commands go to the one in front, where that has them.

    ``save_requested`` and ``save_as_requested`` carry a ``Document``, ``compare_requested`` two whose exchanges are to
    be compared.
    """

    save_requested = Signal(QWidget)
    save_as_requested = Signal(QWidget)
    compare_requested = Signal(QWidget, QWidget)

    def __init__(self, tabs: DocumentTabs, actions: Actions) -> None:
        super().__init__(tabs)
        self._tabs, self._actions = tabs, actions
        self._own = tuple(command.id for command in actions.commands if command.document)
        for name, slot in self._slots().items():
            actions[name].triggered.connect(lambda _on=False, slot=slot: slot())
        tabs.setCornerWidget(self._new_button(), Qt.Corner.TopRightCorner)
        tabs.front_changed.connect(self._enable)
        tabs.menu_requested.connect(self._show_menu)
        tabs.compare_requested.connect(self._compare)
        self._enable()

    def _enable(self) -> None:
        front = self._tabs.current()
        for name in _WITH_A_TAB:
            self._actions[name].setEnabled(front is not None)
        for name in self._own:
            self._actions[name].setEnabled(front is not None and front.can(name))
        self._actions["reopen"].setEnabled(self._tabs.can_reopen())

    def _show_menu(self, where: QPoint) -> None:
        menu = QMenu(self._tabs)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for names in _MENU:
            for name in names:
                menu.addAction(self._actions[name])
            menu.addSeparator()
        menu.popup(where)

    def _new_button(self) -> QToolButton:
        button = QToolButton(self._tabs)
        button.setDefaultAction(self._actions[self._tabs.kinds[0].new.id])
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setToolTip(tip(button.defaultAction()))
        return button

    def _slots(self) -> dict[str, Callable[[], object]]:
        tabs, front = self._tabs, self._with_front
        return {
            **{kind.new.id: partial(self._open_new, kind) for kind in tabs.kinds},
            **{name: partial(self._do, name) for name in self._own},
            "save": partial(front, self.save_requested.emit),
            "save-as": partial(front, self.save_as_requested.emit),
            "compare": partial(front, self._compare),
            "duplicate": tabs.duplicate,
            "close": lambda: tabs.close_tab(tabs.currentIndex()),
            "close-others": lambda: tabs.close_others(tabs.currentIndex()),
            "reopen": tabs.reopen_closed,
            "next": partial(tabs.step, 1),
            "previous": partial(tabs.step, -1),
        }

    def _open_new(self, kind: DocumentKind) -> None:
        self._tabs.open(Draft(protocol=kind.protocol))

    def _do(self, name: str) -> None:
        front = self._tabs.current()
        if front is not None:
            front.commands[name]()

    def _compare(self, document: Document) -> None:
        """Compare with another document: the one that has received something, or the one that is chosen."""
        others = [one for one in self._tabs.documents() if one is not document and one.compared() is not None]
        if document.compared() is None or not others:
            document.banner.show_words(
                _("There is nothing to compare with yet."),
                _("Two open requests need a response: send this one and another."),
            )
        elif len(others) == 1:
            self.compare_requested.emit(document, others[0])
        else:
            menu = QMenu(self._tabs)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addSection(_("Compare with"))
            for other in others:
                chosen = partial(self.compare_requested.emit, document, other)
                menu.addAction(caption(other.title().words), chosen)
            menu.popup(self._tabs.mapToGlobal(QPoint(0, self._tabs.tabBar().height())))

    def _with_front(self, do: Callable[[Document], object]) -> None:
        front = self._tabs.current()
        if front is not None:
            do(front)
