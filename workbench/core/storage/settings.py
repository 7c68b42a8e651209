"""The settings file: one JSON object of named sections and the version of its format, for its owner's eyes only.

Whoever changes it gives back every section that it does not know. A file that makes no sense is set
aside, never overwritten; one of a newer format stays where and as it is.
"""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from workbench.core.errors import NewerFormat, StorageError
from workbench.core.files import Damaged, Format, make_private, set_aside
from workbench.core.i18n import _
from workbench.core.storage.folders import locked

FORMAT = Format(
    1,
    newer=_("The settings were saved by a newer version of this program, so the defaults are used."),
    newer_hint=_("Update the program. The file was not changed, and changes you make now are not saved."),
    unnamed=1,
)
Sections = dict[str, object]
_changing = threading.Lock()  # between reading and writing, for the threads of one process


def read(file: Path) -> Sections:
    """The sections; none when there is no file.

    Raises ``NewerFormat``, and ``StorageError`` when it cannot be read or makes no sense.
    """
    try:
        return FORMAT.read(file)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _unreadable(file, error.strerror or str(error)) from error
    except Damaged as error:
        raise _unreadable(file, str(error)) from error


def change(file: Path, edit: Callable[[Sections], Mapping[str, object]]) -> None:
    """Write ``edit(sections)`` in place of the sections, whole or not at all. Raises ``StorageError``."""
    try:
        make_private(file.parent)
    except OSError as error:
        raise _unwritable(file, error) from error
    with _changing, locked(file.parent):
        try:
            present = read(file)
        except NewerFormat:
            raise
        except StorageError:
            try:
                set_aside(file)
            except OSError as error:
                raise _unwritable(file, error) from error
            present = {}
        FORMAT.write(file, edit(present))


def _unreadable(file: Path, why: str) -> StorageError:
    return StorageError(
        _("The settings cannot be read, so the defaults are used."),
        detail=f"{file}: {why}",
        hint=_("Correct the file and start again, or continue: changes are saved to a new file."),
    )


def _unwritable(file: Path, error: OSError) -> StorageError:
    return StorageError(
        _("The settings could not be saved."),
        detail=f"{file}: {error.strerror or error}",
        hint=_("Check that the folder exists and that you can write to it."),
    )
