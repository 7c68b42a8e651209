"""What an empty window offers first."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from workbench.ui.windows.start_page import StartPage


@pytest.fixture
def page(qtbot: QtBot) -> StartPage:
    made = StartPage()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def button(page: StartPage, name: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.accessibleName() == name)


def test_the_things_to_do(page: StartPage, qtbot: QtBot) -> None:
    for name, signal in (
        ("Try it with the lab", page.lab_requested),
        ("Import an identity", page.import_requested),
        ("Open a collection", page.collection_requested),
        ("New request", page.new_requested),
    ):
        with qtbot.waitSignal(signal):
            button(page, name).click()
        assert button(page, name).accessibleDescription()
        assert button(page, name).focusPolicy() & Qt.FocusPolicy.TabFocus


def test_recent_collections_are_offered(page: StartPage, qtbot: QtBot) -> None:
    heading = next(label for label in page.findChildren(QLabel) if label.text() == "Recent collections")
    assert heading.isHidden()
    folders = [Path(f"/srv/number {n}") for n in range(10)]
    page.show_recent(folders)
    assert heading.isVisible()
    with qtbot.waitSignal(page.recent_requested) as asked:
        button(page, "Open number 3 again").click()
    assert asked.args == [folders[3]]
    page.show_recent([])
    assert heading.isHidden()


def test_sentences_wrap_in_large_text(page: StartPage, qapp: QApplication) -> None:
    choice = button(page, "Import an identity")
    before = choice.heightForWidth(400)
    font = QFont(qapp.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    choice.setFont(font)
    assert choice.heightForWidth(400) > before
    assert choice.heightForWidth(4000) < choice.heightForWidth(400)
    assert choice.minimumSizeHint().width() < choice.sizeHint().width()


def test_the_first_thing_to_do_has_the_keyboard_where_nothing_else_has_it(qtbot: QtBot) -> None:
    for busy in (False, True):
        window = QWidget()
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        search, page = QPushButton("search"), StartPage()
        column.addWidget(search)
        column.addWidget(page)
        if busy:
            search.setFocus()
        window.show()
        assert window.focusWidget() is (search if busy else button(page, "Try it with the lab"))
