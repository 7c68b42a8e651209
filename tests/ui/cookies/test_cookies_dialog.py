"""Editor, bridge, worker and a real jar together."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from workbench.core.cookies import Cookie, Jar
from workbench.core.cookies.editor import CookieEditor
from workbench.ui.cookies.cookie_dialog import CookieDialog
from workbench.ui.cookies.cookies_dialog import CookiesDialog
from workbench.ui.flows.cookie_editing import CookieEditing
from workbench.ui.runner import Job, Runner
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.message import Message

HOME = "https://api.example.org/v1/"
LATER = datetime(2031, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def jar(tmp_path: Path) -> Jar:
    made = Jar.load(tmp_path / "cookies.json")
    made.store(HOME, ["sid=hush-hush; Secure; HttpOnly; Path=/", "theme=dark; Domain=example.org; Max-Age=9999"])
    made.store("https://other.test/", ["b=2", "a=1; Path=/deep"])
    return made


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def bridge(window: QWidget, runner: Runner, jar: Jar) -> CookieEditing:
    room = CookieEditor(jar)

    def ask(question: Callable[[CookieEditor], object], done: Any, failed: Any) -> Job:
        return runner.run_blocking(lambda: question(room), done=done, failed=failed)

    return CookieEditing(ask, window)


@pytest.fixture
def editor(qtbot: QtBot, bridge: CookieEditing) -> CookiesDialog:
    bridge.open()
    assert bridge.dialog is not None
    qtbot.waitUntil(lambda: len(names(bridge.dialog)) == 4)
    return bridge.dialog


def names(editor: CookiesDialog | None) -> list[str]:
    assert editor is not None
    return [row.name for row in editor.model.rows()]


def find(editor: CookiesDialog, name: str) -> Cookie:
    return next(row for row in editor.model.rows() if row.name == name)


def sheet(editor: CookiesDialog) -> CookieDialog:
    return next(one for one in editor.findChildren(CookieDialog) if one.isVisible())


def field(sheet: CookieDialog, name: str) -> QLineEdit:
    return next(one for one in sheet.findChildren(QLineEdit) if one.accessibleName() == name)


def press(widget: QWidget, words: str) -> None:
    button = next(b for b in widget.findChildren(QPushButton) if b.text().replace("&", "") == words and b.isVisible())
    button.click()


def said(widget: QWidget) -> str:
    return " ".join(one.words() for one in widget.findChildren(Message) if one.words())


def undo(editor: CookiesDialog, qtbot: QtBot) -> None:
    shown = editor.model.rows()
    editor.activateWindow()  # as a window manager does when a sheet has closed
    qtbot.waitUntil(editor.isActiveWindow)
    QTest.keyClick(editor.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: editor.model.rows() != shown)


def test_the_jar_is_shown_in_order_and_values_are_hidden(
    qtbot: QtBot, editor: CookiesDialog, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(editor.model)  # type: ignore[no-untyped-call]
    assert names(editor) == ["sid", "theme", "b", "a"]
    editor.choose(find(editor, "sid"))
    QTest.keyClick(editor.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert "sid" in copied
    assert "hush" not in copied
    said = [
        editor.model.index(0, c).data(Qt.ItemDataRole.AccessibleTextRole) for c in range(editor.model.columnCount())
    ]
    assert said == [
        "Domain: api.example.org, this host only",
        "Path: /",
        "Name: sid",
        "Value: hidden",
        "Expires: at end of session",
        "Flags: Secure, HttpOnly",
    ]
    next(iter(editor.findChildren(QCheckBox))).setChecked(True)
    assert editor.model.index(0, 3).data() == "hush-hush"
    assert [row.name for row in editor.chosen()] == ["sid"]


def test_it_is_searched_but_not_by_value(editor: CookiesDialog) -> None:
    search = next(one for one in editor.findChildren(QLineEdit) if one.accessibleName() == "Search cookies")
    search.setText("OTHER deep")
    assert names(editor) == ["a"]
    search.setText("httponly")
    assert names(editor) == ["sid"]
    search.setText("hush")
    assert names(editor) == []


def test_a_cookie_is_added_and_sent(qtbot: QtBot, editor: CookiesDialog, jar: Jar) -> None:
    press(editor, "Add…")
    made = sheet(editor)
    QTest.keyClicks(field(made, "Name"), "made")
    QTest.keyClicks(field(made, "Value"), "by hand")
    field(made, "Domain").setText("Münich.example")
    QTest.keyClick(field(made, "Domain"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "made" in names(editor))
    assert jar.header_for("https://xn--mnich-kva.example/") == "made=by hand"
    assert [row.name for row in editor.chosen()] == ["made"]
    undo(editor, qtbot)
    assert "made" not in names(editor)


def test_what_is_wrong_is_said_at_its_field_and_until_it_is_right(qtbot: QtBot, editor: CookiesDialog) -> None:
    editor.choose(find(editor, "sid"))
    QTest.keyClick(editor.table, Qt.Key.Key_Return)
    made = sheet(editor)
    for name, wrong, right in (
        ("Name", "two words", "sid"),
        ("Value", "a;b", "ab"),
        ("Path", "v1", "/v1"),
        ("Domain", "api.example.org/v1", "api.example.org"),
    ):
        line = field(made, name)
        line.setText(wrong)
        press(made, "Save")
        assert f"The {name.lower()}" in said(made)
        assert line.accessibleDescription() == said(made)
        assert made.focusWidget() is line
        line.clear()
        QTest.keyClicks(line, right)
        assert said(made) == ""
        assert line.accessibleDescription() == ""
    same_site = next(one for one in made.findChildren(QComboBox) if one.accessibleName() == "SameSite")
    next(one for one in made.findChildren(QCheckBox) if one.text().startswith("&Secure")).setChecked(False)
    same_site.setCurrentIndex(same_site.findData("None"))
    assert "SameSite=None" in said(made)


def test_a_changed_cookie_takes_the_place_of_the_former_and_back(qtbot: QtBot, editor: CookiesDialog, jar: Jar) -> None:
    before = jar.cookies()
    editor.choose(find(editor, "theme"))
    editor.table.activated.emit(editor.table.currentIndex())
    made = sheet(editor)
    assert made.cookie() == replace(find(editor, "theme"), created=made.cookie().created, expires=made.cookie().expires)
    field(made, "Name").setText("look")
    press(made, "Save")
    qtbot.waitUntil(lambda: names(editor) == ["sid", "look", "b", "a"])
    press(editor, "Edit…")
    field(sheet(editor), "Value").setText("bright")
    press(sheet(editor), "Save")
    qtbot.waitUntil(lambda: find(editor, "look").value == "bright")
    for _step in range(2):
        undo(editor, qtbot)
    assert jar.cookies() == before


def test_a_moment_is_kept_on_the_clock_of_the_world(qtbot: QtBot) -> None:
    made = CookieDialog(Cookie("a", "1", "example.org", expires=LATER))
    qtbot.addWidget(made)
    assert made.cookie().expires == LATER
    kept = next(one for one in made.findChildren(QComboBox) if one.accessibleName() == "Expires")
    kept.setCurrentIndex(0)
    assert made.cookie().expires is None


def test_deleted_ones_come_back(qtbot: QtBot, editor: CookiesDialog, jar: Jar) -> None:
    before = jar.cookies()
    editor.choose(find(editor, "sid"))
    QTest.keyClick(editor.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(editor) == ["theme", "b", "a"])
    assert [row.name for row in editor.chosen()] == ["theme"]
    toast = editor.undoing.toast
    assert toast.words() == "“sid” of api.example.org was deleted."
    press(toast, "Undo")
    qtbot.waitUntil(lambda: "sid" in names(editor))
    assert jar.cookies() == before
    assert [row.name for row in editor.chosen()] == ["sid"]
    assert not toast.isVisible()


def test_all_of_a_domain_or_all(qtbot: QtBot, editor: CookiesDialog, jar: Jar) -> None:
    editor.choose(find(editor, "a"))
    of_domain, everything = (
        a for a in editor.menu().actions() if "Subdomains" in a.text() or a.text() == "&All Cookies"
    )
    of_domain.trigger()
    qtbot.waitUntil(lambda: names(editor) == ["sid", "theme"])
    everything.trigger()
    qtbot.waitUntil(lambda: names(editor) == [])
    assert not everything.isEnabled() or jar.cookies() == ()
    for _step in range(2):
        undo(editor, qtbot)
    assert len(names(editor)) == 4


def test_what_a_server_sets_meanwhile_is_shown_and_the_choice_stays(
    qtbot: QtBot, bridge: CookieEditing, editor: CookiesDialog, jar: Jar
) -> None:
    editor.choose(find(editor, "theme"))
    jar.store(HOME, ["another=1"])
    bridge.refresh()
    qtbot.waitUntil(lambda: "another" in names(editor))
    assert [row.name for row in editor.chosen()] == ["theme"]
    assert editor.model.row(editor.table.currentIndex()) == find(editor, "theme")


def test_a_jar_that_cannot_be_kept_says_so(qtbot: QtBot, editor: CookiesDialog, tmp_path: Path) -> None:
    (tmp_path / "cookies.json").unlink(missing_ok=True)
    (tmp_path / "cookies.json").mkdir()
    editor.choose(find(editor, "theme"))
    press(editor, "Delete")
    banner = next(iter(editor.findChildren(Banner)))
    qtbot.waitUntil(banner.isVisible)
    assert "could not be saved" in banner.accessibleName()
    qtbot.waitUntil(lambda: "theme" not in names(editor))


def test_closed_and_opened_again_it_is_another(qtbot: QtBot, bridge: CookieEditing, editor: CookiesDialog) -> None:
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert bridge.dialog is None
    bridge.refresh()
    bridge.open()
    qtbot.waitUntil(lambda: len(names(bridge.dialog)) == 4)


def test_no_value_in_what_is_told_of_it(editor: CookiesDialog, jar: Jar) -> None:
    change = CookieEditor(jar).clear("")
    assert "hush" not in repr(change) + change.words
    assert change.words == "4 cookies were deleted."
    assert editor.model.rowCount() == 4
