"""Settings: read once, changed at once, written behind the window's back; how windows were left."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from workbench.core import preferences
from workbench.core.errors import StorageError
from workbench.core.storage import Home
from workbench.ui import declared
from workbench.ui.look import theme
from workbench.ui.response.body.body_bar import BodyBar
from workbench.ui.runner import Runner
from workbench.ui.settings import Settings, Stored, WindowState
from workbench.ui.widgets.code import editing
from workbench.ui.widgets.code.code_edit import CodeEdit
from workbench.ui.widgets.variables import Variables
from workbench.ui.windows.appearance import Appearance


@pytest.fixture
def settings(qapp: QApplication) -> Iterator[Settings]:
    made = Settings(Runner())
    yield made
    made.close()


def stored() -> dict[str, dict[str, object]]:
    read: dict[str, dict[str, object]] = json.loads(Home.default().settings.read_text())
    return read


def test_a_window_is_left_and_found(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"other": 1, "windows": {"elsewhere": {"page": "lab"}}}))
    state = WindowState("here", geometry="AAAA", page="trust", page_splits={"trust": "BBBB", "runner": "CCCC"})
    state.save(file)
    found = Stored.load(file)
    assert found.window("here") == state
    assert found.window("elsewhere") == WindowState("elsewhere", page="lab")
    assert found.sections["other"] == 1


@pytest.mark.parametrize("windows", [3, {"default": 3}, {"default": {"page": 4, "new": "x", "workspace": "y"}}])
def test_what_makes_no_sense_is_a_fresh_window(tmp_path: Path, windows: object) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"windows": windows}))
    assert Stored.load(file).window() == WindowState()


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text("{")
    found = Stored.load(file)
    assert isinstance(found.trouble, StorageError)
    assert str(file) in found.trouble.detail
    assert found.window() == WindowState()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        WindowState().save(tmp_path / "file" / "settings.json")


def test_what_is_chosen_is_written_and_comes_back(settings: Settings, qtbot: QtBot) -> None:
    with qtbot.waitSignal(settings.changed) as told:
        settings.choose(preferences.HISTORY_SIZE, 8)
    assert told.args == ["history.size"]
    settings.choose(preferences.TRUST, ("corp", "system"))
    settings.choose_shortcuts({"send": ("F5",), "new": ()})
    settings.close()
    again = Settings(stored=Stored.load())
    assert again.value(preferences.HISTORY_SIZE) == 8
    assert again.preferences().trust == ("corp", "system")
    assert dict(again.shortcuts()) == {"send": ("F5",), "new": ()}


def test_a_default_is_not_written_and_foreign_settings_stay(qtbot: QtBot) -> None:
    file = Home.default().settings
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"preferences": {"of.tomorrow": [1], "editor.wrap": False}}))
    settings = Settings(Runner(), Stored.load())
    assert settings.value(declared.WRAP) is False
    settings.reset(declared.WRAP)
    qtbot.waitUntil(lambda: stored()["preferences"] == {"of.tomorrow": [1]})
    settings.close()


@pytest.mark.parametrize("setting", declared.SETTINGS, ids=lambda setting: str(setting.key))
def test_every_setting_is_declared_whole(setting: preferences.Setting) -> None:
    assert setting.read(setting.default) == setting.default
    assert setting.title
    assert declared.page_title(setting.page)
    assert sum(other.key == setting.key for other in declared.SETTINGS) == 1
    if setting.needs is not None:
        needed = next(other for other in declared.SETTINGS if other.key == setting.needs[0])
        assert needed.read(setting.needs[1]) == setting.needs[1]


def test_colours_and_fonts_change_at_once(qapp: QApplication, qtbot: QtBot) -> None:
    settings = Settings()
    appearance = Appearance(qapp, settings)
    heading, body = QLabel("heading"), QLabel("body")
    qtbot.addWidget(heading)
    qtbot.addWidget(body)
    heading.setFont(theme.scaled_font(2.0, bold=True))
    body.setFont(theme.fixed_font())
    before, fixed = heading.font().pointSizeF(), body.font().pointSizeF()
    ordinary = QFont(qapp.font()).pointSizeF()
    settings.choose(declared.SCALE, 150)
    settings.choose(declared.FIXED_SCALE, 200)
    settings.choose(declared.SCHEME, "dark")
    assert theme.is_dark()
    assert qapp.font().pointSizeF() == pytest.approx(ordinary * 1.5)
    assert heading.font().pointSizeF() == pytest.approx(before * 1.5)
    assert body.font().pointSizeF() == pytest.approx(fixed * 3)
    for setting in declared.LOOK:
        settings.reset(setting)
    assert qapp.font().pointSizeF() == pytest.approx(ordinary)
    assert heading.font().pointSizeF() == pytest.approx(before)
    assert not theme.is_dark()
    appearance.deleteLater()


def test_editors_follow_at_once(qapp: QApplication, qtbot: QtBot) -> None:
    settings = Settings()
    appearance = Appearance(qapp, settings)
    text, bar = CodeEdit("Text", Variables()), BodyBar()
    qtbot.addWidget(text)
    qtbot.addWidget(bar)
    wrapped, free = CodeEdit.LineWrapMode.WidgetWidth, CodeEdit.LineWrapMode.NoWrap
    assert (text.lineWrapMode(), bar.is_wrapped(), editing.now().complete) == (wrapped, True, True)
    settings.choose(declared.WRAP, False)
    settings.choose(declared.COMPLETE, False)
    assert (text.lineWrapMode(), bar.is_wrapped(), editing.now().complete) == (free, False, False)
    settings.reset(declared.WRAP)
    settings.reset(declared.COMPLETE)
    assert (text.lineWrapMode(), bar.is_wrapped(), editing.now().complete) == (wrapped, True, True)
    appearance.deleteLater()
