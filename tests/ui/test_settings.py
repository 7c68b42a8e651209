"""How the window was left: written whole, read with patience."""

import json
from pathlib import Path

import pytest

from workbench.core.errors import StorageError
from workbench.ui.settings import WindowState


def test_round_trip_leaves_other_settings_alone(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"other": 1}))
    state = WindowState(geometry="AAAA", scheme="dark")
    state.save(file)
    assert WindowState.load(file) == state
    assert json.loads(file.read_text())["other"] == 1


@pytest.mark.parametrize("text", ["", "[]", "{", '{"window": 3}', '{"window": {"scheme": 4, "new": "x"}}'])
def test_what_cannot_be_understood_is_a_fresh_state(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(text)
    assert WindowState.load(file) == WindowState()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="could not be saved"):
        WindowState().save(tmp_path / "file" / "settings.json")
