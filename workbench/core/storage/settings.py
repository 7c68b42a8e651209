"""The settings file: one JSON object of named sections and the version of its format, for its owner's eyes only.

Whoever changes it gives back every section that it does not know. A file that makes no sense is set
aside, never overwritten; one of a newer format stays where and as it is.
"""

import json
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from workbench.core.errors import NewerFormat, StorageError
from workbench.core.i18n import _
from workbench.core.storage.folders import locked, replace_file

FORMAT = 1
_FORMAT = "format"
Sections = dict[str, object]
_changing = threading.Lock()  # between reading and writing, for the threads of one process


def read(file: Path) -> Sections:
    """The sections; none when there is no file.

    Raises ``NewerFormat``, and ``StorageError`` when it cannot be read or makes no sense.
    """
    try:
        text = file.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _unreadable(file, error.strerror or str(error)) from error
    try:
        sections = json.loads(text)
    except ValueError as error:
        raise _unreadable(file, str(error)) from error
    if not isinstance(sections, dict):
        raise _unreadable(file, _("it holds no JSON object"))
    version = sections.pop(_FORMAT, FORMAT)
    if isinstance(version, int) and version > FORMAT:
        raise NewerFormat(
            _("The settings were stored by a newer version of this program, so the program's own are used."),
            detail=_("{path} has format {found}; this version knows {known}.").format(
                path=file, found=version, known=FORMAT
            ),
            hint=_("Update the program. The file is left as it is, and what you set now is not kept."),
        )
    return sections


def set_aside(file: Path) -> Path | None:
    """Rename a file that makes no sense, so that its contents are not lost; its new name, None when that fails."""
    aside = file.with_name(f"{file.stem}.broken-{datetime.now(UTC):%Y%m%dT%H%M%S%f}{file.suffix}")
    try:
        file.rename(aside)
    except OSError:
        return None
    return aside


def change(file: Path, edit: Callable[[Sections], Mapping[str, object]]) -> None:
    """Write ``edit(sections)`` in place of the sections, whole or not at all. Raises ``StorageError``."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(file, error) from error
    with _changing, locked(file.parent):
        try:
            present = read(file)
        except NewerFormat:
            raise
        except StorageError:
            if set_aside(file) is None:
                raise
            present = {}
        text = json.dumps({**edit(present), _FORMAT: FORMAT}, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        replace_file(file, text.encode())


def _unreadable(file: Path, why: str) -> StorageError:
    return StorageError(
        _("The settings cannot be read, so the program's own are used."),
        detail=f"{file}: {why}",
        hint=_("Correct the file and start again, or go on: what you set is kept in a new one."),
    )


def _unwritable(file: Path, error: OSError) -> StorageError:
    return StorageError(
        _("The settings could not be saved."),
        detail=f"{file}: {error.strerror or error}",
        hint=_("Check that the folder exists and that you may write to it."),
    )
