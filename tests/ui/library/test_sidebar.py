"""The filter over the tree of collections, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.library.trees import ROOT, sample
from workbench.core.collection.location import DraftLocation
from workbench.ui.library.sidebar import LibrarySidebar
from workbench.ui.models.library_lines import Library, lines_of


@pytest.fixture
def sidebar(qtbot: QtBot) -> LibrarySidebar:
    shown = LibrarySidebar()
    qtbot.addWidget(shown)
    shown.resize(300, 600)
    shown.show()
    root = sample()
    shown.show_library(Library((root,), lines_of([root])))
    return shown


def test_enter_in_the_filter_leads_to_what_was_looked_for(sidebar: LibrarySidebar) -> None:
    sidebar.tree.choose(DraftLocation(ROOT))
    field = sidebar.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "create")
    QTest.keyClick(field, Qt.Key.Key_Down)
    line = sidebar.tree.current_line()
    assert line is not None
    assert (line.name, line.is_openable) == ("create", True)


def test_reading_that_takes_a_while_is_shown_and_can_be_stopped(sidebar: LibrarySidebar, qtbot: QtBot) -> None:
    (stop,) = (one for one in sidebar.findChildren(QPushButton) if one.text() == "Stop")
    sidebar.show_reading(True)
    assert not stop.isVisible()
    qtbot.waitUntil(stop.isVisible)
    with qtbot.waitSignal(sidebar.stop_requested):
        QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert not stop.isEnabled()
    sidebar.show_reading(False)
    assert not stop.isVisible()
