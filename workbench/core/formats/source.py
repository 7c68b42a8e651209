"""Files as they were given to us: a name for messages, and the bytes."""

import stat
from dataclasses import dataclass, field
from pathlib import Path

from workbench.core.errors import InvalidInput
from workbench.core.i18n import _

MAXIMUM_SIZE = 10 * 1024 * 1024
"""Bytes. The largest root store in use is under 1 MB."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a file held. ``name`` is for messages; ``data`` may hold a private key."""

    name: str
    data: bytes = field(repr=False)


def load_source(path: Path) -> Source:
    """Read a file that should hold keys or certificates.

    Raises ``InvalidInput`` for what is missing, not a file, not readable or over ``MAXIMUM_SIZE``;
    what is too large is not read.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _not_a_file(path, status.st_mode)
        if status.st_size > MAXIMUM_SIZE:
            raise _too_large(path, status.st_size)
        with path.open("rb") as stream:
            data = stream.read(MAXIMUM_SIZE + 1)  # it may grow meanwhile
    except FileNotFoundError as error:
        raise InvalidInput(
            _("The file “{name}” does not exist.").format(name=path.name),
            detail=str(path.absolute()),
            hint=_("Check the path, or choose the file again."),
        ) from error
    except PermissionError as error:
        raise InvalidInput(
            _("You do not have permission to read the file “{name}”.").format(name=path.name),
            detail=str(path.absolute()),
            hint=_("Change its permissions, or copy it to a folder of your own."),
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        raise InvalidInput(
            _("The file “{name}” cannot be read.").format(name=path.name),
            detail=f"{path}: {getattr(error, 'strerror', None) or error}",
            hint=_("Check the path and its drive."),
        ) from error
    if len(data) > MAXIMUM_SIZE:
        raise _too_large(path, len(data))
    return Source(path.name, data)


def _not_a_file(path: Path, mode: int) -> InvalidInput:
    what = _("a folder") if stat.S_ISDIR(mode) else _("a device or a pipe")
    return InvalidInput(
        _("“{name}” is {what}, not a file.").format(name=path.name, what=what),
        detail=str(path.absolute()),
        hint=_("Choose the file with the key or the certificate."),
    )


def _too_large(path: Path, size: int) -> InvalidInput:
    return InvalidInput(
        _("The file “{name}” is too large to be a key or certificate.").format(name=path.name),
        detail=_("{path} has {size} MB; at most {limit} MB are read.").format(
            path=path.absolute(), size=round(size / 1024 / 1024), limit=MAXIMUM_SIZE // 1024 // 1024
        ),
        hint=_("Choose the file with the key or the certificate."),
    )
