"""Files that a body is made of."""

import mimetypes
import stat
from pathlib import Path

from workbench.core.errors import InvalidInput
from workbench.core.i18n import _

OCTETS = "application/octet-stream"
_CODED = {"gzip": "application/gzip", "bzip2": "application/x-bzip2", "xz": "application/x-xz", "br": OCTETS}


def readable(name: str, folder: Path, field: str = "") -> Path:
    """The file ``name``, relative to ``folder``, once it is known to open; ``~`` is the person's home.

    Raises ``InvalidInput`` that names the file, and the form's ``field`` it is for.
    """
    try:
        path = folder / Path(name).expanduser()
        if not stat.S_ISREG(path.stat().st_mode):  # to open a pipe would wait for whoever writes to it
            raise _refused(path, field, _("It is a folder.") if path.is_dir() else _("It is a device or a pipe."))
        with path.open("rb"):
            return path
    except FileNotFoundError as error:
        raise _refused(path, field, _("There is no such file.")) from error
    except PermissionError as error:
        raise _refused(path, field, _("You do not have permission to read it.")) from error
    except (OSError, ValueError, RuntimeError) as error:  # a name with a NUL; a home that nobody has
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise _refused(Path(name.replace("\0", "␀")), field, reason) from error


def guessed_type(path: Path) -> str:
    """The media type that the file's name suggests."""
    kind, coding = mimetypes.guess_type(path.name)
    if coding is not None:
        return _CODED.get(coding, OCTETS)
    return kind or OCTETS


def _refused(path: Path, field: str, why: str) -> InvalidInput:
    if field:
        title = _("The file of the field “{field}” cannot be sent.").format(field=field)
    else:
        title = _("The body's file cannot be sent.")
    return InvalidInput(
        title,
        detail=f"{path}: {why}",
        hint=_("Choose another file, or put this one back; paths are relative to the collection."),
    )
