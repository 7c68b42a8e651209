"""What is set, and how windows were left: one file, read before the first window shows, written behind its back."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.core.errors import WorkbenchError
from workbench.core.preferences import Preferences, Setting, Value
from workbench.ui.runner import Runner

DEFAULT_WORKSPACE = "default"
FOLDED = "folded"
_SPLIT = "_split"
_VALUES, _KEYS, _WINDOWS = "preferences", "shortcuts", "windows"
_PAUSE = 400  # milliseconds without a change before what changed is written

Keys = tuple[str, ...]
"""Key sequences of one command in Qt's portable text; none at all is a choice too."""


@dataclass(frozen=True, slots=True)
class WindowState:
    """How the window of ``workspace`` was left: geometry and splitters as Qt saves them, in base64; the page in front.

    ``sidebar`` is ``folded`` when the column beside the requests is folded away. ``page_splits`` are the splitters of
    pages, by the names of these.
    """

    workspace: str = DEFAULT_WORKSPACE
    geometry: str = ""
    response_split: str = ""
    sidebar_split: str = ""
    sidebar: str = ""
    page: str = ""
    page_splits: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: str, stored: object) -> Self:
        """The state that ``stored`` holds; what it lacks or gets wrong is as if new."""
        values = stored if isinstance(stored, dict) else {}
        texts = {key: value for key, value in values.items() if isinstance(value, str)}
        known = {each.name for each in fields(cls)} - {"workspace", "page_splits"}
        splits = {
            key.removesuffix(_SPLIT): value for key, value in texts.items() if key.endswith(_SPLIT) and key not in known
        }
        return cls(workspace, **{key: texts[key] for key in known & texts.keys()}, page_splits=splits)

    def save(self, file: Path | None = None) -> None:
        """Write the state and leave all else in the file alone. Raises ``StorageError``; writes the disk."""
        values = asdict(self)
        splits = values.pop("page_splits")
        values |= {f"{page}{_SPLIT}": split for page, split in splits.items()}
        _write(((_WINDOWS, values.pop("workspace"), values),), file)


@dataclass(frozen=True, slots=True)
class Stored:
    """What the settings file holds, and what was wrong with it."""

    sections: Mapping[str, Any]
    trouble: WorkbenchError | None = None

    @classmethod
    def load(cls, file: Path | None = None) -> Self:
        """Read the file. Reads the disk."""
        from workbench.core.storage import settings

        try:
            return cls(settings.read(file or _file()))
        except WorkbenchError as error:
            return cls({}, error)

    def window(self, workspace: str = DEFAULT_WORKSPACE) -> WindowState:
        """How the window of ``workspace`` was left."""
        return WindowState.of(workspace, self.section(_WINDOWS).get(workspace))

    def section(self, name: str) -> Mapping[str, Any]:
        """One section, empty when it is missing or no object."""
        found = self.sections.get(name)
        return found if isinstance(found, dict) else {}


class Settings(QObject):
    """The settings in force, shared by all windows. Without a ``runner`` they are kept in memory only.

    ``changed`` carries the key of a setting, ``troubled`` a ``WorkbenchError`` when they cannot be written.
    """

    changed = Signal(str)
    shortcuts_changed = Signal()
    troubled = Signal(object)

    def __init__(
        self,
        runner: Runner | None = None,
        stored: Stored = Stored({}),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._stored = stored
        self._values: dict[str, Value] = {
            key: value for key, value in stored.section(_VALUES).items() if value is not None
        }
        self._keys: dict[str, Keys] = {command: _keys(given) for command, given in stored.section(_KEYS).items()}
        self._unwritten: dict[tuple[str, str], object] = {}
        self._writing = QTimer(self, interval=_PAUSE, singleShot=True)
        self._writing.timeout.connect(self._write)

    @property
    def trouble(self) -> WorkbenchError | None:
        """What was wrong with the file."""
        return self._stored.trouble

    def close(self) -> None:
        """Write what is not yet written, and end the worker."""
        self._writing.stop()
        edits, self._unwritten = self._taken(), {}

        async def last() -> None:
            _write(edits)

        if self._runner is not None:
            self._runner.stop(last if edits else None)

    def window(self, workspace: str = DEFAULT_WORKSPACE) -> WindowState:
        """How the window of ``workspace`` was left when the program last ended."""
        return self._stored.window(workspace)

    def value(self, setting: Setting) -> Value:
        """What ``setting`` is set to, else its default."""
        return setting.read(self._values.get(setting.key))

    def preferences(self) -> Preferences:
        """What the core goes by."""
        return Preferences.of(self._values)

    def is_default(self, setting: Setting) -> bool:
        """Whether it is set to its default."""
        return self.value(setting) == setting.default

    def choose(self, setting: Setting, value: Value) -> None:
        """Set it. A value that cannot be used is the default."""
        value = setting.read(value)
        if value == self.value(setting):
            return
        if value == setting.default:
            self._values.pop(setting.key, None)
            self._note(_VALUES, setting.key, None)
        else:
            self._values[setting.key] = value
            self._note(_VALUES, setting.key, value)
        self.changed.emit(setting.key)

    def reset(self, setting: Setting) -> None:
        """Set it to its default."""
        self.choose(setting, setting.default)

    def shortcuts(self) -> Mapping[str, Keys]:
        """The keys of those commands whose keys were chosen."""
        return self._keys

    def choose_shortcuts(self, chosen: Mapping[str, Keys | None]) -> None:
        """Set the keys of commands; None gives a command its own again."""
        for command, keys in chosen.items():
            if keys is None:
                self._keys.pop(command, None)
            else:
                self._keys[command] = keys
            self._note(_KEYS, command, None if keys is None else list(keys))
        if chosen:
            self.shortcuts_changed.emit()

    def _note(self, section: str, key: str, value: object) -> None:
        self._unwritten[section, key] = value
        self._writing.start()

    def _taken(self) -> "tuple[_Edit, ...]":
        return tuple((section, key, value) for (section, key), value in self._unwritten.items())

    def _write(self) -> None:
        edits, self._unwritten = self._taken(), {}
        if self._runner is not None:
            self._runner.run_blocking(lambda: _write(edits), failed=self.troubled.emit)


_Edit = tuple[str, str, object]


def _write(edits: tuple[_Edit, ...], file: Path | None = None) -> None:
    from workbench.core.storage import settings

    settings.change(file or _file(), _applied(edits))


def _applied(edits: tuple[_Edit, ...]) -> Callable[[dict[str, object]], dict[str, object]]:
    def edit(sections: dict[str, object]) -> dict[str, object]:
        for name, key, value in edits:
            present = sections.get(name)
            section = dict(present) if isinstance(present, dict) else {}
            section[key] = value
            sections[name] = {key: value for key, value in section.items() if value is not None}
        return sections

    return edit


def _keys(given: object) -> Keys:
    return tuple(keys for keys in given if isinstance(keys, str)) if isinstance(given, list) else ()


def _file() -> Path:
    from workbench.core.storage import Home

    return Home.default().settings
