"""The settings file: changed whole, foreign sections kept, nonsense set aside."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.core.errors import StorageError
from workbench.core.storage import settings


def test_a_change_leaves_other_sections_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.json"
    assert settings.read(file) == {}
    settings.change(file, lambda sections: sections | {"mine": 1})
    settings.change(file, lambda sections: sections | {"yours": {"ä": [2]}})
    assert settings.read(file) == {"mine": 1, "yours": {"ä": [2]}}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"\xff"])
def test_nonsense_is_set_aside_when_something_is_set(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(text)
    with pytest.raises(StorageError, match="cannot be read"):
        settings.read(file)
    settings.change(file, lambda sections: sections | {"mine": 1})
    assert json.loads(file.read_text()) == {"format": 1, "mine": 1}
    aside = next(path for path in tmp_path.iterdir() if path != file)
    assert aside.name.startswith("settings.damaged-")
    assert aside.read_bytes() == text


_PROGRAM = """
import sys
from pathlib import Path
from workbench.core.storage import settings
for number in range(30):
    settings.change(Path(sys.argv[1]), lambda sections: {**sections, f"{sys.argv[2]} {number}": number})
"""


def test_windows_of_several_processes_take_turns(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    programs = [subprocess.Popen([sys.executable, "-c", _PROGRAM, str(file), name]) for name in ("a", "b")]
    assert [program.wait() for program in programs] == [0, 0]
    assert len(settings.read(file)) == 60
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match=r"could not be saved|cannot be read"):
        settings.change(tmp_path / "file" / "settings.json", lambda sections: sections)
