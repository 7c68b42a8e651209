"""The view of rows: what is in sight, where keys lead, what is selected, folded and found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.core.content.test_preparing import made
from workbench.core.content.kinds import Kind
from workbench.core.content.lines import HexLines
from workbench.core.content.preparing import Form
from workbench.core.content.search import search
from workbench.core.content.work import Work
from workbench.ui.widgets.code import long_text
from workbench.ui.widgets.code.folding import Folding
from workbench.ui.widgets.code.long_text import LongText
from workbench.ui.widgets.code.syntax import Syntax

Key = Qt.Key


@pytest.fixture
def view(qtbot: QtBot) -> LongText:
    made_view = LongText()
    qtbot.addWidget(made_view)
    made_view.resize(500, 300)
    made_view.show()
    return made_view


def numbered(count: int) -> bytes:
    return "\n".join(f"line {number} ü😀" for number in range(1, count + 1)).encode()


def keys(view: LongText, *pressed: Key, shift: bool = False, control: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    if control:
        modifiers |= Qt.KeyboardModifier.ControlModifier
    for key in pressed:
        QTest.keyClick(view, key, modifiers)


def test_only_what_is_in_sight_is_read(view: LongText) -> None:
    lines, _prepared = made(numbered(100_000))
    view.show_lines(lines)
    view.grab()
    assert view.visible_text().startswith("line 1 ü😀\nline 2 ")
    assert view.visible_text().count("\n") < 60
    assert view._layouts.kept() < 60


def test_the_end_is_in_sight_at_the_end(view: LongText) -> None:
    lines, _prepared = made(numbered(5_000))
    view.show_lines(lines)
    keys(view, Key.Key_End, control=True)
    assert "line 5000 ü😀" in view.visible_text()
    assert view.selection() == (lines.size, lines.size)
    keys(view, Key.Key_Home, control=True)
    assert view.visible_text().startswith("line 1 ")


def test_keys_lead_through_characters_and_rows(view: LongText) -> None:
    lines, _prepared = made("aü😀\nb".encode())
    view.show_lines(lines)
    places = []
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Left, Key.Key_Down, Key.Key_Up):
        keys(view, key)
        places.append(lines.piece(0, view.selection()[1]))
    assert places == ["a", "aü", "aü😀", "aü😀\n", "aü😀", "aü😀\nb", "a"]


def test_what_is_selected_with_shift_is_copied_whole(view: LongText) -> None:
    lines, _prepared = made("aü😀\nb".encode())
    view.show_lines(lines)
    keys(view, Key.Key_Right)
    keys(view, Key.Key_End, shift=True, control=True)
    assert view.selected_text() == "ü😀\nb"
    keys(view, Key.Key_C, control=True)
    assert QGuiApplication.clipboard().text() == "ü😀\nb"
    keys(view, Key.Key_A, control=True)
    assert view.selected_text() == "aü😀\nb"


def test_too_much_to_copy_is_refused(view: LongText, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(long_text, "COPY_LIMIT", 10)
    view.show_lines(made(numbered(10))[0])
    view.select_all()
    with qtbot.waitSignal(view.refused) as told:
        view.copy()
    assert "save the body" in told.args[0]


def test_a_line_that_is_cut_is_copied_as_one(view: LongText) -> None:
    lines, _prepared = made(b"x" * 5_000 + b"\nend")
    view.show_lines(lines)
    view.select_all()
    assert view.selected_text() == "x" * 5_000 + "\nend"
    assert lines.count == 6


def test_the_mouse_selects_a_word_and_a_stretch(view: LongText) -> None:
    view.show_lines(made(b"one two\nthree")[0])
    height = view.fontMetrics().lineSpacing()
    left = int(view._left()) + view.fontMetrics().horizontalAdvance("one tw")
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(left, height // 2 + 2))
    assert view.selected_text() == "two"
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(left, height // 2 + 2))
    QTest.mouseMove(view.viewport(), QPoint(500, height + height // 2))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(500, height + height // 2))
    assert view.selection()[0] <= 6


def test_matches_are_stepped_through_round_the_end(view: LongText) -> None:
    lines, _prepared = made(numbered(3_000))
    view.show_lines(lines)
    view.show_matches(search(lines, "LINE 29", Work()))
    assert view.match_number() == 1
    assert view.selected_text() == "line 29"
    assert view.step_match(-1) == 111
    assert "line 2999" in view.visible_text()
    assert view.step_match(1) == 1
    assert "line 29 " in view.visible_text()


def test_a_line_is_gone_to_by_its_number(view: LongText) -> None:
    lines, _prepared = made(b"x" * 5_000 + b"\n" + numbered(2_000))
    view.show_lines(lines)
    view.go_to_line(1500)
    assert lines.number(lines.row_at(view.selection()[0])) == 1500
    assert "line 1499" in view.visible_text()


def test_folds_open_and_close_and_a_match_opens_them(view: LongText) -> None:
    text = b'{"a": [' + b",".join(b"%d" % number for number in range(100)) + b'], "b": 1}'
    lines, _prepared = made(text, Kind.JSON, Form.PRETTY)
    view.show_lines(lines, Syntax.JSON)
    view.toggle_fold(1)
    assert view.visible_text().split("\n") == ["{", '  "a": [', '  "b": 1', "}"]
    view.grab()
    view.show_matches(search(lines, "77", Work()))
    assert "    77," in view.visible_text()
    keys(view, Key.Key_Minus)
    assert "    77," not in view.visible_text()
    keys(view, Key.Key_Plus)
    assert "    0," in view.visible_text()
    view.toggle_fold(0)
    assert view.visible_text() == "{"
    view.unfold_all()
    assert view.visible_text().startswith('{\n  "a": [\n    0,')


def test_a_click_on_the_sign_folds(view: LongText) -> None:
    lines, _prepared = made(b'{"a": 1}', Kind.JSON, Form.PRETTY)
    view.show_lines(lines, Syntax.JSON)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(view._gutter() - 8, 8))
    assert view.visible_text() == "{"


@pytest.mark.parametrize("wrapped", [True, False])
def test_the_wheel_goes_line_by_line_through_long_rows(view: LongText, wrapped: bool) -> None:
    lines, _prepared = made(b"word " * 40_000)
    view.show_lines(lines)
    view.set_wrapped(wrapped)
    before = view._top, view._skip
    for _turn in range(3):
        point = view.viewport().rect().center()
        QApplication.sendEvent(
            view.viewport(),
            QWheelEvent(
                point,
                view.viewport().mapToGlobal(point),
                QPoint(),
                QPoint(0, -120),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )
    assert (view._top, view._skip) > before
    assert view._top <= 9


def test_bytes_are_shown_as_a_dump(view: LongText) -> None:
    view.show_lines(HexLines(bytes(range(256)) * 4_000))
    view.set_wrapped(False)
    keys(view, Key.Key_End, control=True)
    assert "000f9ff0  f0 f1" in view.visible_text()
    keys(view, Key.Key_A, control=True)
    assert view.selected_text().startswith("00000000  00 01")


def test_what_is_in_sight_is_there_for_assistive_technology(view: LongText, qtbot: QtBot) -> None:
    view.show_lines(made(numbered(50))[0])
    qtbot.waitUntil(lambda: view.accessibleDescription().startswith("line 1 ü😀\nline 2"))


def test_nothing_is_no_trouble(view: LongText) -> None:
    view.show_lines(made(b"")[0])
    keys(view, Key.Key_Down, Key.Key_PageDown, Key.Key_End, Key.Key_Left)
    view.grab()
    assert view.selected_text() == ""


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=6))
def test_rows_and_places_in_sight_are_two_names_of_one_thing(spans: list[tuple[int, int]]) -> None:
    rows, folding, hidden = 40, Folding(), set()
    for start, length in spans:
        if not folding.is_closed(start):
            folding.toggle(start, min(start + length, rows - 1))
    for start, end in folding.hidden_rows():
        hidden |= set(range(start, end + 1))
    shown = [row for row in range(rows) if row not in hidden]
    assert folding.in_sight(rows) == len(shown)
    for position, row in enumerate(shown):
        assert folding.row(position) == row
        assert folding.position(row) == position
    assert all(folding.covers(row) == (row in hidden) for row in range(rows))
