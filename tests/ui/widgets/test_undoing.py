"""The last change is taken back first; what passes with its toast is final after it."""

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from workbench.ui.widgets.toast import Toast
from workbench.ui.widgets.undoing import Undoing


@pytest.fixture
def undoing(qtbot: QtBot) -> Undoing:
    window = QWidget()
    qtbot.addWidget(window)
    return Undoing(Toast(window), window)


def press(undoing: Undoing) -> None:
    undoing.toast.findChildren(QPushButton)[0].click()


def test_the_last_one_first_told_or_not(undoing: Undoing) -> None:
    back: list[str] = []
    able: list[bool] = []
    undoing.changed.connect(able.append)
    undoing.note(lambda: back.append("deleted"), "Deleted.")
    undoing.note(lambda: back.append("renamed"))
    assert undoing.toast.words() == "", "it would offer something else than what undo does"
    undoing.undo()
    undoing.undo()
    undoing.undo()
    assert back == ["renamed", "deleted"]
    assert able[-1] is False


def test_a_toast_that_goes_leaves_what_lasts(undoing: Undoing) -> None:
    back: list[str] = []
    undoing.note(lambda: back.append("deleted"), "Deleted.")
    undoing.toast.dismiss()
    undoing.undo()
    assert back == ["deleted"]


def test_fleeting_ones_are_final_when_the_toast_goes(undoing: Undoing) -> None:
    settled: list[bool] = []
    undoing.settled.connect(lambda: settled.append(True))
    undoing.note(list, "Deleted a request.")
    for number in range(2):
        undoing.note(lambda: pytest.fail("it is final"), f"Removed {number}.", fleeting=True)
    assert not settled, "one may follow another"
    undoing.toast.dismiss()
    assert settled == [True]
    undoing.undo()


def test_undone_one_after_the_other(undoing: Undoing) -> None:
    back: list[int] = []
    settled: list[bool] = []
    undoing.settled.connect(lambda: settled.append(True))
    for number in range(2):
        undoing.note(lambda number=number: back.append(number), f"Removed {number}.", fleeting=True)  # type: ignore[misc]
    press(undoing)
    assert undoing.toast.words() == "Removed 0."
    press(undoing)
    assert back == [1, 0]
    assert undoing.toast.words() == ""
    assert not settled
