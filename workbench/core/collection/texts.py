"""The files of one collection, read and changed as texts: what every part of a collection works with."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from workbench.core.collection import files
from workbench.core.collection.encoding import Encoding, Inexpressible, Malformed, decode, encode
from workbench.core.collection.format import Format
from workbench.core.collection.problems import BrokenFile, ChangedOutside, CollectionError
from workbench.core.collection.stamp import Stamp
from workbench.core.draft import Defaults, Draft, Environment
from workbench.core.i18n import _

_ATTEMPTS = 20
_T = TypeVar("_T", Draft, Defaults, Environment)


@dataclass(frozen=True, slots=True)
class Texts:
    """Paths are relative to ``root``. Every call raises ``CollectionError``, ``BrokenFile`` among them."""

    root: Path
    format: Format

    def text(self, path: Path) -> tuple[str, Encoding, Stamp]:
        """A file's text and what is needed to write it back."""
        full = files.inside(self.root, path)
        content, stamp = files.read(full)
        with broken(full):
            text, encoding = decode(content)
        return text, encoding, stamp

    def read(self, path: Path, reader: Callable[[str], _T]) -> tuple[_T, Stamp]:
        """What a file says, and its stamp."""
        text, _encoding, stamp = self.text(path)
        with broken(self.root / path):
            return reader(text), stamp

    def change(self, path: Path, editor: Callable[[str], str]) -> Stamp:
        """Edit a file; it is not written when its text stays the same."""

        def once() -> Stamp:
            text, encoding, stamp = self.text(path)
            with broken(self.root / path):
                changed = editor(text)
            return stamp if changed == text else self.put(path, changed, encoding, stamp)

        return self._until_last(path, once)

    def save(
        self, path: Path, wanted: _T, stamp: Stamp | None, reader: Callable[[str], _T], editor: Callable[[str, _T], str]
    ) -> Stamp:
        """Edit a file so that it reads as ``wanted``, if it is still what ``stamp`` says (None: whatever it is)."""
        return self._until_last(path, lambda: self._save(path, wanted, stamp, reader, editor))

    def _save(
        self, path: Path, wanted: _T, stamp: Stamp | None, reader: Callable[[str], _T], editor: Callable[[str, _T], str]
    ) -> Stamp:
        full = files.inside(self.root, path)
        if stamp is not None and not full.exists() and full.parent.is_dir():
            raise ChangedOutside(full, None, None)
        text, encoding, current = self.text(path)
        if stamp is not None and current != stamp:
            with broken(full):
                theirs = reader(text)
            if theirs != wanted:
                raise ChangedOutside(full, theirs, current)
        with broken(full):
            changed = editor(text, wanted)
        return current if changed == text else self.put(path, changed, encoding, current)

    def _until_last(self, path: Path, write: Callable[[], Stamp]) -> Stamp:
        """Begin again where others were quicker, with what they wrote."""
        for _attempt in range(_ATTEMPTS):
            with contextlib.suppress(files.Overtaken):
                return write()
        raise CollectionError(
            _("Another program keeps writing to “{file}”.").format(file=path.name),
            detail=str(self.root / path),
            hint=_("Close that program and save again; nothing was overwritten."),
        )

    def put(self, path: Path, text: str, encoding: Encoding, over: Stamp | None = None) -> Stamp:
        """Write a file's text. Raises ``files.Overtaken`` when it is not what ``over`` says any more."""
        full = files.inside(self.root, path)
        with broken(full), files.mapped(full):
            content = encode(text, encoding)
        return files.write(full, content, over)

    def create(self, path: Path, text: str) -> Stamp:
        """Write a file that must not be there yet."""
        full = files.inside(self.root, path)
        with broken(full), files.mapped(full):
            content = encode(text)
        return files.create(full, content)

    def has(self, path: Path) -> bool:
        """Whether there is such a file."""
        return files.inside(self.root, path).is_file()

    def own_file(self, folder: Path) -> Path:
        """The file of a folder that says what holds for it; the collection's own one for ``.``."""
        return folder / (self.format.folder_file if folder.parts else self.format.root_file)


class broken:  # noqa: N801 - reads as a word: with broken(path)
    """What is malformed in a text, as a ``BrokenFile`` of ``path``."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, Inexpressible):
            raise CollectionError(
                _("“{file}” cannot be saved like this.").format(file=self._path.name),
                detail=f"{self._path}: {error.reason}",
                hint=_("Remove it, or write it in another way; the file was not changed."),
            ) from error
        if isinstance(error, Malformed):
            raise BrokenFile(self._path, error) from error
