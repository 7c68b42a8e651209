"""The editor over the whole window: opened by its command, kept up to date by what is sent."""

from pytestqt.qtbot import QtBot

from tests.ui.test_window import lab_draft, send, try_the_lab
from workbench.ui.main_window import MainWindow


def test_what_the_lab_sets_appears_while_the_editor_is_open(qtbot: QtBot, window: MainWindow) -> None:
    tab = try_the_lab(window, qtbot)
    window.commands["cookies"].trigger()
    editor = window.pages.cookies.dialog
    assert editor is not None
    tab.show_draft(lab_draft(tab.draft().url.replace("order/update", "cookies?color=blue"), trust="lab"))
    send(window, tab, qtbot)
    qtbot.waitUntil(lambda: [row.name for row in editor.model.rows()] == ["color"])
    assert editor.model.rows()[0].value == "blue"
