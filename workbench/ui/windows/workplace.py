"""Where one works with requests: a column at the left, and the open requests or, without any, the start page."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabWidget, QWidget

from workbench.core.i18n import _

_WIDTH = 270  # pixels of the column, until someone moves the divider


class Workplace(QSplitter):
    """The columns have names; one is chosen and may be folded away."""

    def __init__(self, tabs: QTabWidget, sides: dict[str, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._tabs, self._sides = tabs, dict(sides)
        self._side = QStackedWidget(self)
        self._side.setAccessibleName(_("Sidebar"))
        self._main = QStackedWidget(self)
        self._main.addWidget(tabs)
        for side in self._sides.values():
            self._side.addWidget(side)
        self._chosen = next(iter(self._sides), "")
        self.addWidget(self._side)
        self.addWidget(self._main)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setSizes([_WIDTH, 1000])

    def take_start(self, start: QWidget) -> None:
        """Show ``start`` from now on while no request is open."""
        focused = start.window().focusWidget()
        moved = focused in start.findChildren(QWidget)
        self._main.insertWidget(0, start)
        self.follow_tabs()
        if moved:
            focused.setFocus()  # with its page it has lost the keyboard

    def follow_tabs(self) -> None:
        """Show the requests if there are any, else the start page."""
        self._main.setCurrentIndex(self._main.indexOf(self._tabs) if self._tabs.count() else 0)

    def column(self) -> str:
        """Name of the chosen column."""
        return self._chosen

    def focus_column(self) -> None:
        """Give the keyboard to the column, unless it is folded away."""
        if not self.is_folded():
            self._sides[self._chosen].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def is_folded(self) -> bool:
        """Whether the column is folded away."""
        return self._side.isHidden()

    def fold(self, *, folded: bool) -> None:
        """Fold the column away, or show it."""
        self._side.setHidden(folded)

    def show_column(self, name: str, *, fold: bool = False) -> None:
        """Choose a column and show it; ``fold``: when it is shown already, fold it away."""
        if name not in self._sides:
            return
        folded = fold and name == self._chosen and not self.is_folded()
        self._chosen = name
        self._side.setCurrentWidget(self._sides[name])
        self.fold(folded=folded)

    def restore_split(self, state: str) -> None:
        """Put the divider where it was."""
        if state:
            self.restoreState(QByteArray.fromBase64(state.encode()))
            self.setHandleWidth(1)

    def split_state(self) -> str:
        """Where the divider is."""
        return self.saveState().toBase64().toStdString()
