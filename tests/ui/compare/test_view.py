"""Stepping through what differs."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.core.history.examples import exchange, failed
from workbench.core.exchange import Exchange
from workbench.ui.compare.compare_dialog import CompareDialog
from workbench.ui.compare.comparison import Compared, compare
from workbench.ui.compare.diff_lines import Sign
from workbench.ui.compare.line_rows import LEFT, SIGN, LineRows
from workbench.ui.compare.view import CompareView


def run_now(work: Callable[[], Any], done: Callable[[Any], object], /) -> None:
    done(work())


def sides(left: Exchange, right: Exchange) -> tuple[Compared, Compared]:
    return Compared("POST /orders · 200", left), Compared("POST /orders · 404", right)


BODY = "\n".join(f"line {number}" for number in range(60))
OTHER = BODY.replace("line 20", "another line").replace("line 40\n", "")
TEXT = (("Content-Type", "text/plain"),)


@pytest.fixture
def view(qtbot: QtBot) -> CompareView:
    made = CompareView(run_now)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show_exchanges(
        *sides(exchange(body=BODY.encode(), headers=TEXT), exchange(status=404, body=OTHER.encode(), headers=TEXT))
    )
    made.show()
    return made


def test_the_first_difference_is_in_front(view: CompareView) -> None:
    line = view.model.line(view.table.currentIndex().row())
    assert line is not None
    assert line.left == "Status: 200 Fine"
    assert "1 / " in view.summary()


def test_keys_step_on_back_and_round(view: CompareView) -> None:
    count = len(view.model.differences())
    assert count > 3
    seen = [view.table.currentIndex().row()]
    for _step in range(count - 1):
        QTest.keyClick(view.table, Qt.Key.Key_F8)
        seen.append(view.table.currentIndex().row())
    assert seen == view.model.differences()
    QTest.keyClick(view.table, Qt.Key.Key_F8)
    assert view.table.currentIndex().row() == seen[0]
    QTest.keyClick(view.table, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert view.table.currentIndex().row() == seen[-1]


def test_a_fold_opens_in_its_place(view: CompareView) -> None:
    row = next(row for row in range(view.model.rowCount()) if view.model.index(row, LEFT).data().startswith("▸ "))
    fold = view.model.line(row)
    assert fold is not None
    before = view.model.rowCount()
    view.table.setCurrentIndex(view.model.index(row, LEFT))
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert view.model.rowCount() == before + len(fold.hidden) - 1
    assert view.model.line(row) == fold.hidden[0]


def test_the_whole_line_is_shown_below(view: CompareView) -> None:
    while view.model.index(view.table.currentIndex().row(), LEFT).data() != "line 20":
        view.step(1)
    (below,) = view.findChildren(QPlainTextEdit)
    assert below.toPlainText() == "− line 20\n+ another line"


def test_the_model_holds_what_qt_asks_of_it(view: CompareView) -> None:
    model = LineRows()
    _tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_comparison(compare(*sides(exchange(), failed())))
    model.unfold_all()
    assert all(model.line(row).sign is not Sign.FOLD for row in range(model.rowCount()))  # type: ignore[union-attr]


def test_signs_and_words_tell_what_colours_do(view: CompareView) -> None:
    for row in view.model.differences():
        assert view.model.index(row, SIGN).data() in ("−", "+", "≠")
        spoken = view.model.index(row, LEFT).data(Qt.ItemDataRole.AccessibleTextRole)
        assert spoken.startswith(("Only left: ", "Only right: ", "Left: "))


def test_the_same_is_said_to_be_the_same(view: CompareView) -> None:
    view.show_exchanges(*sides(exchange(), exchange()))
    assert "No differences" in view.summary()
    view.step(1)


def test_a_late_answer_to_an_older_question_is_not_shown(qtbot: QtBot) -> None:
    waiting: list[Callable[[], None]] = []
    late = CompareView(lambda work, done: waiting.append(lambda: done(work())))
    qtbot.addWidget(late)
    late.show_exchanges(*sides(exchange(), failed()))
    late.show_exchanges(*sides(exchange(), exchange()))
    waiting[1]()
    waiting[0]()
    assert "No differences" in late.summary()


def test_in_a_window_of_its_own(qtbot: QtBot) -> None:
    dialog = CompareDialog(*sides(exchange(), failed()), run_now)
    with qtbot.waitExposed(dialog):
        dialog.open_beside()
    assert not dialog.isModal()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(dialog))
