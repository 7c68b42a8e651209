"""The collections of a workspace: which are open, their chosen environments, and their groups of secrets."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.agreement import Agreements
from workbench.core.errors import InvalidInput, WorkbenchError
from workbench.core.i18n import _
from workbench.core.workspace import record as records
from workbench.core.workspace.attempts import Attempts
from workbench.core.workspace.keyring_secrets import free_part
from workbench.core.workspace.record import Membership, Record, SecretGroup

if TYPE_CHECKING:
    from workbench.core.collection import Collection


@dataclass(frozen=True, slots=True)
class Opened:
    """A collection that is open here; ``error`` says why its folder cannot be read, and then there is none."""

    folder: Path
    collection: "Collection | None"
    environment: str | None = None
    error: WorkbenchError | None = None


class OpenCollections:
    """Keeps the record of a workspace and the collections that it names. Blocks, and may be used from any thread.

    With ``write`` off the file stays as it is, and need not be there.
    """

    def __init__(self, folder: Path, agreements: Agreements, *, write: bool = True) -> None:
        self._agreements = agreements
        self._folder = folder
        self._write = write
        there = write or (folder / records.FILE).exists()
        self._record = records.read(folder) if there else Record(folder.name)
        self._attempts = Attempts(folder if write else None)
        self._collections: dict[Path, Collection] = {}
        self._guard = threading.RLock()

    @property
    def record(self) -> Record:
        """What is remembered at this moment."""
        return self._record

    def rename(self, name: str) -> None:
        """Call the workspace something else."""
        self._change(lambda record: replace(record, name=name))

    def opened(self) -> tuple[Opened, ...]:
        """The open collections, in the person's order; one whose folder went away is among them with its error."""
        found = []
        for one in self._record.memberships:
            if one.open:
                try:
                    found.append(Opened(one.folder, self.get(one.folder), one.environment))
                except WorkbenchError as error:
                    found.append(Opened(one.folder, None, one.environment, error))
        return tuple(found)

    def remembered(self) -> tuple[Path, ...]:
        """Folders of collections that were open once and are not now, the last one first."""
        return tuple(one.folder for one in reversed(self._record.memberships) if not one.open)

    def open(self, folder: Path) -> "Collection":
        """Open the collection in ``folder``; one that is open already is given again. Raises ``WorkbenchError``."""
        with self._guard:
            self._attempts.forgive(absolute(folder))
            collection = self._load(absolute(folder))
            folder = collection.root
            known = self._record.find(folder)
            if known is None or not known.open:
                self._put_last(replace(known, open=True) if known else Membership(folder))
            return collection

    def create(self, folder: Path, name: str) -> "Collection":
        """Make an empty collection in ``folder`` and open it: it is not restricted. Raises ``WorkbenchError``."""
        from workbench.core.collection import Collection

        made = Collection.create(absolute(folder), name)
        self._agreements.add_made(made.root)
        return self.open(folder)

    def clone(self, source: Path, target: Path, name: str) -> "Collection":
        """Copy the open collection in ``source`` to ``target`` and open the copy, called ``name``.

        Secrets are not copied: they belong to the one that they were given to. The copy of a restricted one is
        restricted, and agreements are not copied either. Raises ``WorkbenchError``.
        """
        copy = self.get(source).clone(target, name)
        if not self._agreements.restricted(source):
            self._agreements.add_made(copy.root)
        return self.open(target)

    @contextlib.contextmanager
    def reading(self, folder: Path) -> Iterator[None]:
        """Read all of an open collection within: where that hangs or crashes, the next start does not do it again."""
        with self._attempts.during(folder):
            yield
        self._attempts.survived(folder)

    def leave_unread(self, folder: Path) -> WorkbenchError:
        """Read an open collection no more until it is opened again; what is said of it until then."""
        return self._attempts.hold(folder)

    def close(self, folder: Path) -> None:
        """Close it. Nothing is deleted: its environment and secrets are remembered for when it is opened again."""
        folder = absolute(folder)
        with self._guard:
            self._put_last(replace(self.membership(folder), open=False))
            self._collections.pop(folder, None)
            self._attempts.forgive(folder)

    def get(self, folder: Path) -> "Collection":
        """The open collection in ``folder``. Raises ``InvalidInput`` for one that is not open, ``WorkbenchError``."""
        with self._guard:
            return self._load(self.membership(absolute(folder)).folder)

    def membership(self, folder: Path) -> Membership:
        """What is remembered of the open collection in ``folder``. Raises ``InvalidInput``."""
        known = self._record.find(absolute(folder))
        if known is None or not known.open:
            raise InvalidInput(
                _("This collection is not open."),
                detail=str(folder),
                hint=_("Open its folder first."),
            )
        return known

    def chosen_environment(self, folder: Path) -> str | None:
        """The environment that the person chose for the open collection in ``folder``, None for none.

        A preference, for whoever asks for it: what is sent goes by the environment that is given with it.
        """
        return self.membership(folder).environment

    def choose_environment(self, folder: Path, environment: str | None) -> None:
        """Remember the chosen environment; None is none."""
        with self._guard:
            known = self.membership(folder)
            if known.environment != environment:
                self._put(replace(known, environment=environment))

    def group(self, folder: Path | None, environment: str | None) -> SecretGroup | None:
        """The secrets of ``environment``, None when none was ever kept."""
        if folder is None:
            return self._record.loose
        return self.membership(folder).groups.get(environment or "")

    def make_group(self, folder: Path | None, environment: str | None) -> SecretGroup:
        """The same, given a keyring part of its own if it has none yet."""
        with self._guard:
            group = self.group(folder, environment)
            if group is None:
                group = SecretGroup(free_part(environment, self._record.groups()))
                self.put_group(folder, environment, group)
            return group

    def put_group(self, folder: Path | None, environment: str | None, group: SecretGroup | None) -> None:
        """Remember ``group``; None forgets it."""
        with self._guard:
            if folder is None:
                self._change(lambda record: replace(record, loose=group))
                return
            known = self.membership(folder)
            groups = {name: kept for name, kept in known.groups.items() if name != (environment or "")}
            if group is not None:
                groups[environment or ""] = group
            self._put(replace(known, groups=groups))

    def rename_environment(self, folder: Path, old: str, new: str) -> None:
        """The environment ``old`` is called ``new`` from now on: the choice and the secrets go with it."""
        with self._guard:
            known = self.membership(folder)
            groups = {new if name == old else name: group for name, group in known.groups.items() if name != new}
            chosen = new if known.environment == old else known.environment
            self._put(replace(known, groups=groups, environment=chosen))

    def _load(self, folder: Path) -> "Collection":
        from workbench.core.collection import Collection

        self._attempts.check(folder)
        if folder not in self._collections:
            with self._attempts.during(folder):
                collection = Collection.open(folder)
            self._collections.setdefault(collection.root, collection)  # ``folder`` may be the collection's own file
            folder = collection.root
        return self._collections[folder]

    def _put(self, membership: Membership) -> None:
        self._change(lambda record: record.with_membership(membership))

    def _put_last(self, membership: Membership) -> None:
        def last(record: Record) -> Record:
            others = tuple(one for one in record.memberships if one.folder != membership.folder)
            return replace(record, memberships=(*others, membership))

        self._change(last)

    def _change(self, change: Callable[[Record], Record]) -> None:
        with self._guard:
            changed = change(self._record)
            if changed != self._record:
                if self._write:
                    records.write(self._folder, changed)
                self._record = changed


def absolute(folder: Path) -> Path:
    """One path for a folder however it was written; links stay, so that a moved target keeps its place."""
    return Path(folder).expanduser().absolute()
