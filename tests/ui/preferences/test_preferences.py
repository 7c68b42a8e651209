"""The preferences: made from what is declared, in force at once, and told in words when something is wrong."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from workbench.core import preferences
from workbench.core.preferences import Kind, Setting
from workbench.ui import declared
from workbench.ui.actions import Actions
from workbench.ui.preferences import keys
from workbench.ui.preferences.editors import editor
from workbench.ui.preferences.keys_page import KeysPage
from workbench.ui.preferences.preferences_dialog import PRIVACY, SHORTCUTS, PreferencesDialog
from workbench.ui.preferences.privacy_page import DataClearing, PrivacyPage
from workbench.ui.preferences.settings_page import SettingsPage
from workbench.ui.settings import Settings
from workbench.ui.windows.main_window import COMMANDS


@pytest.fixture
def settings(qapp: QApplication) -> Settings:
    return Settings()


@pytest.fixture
def dialog(settings: Settings, qtbot: QtBot, tmp_path: Path) -> PreferencesDialog:
    made = PreferencesDialog(
        settings, COMMANDS, [("Everything", tmp_path)], [DataClearing("Clear", "Clear it?", lambda: None)]
    )
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    return made


def page_of(dialog: PreferencesDialog, setting: Setting) -> SettingsPage:
    return next(page for page in dialog.findChildren(SettingsPage) if page.editor(setting.key) is not None)


def field(dialog: PreferencesDialog, setting: Setting, kind: type[QWidget]) -> QWidget:
    edit = page_of(dialog, setting).editor(setting.key)
    assert edit is not None
    found = edit.findChild(kind)
    assert isinstance(found, kind)
    return found


def test_every_setting_has_its_place_with_a_name(dialog: PreferencesDialog) -> None:
    for setting in declared.SETTINGS:
        edit = page_of(dialog, setting).editor(setting.key)
        assert edit is not None
        proxy = edit.focusProxy()
        assert proxy is not None
        assert proxy.accessibleName() == setting.title
        assert proxy.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_what_is_changed_holds_at_once(dialog: PreferencesDialog, settings: Settings) -> None:
    box = field(dialog, preferences.FOLLOW_REDIRECTS, QCheckBox)
    assert isinstance(box, QCheckBox)
    box.click()
    number = field(dialog, preferences.TIMEOUTS[0], QSpinBox)
    assert isinstance(number, QSpinBox)
    number.setValue(0)
    assert number.text() == "no limit"
    choice = field(dialog, preferences.HTTP_VERSION, QComboBox)
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(2)
    choice.activated.emit(2)
    request = settings.preferences().fallback_request()
    assert (request.follow_redirects, request.timeouts.connect, request.http_version) == (True, None, "2")


def test_each_goes_back_to_its_default(dialog: PreferencesDialog, settings: Settings) -> None:
    page = page_of(dialog, preferences.HISTORY_SIZE)
    reset = next(b for b in page.findChildren(QToolButton) if "Maximum history size" in b.accessibleName())
    assert not reset.isEnabled()
    settings.choose(preferences.HISTORY_SIZE, 8)
    number = field(dialog, preferences.HISTORY_SIZE, QSpinBox)
    assert isinstance(number, QSpinBox)
    assert number.value() == 8
    assert reset.isEnabled()
    reset.click()
    assert settings.is_default(preferences.HISTORY_SIZE)
    assert number.value() == preferences.HISTORY_SIZE.default


def test_a_proxy_that_cannot_be_used_is_told_and_not_kept(dialog: PreferencesDialog, settings: Settings) -> None:
    line = field(dialog, preferences.PROXY_URL, QLineEdit)
    assert isinstance(line, QLineEdit)
    assert not line.isEnabled()
    settings.choose(preferences.PROXY, "url")
    assert line.isEnabled()
    edit = page_of(dialog, preferences.PROXY_URL).editor(preferences.PROXY_URL.key)
    assert edit is not None
    line.setText("http://me:hunter2@proxy.test")
    line.editingFinished.emit()
    assert settings.value(preferences.PROXY_URL) == ""
    assert "password" in edit._message.words()  # type: ignore[attr-defined]
    line.setText("proxy.test:3128")
    line.editingFinished.emit()
    assert settings.preferences().proxy == "proxy.test:3128"
    assert edit._message.words() == ""  # type: ignore[attr-defined]


def test_bundles_are_ticked_and_never_none(dialog: PreferencesDialog, settings: Settings) -> None:
    dialog.show_names(preferences.TRUST.key, ["corp", "system", "mozilla"])
    names = field(dialog, preferences.TRUST, QListWidget)
    assert isinstance(names, QListWidget)
    names.item(0).setCheckState(Qt.CheckState.Checked)
    assert settings.preferences().trust == ("corp", "system")
    names.item(0).setCheckState(Qt.CheckState.Unchecked)
    names.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert settings.preferences().trust == ("system",)
    assert names.item(1).checkState() is Qt.CheckState.Checked


def test_the_palette_s_doors(dialog: PreferencesDialog, qtbot: QtBot) -> None:
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    dialog.show_setting(preferences.HISTORY_SIZE.key)
    number = field(dialog, preferences.HISTORY_SIZE, QSpinBox)
    assert number.isVisible()
    assert number.hasFocus()
    dialog.show_page(SHORTCUTS)
    assert dialog.findChildren(KeysPage)[0].isVisible()
    dialog.show_page(PRIVACY)
    assert dialog.findChildren(PrivacyPage)[0].isVisible()


def test_clearing_is_asked_about_first(qtbot: QtBot) -> None:
    done: list[int] = []
    page = PrivacyPage([DataClearing("Clear History", "All of it?", lambda: done.append(1))])
    qtbot.addWidget(page)
    page.show()
    button = next(b for b in page.findChildren(QPushButton) if b.text() == "Clear History…")
    button.click()
    assert done == []
    page._banner._accept.click()
    assert done == [1]


def test_fonts_are_those_that_there_are(qtbot: QtBot) -> None:
    for setting in (declared.FONT, declared.FIXED_FONT):
        made = editor(setting)
        qtbot.addWidget(made)
        box = made.findChildren(QComboBox)[0]
        assert box.itemData(0) == ""
        made.show_value("A font that has gone")
        assert box.currentData() == "A font that has gone"
    assert {declared.FONT.kind, declared.FIXED_FONT.kind} == {Kind.FONT, Kind.FIXED_FONT}


def test_no_two_commands_share_keys() -> None:
    seen: dict[str, str] = {}
    for command in COMMANDS:
        for text in command.own_keys() if not command.local else ():
            assert text not in seen, f"{command.id} and {seen[text]} both have {text}"
            seen[text] = command.id


def record(page: KeysPage, command: str, pressed: str) -> str:
    page.show_command(command)
    page._recorder.setKeySequence(QKeySequence(pressed))
    return page._message.words()


def test_keys_are_assigned_and_reset(settings: Settings, qtbot: QtBot) -> None:
    page = KeysPage(settings, COMMANDS)
    qtbot.addWidget(page)
    page.show()
    assert "free" in record(page, "send", "F8")
    page._assign.click()
    assert dict(settings.shortcuts()) == {"send": ("F8",)}
    assert page._reset.isEnabled()
    page._reset.click()
    assert dict(settings.shortcuts()) == {}
    page.show_command("send")
    page._remove.click()
    assert dict(settings.shortcuts()) == {"send": ()}
    page._reset_all.click()
    assert dict(settings.shortcuts()) == {}


def test_a_conflict_is_told_and_settled(settings: Settings, qtbot: QtBot) -> None:
    page = KeysPage(settings, COMMANDS)
    qtbot.addWidget(page)
    page.show()
    assert "“Preferences”" in record(page, "send", "Ctrl+,")
    page.assign()
    assert dict(settings.shortcuts()) == {"send": ("Ctrl+,",), "preferences": ()}
    assert record(page, "preferences", "Ctrl+Return").endswith("free.")


@pytest.mark.parametrize("pressed", ["A", "Shift+A", "Return", "Tab", "Space", "Shift+Tab", "Left"])
def test_keys_of_typing_stay_those_of_typing(settings: Settings, qtbot: QtBot, pressed: str) -> None:
    page = KeysPage(settings, COMMANDS)
    qtbot.addWidget(page)
    page.show()
    assert "typing" in record(page, "send", pressed)
    assert not page._assign.isEnabled()
    page.assign()
    assert dict(settings.shortcuts()) == {}


def test_words_of_trouble() -> None:
    assert keys.trouble(QKeySequence()) == "Press the keys."
    assert keys.trouble(QKeySequence("F5")) == ""
    assert keys.trouble(QKeySequence("Ctrl+A")) == ""


def test_menus_and_tips_follow(settings: Settings, qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    actions = Actions(owner, COMMANDS)
    button = QToolButton(owner)
    button.setDefaultAction(actions["send"])
    assert "Ctrl+Return" in button.toolTip()
    actions.choose_keys({"send": ("F8",), "new": ()})
    assert actions.keys("send") == ("F8",)
    assert button.toolTip() == "Send (F8)"
    assert actions.keys("new") == ()
    actions.choose_keys({})
    assert actions.keys("send") == ("Ctrl+Return",)


def test_a_command_s_own_keys_are_on_every_keyboard() -> None:
    keys = [key for command in COMMANDS for key in command.own_keys()]
    assert [key for key in keys if key.startswith("F") and key[1:].isdecimal() and int(key[1:]) > 12] == []
