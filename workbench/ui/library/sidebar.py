"""The column of collections: a filter, the tree, what is wrong with a file, and what was just deleted."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from workbench.core.collection.location import DraftLocation
from workbench.core.i18n import _
from workbench.core.workspace.tree_state import TreeState
from workbench.ui.library.empty import EmptyLibrary
from workbench.ui.library.reading_bar import ReadingBar
from workbench.ui.library.tree_view import TreeView
from workbench.ui.library.trouble import TroublePane
from workbench.ui.look import theme
from workbench.ui.look.icons import icon
from workbench.ui.look.plain import tip
from workbench.ui.models.library_lines import Library, LibraryLine, matching
from workbench.ui.models.library_tree import LibraryTree

_LOOK_PAUSE = 300  # milliseconds after the last folder was folded or unfolded
_PAUSE = 120  # milliseconds after the last letter, so that typing does not wait for ten thousand lines


class LibrarySidebar(QWidget):
    """``show_library()`` in; what is chosen is asked of ``tree``.

    ``show_tree_state()`` goes before it; ``tree_state_changed`` carries a ``TreeState`` a moment after a change.
    ``shown`` when other lines are. ``show_reading()`` tells when collections are being read, which ``stop_requested``
    wants to end.
    """

    tree_state_changed = Signal(TreeState)
    shown = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = Library()
        self._tree_state = TreeState()
        self._wanted = ""
        self._unfolded: frozenset[DraftLocation] | None = None  # as it was before the filter
        self.model = LibraryTree(self)
        self.tree = TreeView(self.model, self)
        self.trouble = TroublePane(self)
        self.empty = EmptyLibrary(self)
        self._filter = _Filter(self)
        self._sort = QToolButton(self)
        self._add = QToolButton(self)
        self._more = QMenu(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._telling = QTimer(self, singleShot=True, interval=_LOOK_PAUSE)
        self._stack = QStackedWidget(self)
        self._reading = ReadingBar(self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.tree)
        self._show_lines()

    def show_tree_state(self, state: TreeState) -> None:
        """Unfold what was unfolded in the collections that come."""
        self._tree_state = state

    def show_library(self, library: Library) -> None:
        """Show these collections; what was unfolded, selected and in view stays so, new ones are unfolded."""
        before = {root.folder for root in self._library.roots if root.tree is not None}
        self._library = library
        self._show_lines()
        new = {root.folder for root in library.roots if root.tree is not None} - before
        if new:
            known = (location for location in self._tree_state.unfolded if location.collection in new)
            self.tree.unfold_more((*known, *(DraftLocation(folder) for folder in new - self._tree_state.seen)))
        self._telling.start()
        self.shown.emit()

    def show_reading(self, under_way: bool) -> None:
        """Collections are being read, or no more; told to the person when it takes a while."""
        self._reading.show_reading(under_way)

    def library(self) -> Library:
        """The collections shown."""
        return self._library

    def focus_filter(self) -> None:
        """Put the cursor where one types what to look for."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def reveal(self, location: DraftLocation, *, focus: bool = True) -> None:
        """Bring ``location`` into view, without the filter when that hides it."""
        if not self.tree.choose(location):
            self._filter.clear()
            self._apply_filter()
            self.tree.choose(location)
        if focus:
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_actions(self, add: Sequence[QAction | None], sort: QAction, recent: QMenu) -> None:
        """``add`` is what the button with the plus offers, None a line between, and ``recent`` below.

        ``sort`` is the button beside it.
        """
        self._more.clear()
        for action in add:
            if action is None:
                self._more.addSeparator()
            else:
                self._more.addAction(action)
        self._more.addMenu(recent)
        self._sort.setDefaultAction(sort)

    def _lay_out(self) -> None:
        for button, words in ((self._sort, _("Sort by name")), (self._add, _("Add to collections"))):
            button.setAutoRaise(True)
            button.setIconSize(QSize(16, 16))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAccessibleName(words)
            button.setToolTip(tip(words))
        self._add.setMenu(self._more)
        self._add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._add.setIcon(icon("add"))
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE // 2, theme.SPACE // 2)
        bar.setSpacing(theme.SPACE // 4)
        bar.addWidget(self._filter, 1)
        bar.addWidget(self._sort)
        bar.addWidget(self._add)
        full = QWidget(self)
        inside = QVBoxLayout(full)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(bar)
        inside.addWidget(self.tree, 1)
        inside.addWidget(self.trouble)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(full)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._reading)
        self.setMinimumWidth(200)

    def _connect(self) -> None:
        self._filter.textChanged.connect(lambda _text: self._pause.start())
        self._filter.entered.connect(self._enter_tree)
        self._pause.timeout.connect(self._apply_filter)
        self._telling.timeout.connect(self._tell_tree_state)
        for moved in (self.tree.expanded, self.tree.collapsed):
            moved.connect(lambda _index: self._telling.start())
        self.tree.chosen.connect(self._show_trouble)
        self._reading.stop_requested.connect(self.stop_requested)

    def _apply_filter(self) -> None:
        self._pause.stop()
        before, self._wanted = self._wanted, self._filter.text().strip()
        if self._wanted == before:
            return
        if not before:
            self._unfolded = self.tree.unfolded()
        self.tree.unfold_next(() if self._wanted else self._unfolded or ())
        self._show_lines()
        self.tree.unfold_now()
        if self._wanted:
            self.tree.unfold_all()
        else:
            self._unfolded = None

    def _show_lines(self) -> None:
        self.model.ordered = not self._wanted and not self._library.by_name
        self.model.show_lines(matching(self._library.lines, self._wanted))
        self._stack.setCurrentIndex(1 if self._library.roots else 0)
        self._show_trouble()

    def _tell_tree_state(self) -> None:
        """What is unfolded while the filter is on is the filter's doing; collections that are closed stay known."""
        if self._unfolded is not None:
            return
        shown = frozenset(root.folder for root in self._library.roots if root.tree is not None)
        others = frozenset(location for location in self._tree_state.unfolded if location.collection not in shown)
        state = TreeState(self._library.by_name, self.tree.unfolded() | others, self._tree_state.seen | shown)
        if state != self._tree_state:
            self._tree_state = state
            self.tree_state_changed.emit(state)

    def _show_trouble(self) -> None:
        lines = self.tree.chosen_lines()
        self.trouble.show_line(lines[0] if len(lines) == 1 and lines[0].trouble else None)

    def _enter_tree(self) -> None:
        self._apply_filter()
        line = self.tree.current_line()
        if line is None or (self._wanted and not line.is_openable):  # what one looked for, not what stood there before
            first = next((line for line in _every(self.model) if line.is_openable), None)
            if first is not None:
                self.tree.choose(first.location)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)


class _Filter(QLineEdit):
    """``entered`` when one wants to go on in the tree."""

    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, clearButtonEnabled=True, placeholderText=_("Filter"))
        self.setAccessibleName(_("Filter collections"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter go into the tree, Escape takes the filter away."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


def _every(model: LibraryTree) -> Sequence[LibraryLine]:
    found: list[LibraryLine] = []
    waiting = [model.line(model.index(row, 0)) for row in reversed(range(model.rowCount()))]
    while waiting:
        line = waiting.pop()
        if line is not None:
            found.append(line)
            waiting.extend(reversed(line.lines))
    return found
