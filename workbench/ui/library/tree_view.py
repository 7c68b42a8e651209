"""The tree of the open collections as a person uses it: keys, mouse, drag and drop, rename in place."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from workbench.core.collection.location import DraftLocation
from workbench.core.i18n import _
from workbench.core.workspace.collection_state import outermost
from workbench.ui.library.unfolding import Unfolding, outer_first, with_lines
from workbench.ui.look import theme
from workbench.ui.look.badges import badge_size
from workbench.ui.models.library_lines import LibraryLine
from workbench.ui.models.library_tree import LibraryTree

_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class _Kept:
    """How the tree looks, to look the same after everything in it was made anew."""

    unfolded: frozenset[DraftLocation]
    chosen: tuple[DraftLocation, ...]
    current: DraftLocation | None
    scrolled: int


class TreeView(QTreeView):
    """``open_requested`` carries a line and whether to open it in the background; ``menu_requested`` a global point."""

    open_requested = Signal(LibraryLine, bool)
    menu_requested = Signal(QPoint)
    chosen = Signal()
    undo_requested = Signal()

    def __init__(self, model: LibraryTree, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = model
        self.setModel(model)
        self.setAccessibleName(_("Collections"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(theme.SPACE * 2 - 2)
        self.setIconSize(QSize(badge_size().width(), 16))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setAutoExpandDelay(700)
        self.setExpandsOnDoubleClick(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_for_menu)
        self._unfolding = Unfolding(self, model)
        self._unfolding.finished.connect(self._scroll_back)
        self._scrolled: int | None = None
        self._kept: _Kept | None = None
        self._next: frozenset[DraftLocation] | None = None
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        self.selectionModel().selectionChanged.connect(lambda _new, _old: self.chosen.emit())

    def current_line(self) -> LibraryLine | None:
        """The line that has the keyboard."""
        return self._lines.line(self.currentIndex())

    def chosen_lines(self) -> tuple[LibraryLine, ...]:
        """The selected lines, from the top down."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=self._height)
        lines = (self._lines.line(index) for index in indexes)
        return tuple(line for line in lines if line is not None)

    def chosen_locations(self) -> tuple[DraftLocation, ...]:
        """What is selected, without what lies in something selected."""
        return outermost([line.location for line in self.chosen_lines()])

    def choose(self, location: DraftLocation) -> bool:
        """Select ``location``, unfold what it lies in and bring it into view; False when it is not shown."""
        index = self._lines.find(location)
        if not index.isValid():
            return False
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        # Not setCurrentIndex: that would ask which keys are held, and a shortcut's are.
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        return True

    def edit_current(self) -> None:
        """Rename in place."""
        if self.currentIndex().isValid():
            self.edit(self.currentIndex())

    def unfolded(self) -> frozenset[DraftLocation]:
        """The folders that are unfolded, or about to be."""
        lines = (self._lines.line(index) for index in self._lines.unfoldable() if self.isExpanded(index))
        return frozenset(line.location for line in lines if line is not None) | self._unfolding.waiting()

    def unfold(self, locations: Iterable[DraftLocation]) -> None:
        """Unfold exactly these, where there are very many of them little by little."""
        self.fold_all()
        self._unfolding.begin(outer_first(locations))

    def unfold_more(self, locations: Iterable[DraftLocation]) -> None:
        """Unfold these as well."""
        self._unfolding.begin(outer_first({*locations, *self._unfolding.waiting()}))

    def unfold_all(self) -> None:
        """Unfold everything, where that is very much little by little."""
        self._unfolding.begin(with_lines(self._lines.lines()))

    def fold_all(self) -> None:
        """Fold everything."""
        self._unfolding.stop()
        self.collapseAll()

    def event(self, event: QEvent) -> bool:
        """Undo means the tree here, and the request everywhere else."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_undo(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, or folds and unfolds; everything else is as in any tree."""
        if event.key() in _OPENING and self.state() != QAbstractItemView.State.EditingState:
            lines = self.chosen_lines()
            if len(lines) == 1 and lines[0].lines:
                self.setExpanded(self.currentIndex(), not self.isExpanded(self.currentIndex()))
            for line in lines:
                self._open(line, behind=False)
        elif _is_undo(event):
            self.undo_requested.emit()
        elif event.key() == Qt.Key.Key_Menu:
            self._ask_for_menu(self.visualRect(self.currentIndex()).bottomLeft())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open, or fold and unfold."""
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            super().mouseDoubleClickEvent(event)
            return
        line = self._lines.line(index)
        if line is not None and line.is_container:
            self.setExpanded(index, not self.isExpanded(index))
        elif line is not None:
            self._open(line, behind=False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The middle button opens without leaving what is in front."""
        line = self._lines.line(self.indexAt(event.position().toPoint()))
        if event.button() == Qt.MouseButton.MiddleButton and line is not None:
            self._open(line, behind=True)
        else:
            super().mouseReleaseEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Into another collection lines are copied, so the mouse says so too."""
        super().dropEvent(event)
        if event.isAccepted() and event.source() is self:
            # The view would remove what was moved; the files' own news does that.
            event.setDropAction(Qt.DropAction.CopyAction)

    def unfold_next(self, locations: Iterable[DraftLocation]) -> None:
        """Unfold exactly these as soon as other lines are shown."""
        self._next = frozenset(locations)

    def unfold_now(self) -> None:
        """Unfold what ``unfold_next`` named, if that has not been done yet."""
        locations, self._next = self._next, None
        if locations is not None:
            self.unfold(locations)

    def _keep(self) -> None:
        current = self.current_line()
        chosen = tuple(line.location for line in self.chosen_lines())
        location = current.location if current is not None else None
        self._kept = _Kept(self.unfolded(), chosen, location, self.verticalScrollBar().value())

    def _restore(self) -> None:
        kept, self._kept = self._kept, None
        if kept is None:
            return
        self._scrolled = None  # that of an earlier state
        self.unfold_next(kept.unfolded if self._next is None else self._next)
        self.unfold_now()
        selection, flags = self.selectionModel(), QItemSelectionModel.SelectionFlag
        if kept.current is not None and (index := self._lines.find(kept.current)).isValid():
            selection.setCurrentIndex(index, flags.NoUpdate)
        for location in kept.chosen:
            if (index := self._lines.find(location)).isValid():
                selection.select(index, flags.Select)
        self._scrolled = kept.scrolled
        if not self._unfolding.is_under_way:
            self._scroll_back()

    def _scroll_back(self) -> None:
        if self._scrolled is not None:
            self.verticalScrollBar().setValue(self._scrolled)
            self._scrolled = None

    def _open(self, line: LibraryLine, *, behind: bool) -> None:
        if not line.is_container or line.trouble:
            self.open_requested.emit(line, behind)

    def _ask_for_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        elif not index.isValid():
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        self.menu_requested.emit(self.viewport().mapToGlobal(place))

    def _height(self, index: QModelIndex) -> tuple[int, ...]:
        rows = []
        while index.isValid():
            rows.append(index.row())
            index = index.parent()
        return tuple(reversed(rows))


def _is_undo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo)
