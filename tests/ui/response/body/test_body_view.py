"""The Body tab: forms that fit, filters, copies, large bodies, events, other programs."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.response import exchanges
from tests.ui.response.test_pane import named, texts
from workbench.core.content.events import EventParser
from workbench.core.content.preparing import Form
from workbench.core.content.work import Work
from workbench.core.exchange import Body, Exchange, Outcome, Phase, Progress, Response
from workbench.core.files.spool import sweep
from workbench.core.messages import Messages
from workbench.core.request import Request
from workbench.ui.response.body import body_text, copying
from workbench.ui.response.body.body_view import BodyView
from workbench.ui.response.body.forms import facts_of, make, order_for, stop_all
from workbench.ui.response.body.opening import copy_for_others
from workbench.ui.response.pane import ResponsePane
from workbench.ui.runner import Runner
from workbench.ui.widgets.code.long_text import LongText
from workbench.ui.widgets.picture_view import PictureView

STORE = json.dumps({"books": [{"title": "A", "price": 1}, {"title": "B", "price": 20}]}).encode()


@pytest.fixture(autouse=True)
def _no_choice_yet() -> Iterator[None]:
    BodyView._chosen.clear()
    yield
    BodyView._chosen.clear()


@pytest.fixture
def pane(qtbot: QtBot) -> ResponsePane:
    made = ResponsePane()
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    return made


def forms(pane: QWidget) -> QTabBar:
    bar = named(pane, QTabBar, "Body view")
    assert isinstance(bar, QTabBar)
    return bar


def offered(pane: QWidget) -> list[str]:
    return [forms(pane).tabText(place) for place in range(forms(pane).count())]


def choose(pane: QWidget, form: str) -> None:
    forms(pane).setCurrentIndex(offered(pane).index(form))


def shown(pane: QWidget) -> str:
    text = named(pane, QPlainTextEdit, "Response body")
    assert isinstance(text, QPlainTextEdit)
    assert text.isVisible()
    return text.toPlainText()


def filter_by(pane: QWidget, expression: str) -> QLineEdit:
    field = named(pane, QLineEdit, "Filter the body")
    assert isinstance(field, QLineEdit)
    field.clear()
    QTest.keyClicks(field, expression)
    QTest.keyClick(field, Qt.Key.Key_Return)
    return field


@pytest.mark.parametrize(
    ("data", "content_type", "names"),
    [
        (STORE, "application/json", ["Pretty", "Tree", "Raw", "Hex"]),
        (b"<a/>", "application/xml", ["Pretty", "Raw", "Hex"]),
        (b"<p>", "text/html", ["Raw", "Hex"]),
        (b"a,b\n1,2", "text/csv", ["Table", "Raw", "Hex"]),
        (b"data: 1\n\n", "text/event-stream", ["Events", "Raw", "Hex"]),
        (b"hello", "text/plain", ["Raw", "Hex"]),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", ["Image", "Pretty", "Raw", "Hex"]),
        (b"%PDF-1.7", "application/pdf", ["File", "Hex"]),
        (b"\0\1\2", "application/octet-stream", ["Hex", "File"]),
        (b"", "application/json", []),
    ],
)
def test_only_forms_that_fit_are_offered(pane: ResponsePane, data: bytes, content_type: str, names: list[str]) -> None:
    pane.show_exchange(exchanges.succeeded(data, content_type))
    assert offered(pane) == names


def test_the_form_that_was_chosen_stays_for_its_kind(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.succeeded(STORE))
    choose(pane, "Raw")
    assert shown(pane) == STORE.decode()
    pane.show_exchange(exchanges.succeeded(b"<a><b/></a>", "application/xml"))
    assert shown(pane) == "<a>\n  <b/>\n</a>"
    pane.show_exchange(exchanges.succeeded(b"[1]"))
    assert shown(pane) == "[1]"


def test_json_is_a_tree_and_its_nodes_are_copied(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.succeeded(STORE))
    choose(pane, "Tree")
    tree = named(pane, QTreeView, "Body as a tree")
    assert isinstance(tree, QTreeView)
    assert tree.isVisible()
    books = tree.model().index(0, 0, tree.model().index(0, 0))
    tree.setCurrentIndex(books)
    QTest.keyClick(tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text() == "$.books"
    QTest.keyClick(tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert json.loads(QGuiApplication.clipboard().text()) == json.loads(STORE)["books"]


def test_csv_is_a_table(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.succeeded(b"id;name\n1;x\n2;y", "text/csv"))
    table = named(pane, QTableView, "Body as a table")
    assert isinstance(table, QTableView)
    assert table.isVisible()
    assert texts(table.model()) == [["1", "x"], ["2", "y"]]


def test_a_filter_shows_what_it_finds_and_goes_away(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.succeeded(STORE))
    field = filter_by(pane, "$.books[?@.price > 2].title")
    assert shown(pane) == '"B"'
    assert field.accessibleDescription() == "1 match"
    field.clear()
    assert shown(pane).startswith('{\n  "books"')
    assert field.accessibleDescription() == ""


def test_a_wrong_filter_says_where_and_the_body_stays(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.succeeded(STORE))
    field = filter_by(pane, "$.books[")
    assert "character 9" in field.accessibleDescription()
    assert shown(pane).startswith('{\n  "books"')


def test_lines_of_other_texts_are_filtered(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.succeeded(b"one\nTwo\nthree two", "text/plain"))
    assert filter_by(pane, "two").accessibleDescription() == "2 lines"
    assert shown(pane) == "Two\nthree two"


@pytest.mark.parametrize(
    ("what", "copied"),
    [
        ("&Displayed View", '{\n  "a": [\n    1\n  ]\n}'),
        ("&Body as Received", '{"a" :[1]}'),
        ("&Minified", '{"a":[1]}'),
        ("&Headers", "content-type: application/json\r\ncontent-length: 10\r\nset-cookie: sid=abc; HttpOnly"),
    ],
)
def test_the_body_is_copied_in_other_forms(pane: ResponsePane, what: str, copied: str) -> None:
    pane.show_exchange(exchanges.succeeded(b'{"a" :[1]}'))
    trigger(pane, what)
    assert QGuiApplication.clipboard().text() == copied


def trigger(pane: QWidget, words: str) -> None:
    (action,) = (action for menu in pane.findChildren(QMenu) for action in menu.actions() if action.text() == words)
    action.trigger()


def test_what_is_too_large_for_the_clipboard_is_refused(pane: ResponsePane, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "LIMIT", 3)
    QGuiApplication.clipboard().setText("before")
    pane.show_exchange(exchanges.succeeded(b'{"a": 1}'))
    trigger(pane, "&Displayed View")
    trigger(pane, "&Body as Received")
    assert QGuiApplication.clipboard().text() == "before"
    assert "save the body" in pane.findChild(BodyView)._notice.text()  # type: ignore[union-attr]


def test_folded_lines_are_copied_whole(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.succeeded(b"x" * 20_000, "text/plain"))
    assert "\n" in shown(pane)
    trigger(pane, "&Displayed View")
    assert QGuiApplication.clipboard().text() == "x" * 20_000


def large(path: Path, data: bytes, content_type: str) -> Exchange:
    path.write_bytes(data)
    response = Response(200, headers=(("content-type", content_type),), body=Body(file=path, size=len(data)))
    return Exchange(Request(url="https://h/large"), Outcome.RESPONSE, response=response)


def test_a_large_body_is_prepared_elsewhere_searched_and_filtered(qtbot: QtBot, runner: Runner, tmp_path: Path) -> None:
    pane = ResponsePane(lambda work, done: runner.run_blocking(work, done=done))
    qtbot.addWidget(pane)
    pane.resize(900, 500)
    pane.show()
    data = json.dumps([{"number": number, "name": "grün"} for number in range(40_000)]).encode()
    pane.show_exchange(large(tmp_path / "body", data, "application/json"))
    view = pane.findChild(LongText)
    assert isinstance(view, LongText)
    qtbot.waitUntil(lambda: view.lines().count == 160_002, timeout=20_000)
    assert view.accessibleName() == "Response body"
    field = named(pane, QLineEdit, "Find in the body")
    QTest.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    pane.findChild(BodyView)._find.enter()  # type: ignore[union-attr]
    field.setText('"number": 3999')
    qtbot.waitUntil(lambda: field.accessibleDescription() == "1 of 11", timeout=10_000)
    assert view.selected_text() == '"number": 3999'
    filter_by(pane, "$[?@.number == 39999].number")
    small = pane.findChild(BodyView)._text.small  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: small.toPlainText() == "39999", timeout=20_000)
    assert shown(pane) == "39999"
    assert [path.name for path in tmp_path.iterdir()] == ["body"]


@pytest.mark.parametrize(
    ("data", "content_type"),
    [(b"[" + b"1," * 10 + b"1]", "application/json"), (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml")],
)
def test_preparing_says_so_and_can_be_stopped(qtbot: QtBot, tmp_path: Path, data: bytes, content_type: str) -> None:
    waiting: list[Callable[[], None]] = []

    def later(work: Callable[[], Any], done: Callable[[Any], None], /) -> None:
        waiting.append(lambda: done(work()))

    pane = ResponsePane(later)
    qtbot.addWidget(pane)
    pane.show()
    pane.show_exchange(large(tmp_path / "body", data, content_type))
    waiting.pop(0)()
    stop = next(button for button in pane.findChildren(QPushButton) if button.text() == "Stop")
    qtbot.waitUntil(stop.isVisible)
    stop.click()
    assert forms(pane).tabText(forms(pane).currentIndex()) == "Raw"
    while waiting:
        waiting.pop(0)()
    assert shown(pane).startswith(data[:4].decode())


def test_a_picture_is_shown_or_it_is_said_why_not(pane: ResponsePane) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><g id="a">%b</g></svg>'
    pane.show_exchange(exchanges.succeeded(drawing % b"", "image/svg+xml"))
    picture = named(pane, PictureView, "Image")
    assert picture.accessibleDescription() == "4 × 3 pixels"
    pane.show_exchange(exchanges.succeeded(drawing % b'<use href="#a"/>', "image/svg+xml"))
    assert picture.accessibleDescription() == "This image cannot be shown."
    assert any("references itself" in label.text() for label in pane.findChildren(QLabel))


def test_a_body_whose_file_is_gone_says_so(pane: ResponsePane, tmp_path: Path) -> None:
    exchange = large(tmp_path / "body", b"[1]", "application/json")
    (tmp_path / "body").unlink()
    pane.show_exchange(exchange)
    assert "No such file" in pane.findChild(BodyView)._notice.text()  # type: ignore[union-attr]


def test_the_small_one_is_a_text_edit_and_the_large_one_is_not(
    pane: ResponsePane, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane.show_exchange(exchanges.succeeded(b"text", "text/plain"))
    assert shown(pane) == "text"
    monkeypatch.setattr(body_text, "SMALL", 10)
    pane.show_exchange(exchanges.succeeded(b"text" * 100, "text/plain"))
    assert named(pane, LongText, "Response body").isVisible()
    assert not [w for w in pane.findChildren(QPlainTextEdit) if w.accessibleName() == "Response body"]


def test_events_are_listed_as_they_come_and_stay(pane: ResponsePane) -> None:
    head = Response(200, "OK", headers=(("content-type", "text/event-stream"),))
    stream, parser = Messages(), EventParser()

    def come(data: bytes) -> bytes:
        stream.add(event.message(5.0) for event in parser.feed(data))
        return data

    pane.show_sending()
    come(b'event: tick\nid: 1\ndata: {"n": 1}\n\ndata: unfin')
    pane.show_progress(Progress(Phase.RECEIVE, 10, None, head, stream))
    table = named(pane, QTableView, "Events")
    assert isinstance(table, QTableView)
    assert table.isVisible()
    assert [row[2:] for row in texts(table.model())] == [["tick", "1", '{"n": 1}']]
    assert named(pane, QPlainTextEdit, "Event data").toPlainText() == '{\n  "n": 1\n}'
    assert named(pane, QLineEdit, "Response status").text().startswith("200 OK · receiving events")
    come(b"ished\n\n")
    pane.show_progress(Progress(Phase.RECEIVE, 20, None, head, stream))
    time = texts(table.model())[0][1]
    assert time
    body = Body(come(b"data: last\n\n"), size=60, wire_size=60)
    response = Response(200, "OK", headers=head.headers, body=body)
    pane.show_exchange(Exchange(Request(url="https://h/"), Outcome.CANCELLED, response=response))
    rows = texts(table.model())
    assert [row[4] for row in rows] == ['{"n": 1}', "unfinished", "last"]
    assert rows[0][1] == time
    assert named(pane, QLineEdit, "Response status").text().startswith("200 · stopped after")


def test_the_head_is_told_while_a_long_body_comes(pane: ResponsePane) -> None:
    pane.show_sending()
    head = Response(404, "", headers=())
    pane.show_progress(Progress(Phase.RECEIVE, 12_000_000, 100_000_000, head))
    assert named(pane, QLineEdit, "Response status").text() == "404 Not Found · receiving 12.0 MB of 100.0 MB"


class Opener(QObject):
    opened = Signal(QUrl)

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.emit(url)


def test_another_program_gets_a_copy_of_its_own(pane: ResponsePane, qtbot: QtBot) -> None:
    pane.show_exchange(exchanges.succeeded(b"%PDF-1.7 secret", "application/pdf"))
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "open")  # type: ignore[arg-type]  # the stubs want bytes, which it then does not find
    try:
        (button,) = (b for b in pane.findChildren(QPushButton) if b.text() == "Open with another program…")
        with qtbot.waitSignal(opener.opened) as told:
            button.click()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    path = Path(told.args[0].toLocalFile())
    assert path.name == "update.pdf"
    assert path.read_bytes() == b"%PDF-1.7 secret"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert "deleted when mTLS Workbench closes" in pane.findChild(BodyView)._notice.text()  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["invoice.exe", "run.desktop", "a.pdf.JS", "x.command", "evil.lnk"])
def test_what_may_be_a_program_is_not_opened(name: str) -> None:
    said = copy_for_others(Body(b"#!"), name)
    assert isinstance(said, str)
    assert name in said


def test_copies_of_one_name_do_not_meet() -> None:
    paths = {copy_for_others(Body(b"x", size=1), "../evil/name.txt") for _count in range(2)}
    assert len(paths) == 2
    assert all(isinstance(path, Path) and path.name == "name.txt" for path in paths)


_KILLED = """
import os
from workbench.core.exchange import Body
from workbench.ui.response.body.opening import copy_for_others
print(copy_for_others(Body(b"x", size=1), "name.txt"), flush=True)
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed like this there")
def test_copies_of_a_killed_program_go_at_the_next_start(tmp_path: Path) -> None:
    command, where = [sys.executable, "-c", _KILLED], os.environ | {"TMPDIR": str(tmp_path)}
    said = subprocess.run(command, env=where, capture_output=True, text=True, check=False).stdout
    assert Path(said.strip()).read_bytes() == b"x"
    sweep(tmp_path)
    assert not list(tmp_path.iterdir())


def test_an_example_is_offered_for_saved_requests_only(pane: ResponsePane, qtbot: QtBot) -> None:
    pane.show_exchange(exchanges.succeeded())
    (action,) = (a for menu in pane.findChildren(QMenu) for a in menu.actions() if a.text() == "Set as &Example")
    assert not action.isVisible()
    pane.allow_example(True)
    assert action.isVisible()
    with qtbot.waitSignal(pane.example_requested):
        action.trigger()
    with qtbot.waitSignal(pane.compare_requested):
        trigger(pane, "&Compare…")


def test_nothing_is_prepared_for_a_window_that_is_gone(tmp_path: Path) -> None:
    exchange = large(tmp_path / "body", b'[{"a": [1, 2, 3]}],' * 2_000_000, "application/json")
    assert exchange.response is not None
    order = order_for(facts_of(exchange.response), Form.PRETTY)
    stopper = threading.Timer(0.4, stop_all)
    stopper.start()
    assert make(exchange.response.body, order, Work()) is None
    stopper.join()


def test_a_closed_tab_stops_what_it_had_prepared(qtbot: QtBot, runner: Runner, tmp_path: Path) -> None:
    pane = ResponsePane(lambda work, done: runner.run_blocking(work, done=done))
    pane.show()
    pane.show_exchange(large(tmp_path / "body", b'[{"a": [1, 2, 3]}],' * 2_000_000, "application/json"))
    under_way = pane.findChild(BodyView)._waiting.under_way  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: bool(under_way and under_way[0].done > 0), timeout=20_000)
    pane.deleteLater()
    qtbot.waitUntil(lambda: under_way[0].stopped, timeout=5_000)
    qtbot.waitUntil(lambda: not runner.busy, timeout=5_000)


def test_where_there_is_little_room_the_forms_keep_theirs(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.succeeded(b'{"a": 1}', "application/json"))
    bar = pane._body._bar
    for width, words, kind in ((1200, "Find", True), (420, "", False), (1200, "Find", True)):
        pane.resize(width, 600)
        QTest.qWait(0)
        assert (bar._find.text(), bar._kind.isVisibleTo(bar)) == (words, kind)
        assert bar._find.icon().isNull() == bool(words)
        assert bar._find.accessibleName() == "Find"


@pytest.mark.parametrize(
    ("text", "content_type", "expression"),
    [
        (json.dumps(["a" * 60 + "b"]).encode(), "application/json", "$[?search(@, '(a+)+$')]"),
        (b"<a>" + b"<b/>" * 20_000 + b"</a>", "application/xml", "//b[count(//b[count(//b) > 0]) > 0]"),
    ],
)
def test_a_filter_that_never_ends_can_be_stopped(text: bytes, content_type: str, expression: str) -> None:
    response = Response(200, headers=(("Content-Type", content_type),), body=Body(text, size=len(text)))
    order = order_for(facts_of(response), Form.FILTERED, expression)
    work, made = Work(), list[object]()
    thread = threading.Thread(target=lambda: made.append(make(response.body, order, work)), daemon=True)
    thread.start()
    thread.join(0.5)
    assert thread.is_alive()
    work.stop()
    thread.join(60)
    assert made == [None]


@pytest.mark.parametrize("content_type", ["application/pdf", "application/zip"])
def test_what_cannot_be_shown_is_searched_in_its_bytes(pane: ResponsePane, content_type: str) -> None:
    pane.show_exchange(exchanges.succeeded(b"%PDF-1.4 \x00\x01", content_type))
    choose(pane, "File")
    next(one for one in pane.findChildren(QPushButton) if one.text() == "Find").click()
    assert offered(pane)[forms(pane).currentIndex()] == "Hex"
    assert "%PDF" in shown(pane)
