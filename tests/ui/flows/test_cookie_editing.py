"""The editor over the whole window: opened by its command, kept up to date by what is sent."""

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.windows.test_window import lab_draft, send, try_the_lab
from workbench.ui.windows.main_window import MainWindow


def test_what_the_lab_sets_appears_while_the_editor_is_open(qtbot: QtBot, window: MainWindow) -> None:
    tab = try_the_lab(window, qtbot)
    window.commands["cookies"].trigger()
    editor = window.pages.cookies.dialog
    assert editor is not None
    tab.show_draft(lab_draft(tab.draft().url.replace("order/update", "cookies?color=blue"), trust="lab"))
    send(window, tab, qtbot)
    qtbot.waitUntil(lambda: [row.name for row in editor.model.rows()] == ["color"])
    assert editor.model.rows()[0].value == "blue"


def test_the_cookies_of_a_response_lead_to_it(qtbot: QtBot, window: MainWindow) -> None:
    tab = try_the_lab(window, qtbot)
    tab.show_draft(lab_draft(tab.draft().url.replace("order/update", "cookies?color=blue"), trust="lab"))
    send(window, tab, qtbot)
    button = next(one for one in tab.response.findChildren(QPushButton) if one.text() == "All Cookies…")
    button.click()
    qtbot.waitUntil(lambda: (one := window.pages.cookies.dialog) is not None and len(one.model.rows()) == 1)
