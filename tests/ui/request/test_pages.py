"""The pages of the request panel: what each does beside showing and reading its part."""

import base64
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from workbench.core.draft import (
    BasicAuth,
    BearerAuth,
    Draft,
    Field,
    FileBody,
    FileChoice,
    Flow,
    GraphQLBody,
    InheritAuth,
    MultipartBody,
    OAuth2Auth,
    Param,
    Part,
    RawBody,
    RawKind,
    Variable,
)
from workbench.core.exchange import Body, Response
from workbench.core.workspace.surroundings import AddedField, InheritedField, Surroundings
from workbench.ui.request.auth.auth_fields import KINDS as AUTH_KINDS
from workbench.ui.request.auth.auth_page import AuthPage
from workbench.ui.request.body.body_page import BodyPage
from workbench.ui.request.body.file_body import FileEditor
from workbench.ui.request.body.graphql_body import GraphQLEditor
from workbench.ui.request.body.multipart_body import MultipartEditor
from workbench.ui.request.body.schema import introspection, schema_of
from workbench.ui.request.body.text_body import TextBody
from workbench.ui.request.bulk import from_text, to_text
from workbench.ui.request.docs_page import DocsPage
from workbench.ui.request.headers_page import HeadersPage
from workbench.ui.request.panel import RequestPanel
from workbench.ui.request.request_page import RequestPage
from workbench.ui.request.variables_page import VariablesPage
from workbench.ui.widgets.label import Label

T = TypeVar("T", bound=RequestPage)
ROWS = (Field("A", "1", description="first"), Field("B", "x: y", on=False), Field("A", "line\nbreak"))


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[RequestPanel]:
    made = RequestPanel()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    yield made
    made.hide()


def page(panel: RequestPanel, key: str, kind: type[T]) -> T:
    found = panel.pages.go_to(key)
    assert isinstance(found, kind)
    return found


def named(widget: QWidget, kind: type[QWidget], name: str) -> QWidget:
    return next(one for one in widget.findChildren(kind) if one.accessibleName() == name)


def test_fields_as_text_and_back_lose_nothing() -> None:
    text = to_text(ROWS)
    assert text == "A: 1\n// B: x: y\nA: line⏎break"
    assert from_text(text, ROWS, Field()) == ROWS
    changed = from_text("A: 2\n\nC:3\n//D", ROWS, Field())
    assert changed == (Field("A", "2", description="first"), Field("C", "3"), Field("D", on=False))
    assert from_text("x: y", (), Param()) == (Param("x", "y"),)


def test_headers_are_edited_as_text(panel: RequestPanel) -> None:
    panel.show_draft(Draft(headers=ROWS))
    shown = page(panel, "headers", HeadersPage)
    shown.fields._bulk.setChecked(True)
    assert shown.fields._text is not None
    shown.fields._text.setPlainText("X-New: 1\n// X-Off: 2")
    assert panel.draft().headers == (Field("X-New", "1"), Field("X-Off", "2", on=False))
    shown.fields._bulk.setChecked(False)
    assert [row.name for row in shown.fields.model.rows()] == ["X-New", "X-Off"]


def test_descriptions_show_when_there_are_some(panel: RequestPanel) -> None:
    shown = page(panel, "headers", HeadersPage)
    assert shown.fields.table.isColumnHidden(2)
    panel.show_draft(Draft(headers=ROWS))
    assert not shown.fields.table.isColumnHidden(2)


def test_inherited_headers_say_whose_they_are_and_what_replaces_them(panel: RequestPanel) -> None:
    panel.show_draft(Draft(headers=(Field("accept", "text/csv"),)))
    given = (InheritedField(Field("Accept", "*/*"), "collection C"), InheritedField(Field("X-Team", "a"), "folder F"))
    panel.show_surroundings(Surroundings(headers=given))
    rows = page(panel, "headers", HeadersPage)._above[0].rows()
    assert [(row.name, row.why) for row in rows] == [
        ("Accept", "collection C · replaced by this request"),
        ("X-Team", "folder F"),
    ]


def test_generated_headers_are_asked_for_when_looked_at(panel: RequestPanel, qtbot: QtBot) -> None:
    panel.show_draft(Draft(url="https://example.test"))
    shown = page(panel, "headers", HeadersPage)
    with qtbot.waitSignal(panel.generated_requested) as asked:
        shown._fold.set_open(True)
    assert asked.args == [panel.draft()]
    panel.show_generated((AddedField("Host", "example.test", "added when sending"),))
    assert [row.name for row in shown._generated[0].rows()] == ["Host"]
    with qtbot.waitSignal(panel.generated_requested):  # another body is another Content-Type
        panel.address.line.setText("https://example.test/2")
    panel.show_generated((), "The URL is empty.")
    assert [row.value for row in shown._generated[0].rows()] == ["The URL is empty."]


def test_reserved_variables_keep_their_places(panel: RequestPanel) -> None:
    given = (Variable("a", "1"), Variable("mtls.identity", "alice"), Variable("b", "2"))
    panel.show_draft(Draft(variables=given))
    shown = page(panel, "variables", VariablesPage)
    assert [row.name for row in shown.model.rows()] == ["a", "b"]
    shown.model.setData(shown.model.index(1, 1), "3")
    shown.model.setData(shown.model.index(2, 0), "c")
    assert panel.draft().variables == (given[0], given[1], Variable("b", "3"), Variable("c"))
    shown.model.remove([0])
    assert [one.name for one in panel.draft().variables] == ["b", "mtls.identity", "c"]


def test_a_tls_choice_among_the_variables_is_told(panel: RequestPanel) -> None:
    shown = page(panel, "variables", VariablesPage)
    shown.model.setData(shown.model.index(0, 0), "mtls.identity")
    assert "TLS page" in shown._note.words()


def test_every_way_to_authenticate_can_be_chosen_and_keeps_what_was_typed(panel: RequestPanel) -> None:
    shown = page(panel, "auth", AuthPage)
    combo = named(shown, QComboBox, "Authorization type")
    assert isinstance(combo, QComboBox)
    for key, kind in AUTH_KINDS.items():
        combo.setCurrentIndex(combo.findData(key))
        combo.activated.emit(combo.currentIndex())
        assert panel.draft().auth == kind.empty
    panel.show_draft(Draft(auth=BasicAuth("user", "pass")))
    for key in ("none", "basic"):
        combo.setCurrentIndex(combo.findData(key))
        combo.activated.emit(combo.currentIndex())
    assert panel.draft().auth == BasicAuth("user", "pass")


def test_a_literal_secret_says_where_it_will_go(panel: RequestPanel) -> None:
    shown = page(panel, "auth", AuthPage)
    for token, said in (("abc", True), ("{{token}}", False), ("x{{token}}", True), ("", False)):
        panel.show_draft(Draft(auth=BearerAuth(token)))
        assert bool(shown.editor._forms["bearer"]._note.words()) == said, token


def test_a_flow_shows_the_fields_that_it_needs(panel: RequestPanel) -> None:
    panel.show_draft(Draft(auth=OAuth2Auth(flow=Flow.AUTHORIZATION_CODE)))
    form = page(panel, "auth", AuthPage).editor._forms.get("oauth2")
    assert form is not None
    assert not form._inputs["authorization_url"].isHidden()
    assert form._inputs["username"].isHidden()
    panel.show_draft(Draft(auth=OAuth2Auth(flow=Flow.PASSWORD)))
    assert form._inputs["authorization_url"].isHidden()
    assert not form._inputs["username"].isHidden()


def test_inheriting_says_what_it_comes_to_without_secrets(panel: RequestPanel) -> None:
    panel.show_surroundings(Surroundings(auth=BasicAuth("bob", "hunter2"), auth_from="folder Users"))
    words = page(panel, "auth", AuthPage).editor._about.text()
    assert "Basic · bob · from folder Users" in words
    assert "hunter2" not in words
    assert panel.draft().auth == InheritAuth()


def text_body(panel: RequestPanel, kind: RawKind, text: str) -> TextBody:
    panel.show_draft(Draft(body=RawBody(kind, text)))
    editor = page(panel, "body", BodyPage)._editors["text"]
    assert isinstance(editor, TextBody)
    return editor


def test_what_is_wrong_is_said_with_its_place_and_a_click_goes_there(panel: RequestPanel) -> None:
    editor = text_body(panel, RawKind.JSON, '{\n  "a": {{b}},\n  "c": [1 2]\n}')
    problem = editor.problem()
    assert problem is not None
    assert problem.line == 3
    assert "Line 3" in editor._message.accessibleName()
    assert editor.code.trouble_line() == 3
    editor._message.click()
    assert editor.code.textCursor().blockNumber() == 2
    assert not editor._tidy.isEnabled()


def test_a_body_with_variables_is_right_and_is_laid_out(panel: RequestPanel) -> None:
    editor = text_body(panel, RawKind.JSON, '{"a":{{b}},"c":"{{d}}","n":1.50}')
    assert editor.problem() is None
    panel.tidy_body()
    body = panel.draft().body
    assert isinstance(body, RawBody)
    assert body.text.splitlines() == ["{", '  "a": {{b}},', '  "c": "{{d}}",', '  "n": 1.50', "}"]
    editor.code.undo()
    assert panel.draft().body == RawBody(RawKind.JSON, '{"a":{{b}},"c":"{{d}}","n":1.50}')


def test_xml_is_checked_too(panel: RequestPanel) -> None:
    problem = text_body(panel, RawKind.XML, "<a>\n<b></a>").problem()
    assert problem is not None
    assert problem.line == 2
    assert text_body(panel, RawKind.XML, "<a>{{b}}</a>").problem() is None


def multipart(panel: RequestPanel) -> MultipartEditor:
    editor = page(panel, "body", BodyPage)._editors["multipart"]
    assert isinstance(editor, MultipartEditor)
    return editor


def drop(widget: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    widget.dragEnterEvent(QDragEnterEvent(QPoint(2, 2), *how))
    widget.dropEvent(QDropEvent(QPointF(2, 2), *how))


def test_files_are_dropped_into_a_form_and_named_from_the_collection(panel: RequestPanel, tmp_path: Path) -> None:
    panel.show_surroundings(Surroundings(files=str(tmp_path)))
    panel.show_draft(Draft(body=MultipartBody((Part("t", "text"),))))
    drop(multipart(panel).table, tmp_path / "sub" / "a.bin", Path("/elsewhere/b.bin"))
    assert panel.draft().body == MultipartBody(
        (Part("t", "text"), Part("a", files=("sub/a.bin",)), Part("b", files=("/elsewhere/b.bin",)))
    )


def test_a_part_turns_from_text_to_file_and_back(panel: RequestPanel) -> None:
    panel.show_draft(Draft(body=MultipartBody((Part("t", "text"),))))
    model = multipart(panel).model
    model.setData(model.index(0, 1), "file")
    assert panel.draft().body == MultipartBody((Part("t", files=("text",)),))
    model.setData(model.index(0, 2), "one.bin | two.bin")
    assert panel.draft().body == MultipartBody((Part("t", files=("one.bin", "two.bin")),))
    model.setData(model.index(0, 1), "text")
    assert panel.draft().body == MultipartBody((Part("t", "one.bin | two.bin"),))


def test_a_file_that_is_not_there_is_told(panel: RequestPanel, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "there.bin").write_bytes(b"x")
    panel.show_surroundings(Surroundings(files=str(tmp_path)))
    panel.show_draft(Draft(body=FileBody((FileChoice("gone.bin"),))))
    editor = page(panel, "body", BodyPage)._editors["file"]
    assert isinstance(editor, FileEditor)
    qtbot.waitUntil(lambda: "no such file" in editor._message.words())
    drop(editor, tmp_path / "there.bin")
    qtbot.waitUntil(lambda: editor._message.words() == "")
    assert panel.draft().body == FileBody((FileChoice("there.bin"),))


def test_a_schema_is_asked_for_and_checked_against(panel: RequestPanel, qtbot: QtBot) -> None:
    panel.show_draft(Draft(url="https://example.test", body=GraphQLBody("{ nothing }")))
    editor = page(panel, "body", BodyPage)._editors["graphql"]
    assert isinstance(editor, GraphQLEditor)
    assert editor.query.problem() is None
    with qtbot.waitSignal(panel.schema_requested) as asked:
        editor._fetch.click()
    sent = introspection(asked.args[0])
    assert isinstance(sent.body, GraphQLBody)
    assert "__schema" in sent.body.query
    panel.show_schema("type Query { something: Int }", "Schema: 1 type")
    assert editor.query.problem() is not None
    panel.show_schema("", "The server could not be reached.")
    assert editor._fetch.isEnabled()


def test_an_answer_that_is_no_schema_says_so() -> None:
    assert schema_of(Response(404, body=Body(b"<html>")))[0] == ""
    assert "404" in schema_of(Response(404, body=Body(b"{}")))[1]
    assert "not a schema" in schema_of(Response(200, body=Body(b"[" * 100_000)))[1]


def test_docs_are_shown_as_they_read_and_links_are_asked_about(panel: RequestPanel) -> None:
    panel.show_draft(Draft(docs="# Title\n[there](https://example.test/a) ![x](file:///etc/passwd)"))
    shown = page(panel, "docs", DocsPage)
    assert shown._preview.isChecked()
    assert "Title" in shown._read.toPlainText()
    shown._read.anchorClicked.emit(QUrl("https://example.test/a"))
    assert not shown._link.isHidden()
    button = next(one for one in shown._link.findChildren(QPushButton) if one.text() == "Open")
    assert not button.isHidden()
    assert any("example.test" in label.text() for label in shown._link.findChildren(Label))
    for other in ("file:///etc/passwd", "//host/share", "mailto:a@example.test", "javascript:x()", "https:", "ms-x:y"):
        shown._read.anchorClicked.emit(QUrl(other))
        assert button.isHidden()


def test_docs_say_where_a_link_goes_and_not_where_it_pretends_to(panel: RequestPanel) -> None:
    shown = page(panel, "docs", DocsPage)
    shown._read.anchorClicked.emit(QUrl("https://bank.example%2f\u202e@elsewhere.example/"))
    said = [label.text() for label in shown._link.findChildren(Label) if label.text()]
    assert any("“elsewhere.example”" in text for text in said)
    assert all("\u202e" not in text for text in said)


def test_docs_hide_nothing(panel: RequestPanel) -> None:
    panel.show_draft(Draft(docs="a&#x202e;b\u200b **c&#x202e;**\nd ![x](y)"))
    assert page(panel, "docs", DocsPage)._read.toPlainText() == "a\\u202eb\\u200b c\\u202e d [image: x]"


def test_docs_open_no_picture(panel: RequestPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    red = QImage(50, 50, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)
    assert red.save(str(tmp_path / "red.png"))
    monkeypatch.chdir(tmp_path)
    names = (tmp_path / "red.png", (tmp_path / "red.png").as_uri(), "red.png", "../red.png")
    inline = f"data:image/png;base64,{base64.b64encode((tmp_path / 'red.png').read_bytes()).decode()}"
    pictures = " ".join(f"![called]({name})" for name in (*names, inline))
    panel.show_draft(Draft(docs=f"{pictures}\n\n[![in a link](red.png)](https://example.test)\n\n![last](red.png)"))
    shown = page(panel, "docs", DocsPage)
    assert shown._read.toPlainText().count("called") == 5
    assert shown._read.toPlainText().endswith("[image: last]")
    assert "\ufffc" not in shown._read.toPlainText()
    assert not _shows_red(shown)


def test_docs_show_pictures_of_the_collection_and_no_others(panel: RequestPanel, tmp_path: Path) -> None:
    root = tmp_path / "collection"
    (root / "images").mkdir(parents=True)
    (root / ".git").mkdir()
    red = QImage(50, 50, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)
    for path in (root / "images" / "a red.png", root / ".git" / "red.png", tmp_path / "red.png"):
        assert red.save(str(path))
    (root / "out.png").symlink_to(tmp_path / "red.png")
    os.mkfifo(root / "pipe.png")
    (root / "broken.png").write_bytes(b"\x89PNG")
    inside = root / "images" / "a red.png"
    others = (
        *("../red.png", str(inside), inside.as_uri(), f"//host{inside}", "https://example.test/a.png", "out.png"),
        *(".git/red.png", "images/../.git/red.png", "pipe.png", "broken.png", "images", "gone.png", "%00", "[::1"),
    )
    panel.show_draft(Draft(docs=" ".join(f"![other](<{name}>)" for name in others)))
    shown = page(panel, "docs", DocsPage)
    shown.show_surroundings(Surroundings(files=str(root)))
    assert shown._read.toPlainText().count("[image: other]") == len(others)
    assert not _shows_red(shown)
    panel.show_draft(Draft(docs="![mine](images/a%20red.png) ![other](../red.png)"))
    assert shown._read.toPlainText() == "\ufffc [image: other]"
    assert _shows_red(shown)
    shown.show_surroundings(Surroundings())
    assert not _shows_red(shown)


def _shows_red(page: DocsPage) -> bool:
    painted = page._read.grab().toImage()
    colours = {painted.pixelColor(x, y).name() for x in range(painted.width()) for y in range(painted.height())}
    return QColor(Qt.GlobalColor.red).name() in colours


def test_what_is_being_typed_into_a_cell_counts(panel: RequestPanel, qtbot: QtBot) -> None:
    panel.activateWindow()
    table = page(panel, "variables", VariablesPage).table
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    editor = table.findChildren(QLineEdit)[-1]
    qtbot.waitUntil(editor.hasFocus)
    QTest.keyClicks(editor, "half")
    assert panel.draft().variables == (Variable("half"),)
    QTest.keyClicks(editor, "-typed ")
    assert panel.draft().variables == (Variable("half-typed"),)
    assert editor.text() == "half-typed "
