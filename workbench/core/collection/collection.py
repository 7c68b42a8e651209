"""A collection of saved requests in a folder that belongs to the person."""

import functools
import shutil
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, Self, TypeVar

from workbench.core.collection import files
from workbench.core.collection.bru.format import Bru
from workbench.core.collection.encoding import Malformed
from workbench.core.collection.environments import Environments
from workbench.core.collection.example import Example
from workbench.core.collection.format import Format
from workbench.core.collection.node import Node
from workbench.core.collection.organising import Organiser, Removed
from workbench.core.collection.problems import CollectionError
from workbench.core.collection.scan import Scanner
from workbench.core.collection.stamp import Stamp, stamp_of
from workbench.core.collection.texts import Texts, broken
from workbench.core.collection.yml.format import OpenCollection
from workbench.core.content.work import Work
from workbench.core.draft import Defaults, Draft, Environment
from workbench.core.i18n import _

_P = ParamSpec("_P")
_R = TypeVar("_R")
_T = TypeVar("_T", Draft, Defaults)
_FORMATS: Final[tuple[Format, ...]] = (OpenCollection(), Bru())


@dataclass(frozen=True, slots=True)
class Loaded:
    """A request as it is in its file, and the stamp to save it with."""

    draft: Draft
    stamp: Stamp


def _in_turn(
    method: Callable[Concatenate["Collection", _P], _R],
) -> Callable[Concatenate["Collection", _P], _R]:
    """One call at a time reads or writes the files."""

    @functools.wraps(method)
    def call(self: "Collection", /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        with self._lock:
            return method(self, *args, **kwargs)

    return call


def _named(reader: Callable[[str], _T], name: str) -> Callable[[str], _T]:
    """``reader``, with a name for what has none in its file."""

    def read(text: str) -> _T:
        found = reader(text)
        return found if found.name else replace(found, name=name)

    return read


def _unnamed(reader: Callable[[str], _T], editor: Callable[[str, _T], str], name: str) -> Callable[[str, _T], str]:
    """``editor``, which does not write the name that ``_named`` gave."""

    def edit(text: str, wanted: _T) -> str:
        if wanted.name == name and not reader(text).name:
            wanted = replace(wanted, name="")
        return editor(text, wanted)

    return edit


def _refuse_newer(root: Path, format_: Format) -> None:
    try:
        version = format_.newer(Texts(root, format_).text(Path(format_.marker))[0])
    except (CollectionError, Malformed):  # the collection's name and tree tell what is wrong with the file
        return
    if version:
        raise CollectionError(
            _("The collection in “{folder}” has a newer format than this program supports.").format(folder=root.name),
            detail=_("{path} has version {found}.").format(path=root / format_.marker, found=version),
            hint=_("Update the program. The files were not changed."),
        )


class Collection:
    """An open collection; to close it, let go of it.

    Paths of items are relative to ``root``. Every call reads or writes the disk and may block, and
    raises ``CollectionError``; calls from several threads take turns.
    """

    def __init__(self, root: Path, format_: Format) -> None:
        self.root = root
        self._format = format_
        self._lock = threading.RLock()
        self._texts = Texts(root, format_)
        self._scanner = Scanner(root, format_)
        self._organiser = Organiser(self._texts, self._part)
        self._environments = Environments(self._texts)

    @classmethod
    def open(cls, root: Path) -> Self:
        """The collection in a folder, or of a collection's own file. One of a newer format is refused."""
        root = root.absolute()
        with files.mapped(root):
            for format_ in _FORMATS:
                if root.name == format_.marker and root.is_file():
                    root = root.parent
                if (root / format_.marker).is_file():
                    _refuse_newer(root, format_)
                    return cls(root, format_)
        raise CollectionError(
            _("There is no collection in “{folder}”.").format(folder=root.name),
            detail=str(root),
            hint=_(
                "Choose a folder that contains an “opencollection.yml” or a “bruno.json”, or create a new collection."
            ),
        )

    @classmethod
    def folder_of(cls, path: Path) -> Path:
        """The folder of the collection that a file or folder lies in: the nearest one above that holds a collection."""
        path = path.absolute()
        with files.mapped(path):
            for folder in path.parents:
                if any((folder / format_.marker).is_file() for format_ in _FORMATS):
                    return folder
        raise CollectionError(
            _("“{file}” is not part of a collection.").format(file=path.name),
            detail=str(path),
            hint=_("A saved request must be in a folder that contains an “opencollection.yml” or a “bruno.json”."),
        )

    @classmethod
    def create(cls, root: Path, name: str) -> Self:
        """A new collection (OpenCollection 1.0) in a folder that is empty or not there yet."""
        root, format_ = root.absolute(), _FORMATS[0]
        with files.mapped(root):
            root.mkdir(parents=True, exist_ok=True)
            if any(entry.name != ".git" for entry in root.iterdir()):
                raise CollectionError(
                    _("“{folder}” is not empty.").format(folder=root.name),
                    detail=str(root),
                    hint=_("Choose an empty folder or an unused name."),
                )
        Texts(root, format_).create(Path(format_.marker), format_.new_marker(name))
        return cls(root, format_)

    @_in_turn
    def clone(self, target: Path, name: str) -> "Collection":
        """A copy of all files in a folder that is not there yet, under a name of its own."""
        target = target.absolute()
        with files.mapped(target):
            shutil.copytree(self.root, target, symlinks=True, ignore=shutil.ignore_patterns(".git", "node_modules"))
        copy = Collection(target, self._format)
        copy.rename(Path(), name)
        return copy

    @property
    def marker(self) -> str:
        """The name of the file that makes its folder a collection; it tells the format."""
        return self._format.marker

    @property
    def name(self) -> str:
        """The collection's name; its folder's when it has none or cannot be read."""
        try:
            return self._format.collection_name(self._texts.text(Path(self._format.marker))[0]) or self.root.name
        except (CollectionError, Malformed):
            return self.root.name

    @_in_turn
    def tree(self, work: Work | None = None) -> Node:
        """All folders and requests as they are on the disk now; broken ones are in it, with the reason.

        What is wrong with environments is told of the collection itself. ``work`` may be stopped between two files,
        here and in ``environments``; that raises ``Stopped``.
        """
        root = self._scanner.tree(self.name, self._ignored(), work or Work())
        wrong = [problem.detail for problem in self._environments.broken(work)]
        return replace(root, error="\n".join([root.error, *wrong]).strip()) if wrong else root

    def _part(self, folder: Path) -> Node | None:
        """One folder of the tree, which is read much sooner than all of it."""
        return self._scanner.part(folder, self._ignored()) if folder.parts else self.tree()

    def _ignored(self) -> tuple[str, ...]:
        try:
            return self._format.ignored(self._texts.text(Path(self._format.marker))[0])
        except (CollectionError, Malformed):
            return ()

    # Requests

    @_in_turn
    def load(self, path: Path) -> Loaded:
        """The request in a file."""
        return Loaded(*self._texts.read(path, _named(self._format.read_item, path.stem)))

    @_in_turn
    def save(self, path: Path, draft: Draft, stamp: Stamp | None) -> Stamp:
        """Change the file so that it reads as ``draft``; only the lines that must change do.

        Raises ``ChangedOutside`` when the file is not what ``stamp`` says. None for ``stamp`` saves over
        whatever is there, and writes a new file where there is none.
        """
        if stamp is None and not self._texts.has(path):
            full = files.inside(self.root, path)
            with files.mapped(full):
                full.parent.mkdir(parents=True, exist_ok=True)
            with broken(full):
                text = self._format.new_item(draft, 1)
            return self._texts.create(path, text)
        reader = self._format.read_item
        editor = _unnamed(reader, self._format.edited_item, path.stem)
        return self._texts.save(path, draft, stamp, _named(reader, path.stem), editor)

    @_in_turn
    def examples(self, path: Path) -> tuple[Example, ...]:
        """The examples that a request's file holds."""
        text = self._texts.text(path)[0]
        with broken(self.root / path):
            return self._format.examples(text)

    @_in_turn
    def add_example(self, path: Path, example: Example) -> Stamp:
        """Put one more example into a request's file; answers the file's new stamp."""
        return self._texts.change(path, lambda text: self._format.with_example(text, example))

    # Folders and the collection itself

    @_in_turn
    def defaults(self, path: Path) -> tuple[Defaults, Stamp]:
        """What a folder gives to the requests below it; ``.`` is the collection."""
        own = self._texts.own_file(path)
        if self._texts.has(own):
            found, stamp = self._texts.read(own, self._format.read_defaults)
        else:
            found, stamp = Defaults(), stamp_of(b"")
        if not path.parts:
            return replace(found, name=self.name), stamp
        return (found if found.name else replace(found, name=path.name)), stamp

    @_in_turn
    def save_defaults(self, path: Path, defaults: Defaults, stamp: Stamp | None) -> Stamp:
        """Change a folder's or the collection's own file so. Raises ``ChangedOutside``."""
        present, current = self.defaults(path)
        if present == defaults and stamp in {None, current}:
            return current
        own, format_, fallback = self._texts.own_file(path), self._format, present.name if not path.parts else path.name
        if not path.parts and defaults.name != present.name:
            marker = Path(format_.marker)
            changed = self._texts.change(marker, lambda text: format_.renamed_marker(text, defaults.name))
            stamp, fallback = changed if own == marker and stamp == current else stamp, defaults.name
        if not self._texts.has(own) and stamp in {None, stamp_of(b"")}:
            with broken(self.root / own):
                new = format_.new_folder(defaults.name, None) if path.parts else ""
                text = format_.edited_defaults(new, defaults)
            return self._texts.create(own, text)
        editor = _unnamed(format_.read_defaults, format_.edited_defaults, fallback)
        return self._texts.save(own, defaults, stamp, _named(format_.read_defaults, fallback), editor)

    @_in_turn
    def chain(self, path: Path) -> tuple[Defaults, ...]:
        """What a request inherits: of the collection first, then of each folder down to its own."""
        above = [parent for parent in reversed(path.parents) if parent.parts]
        return tuple(self.defaults(folder)[0] for folder in (Path(), *above))

    # Environments

    @_in_turn
    def environments(self, work: Work | None = None) -> tuple[Environment, ...]:
        """Those that can be read, by name; of secret variables only the names."""
        return self._environments.all(work)

    @_in_turn
    def broken_environments(self) -> tuple[CollectionError, ...]:
        """What is wrong with those that cannot be read."""
        return self._environments.broken()

    @_in_turn
    def environment(self, name: str) -> tuple[Environment, Stamp]:
        """One of them, and the stamp to save it with."""
        return self._environments.get(name)

    @_in_turn
    def save_environment(self, environment: Environment, stamp: Stamp | None) -> Stamp:
        """Write one; a new one for a new name and no stamp. Raises ``ChangedOutside``."""
        return self._environments.save(environment, stamp)

    @_in_turn
    def rename_environment(self, name: str, new: str) -> None:
        """Another name, for its file and in those that extend it too."""
        self._environments.rename(name, new)

    @_in_turn
    def remove_environment(self, name: str) -> None:
        """Remove one."""
        self._environments.remove(name)

    @_in_turn
    def dotenv_text(self, environment: Environment) -> str | None:
        """The text of the ``.env`` file that an environment names; None when there is none."""
        return self._environments.dotenv_text(environment)

    # Where things are

    @_in_turn
    def add(self, folder: Path, draft: Draft) -> Path:
        """A new request at the end of a folder."""
        return self._organiser.add(folder, draft)

    @_in_turn
    def add_folder(self, parent: Path, name: str) -> Path:
        """A new folder at the end of the folders."""
        return self._organiser.add_folder(parent, name)

    @_in_turn
    def rename(self, path: Path, name: str, file: str = "") -> Path:
        """Another name for a request or folder, for its file too, ``file`` if that is free; answers the new path."""
        return self._organiser.rename(path, name, file)

    @_in_turn
    def duplicate(self, path: Path) -> Path:
        """A copy right after the original."""
        return self._organiser.duplicate(path)

    @_in_turn
    def take(self, other: "Collection", path: Path, into: Path) -> Path | None:
        """A copy of what ``other`` has at ``path``, the whole file or folder; None where it has another format."""
        return self._organiser.take(files.inside(other.root, path), into) if other.marker == self.marker else None

    @_in_turn
    def move(self, paths: Sequence[Path], into: Path, before: Path | None = None) -> tuple[Path, ...]:
        """Move into a folder, before a sibling or to the end; answers the new paths."""
        return self._organiser.move(paths, into, before)

    @_in_turn
    def sort(self, folder: Path) -> None:
        """Put what is in a folder in the order of the names."""
        self._organiser.sort(folder)

    @_in_turn
    def remove(self, paths: Iterable[Path], trash: Path) -> Removed:
        """Put into ``trash``, a folder elsewhere, from where ``restore`` brings it back."""
        return self._organiser.remove(paths, trash)

    @_in_turn
    def restore(self, removed: Removed) -> tuple[Path, ...]:
        """Undo a ``remove``; answers where things are now."""
        return self._organiser.restore(removed)
