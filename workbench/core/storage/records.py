"""The small JSON document in each entry, with the version of its format."""

from collections.abc import Collection, Mapping
from pathlib import Path

from workbench.core.errors import StorageError
from workbench.core.files import Damaged, Format
from workbench.core.i18n import _
from workbench.core.storage import folders, names

FORMAT = Format(
    1,
    newer=_("“{name}” was stored by a newer version of this program."),
    newer_hint=_("Update the program. The entry was not changed."),
)


def read(path: Path) -> Mapping[str, str]:
    """The text values of the document. Raises ``StorageError`` when it is damaged or of a newer format."""
    try:
        document = FORMAT.read(path)
    except (OSError, Damaged) as error:
        raise damaged(path, error) from error
    return {key: value for key, value in document.items() if isinstance(value, str)}


def take_back(entry: Path, record: str, taken: Collection[str]) -> str:
    """Put ``entry``, which was set aside, back in its place, and answer its name; ``record`` is its document's file.

    It gets another name when its own is among ``taken``, which are as ``names.key`` makes them.
    """
    path = folders.aside(entry) / record
    values = read(path)
    name = names.free(values["name"], taken)
    if name != values["name"]:
        FORMAT.write(path, {**values, "name": name})
    folders.take_back(entry)
    return name


def damaged(path: Path, error: Exception) -> StorageError:
    """What to say of a stored file that is missing or makes no sense."""
    return StorageError(
        _("A stored entry cannot be read."),
        detail=f"{path}: {error}",
        hint=_("Restore the folder {folder} from a backup, or remove it and import again.").format(folder=path.parent),
    )
