"""The filter over the tree of collections, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
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
