"""The palette: keys only, sources, what comes late, and who has the keyboard afterwards."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from workbench.ui.palette.button import SearchButton
from workbench.ui.palette.entry import PREFIXES, Entry, Kind, kind_words, spoken
from workbench.ui.palette.matching import Hit
from workbench.ui.palette.palette import Palette
from workbench.ui.palette.rows import HIT, rows

Late = list[tuple[Callable[[], Any], Callable[[Any], object]]]


class Bridge:
    """Work that is done when the test says so."""

    def __init__(self) -> None:
        self.late: Late = []

    def work(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        self.late.append((work, done))

    def catch_up(self) -> None:
        late, self.late = self.late, []
        for work, done in late:
            done(work())


@pytest.fixture
def bridge() -> Bridge:
    return Bridge()


@pytest.fixture
def palette(qtbot: QtBot, bridge: Bridge) -> Iterator[Palette]:
    window = QWidget()
    window.resize(900, 600)
    layout = QVBoxLayout(window)
    layout.addWidget(QLineEdit("before", window))
    qtbot.addWidget(window)
    made = Palette(window, bridge.work)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield made
    made.close_quietly()


def shown(palette: Palette) -> list[str]:
    model = palette.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def press(palette: Palette, key: Qt.Key) -> None:
    QTest.keyClick(palette.field, key)


def neighbour(palette: Palette) -> QLineEdit:
    """The field that is in the window besides."""
    return next(line for line in palette.window().findChildren(QLineEdit) if line is not palette.field)


def test_it_is_used_by_keys_only(palette: Palette, qtbot: QtBot) -> None:
    done: list[str] = []
    names = ("Alpha", "Beta", "Gamma")
    palette.add_source("x", lambda: [Entry(Kind.ACTION, name, run=partial(done.append, name)) for name in names])
    before = neighbour(palette)
    before.setFocus()
    palette.open()
    assert palette.field.hasFocus()
    assert shown(palette) == list(names)
    press(palette, Qt.Key.Key_Down)
    press(palette, Qt.Key.Key_Down)
    press(palette, Qt.Key.Key_Down)  # round the end
    press(palette, Qt.Key.Key_Up)
    press(palette, Qt.Key.Key_Return)
    assert done == ["Gamma"]
    assert palette.isHidden()
    assert before.hasFocus()


def test_typing_narrows_and_escape_gives_the_keyboard_back(palette: Palette, qtbot: QtBot) -> None:
    palette.add_source("x", lambda: [Entry(Kind.ACTION, "Alpha"), Entry(Kind.IDENTITY, "Beta")])
    before = neighbour(palette)
    before.setFocus()
    palette.open("@")
    assert shown(palette) == ["Beta"]
    palette.field.clear()
    QTest.keyClicks(palette.field, "alp")
    assert shown(palette) == ["Alpha"]
    press(palette, Qt.Key.Key_Escape)
    assert palette.isHidden()
    assert before.hasFocus()


def test_what_cannot_be_done_says_why_and_does_nothing(palette: Palette) -> None:
    done: list[int] = []
    entry = Entry(Kind.ACTION, "Send", run=lambda: done.append(1), unavailable="Open a request first.")
    palette.add_source("x", lambda: [entry])
    palette.open()
    press(palette, Qt.Key.Key_Return)
    assert done == []
    assert palette.isVisible()
    assert "Open a request first." in palette.field.accessibleDescription()


def test_a_large_source_comes_from_the_worker_and_once(palette: Palette, bridge: Bridge) -> None:
    done: list[int] = []
    many = tuple(Entry(Kind.REQUEST, f"Order {n}", run=partial(done.append, n)) for n in range(2000))
    palette.add_source("many", lambda: many)
    palette.open("order 1999")
    assert shown(palette) == []
    press(palette, Qt.Key.Key_Return)  # quicker than the worker
    bridge.catch_up()
    assert done == [1999]
    palette.open()
    assert bridge.late == []
    assert len(shown(palette)) == 50


def test_a_source_that_changed_meanwhile_is_the_newer(palette: Palette, bridge: Bridge) -> None:
    old = tuple(Entry(Kind.REQUEST, f"Old {n}") for n in range(500))
    new = tuple(Entry(Kind.REQUEST, f"New {n}") for n in range(500))
    offered = [old, new]
    palette.add_source("many", lambda: offered.pop(0))
    palette.open()
    palette.close_quietly()
    palette.open()
    bridge.catch_up()
    assert shown(palette)[0] == "New 0"


def test_a_source_can_be_asked_in_the_worker(palette: Palette, bridge: Bridge) -> None:
    offered = (Entry(Kind.REQUEST, "First"),)
    palette.add_source("slow", lambda: offered, in_worker=True)
    palette.open()
    assert shown(palette) == []
    bridge.catch_up()
    assert shown(palette) == ["First"]
    palette.close_quietly()
    offered = (Entry(Kind.REQUEST, "Second"),)
    palette.open("s")
    assert shown(palette) == ["First"]  # until the worker has answered
    bridge.catch_up()
    assert shown(palette) == ["Second"]


def test_a_click_beside_it_closes_it(palette: Palette, qtbot: QtBot) -> None:
    palette.add_source("x", lambda: [Entry(Kind.ACTION, "Alpha")])
    palette.open()
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomLeft())
    assert palette.isVisible()
    QTest.mouseClick(neighbour(palette), Qt.MouseButton.LeftButton)
    assert palette.isHidden()


def test_rows_are_told_whole(qtmodeltester: Any) -> None:
    model = rows()
    entry = Entry(Kind.ACTION, "Send", "Request", keys="Ctrl+Return")
    model.show_rows([Hit(entry, 1.0, (0,))])
    qtmodeltester.check(model)
    index = model.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("Send, Action, Request, Ctrl+Return")
    assert index.data(HIT).entry is entry
    assert spoken(entry) == "Send, Action, Request, Ctrl+Return"


def test_every_kind_has_words_and_prefixes_are_no_letters() -> None:
    assert len({kind_words(kind) for kind in Kind}) == len(Kind)
    assert not any(prefix.isalnum() for prefix in PREFIXES)


def test_the_button_names_the_keys_of_its_action(qtbot: QtBot, qapp: QApplication) -> None:
    action = QAction()
    action.setShortcut("Ctrl+K")
    button = SearchButton(action)
    qtbot.addWidget(button)
    assert "Ctrl+K" in button.text()
    with qtbot.waitSignal(action.triggered):
        button.click()
    action.setShortcut("Ctrl+J")
    assert "Ctrl+J" in button.text()
    assert button.accessibleName() == "Search anything"
