"""The bridge's part for collections: orders go to the worker, and the library is told anew after each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from workbench.core.content.work import Work
from workbench.ui.bridge.library_watch import LibraryWatch, Run
from workbench.ui.runner import Job, while_alive

if TYPE_CHECKING:
    from workbench.core.collection import Stamp
    from workbench.core.collection.location import DraftLocation
    from workbench.core.draft import Defaults, Draft
    from workbench.core.want import Want
    from workbench.core.workspace.collection_editor import Removal
    from workbench.core.workspace.collection_state import Move
    from workbench.core.workspace.environment_edit import EnvironmentEdit
    from workbench.core.workspace.tree_state import TreeState
    from workbench.ui.bridge.services import Services
    from workbench.ui.models.library_lines import Library

Slot = Callable[[Any], object]
Ask = Callable[["Callable[[Services], object]", Slot, Slot], Job]


class LibraryBridge(QObject):
    """``changed`` carries a ``Library`` after every order and every ``refresh``; ``troubled`` a ``WorkbenchError``.

    ``files_changed`` carries the absolute paths of files that others changed, and of folders of collections that were
    away and came back, ``recalled`` the ``TreeState``
    that was last kept, before the first library.

    ``reading`` tells when reading begins (True) and has ended; ``stop_reading`` ends it sooner.

    ``revoked`` carries the folder of a collection and the ``Want`` s that it may use no more.

    What an order gives is told to ``done`` in the UI thread, before the library that shows it.
    """

    changed = Signal(object)
    files_changed = Signal(object)
    recalled = Signal(object)
    troubled = Signal(object)
    reading = Signal(bool)
    revoked = Signal(object, object)

    def __init__(self, ask: Ask, order: Ask, run: Run, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask, self._order = ask, order
        self._watch = LibraryWatch(run, self)
        self._watch.changed.connect(self.files_changed)
        self._watch.changed.connect(self.refresh)
        self._by_name = False
        self._reading: Work | None = None
        self._again = False
        self._orders = 0

    @property
    def ordering(self) -> bool:
        """Whether files are being changed by an order: they may be elsewhere already, and nobody knows yet."""
        return self._orders > 0

    def begin(self) -> None:
        """Tell how the tree looked, and then what is in it."""

        def recall(state: "TreeState") -> None:
            self._by_name = state.by_name
            self.recalled.emit(state)
            self.refresh()

        self._ask(lambda services: services.tree(), recall, self._fail)

    def keep_tree(self, state: "TreeState") -> None:
        """Keep how the tree is shown until the window opens again."""
        self._ask(lambda services: services.keep_tree(state), lambda _nothing: None, self.troubled.emit)

    def refresh(self) -> None:
        """Read all collections anew; while they are being read, once more after that."""
        if self._reading is not None:
            self._again = True
            return
        work = self._reading = Work()
        by_name = self._by_name
        self.reading.emit(True)
        self._ask(lambda services: services.library(work, by_name=by_name), self._tell, self._fail)

    def stop_reading(self) -> None:
        """Have it end at the next file: what is not read by then stays as it was, or is told to be unread."""
        self._again = False
        if self._reading is not None:
            self._reading.stop()

    def sort(self, *, by_name: bool) -> None:
        """Give the lines by their names, or as the files order them."""
        if by_name != self._by_name:
            self._by_name = by_name
            self.refresh()

    def open(self, folder: Path, done: Slot, failed: Slot | None = None) -> None:
        """Open the collection in ``folder``; ``done`` gets its ``DraftLocation``."""
        self.order(lambda services: services.editor.open(folder), done, failed)

    def create(self, where: Path, name: str, done: Slot, failed: Slot) -> None:
        """Make a collection; ``done`` gets its ``DraftLocation``."""
        self.order(lambda services: services.editor.create(where, name), done, failed)

    def clone(self, source: Path, where: Path, name: str, done: Slot, failed: Slot) -> None:
        """Copy a collection; ``done`` gets the copy's ``DraftLocation``."""
        self.order(lambda services: services.editor.clone(source, where, name), done, failed)

    def close(self, folder: Path) -> None:
        """Close a collection; its files stay."""
        self.order(lambda services: services.workspace.collections.close(folder))

    def add(self, into: "DraftLocation", draft: "Draft", done: Slot, failed: Slot | None = None) -> None:
        """Make a request; ``done`` gets its ``DraftLocation``."""
        self.order(lambda services: services.editor.add(into, draft), done, failed)

    def add_folder(self, into: "DraftLocation", name: str, done: Slot, failed: Slot | None = None) -> None:
        """Make a folder; ``done`` gets its ``DraftLocation``."""
        self.order(lambda services: services.editor.add_folder(into, name), done, failed)

    def rename(self, location: "DraftLocation", name: str, done: Slot, file: str = "") -> None:
        """Give another name, and its file ``file`` if that is free; ``done`` gets where it is then."""
        self.order(lambda services: services.editor.rename(location, name, file), done)

    def duplicate(self, locations: "Sequence[DraftLocation]", done: Slot) -> None:
        """Copy each beside it; ``done`` gets their locations."""
        self.order(lambda services: services.editor.duplicate(locations), done)

    def move(self, move: "Move", done: Slot) -> None:
        """Move or copy; ``done`` gets the locations where everything is then."""
        self.order(lambda services: services.editor.move(move), done)

    def remove(self, locations: "Sequence[DraftLocation]", done: Slot) -> None:
        """Delete; ``done`` gets what ``restore`` takes."""
        self.order(lambda services: services.editor.remove(locations), done)

    def restore(self, removal: "Removal", done: Slot) -> None:
        """Bring back what was deleted; ``done`` gets the locations where it is then."""
        self.order(lambda services: services.editor.restore(removal), done)

    def load(self, location: "DraftLocation", done: Slot, failed: Slot | None = None) -> None:
        """Read a request; ``done`` gets an ``Opening``."""
        self._ask(lambda services: services.requests.load(location), done, failed or self.troubled.emit)

    def save(
        self,
        location: "DraftLocation",
        draft: "Draft",
        stamp: "Stamp | None",
        base: "Draft",
        done: Slot,
        failed: Slot,
        *,
        headers: "Sequence[str]" = (),
    ) -> None:
        """Write a request that was made from ``base``; ``done`` gets a ``Saved`` or a ``Conflict``.

        Values of header fields called ``headers`` go to the keyring.
        """
        self.order(
            lambda services: services.requests.save(location, draft, stamp, base, headers),
            done,
            failed,
        )

    def save_new(
        self,
        into: "DraftLocation",
        name: str,
        draft: "Draft",
        done: Slot,
        failed: Slot,
        *,
        headers: "Sequence[str]" = (),
        source: "DraftLocation | None" = None,
    ) -> None:
        """Write a request of ``source`` to a new file, ``headers`` as above; ``done`` gets a ``Saved``."""
        self.order(lambda services: services.requests.save_new(into, name, draft, headers, source), done, failed)

    def find_same(self, folder: Path, paths: Iterable[Path], stamp: "Stamp", done: Slot) -> None:
        """Look among ``paths`` for what a file was renamed to; ``done`` gets a ``DraftLocation`` or None."""
        self._ask(
            lambda services: services.requests.find_same(folder, paths, stamp),
            done,
            self.troubled.emit,
        )

    def environments(self, folder: Path, done: Slot) -> None:
        """Read the environments of a collection; ``done`` gets an ``EnvironmentsFound``."""
        self._ask(
            lambda services: services.environments.read(folder),
            done,
            self.troubled.emit,
        )

    def save_environments(self, edit: "EnvironmentEdit", done: Slot, failed: Slot) -> None:
        """Write environments and secrets; ``done`` gets the ``EnvironmentEdit`` that takes that back."""
        self.order(lambda services: services.environments.save(edit), done, failed)

    def choose_environment(self, folder: Path, name: str) -> None:
        """Use an environment of a collection from now on; the empty name uses none."""
        self.order(lambda services: services.workspace.collections.choose_environment(folder, name or None))

    def secret(self, folder: Path | None, environment: str, variable: str, done: Slot, failed: Slot) -> None:
        """Read the value of a secret variable; ``done`` gets a text or None. The empty environment is none."""
        self._ask(lambda services: services.workspace.secrets.read(folder, environment or None, variable), done, failed)

    def secrets(self, folder: Path | None, done: Slot) -> None:
        """Read which secrets belong to no environment; ``done`` gets a ``SecretsFound``."""
        self._ask(lambda services: services.environments.read_secrets(folder), done, self.troubled.emit)

    def save_secrets(self, folder: Path | None, values: "Mapping[str, str | None]", done: Slot, failed: Slot) -> None:
        """Keep these values, and forget those that are None."""
        self._ask(lambda services: services.environments.save_secrets(folder, values), done, failed)

    def defaults(self, location: "DraftLocation", done: Slot) -> None:
        """Read what a collection or folder gives; ``done`` gets a ``DefaultsFound``."""
        self._ask(lambda services: services.editor.defaults(location), done, self.troubled.emit)

    def save_defaults(
        self, location: "DraftLocation", defaults: "Defaults", stamp: "Stamp | None", done: Slot, failed: Slot
    ) -> None:
        """Write them."""
        self.order(lambda services: services.editor.save_defaults(location, defaults, stamp), done, failed)

    def agreed(self, folder: Path, done: Slot) -> None:
        """Read whether a collection is restricted and what it may use; ``done`` gets an ``AgreedFound``."""
        self._ask(lambda services: services.editor.agreed(folder), done, self.troubled.emit)

    def agree(self, folder: Path, wants: "Sequence[Want]", done: Slot, failed: Slot) -> None:
        """Let a collection use these from now on."""
        self._ask(lambda services: services.workspace.agreements.agree(folder, wants), done, failed)

    def revoke(self, folder: Path, wants: "Sequence[Want]", done: Slot, failed: Slot) -> None:
        """Let a collection use these no more; ``done`` gets an ``AgreedFound``."""

        def revoked(found: object) -> None:
            self.revoked.emit(folder, wants)
            told(found)

        told = while_alive(done)
        self._ask(lambda services: services.editor.revoke(folder, wants), revoked, failed)

    def order(
        self, order: "Callable[[Services], object]", done: Slot | None = None, failed: Slot | None = None
    ) -> None:
        """Have ``order`` carried out; the library is told anew afterwards, also when it failed half-way."""
        then = while_alive(done) if done is not None else None
        otherwise = while_alive(failed or self.troubled.emit)

        def told(result: object) -> None:
            self._orders -= 1
            if then is not None:
                then(result)
            self.refresh()

        def refused(error: object) -> None:
            self._orders -= 1
            otherwise(error)
            self.refresh()

        self._orders += 1
        self._order(order, told, refused)

    def _tell(self, library: "Library") -> None:
        self._end_reading()
        present = [root.folder for root in library.roots if root.tree is not None]
        away = [root.folder for root in library.roots if root.tree is None]
        self._watch.follow(present, away, library.read_at)
        self.changed.emit(library)
        self._read_again()

    def _fail(self, error: object) -> None:
        self._end_reading()
        self.troubled.emit(error)
        self._read_again()

    def _end_reading(self) -> None:
        self._reading = None
        self.reading.emit(False)

    def _read_again(self) -> None:
        if self._again:
            self._again = False
            self.refresh()
