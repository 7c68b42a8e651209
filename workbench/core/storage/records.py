"""The small JSON document in each entry, with the version of its format."""

import json
from collections.abc import Mapping
from pathlib import Path

from workbench.core.errors import StorageError
from workbench.core.i18n import _

FORMAT = 1


def encode(record: Mapping[str, str | None]) -> bytes:
    """The document that ``read`` reads."""
    return (json.dumps({"format": FORMAT, **record}, indent=2, ensure_ascii=False) + "\n").encode()


def read(path: Path) -> Mapping[str, str]:
    """The text values of the document. Raises ``StorageError`` when it is damaged or of a newer format."""
    try:
        document = json.loads(path.read_bytes())
        version = int(document["format"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(path, error) from error
    if version > FORMAT:
        raise StorageError(
            _("“{name}” was stored by a newer version of this program.").format(name=document.get("name", path.parent)),
            detail=_("{path} has format {found}; this version knows {known}.").format(
                path=path, found=version, known=FORMAT
            ),
            hint=_("Update the program. The entry is left as it is."),
        )
    return {key: value for key, value in document.items() if isinstance(value, str)}


def damaged(path: Path, error: Exception) -> StorageError:
    """What to say of a stored file that is missing or makes no sense."""
    return StorageError(
        _("A stored entry cannot be read."),
        detail=f"{path}: {error}",
        hint=_("Restore the folder {folder} from a backup, or remove it and import again.").format(folder=path.parent),
    )
