"""Variables where text is typed: coloured, told, completed; secrets are told to nobody."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from workbench.core.variables import Layer, Scope, Value
from workbench.ui.widgets.code import editing
from workbench.ui.widgets.code.code_edit import CodeEdit
from workbench.ui.widgets.secret_line import SecretLine
from workbench.ui.widgets.variables import Standing, Variables, variable_formats, watch_line
from workbench.ui.widgets.variables.completion import Completion, begun
from workbench.ui.widgets.variables.marking import code_points, utf16

SCOPE = Scope(
    (
        Layer("request", {"host": Value("{{scheme}}://api.test", "request"), "loop": Value("{{loop}}", "request")}),
        Layer(
            "environment Local",
            {
                "scheme": Value("https", "environment Local"),
                "token": Value("hunter2", "environment Local", secret=True),
                "gone": Value("", "environment Local", secret=True, missing=True),
                "mtls.identity": Value("alice", "environment Local"),
            },
        ),
    )
)


@pytest.fixture
def variables(qapp: QApplication) -> Variables:
    made = Variables()
    made.show_scope(SCOPE)
    return made


@pytest.fixture
def line(qtbot: QtBot, variables: Variables) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    watch_line(made, variables)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


@pytest.mark.parametrize(
    ("name", "standing"),
    [
        ("host", Standing.DEFINED),
        ("token", Standing.SECRET),
        ("$guid", Standing.MADE_UP),
        ("nobody", Standing.UNDEFINED),
        ("gone", Standing.UNDEFINED),
        ("loop", Standing.UNDEFINED),
    ],
)
def test_each_variable_stands_somehow(variables: Variables, name: str, standing: Standing) -> None:
    assert variables.standing(name) is standing
    assert name in variables.words(name)


def test_a_value_is_told_with_where_it_is_from(variables: Variables) -> None:
    assert variables.words("host") == "host = https://api.test\nrequest"


def test_a_secret_is_not_told(variables: Variables) -> None:
    assert "hunter2" not in variables.words("token")
    assert not any("hunter2" in offer.note for offer in variables.offers(""))


def test_offers_begin_with_what_was_typed_and_leave_tls_choices_out(variables: Variables) -> None:
    names = [offer.name for offer in variables.offers("o")]
    assert {"host", "token", "loop"} <= set(names)
    assert variables.offers("tok")[0].name == "token"
    assert "mtls.identity" not in [offer.name for offer in variables.offers("")]
    assert variables.offers("$gu")[0].name == "$guid"


def test_each_standing_has_an_underline_of_its_own(variables: Variables) -> None:
    text = "{{host}} {{token}} {{$guid}} {{nobody}}"
    formats = variable_formats(variables, text)
    assert [text[one.start : one.start + one.length] for one in formats] == text.split()
    assert len({one.format.underlineStyle() for one in formats}) == 4
    assert formats[3].format.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline


def test_places_are_qts_also_beyond_the_first_plane(variables: Variables) -> None:
    text = "😀{{host}}"
    assert variable_formats(variables, text)[0].start == 2
    for place in range(len(text)):
        assert code_points(text, utf16(text, place)) == place


@pytest.mark.parametrize(
    ("before", "typed"),
    [("{{", ""), ("a {{ho", "ho"), ("{{host}}", None), ("{{host}}/{{x", "x"), ("{", None), ("plain", None)],
)
def test_where_a_name_has_begun(before: str, typed: str | None) -> None:
    assert begun(before) == typed


def test_colouring_a_line_leaves_its_text_selection_and_undo(line: QLineEdit, variables: Variables) -> None:
    QTest.keyClicks(line, "x{{host}}")
    line.setSelection(1, 3)
    variables.show_scope(Scope())
    assert line.text() == "x{{host}}"
    assert line.selectedText() == "{{h"
    line.deselect()
    line.undo()
    assert line.text() == ""


def popup(widget: QWidget) -> Completion:
    found = widget.findChildren(Completion)
    assert len(found) == 1
    return found[0]


def test_a_name_is_completed_with_its_braces(line: QLineEdit) -> None:
    QTest.keyClicks(line, "a{{to")
    assert popup(line).isVisible()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "a{{token}}"
    assert not popup(line).isVisible()


def test_who_wants_no_offers_asks_for_them(line: QLineEdit) -> None:
    editing.prefer(editing.Editing(complete=False))
    QTest.keyClicks(line, "{{ho")
    assert not popup(line).isVisible()
    QTest.keyClick(line, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert popup(line).isVisible()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "{{host}}"
    editing.prefer(editing.Editing())


def test_braces_that_are_there_are_used(line: QLineEdit) -> None:
    line.setText("{{}}/x")
    line.setCursorPosition(2)
    QTest.keyClicks(line, "ho")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert line.text() == "{{host}}/x"


def test_escape_closes_the_list_and_nothing_else(line: QLineEdit) -> None:
    QTest.keyClicks(line, "{{")
    assert popup(line).isVisible()
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not popup(line).isVisible()
    assert line.text() == "{{"
    line.clearFocus()


def test_hovering_tells_the_variable_under_the_mouse(line: QLineEdit) -> None:
    line.setText("{{host}} and more")
    place = QPoint(line.fontMetrics().horizontalAdvance("{{h") + 4, line.height() // 2)
    QApplication.sendEvent(line, QHelpEvent(QEvent.Type.ToolTip, place, line.mapToGlobal(place)))
    assert QToolTip.text() == "host = https://api.test\nrequest"
    QToolTip.hideText()


def test_a_name_is_completed_in_a_text_too(qtbot: QtBot, variables: Variables) -> None:
    code = CodeEdit("Text", variables)
    qtbot.addWidget(code)
    code.show()
    code.activateWindow()
    code.setFocus()
    qtbot.waitUntil(code.hasFocus)
    QTest.keyClicks(code, "first")
    QTest.keyClick(code, Qt.Key.Key_Return)
    QTest.keyClicks(code, '"{{sch')
    assert popup(code).isVisible()
    QTest.keyClick(code, Qt.Key.Key_Return)
    assert code.text() == 'first\n"{{scheme}}'


def test_a_secret_line_shows_variables_and_hides_everything_else(qtbot: QtBot) -> None:
    made = SecretLine()
    qtbot.addWidget(made)
    for text, mode in (
        ("", QLineEdit.EchoMode.Normal),
        ("hunter2", QLineEdit.EchoMode.Password),
        ("{{token}}", QLineEdit.EchoMode.Normal),
        ("{{token}}x", QLineEdit.EchoMode.Password),
        ("x{{token}}", QLineEdit.EchoMode.Password),
    ):
        made.setText(text)
        assert made.echoMode() == mode, text
    made._eye.trigger()
    assert made.echoMode() == QLineEdit.EchoMode.Normal
