"""The small JSON document in each entry, with the version of its format."""

from collections.abc import Mapping
from pathlib import Path

from workbench.core.errors import StorageError
from workbench.core.files import Damaged, Format
from workbench.core.i18n import _

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


def damaged(path: Path, error: Exception) -> StorageError:
    """What to say of a stored file that is missing or makes no sense."""
    return StorageError(
        _("A stored entry cannot be read."),
        detail=f"{path}: {error}",
        hint=_("Restore the folder {folder} from a backup, or remove it and import again.").format(folder=path.parent),
    )
