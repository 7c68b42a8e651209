"""What a person does with collections in the sidebar: each command becomes an order of the bridge."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QUrl, Signal, SignalInstance
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft
from workbench.core.i18n import _, ngettext
from workbench.core.visible import isolated
from workbench.core.workspace.collection_state import Move, outermost
from workbench.core.workspace.tree_state import TreeState
from workbench.ui.actions import Actions
from workbench.ui.bridge.library import LibraryBridge
from workbench.ui.flows.collection_opening import CollectionOpening
from workbench.ui.flows.moving_back import moves_back, places
from workbench.ui.library.sidebar import LibrarySidebar
from workbench.ui.library.tree_menu import TreeSelection, menu_of
from workbench.ui.models.library_lines import Library, LibraryLine
from workbench.ui.models.library_mime import read_locations, write_locations
from workbench.ui.widgets.undoing import Undoing

if TYPE_CHECKING:
    from workbench.core.workspace.collection_editor import Removal

_LOCAL = ("tree-rename", "tree-duplicate", "tree-copy", "tree-paste", "tree-delete")


class Collecting(QObject):
    """``open_requested`` carries a ``DraftLocation`` and whether it stays behind; ``moved`` former and present ones.

    ``defaults_requested`` carries a ``DraftLocation``, ``place_chosen`` the folder of the collection in which something
    was chosen.
    """

    open_requested = Signal(object, bool)
    moved = Signal(object)
    defaults_requested = Signal(object)
    place_chosen = Signal(object)

    def __init__(
        self, bridge: LibraryBridge, actions: Actions, sidebar: LibrarySidebar, undoing: Undoing, window: QWidget
    ) -> None:
        super().__init__(window)
        self._bridge, self._actions, self._side = bridge, actions, sidebar
        self._undoing, self._window = undoing, window
        # What is to be chosen when the tree knows it, whether with the focus, and whether to be renamed at once.
        self._awaited: tuple[DraftLocation, bool, bool] | None = None
        self.opening = CollectionOpening(bridge, window)
        self.opening.opened.connect(lambda location: self.choose_when_there(location, focus=True))
        self._connect_commands()
        self._connect_sidebar()
        sidebar.tree_state_changed.connect(bridge.keep_tree)
        bridge.recalled.connect(self._recall)
        bridge.changed.connect(self._show)
        bridge.reading.connect(sidebar.show_reading)
        sidebar.stop_requested.connect(bridge.stop_reading)

    def choose_when_there(self, location: DraftLocation, *, focus: bool = False, rename: bool = False) -> None:
        """Choose ``location``, now or as soon as it is shown; give it the keyboard, or its name to be typed."""
        self._awaited = (location, focus or rename, rename)
        self._choose_awaited()

    def chosen_place(self) -> DraftLocation | None:
        """The folder or collection that the chosen line is or lies in."""
        line = self._side.tree.current_line()
        return _place_of(line) if line is not None else None

    def chosen_folder(self) -> Path | None:
        """The folder of the collection that the chosen line lies in, while the tree has the keyboard or chose it."""
        line = self._side.tree.current_line()
        return line.location.collection if line is not None else None

    def _connect_commands(self) -> None:
        slots: dict[str, Callable[[], object]] = {
            "new-collection": self.opening.create,
            "open-collection": self.opening.choose,
            "clone-collection": self._clone,
            "close-collection": self._close,
            "tree-open": lambda: self._open(behind=False),
            "tree-open-behind": lambda: self._open(behind=True),
            "tree-new-request": self._add_request,
            "tree-new-folder": self._add_folder,
            "tree-rename": self._side.tree.edit_current,
            "tree-duplicate": self._duplicate,
            "tree-copy": self._copy,
            "tree-paste": self._paste,
            "tree-delete": self._delete,
            "defaults": lambda: self._ask(self.defaults_requested),
            "tree-edit-file": self._edit_file,
            "tree-show-file": self._show_file,
            "tree-expand": self._side.tree.unfold_all,
            "tree-collapse": self._side.tree.fold_all,
        }
        for name, slot in slots.items():
            self._actions[name].triggered.connect(lambda _on=False, slot=slot: slot())
        self._actions["tree-sort"].toggled.connect(lambda on: self._bridge.sort(by_name=on))
        for name in _LOCAL:
            self._side.tree.addAction(self._actions[name])

    def _connect_sidebar(self) -> None:
        side = self._side
        actions = self._actions
        add: list[QAction | None] = [actions[name] for name in ("tree-new-request", "tree-new-folder")]
        add += [None, actions["new-collection"], actions["open-collection"]]
        side.offer_actions(add, actions["tree-sort"], self.opening.recent_menu())
        side.empty.new_requested.connect(self.opening.create)
        side.empty.open_requested.connect(self.opening.choose)
        side.tree.undo_requested.connect(self._undoing.undo)
        side.tree.open_requested.connect(self._open_line)
        side.tree.menu_requested.connect(self._show_menu)
        side.tree.chosen.connect(self._enable)
        side.tree.chosen.connect(lambda: self.place_chosen.emit(self.chosen_folder()))
        side.model.rename_requested.connect(self._rename)
        side.model.move_requested.connect(self._move)
        side.trouble.edit_requested.connect(lambda location: _open_file(location.file))
        side.trouble.folder_requested.connect(
            lambda location: _open_file(location.file if location.item is None else location.file.parent)
        )
        side.trouble.retry_requested.connect(
            lambda location: self._bridge.open(location.collection, lambda _spot: None)
        )
        side.trouble.close_requested.connect(lambda location: self._bridge.close(location.collection))
        QGuiApplication.clipboard().dataChanged.connect(self._enable)
        self._enable()

    def _recall(self, look: TreeState) -> None:
        self._side.show_tree_state(look)
        self._actions["tree-sort"].setChecked(look.by_name)

    def _show(self, library: Library) -> None:
        self._side.show_library(library)
        self.opening.show_remembered(library.remembered)
        self._choose_awaited()
        self._enable()

    def _choose_awaited(self) -> None:
        if self._awaited is not None and self._side.model.find(self._awaited[0]).isValid():
            (location, focus, rename), self._awaited = self._awaited, None
            self._side.reveal(location, focus=focus)
            if rename:
                self._side.tree.edit_current()

    def _enable(self) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        pasteable = bool(read_locations(mime))
        for name, allowed in TreeSelection(self._side.tree.chosen_lines()).allowed(pasteable=pasteable).items():
            self._actions[name].setEnabled(allowed)

    def _show_menu(self, place: QPoint) -> None:
        menu = menu_of(TreeSelection(self._side.tree.chosen_lines()), self._actions, self._side)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _open(self, *, behind: bool) -> None:
        for line in self._side.tree.chosen_lines():
            self._open_line(line, behind)

    def _open_line(self, line: LibraryLine, behind: bool) -> None:
        if line.is_openable and not line.trouble:
            self.open_requested.emit(line.location, behind)

    def _add_request(self) -> None:
        into = self.chosen_place()
        if into is None:
            return

        def added(location: DraftLocation) -> None:
            self._made((location,))
            self.open_requested.emit(location, False)

        self._bridge.add(into, Draft(name=_("New request")), added)

    def _add_folder(self) -> None:
        into = self.chosen_place()
        if into is None:
            return

        def added(location: DraftLocation) -> None:
            self._made((location,))
            self.choose_when_there(location, rename=True)

        self._bridge.add_folder(into, _("New folder"), added)

    def _rename(self, location: DraftLocation, name: str) -> None:
        before, file = self._line_name(location), location.item.name if location.item is not None else ""
        back = partial(self._rename_to, name=before, file=file)
        self._rename_to(location, name, done=lambda present: self._undoing.note(lambda: back(present)))

    def _rename_to(
        self,
        location: DraftLocation,
        name: str,
        file: str = "",
        done: Callable[[DraftLocation], object] = lambda _present: None,
    ) -> None:
        def renamed(present: DraftLocation) -> None:
            self.choose_when_there(present)
            self.moved.emit(((location, present),))
            done(present)

        self._bridge.rename(location, name, renamed, file)

    def _line_name(self, location: DraftLocation) -> str:
        line = self._side.model.line(self._side.model.find(location))
        return line.name if line is not None else ""

    def _duplicate(self) -> None:
        self._bridge.duplicate(self._side.tree.chosen_locations(), self._made)

    def _copy(self) -> None:
        locations = self._side.tree.chosen_locations()
        if locations:
            data = write_locations(locations)
            data.setText("\n".join(line.name for line in self._side.tree.chosen_lines()))
            QGuiApplication.clipboard().setMimeData(data)

    def _paste(self) -> None:
        into, data = self.chosen_place(), QGuiApplication.clipboard().mimeData()
        carried = read_locations(data)
        if into is not None and carried:
            self._move(Move(carried, into, copy=True))

    def _move(self, move: Move) -> None:
        before = places(move.locations, self._side.library())
        names = [self._line_name(location) for location in move.locations]

        def moved(locations: Sequence[DraftLocation]) -> None:
            self._choose_first(locations)
            self.moved.emit(tuple(zip(move.locations, locations, strict=True)))
            words = _words(
                _("Moved “{name}”."), ngettext("Moved {count} item.", "Moved {count} items.", len(locations)), names
            )
            self._undoing.note(lambda: self._move_back(moves_back(locations, before)), words)

        self._bridge.move(move, self._made if move.copy else moved)

    def _move_back(self, moves: Sequence[Move]) -> None:
        if not moves:
            return

        def moved(locations: Sequence[DraftLocation]) -> None:
            self._choose_first(locations)
            self.moved.emit(tuple(zip(moves[0].locations, locations, strict=True)))
            self._move_back(moves[1:])

        self._bridge.move(moves[0], moved)

    def _made(self, locations: Sequence[DraftLocation]) -> None:
        self._choose_first(locations)
        self._undoing.note(lambda: self._bridge.remove(locations, lambda _removal: None))

    def _choose_first(self, locations: Sequence[DraftLocation]) -> None:
        if locations:
            self.choose_when_there(locations[0])

    def _delete(self) -> None:
        lines = [line for line in self._side.tree.chosen_lines() if not line.is_root]
        locations = outermost([line.location for line in lines])
        if not locations:
            return

        def deleted(removal: "Removal") -> None:
            many = ngettext("Deleted {count} item.", "Deleted {count} items.", len(locations))
            words = _words(_("Deleted “{name}”."), many, names)
            self._undoing.note(lambda: self._bridge.restore(removal, self._choose_first), words)

        names = [self._line_name(location) for location in locations]
        self._bridge.remove(locations, deleted)

    def _clone(self) -> None:
        line = self._side.tree.current_line()
        if line is not None and line.is_root:
            self.opening.clone(line.location.collection, line.name)

    def _close(self) -> None:
        for folder in dict.fromkeys(line.location.collection for line in self._side.tree.chosen_lines()):
            self._bridge.close(folder)

    def _ask(self, wish: SignalInstance) -> None:
        line = self._side.tree.current_line()
        if line is not None:
            wish.emit(line.location)

    def _edit_file(self) -> None:
        line = self._side.tree.current_line()
        if line is not None:
            _open_file(line.location.file)

    def _show_file(self) -> None:
        line = self._side.tree.current_line()
        if line is not None:
            _open_file(line.location.file if line.is_container else line.location.file.parent)


def _words(one: str, many: str, names: Sequence[str]) -> str:
    return one.format(name=isolated(names[0])) if len(names) == 1 else many.format(count=len(names))


def _place_of(line: LibraryLine) -> DraftLocation:
    if line.is_container:
        return line.location
    above = line.location.item.parent if line.location.item is not None else Path()
    return DraftLocation(line.location.collection, above if above != Path() else None)


def _folder_of(location: DraftLocation) -> Path:
    return location.file if location.item is None else location.file.parent


def _open_file(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
