"""Dialogs that wait for an answer, at the example of one that makes a collection."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from workbench.core.errors import StorageError
from workbench.ui.library.collection_dialog import CollectionDialog


@pytest.fixture
def dialog(qtbot: QtBot) -> CollectionDialog:
    made = CollectionDialog("New Collection", "Pets", Path("/there"))
    qtbot.addWidget(made)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.open()
    return made


def test_it_asks_once_until_it_is_answered(dialog: CollectionDialog) -> None:
    asked: list[str] = []
    dialog.create_requested.connect(lambda name, _where: asked.append(name))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.findChildren(QLineEdit)[0], "x")  # the whole name was selected
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert asked == ["Pets"]
    dialog.show_error(StorageError("It is full.", hint="Make room."))
    assert dialog.message.words() == "It is full. Make room."
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert asked == ["Pets", "x"]
    dialog.accept()
    assert not dialog.isVisible()


def test_what_was_wrong_is_gone_once_something_is_typed(dialog: CollectionDialog) -> None:
    dialog.show_error(StorageError("It is full."))
    QTest.keyClicks(dialog.findChildren(QLineEdit)[0], "x")
    assert "full" not in dialog.message.words()


def test_the_buttons_come_after_the_fields(dialog: CollectionDialog) -> None:
    order = [widget for widget in _chain(dialog) if widget in (*dialog.findChildren(QLineEdit), dialog.action)]
    assert order[-1] is dialog.action


def _chain(dialog: CollectionDialog) -> list[QWidget]:
    widgets, one = [], dialog.nextInFocusChain()
    while one is not None and one is not dialog:
        widgets.append(one)
        one = one.nextInFocusChain()
    return widgets
