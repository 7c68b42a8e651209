"""Foreign text in tooltips, menus and labels; and that the window has no other way to show any."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import Qt, QTextDocument
from pytestqt.qtbot import QtBot

import workbench.ui
from workbench.ui.look.plain import caption, tip
from workbench.ui.widgets.label import Label

MARKUP = (
    '<img src="/path">',
    'application/json<img src="/path">',
    "<b>bold</b>",
    "a &lt;b&gt;",
    "<!DOCTYPE html><p>x",
    '<?xml version="1.0"?><p>x</p>',
    "one\n<b>two</b>",
)


@pytest.mark.parametrize("text", MARKUP)
def test_a_tooltip_shows_markup_as_text(text: str) -> None:
    shown = tip(text)
    if Qt.mightBeRichText(shown):
        document = QTextDocument()
        document.setHtml(shown)
        assert document.toPlainText().replace("\xa0", " ") == text
        assert "<img" not in shown
    else:
        assert shown == text


def test_a_tooltip_has_an_end() -> None:
    assert len(tip("x" * 1_000_000)) < 3_000


def test_a_caption_has_no_mnemonic() -> None:
    assert caption("Q&A\u202e") == "Q&&A\\u202e"


@pytest.mark.parametrize("text", MARKUP)
def test_a_label_shows_markup_as_text(text: str, qtbot: QtBot) -> None:
    label = Label(text)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == text
    label.setText(f"{text}\u202e")
    assert label.text() == f"{text}\\u202e"


def test_a_label_may_break_where_it_is_told(qtbot: QtBot) -> None:
    label = Label("/a/b\u200b", breaks="/")
    qtbot.addWidget(label)
    assert label.text() == "/\u200ba/\u200bb\\u200b"


_FOLDER = Path(workbench.ui.__path__[0])
_GUESSING = {"QLabel", "QMessageBox", "QErrorMessage", "QTextBrowser", "QTextDocument", "QWhatsThis"}
_RICH = {"setHtml", "insertHtml", "appendHtml", "setMarkdown", "setTextFormat", "setStatusTip", "setWhatsThis"}
_MAY = {"widgets/label.py", "request/docs_page.py"}
_TIPS = {"setToolTip": 0, "setTabToolTip": 1, "showText": 1}


def _sources(words: Iterable[str]) -> Iterator[tuple[str, ast.AST]]:
    for file in sorted(_FOLDER.rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        if any(word in source for word in words):
            for node in ast.walk(ast.parse(source)):
                yield file.relative_to(_FOLDER).as_posix(), node


def test_nothing_else_in_the_window_can_show_markup() -> None:
    used = set()
    for file, node in _sources(_GUESSING | _RICH):
        if isinstance(node, ast.ImportFrom):
            used |= {(file, name.name) for name in node.names if name.name in _GUESSING}
        elif isinstance(node, ast.Attribute) and node.attr in _RICH:
            used.add((file, node.attr))
    assert {(file, name) for file, name in used if file not in _MAY} == set()


def test_every_tooltip_is_a_sentence_of_ours_or_made_plain() -> None:
    guessing = []
    for file, node in _sources(_TIPS):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        place = _TIPS.get(node.func.attr)
        if place is not None and not _is_plain(node.args[place]):
            guessing.append(f"{file}:{node.lineno}: {ast.unparse(node.args[place])}")
    assert guessing == []


def _is_plain(words: ast.expr) -> bool:
    if isinstance(words, ast.IfExp):
        return _is_plain(words.body) and _is_plain(words.orelse)
    if isinstance(words, ast.Constant):
        return True
    source = ast.unparse(words)
    # What an item says was made plain by its model.
    return "ToolTipRole" in source or (
        isinstance(words, ast.Call) and ast.unparse(words.func) in ("_", "tip", "plain.tip")
    )
