"""The editor of texts: nothing of a text is lost in it, and only what is looked at is coloured."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from workbench.core.variables import Scope
from workbench.ui.widgets.code.code_edit import CodeEdit
from workbench.ui.widgets.code.syntax import Syntax
from workbench.ui.widgets.variables import Variables


@pytest.fixture
def code(qtbot: QtBot) -> CodeEdit:
    variables = Variables()
    made = CodeEdit("Text", variables)
    variables.setParent(made)
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    return made


def coloured(code: CodeEdit, line: int) -> list[tuple[int, int]]:
    layout = code.document().findBlockByNumber(line).layout()
    return [(one.start, one.length) for one in layout.formats()]


@pytest.mark.parametrize("text", ["", "a\r\nb\r\n", "no\u00a0break", "line\u2028sep", "tab\t😀", "\n\n"])
def test_what_is_shown_is_what_is_read(code: CodeEdit, text: str) -> None:
    code.show_text(text)
    assert code.text() == text


def test_no_break_spaces_survive_typing(code: CodeEdit) -> None:
    code.show_text("no\u00a0break")
    QTest.keyClicks(code, "x")
    assert code.text() == "xno\u00a0break"


def test_only_visible_lines_are_coloured(code: CodeEdit, qtbot: QtBot) -> None:
    code.show_syntax(Syntax.JSON)
    code.show_text("\n".join('{"name": 1}' for _line in range(2000)))
    qtbot.waitUntil(lambda: coloured(code, 0) == [(1, 6), (9, 1)])
    assert coloured(code, 1999) == []
    code.go_to(2000, 1)
    qtbot.waitUntil(lambda: coloured(code, 1999) == [(1, 6), (9, 1)])


def test_a_comment_that_begins_above_colours_the_lines_below(code: CodeEdit, qtbot: QtBot) -> None:
    code.show_syntax(Syntax.MARKUP)
    code.show_text("<a>\n<b/>\n</a>")
    qtbot.waitUntil(lambda: coloured(code, 1) != [])
    before = coloured(code, 1)
    cursor = code.textCursor()
    cursor.setPosition(3)
    cursor.insertText("<!-- ")
    qtbot.waitUntil(lambda: coloured(code, 1) not in ([], before))


def test_variables_are_coloured_in_plain_text_and_anew_when_they_change(code: CodeEdit, qtbot: QtBot) -> None:
    code.show_text("see {{a}}")
    qtbot.waitUntil(lambda: coloured(code, 0) == [(4, 5)])
    code._variables.show_scope(Scope())
    assert code.text() == "see {{a}}"


def test_a_new_line_is_indented_as_the_one_above(code: CodeEdit) -> None:
    code.show_syntax(Syntax.JSON)
    QTest.keyClicks(code, '  "a": {')
    QTest.keyClick(code, Qt.Key.Key_Return)
    QTest.keyClicks(code, "x")
    assert code.text() == '  "a": {\n    x'


def test_text_that_is_replaced_can_be_brought_back(code: CodeEdit) -> None:
    code.show_text("[1,\n2]")
    code.replace_text("[\n  1,\n  2\n]")
    assert code.text() == "[\n  1,\n  2\n]"
    code.undo()
    assert code.text() == "[1,\n2]"


def test_trouble_is_underlined_at_its_place(code: CodeEdit) -> None:
    code.show_text("😀 one\ntwo")
    code.show_trouble(1, 3)
    mark = code.extraSelections()[0]
    assert mark.cursor.selectedText() == "o"
    assert code.trouble_line() == 1
    code.show_trouble(9, 9)
    assert len(code.extraSelections()) == 1
    code.show_trouble(0, 0)
    assert code.extraSelections() == []
    code.go_to(2, 2)
    assert (code.textCursor().blockNumber(), code.textCursor().positionInBlock()) == (1, 1)


def test_a_line_that_is_too_long_is_kept_whole_and_shown_shortened(code: CodeEdit) -> None:
    long = "[" + "1," * 100_000 + "1]"
    code.show_text("before\n")
    code.moveCursor(QTextCursor.MoveOperation.End)
    data = QMimeData()
    data.setText(long)
    code.insertFromMimeData(data)
    assert code.text() == "before\n" + long
    assert code.is_held()
    assert code.isReadOnly()
    assert code.document().characterCount() < 5_000
    QTest.keyClicks(code, "x")
    assert code.text() == "before\n" + long
    code.replace_text(long.replace(",", ",\n"))
    assert not code.is_held()
    assert not code.isReadOnly()
    assert code.text() == long.replace(",", ",\n")
