"""``agreements.json``: the folders that were made here, and what was agreed to of the others.

One file for the whole program, in its own folder and for its owner's eyes only, so that windows and command
line share it. It is read anew each time that it is asked, and changed by one at a time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbench.core.agreement.folder_id import folder_id
from workbench.core.errors import StorageError
from workbench.core.files import Format
from workbench.core.i18n import _
from workbench.core.storage import Home, folders
from workbench.core.want import Thing, Want

FORMAT = Format(
    1,
    newer=_("The agreements for collections were stored by a newer version of this program."),
    newer_hint=_("Update the program. The file was not changed."),
)
_Known = dict[str, "_Folder"]


@dataclass(frozen=True, slots=True)
class _Folder:
    path: str
    made: bool = False
    agreed: tuple[Want, ...] = ()


class Agreements:
    """Everything here blocks and may raise ``StorageError``. Folders are known as ``folder_id`` knows them.

    Where the file system keeps no time of birth, a folder counts as restricted even when it was made here, and what
    was agreed to belongs to whatever folder lies at its path.
    """

    def __init__(self, home: Home) -> None:
        self._path = home.agreements

    def restricted(self, folder: Path) -> bool:
        """Whether the collection in ``folder`` may use nothing that was not agreed to."""
        return not self._of(folder).made

    def agreed(self, folder: Path) -> tuple[Want, ...]:
        """What was agreed to for the collection in ``folder``, oldest first."""
        return self._of(folder).agreed

    def add_made(self, folder: Path) -> None:
        """This program made the collection in ``folder``: it is not restricted."""
        if folder_id(_absolute(folder)) is not None:
            self._change(folder, made=True)

    def add_foreign(self, folder: Path) -> None:
        """Something from elsewhere came into the collection in ``folder``: it is restricted, whoever made it."""
        self._change(folder, foreign=True)

    def note_copied(self, source: Path, target: Path) -> None:
        """Requests of ``source`` come into ``target``: if that one is restricted, so is this one from now on."""
        if self.restricted(source) and not self.restricted(target):
            self.add_foreign(target)

    def agree(self, folder: Path, wants: Iterable[Want]) -> None:
        """The person agreed to ``wants``."""
        if wanted := tuple(wants):
            self._change(folder, add=wanted)

    def revoke(self, folder: Path, wants: Iterable[Want]) -> None:
        """The person agrees to ``wants`` no more."""
        self._change(folder, remove=frozenset(wants))

    def _of(self, folder: Path) -> _Folder:
        return self._read().get(_key(folder), _Folder(str(_absolute(folder))))

    def _change(
        self,
        folder: Path,
        *,
        made: bool = False,
        foreign: bool = False,
        add: tuple[Want, ...] = (),
        remove: frozenset[Want] = frozenset(),
    ) -> None:
        with folders.alone(self._path.parent):
            known = self._read()
            before = known.get(_key(folder), _Folder(str(_absolute(folder))))
            kept = tuple(want for want in dict.fromkeys((*before.agreed, *add)) if want not in remove)
            path, made = str(_absolute(folder)), (before.made or made) and not foreign
            after = replace(before, path=path, made=made, agreed=kept)
            if after != before:
                known[_key(folder)] = after
                FORMAT.write(self._path, _document(known))

    def _read(self) -> _Known:
        try:
            return {str(one["folder"]): _folder(one) for one in FORMAT.read(self._path)["folders"]}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise StorageError(
                _("What collections may use cannot be read."),
                detail=f"{self._path}: {error}",
                hint=_("Restore this file from a backup, or remove it: collections then ask again for what they want."),
            ) from error


def _key(folder: Path) -> str:
    folder = _absolute(folder)
    return folder_id(folder) or f"path:{folder.resolve()}"


def _absolute(folder: Path) -> Path:
    return folder.expanduser().absolute()


def _folder(document: Mapping[str, Any]) -> _Folder:
    agreed = (
        Want(Thing(one["thing"]), str(one["what"]), str(one["host"]), str(one["source"])) for one in document["agreed"]
    )
    return _Folder(str(document["path"]), document["made"] is True, tuple(agreed))


def _document(known: _Known) -> dict[str, Any]:
    listed = [
        {
            "folder": key,
            "path": one.path,
            "made": one.made,
            "agreed": [
                {"thing": want.thing.value, "what": want.what, "host": want.host, "source": want.source}
                for want in one.agreed
            ],
        }
        for key, one in known.items()
    ]
    return {"folders": listed}
