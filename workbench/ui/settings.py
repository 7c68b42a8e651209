"""How the window was left, kept as JSON under ``window`` in the program's settings file."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Self

from workbench.core.errors import StorageError
from workbench.core.i18n import _

_KEY = "window"


@dataclass(frozen=True, slots=True)
class WindowState:
    """Geometry and splitters as Qt saves them, in base64; ``scheme`` is ``system``, ``light`` or ``dark``."""

    geometry: str = ""
    response_split: str = ""
    identities_split: str = ""
    trust_split: str = ""
    scheme: str = "system"

    @classmethod
    def load(cls, file: Path | None = None) -> Self:
        """Read the state; a fresh one when there is none or it cannot be understood. Reads the disk."""
        values = _read(file or _file()).get(_KEY)
        if not isinstance(values, dict):
            return cls()
        known = {field.name for field in fields(cls)}
        return cls(**{key: value for key, value in values.items() if key in known and isinstance(value, str)})

    def save(self, file: Path | None = None) -> None:
        """Write the state, whole or not at all, and leave other settings alone.

        Raises ``StorageError``; writes the disk.
        """
        file = file or _file()
        fresh = file.with_suffix(".new")
        settings = _read(file) | {_KEY: asdict(self)}
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh.touch(mode=0o600)
            fresh.write_text(json.dumps(settings, indent=2, sort_keys=True) + "\n", encoding="utf-8")
            fresh.replace(file)
        except OSError as error:
            raise StorageError(
                _("The window's settings could not be saved."),
                detail=f"{file}: {error.strerror}",
                hint=_("Check that the folder exists and that you may write to it."),
            ) from error


def _read(file: Path) -> dict[str, Any]:
    try:
        settings = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return settings if isinstance(settings, dict) else {}


def _file() -> Path:
    from workbench.core.storage import Home

    return Home.default().settings
