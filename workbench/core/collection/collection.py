"""A collection of saved requests in a folder that belongs to the person."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from workbench.core.collection import files
from workbench.core.collection.encoding import Encoding, Malformed, decode
from workbench.core.collection.files import Stamp
from workbench.core.collection.format import Format
from workbench.core.collection.node import Node
from workbench.core.collection.problems import BrokenFile, CollectionError
from workbench.core.collection.scan import Scanner
from workbench.core.collection.yml.format import OpenCollection
from workbench.core.draft import Draft
from workbench.core.i18n import _

_FORMATS: Final[tuple[Format, ...]] = (OpenCollection(),)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A request as it is in its file, and the stamp to save it with."""

    draft: Draft
    stamp: Stamp


class Collection:
    """An open collection. Every call reads or writes the disk and may block; one at a time gets its turn."""

    def __init__(self, root: Path, format_: Format) -> None:
        self.root = root
        self._format = format_
        self._lock = threading.RLock()
        self._scanner = Scanner(root, format_)

    @classmethod
    def open(cls, root: Path) -> Self:
        """The collection in a folder, or of a collection's own file. Raises ``CollectionError``."""
        root = root.absolute()
        with files.mapped(root):
            for format_ in _FORMATS:
                if root.name == format_.root_file and root.is_file():
                    return cls(root.parent, format_)
                if (root / format_.root_file).is_file():
                    return cls(root, format_)
        raise CollectionError(
            _("There is no collection in “{folder}”.").format(folder=root.name),
            detail=str(root),
            hint=_("Choose a folder that holds an “opencollection.yml” or a “bruno.json”, or make a new collection."),
        )

    @property
    def name(self) -> str:
        """The collection's name, its folder's when it has none or cannot be read."""
        try:
            return self._format.collection_name(self._text(Path(self._format.root_file))[0]) or self.root.name
        except (CollectionError, Malformed):
            return self.root.name

    def tree(self) -> Node:
        """All folders and requests as they are on the disk now. Raises ``CollectionError`` when the root is gone."""
        with self._lock:
            return self._scanner.tree(self.name, self._ignored())

    def load(self, path: Path) -> Loaded:
        """The request in a file, its path relative to the root. Raises ``CollectionError``."""
        with self._lock:
            text, _encoding, stamp = self._text(path)
            try:
                return Loaded(self._format.read_item(text), stamp)
            except Malformed as error:
                raise BrokenFile(self.root / path, error) from error

    def _ignored(self) -> tuple[str, ...]:
        try:
            return self._format.ignored(self._text(Path(self._format.root_file))[0])
        except (CollectionError, Malformed):
            return ()

    def _text(self, path: Path) -> tuple[str, Encoding, Stamp]:
        full = files.inside(self.root, path)
        content, stamp = files.read(full)
        try:
            text, encoding = decode(content)
        except Malformed as error:
            raise BrokenFile(full, error) from error
        return text, encoding, stamp
