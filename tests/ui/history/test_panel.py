"""The column of the history under a person's hands."""

from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.history.rows import row
from workbench.core.errors import StorageError
from workbench.ui.history.clearing import Clearing
from workbench.ui.history.panel import HistoryPanel
from workbench.ui.history.search_line import SearchLine


def look_for(panel: HistoryPanel, line: str) -> None:
    panel._search.setText(line)
    QTest.keyClick(panel._search, Qt.Key.Key_Return)


@pytest.fixture
def panel(qtbot: QtBot) -> HistoryPanel:
    made = HistoryPanel()
    qtbot.addWidget(made)
    made.resize(300, 500)
    made.show_rows([row(9), row(8), row(7, days=1)], more=False)
    made.show()
    return made


def heard(signal: Any) -> list[Any]:
    told: list[Any] = []
    signal.connect(lambda *given: told.append(given[0] if len(given) == 1 else given))
    return told


def search(panel: HistoryPanel) -> SearchLine:
    found = panel.findChild(SearchLine)
    assert isinstance(found, SearchLine)
    return found


def trigger(panel: HistoryPanel, words: str) -> None:
    actions = [action for action in panel.menu().actions() if words in action.text().replace("&", "")]
    assert len(actions) == 1, words
    assert actions[0].isEnabled(), words
    actions[0].trigger()


def test_the_list_has_its_name(panel: HistoryPanel) -> None:
    assert panel.list.accessibleName() == "History"
    assert search(panel).accessibleName() == "Search the history"


def test_arrows_step_over_headings(panel: HistoryPanel) -> None:
    panel.choose(8)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert [one.id for one in panel.chosen()] == [7]
    QTest.keyClick(panel.list, Qt.Key.Key_Up)
    QTest.keyClick(panel.list, Qt.Key.Key_Up)
    assert [one.id for one in panel.chosen()] == [9]


def test_enter_and_double_click_open(panel: HistoryPanel) -> None:
    opened = heard(panel.open_requested)
    panel.choose(8)
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    place = panel.list.visualRect(panel.model.find(7)).center()
    none = Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, none, place)
    QTest.mouseDClick(panel.list.viewport(), Qt.MouseButton.LeftButton, none, place)
    assert opened == [8, 7]


def test_the_menu_sends_copies_and_deletes(panel: HistoryPanel) -> None:
    sent, removed, asked = (
        heard(panel.send_requested),
        heard(panel.remove_requested),
        heard(panel.thumbprints_requested),
    )
    panel.choose(9)
    trigger(panel, "Send Again")
    trigger(panel, "Copy URL")
    trigger(panel, "Copy Thumbprints")
    trigger(panel, "Delete")
    assert (sent, asked, removed) == ([9], [9], [(9,)])
    assert QGuiApplication.clipboard().text() == "https://api.example.org/9"


def test_two_are_compared_the_older_first(panel: HistoryPanel) -> None:
    compared = heard(panel.compare_requested)
    panel.choose(9)
    panel.list.selectionModel().select(panel.model.find(7), QItemSelectionModel.SelectionFlag.Select)
    trigger(panel, "Compare")
    assert compared == [(7, 9)]


def test_one_is_chosen_and_compared_with_another(panel: HistoryPanel) -> None:
    compared, with_open = heard(panel.compare_requested), heard(panel.compare_with_open_requested)
    panel.choose(9)
    trigger(panel, "Select for Comparison")
    trigger(panel, "Open Response")
    panel.choose(8)
    trigger(panel, "Compare with GET /9 · 200")
    assert compared == [(8, 9)]
    assert with_open == [9]


def test_clearing_asks_once(panel: HistoryPanel) -> None:
    cleared = heard(panel.clear_requested)
    panel.choose(9)
    (menu,) = [menu for menu in panel.findChildren(QMenu) if menu.title() == "C&lear"]
    menu.aboutToShow.emit()
    (action,) = [action for action in menu.actions() if action.text() == "Everything From api.example.org…"]
    action.trigger()
    assert cleared == []
    (button,) = [one for one in panel.findChildren(QPushButton) if one.isVisible()]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert cleared == [Clearing(host="api.example.org")]


def test_what_is_typed_is_looked_for_after_a_moment_and_with_enter_at_once(panel: HistoryPanel, qtbot: QtBot) -> None:
    told = heard(panel.search_changed)
    with qtbot.waitSignal(panel.search_changed):
        QTest.keyClicks(search(panel), "orders")
    QTest.keyClicks(search(panel), " x")
    QTest.keyClick(search(panel), Qt.Key.Key_Return)
    assert told == ["orders", "orders x"]


def test_what_cannot_be_read_is_said_below(panel: HistoryPanel) -> None:
    look_for(panel, "status:teapot")
    hints = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert any("teapot" in hint for hint in hints)


def test_an_empty_list_says_why(panel: HistoryPanel) -> None:
    panel.show_rows([], more=False)
    assert any("appear here" in label.text() for label in panel.findChildren(QLabel) if label.isVisible())
    look_for(panel, "nowhere")
    panel.show_rows([], more=False)
    assert any("matches" in label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def test_trouble_is_shown(panel: HistoryPanel) -> None:
    cleared = heard(panel.clear_requested)
    panel.ask_to_clear(Clearing())
    panel.show_error(StorageError("The history cannot be read."))
    assert any("cannot be read" in label.text() for label in panel.findChildren(QLabel) if label.isVisible())
    assert cleared == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("ho", ("host:",)),
        ("x s", ("status:", "since:")),
        ("host:corp", ("host:api.corp.example",)),
        ("status:4", ("status:4xx",)),
        ("since:to", ("since:today",)),
        ("identity:al", ('identity:"alice smith"',)),
        ("", ()),
        ("order", ()),
    ],
)
def test_words_are_completed(panel: HistoryPanel, typed: str, offered: tuple[str, ...]) -> None:
    panel.show_hosts(["api.corp.example", "localhost"])
    panel.show_identities(["alice smith", "bob"])
    line = search(panel)
    line.setText(typed)
    assert line.completions() == offered


def test_hosts_that_are_shown_are_offered(panel: HistoryPanel) -> None:
    panel.show_rows([row(11, host="new.example")], more=False)
    search(panel).setText("host:new")
    assert search(panel).completions() == ("host:new.example",)


def test_a_completion_takes_the_place_of_the_word(panel: HistoryPanel) -> None:
    line = search(panel)
    line.setText("orders sta")
    line._complete("status:4xx")
    assert line.text() == "orders status:4xx "


def test_escape_empties_the_line(panel: HistoryPanel) -> None:
    look_for(panel, "orders")
    told = heard(panel.search_changed)
    QTest.keyClick(search(panel), Qt.Key.Key_Escape)
    assert told == [""]
