"""The response pane as a person and a screen reader find it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QTabWidget,
    QToolButton,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.response import exchanges
from workbench.core.assertions import AssertionResult
from workbench.core.draft import Assertion
from workbench.core.exchange import Body, Exchange, Failure, Outcome, Phase, Progress, Response, Timings
from workbench.core.request import Request
from workbench.ui.look import theme
from workbench.ui.response.body.saving import save_body, suggested_name
from workbench.ui.response.pane import ResponsePane
from workbench.ui.response.remedies import Remedy, RemedyAction
from workbench.ui.widgets.code.code_view import CodeView, match_places


@pytest.fixture
def pane(qtbot: QtBot) -> ResponsePane:
    made = ResponsePane()
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    return made


def named(pane: QWidget, kind: type[QWidget], name: str) -> Any:
    found = [widget for widget in pane.findChildren(kind) if widget.accessibleName() == name]
    assert len(found) == 1, f"{len(found)} widgets are called {name}"
    return found[0]


def status(pane: ResponsePane) -> str:
    field = named(pane, QLineEdit, "Response status")
    assert isinstance(field, QLineEdit)
    return field.text()


def texts(model: QAbstractItemModel) -> list[list[str]]:
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def darkness(pane: ResponsePane) -> bool:
    image = pane.grab().toImage()
    return QColor(image.pixel(image.width() // 2, image.height() - 5)).lightness() < 128


def visible_tabs(pane: ResponsePane) -> list[str]:
    tabs = pane.findChild(QTabWidget)
    assert isinstance(tabs, QTabWidget)
    bar = tabs.tabBar()
    return [bar.accessibleTabName(n) or bar.tabText(n) for n in range(bar.count()) if bar.isTabVisible(n)]


def test_a_response_has_its_fixed_names(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.succeeded(findings=exchanges.findings()))
    assert status(pane) == "200 OK · 42 ms · 84 B · HTTP/2"
    assert visible_tabs(pane) == ["Body", "Headers", "TLS", "Handshake", "Timeline"]
    for kind, name in (
        (QPlainTextEdit, "Response body"),
        (QTreeView, "Peer chain"),
        (QTableView, "TLS facts"),
        (QTableView, "Handshake messages"),
        (QListView, "Findings"),
    ):
        assert named(pane, kind, name) is not None


def test_the_status_is_read_out_with_its_text(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.succeeded())
    interface = QAccessible.queryAccessibleInterface(named(pane, QLineEdit, "Response status"))
    assert interface.text(QAccessible.Text.Name) == "Response status"
    assert interface.text(QAccessible.Text.Value).startswith("200 OK")


def test_the_facts_are_those_of_the_handshake(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.succeeded())
    facts = dict(texts(named(pane, QTableView, "TLS facts").model()))
    assert facts["Version"] == "TLSv1.3"
    assert facts["Cipher"] == "TLS_AES_256_GCM_SHA384"
    assert facts["Group"] == "X25519MLKEM768"
    assert facts["ALPN"] == "h2"
    assert facts["Address"] == "192.0.2.17:8443"


def test_thumbprints_can_be_copied(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.succeeded())
    buttons = [button for button in pane.findChildren(QToolButton) if button.accessibleName() == "Copy SHA-256"]
    copied = set()
    for button in buttons:
        button.click()
        copied.add(QGuiApplication.clipboard().text())
    assert copied == {exchanges.server_chain()[0].sha256, exchanges.client_chain()[0].sha256}


def test_a_failure_shows_the_diagnosis_and_asks_for_the_action(pane: ResponsePane, qtbot: QtBot) -> None:
    pane.show_exchange(exchanges.untrusted())
    assert visible_tabs(pane) == ["TLS", "Handshake", "Timeline"]
    assert "server-untrusted" in status(pane)
    shown = {button.text(): button for button in pane.findChildren(QPushButton) if button.isVisible()}
    with qtbot.waitSignal(pane.remedy_requested) as asked:
        shown["Trust “Corp Root CA”…"].click()
    assert asked.args == [Remedy(RemedyAction.TRUST_AUTHORITY, exchanges.server_chain(days=-12)[2].sha256)]
    shown["Copy report"].click()
    assert "server-untrusted" in QGuiApplication.clipboard().text()


def test_the_body_comes_back_after_a_failure(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.refused())
    pane.show_exchange(exchanges.succeeded())
    assert visible_tabs(pane)[0] == "Body"
    assert not [
        button for button in pane.findChildren(QPushButton) if button.isVisible() and button.text() == "Copy report"
    ]


def test_sending_says_what_is_going_on(pane: ResponsePane) -> None:
    pane.show_sending()
    assert status(pane) == "Sending…"
    pane.show_progress(Progress(Phase.TLS))
    assert status(pane) == "TLS handshake…"
    pane.show_progress(Progress(Phase.RECEIVE, 3_400_000, 10_000_000))
    assert status(pane) == "Receiving the response… 3.4 MB of 10.0 MB"
    pane.show_exchange(exchanges.succeeded())
    pane.show_progress(Progress(Phase.RECEIVE, 10_000_000, 10_000_000))
    assert status(pane).startswith("200 OK")


def test_cancelled_and_empty_say_so(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.cancelled())
    assert status(pane) == "Cancelled after 812 ms"
    pane.clear()
    assert status(pane) == "No response yet"
    assert pane.exchange() is None


def test_a_body_that_is_ready_too_late_is_not_shown(qtbot: QtBot) -> None:
    waiting: list[Callable[[], None]] = []

    def later(work: Callable[[], Any], done: Callable[[Any], None], /) -> None:
        waiting.append(lambda: done(work()))

    pane = ResponsePane(later)
    qtbot.addWidget(pane)
    pane.show_exchange(exchanges.succeeded(b"old", "text/plain"))
    pane.show_exchange(exchanges.succeeded(b"new", "text/plain"))
    text = named(pane, QPlainTextEdit, "Response body")
    while waiting:
        waiting.pop()()
    assert text.toPlainText() == "new"


def test_an_empty_body_says_so(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.succeeded(b"", status=204, reason="No Content"))
    assert named(pane, QPlainTextEdit, "Response body").placeholderText() == "The response has no body."


def test_find_counts_and_steps_round_the_end(pane: ResponsePane, qtbot: QtBot) -> None:
    pane.show_exchange(exchanges.succeeded("a😀 Needle needle\nNEEDLE".encode(), "text/plain"))
    text = named(pane, QPlainTextEdit, "Response body")
    pane.activateWindow()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    QTest.keyClick(text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = named(pane, QLineEdit, "Find in the body")
    assert field.isVisible()
    QTest.keyClicks(field, "needle")
    assert field.accessibleDescription() == "1 of 3"
    assert text.textCursor().selectedText() == "Needle"
    for expected in ("needle", "NEEDLE", "Needle"):
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert text.textCursor().selectedText() == expected
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()


def test_matches_count_in_the_units_of_the_document() -> None:
    assert match_places("😀x😀X", "x") == [(2, 1), (5, 1)]
    assert match_places("😀", "😀") == [(0, 2)]
    assert match_places("abc", "") == []
    assert match_places("", "x") == []
    assert match_places("İx", "X") == [(1, 1)]  # its lower case has two letters


def test_a_long_text_arrives_by_and_by_and_whole(qtbot: QtBot) -> None:
    view = CodeView()
    qtbot.addWidget(view)
    text = "0123456789\n" * 100_000
    with qtbot.waitSignal(view.filled):
        view.show_text(text)
    assert view.toPlainText() == text
    assert view.text() == text


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
@pytest.mark.parametrize("exchange", [exchanges.succeeded(), exchanges.untrusted()])
def test_both_schemes_paint(
    qapp: QApplication, qtbot: QtBot, pane: ResponsePane, scheme: Qt.ColorScheme, exchange: Exchange
) -> None:
    before = qapp.palette()
    try:
        qapp.setPalette(theme.palette(dark=scheme == Qt.ColorScheme.Dark))
        pane.show_exchange(exchange)
        qtbot.waitUntil(lambda: darkness(pane) == (scheme == Qt.ColorScheme.Dark))
    finally:
        qapp.setPalette(before)


def test_saving_writes_all_or_nothing(tmp_path: Path) -> None:
    target = tmp_path / "out.bin"
    assert save_body(Body(b"abc", size=3), target).startswith("Saved")
    assert target.read_bytes() == b"abc"
    assert "Not saved" in save_body(Body(file=tmp_path / "gone", size=3), target)
    assert target.read_bytes() == b"abc"
    assert "Not saved" in save_body(Body(b"x", size=1), tmp_path / "no" / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["out.bin"]


def test_saving_through_a_link_changes_the_file_behind_it(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "spooled").write_bytes(b"abc" * 500_000)
    save_body(Body(file=tmp_path / "spooled", size=1_500_000), tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"abc" * 500_000


@pytest.mark.parametrize(
    ("header", "url", "name"),
    [
        ('attachment; filename="report.pdf"', "https://h/x", "report.pdf"),
        ('attachment; filename="../../etc/passwd"', "https://h/x", "passwd.json"),
        ("attachment; filename*=UTF-8''gr%C3%BCn.txt", "https://h/x", "grün.txt"),
        ('attachment; filename="C:\\\\a\\\\b.txt"', "https://h/x", "b.txt"),
        (None, "https://h/orders/4711", "4711.json"),
        (None, "https://h/", "response.json"),
        (None, "https://h/..%2f..%2fx", "x.json"),
        ("attachment; filename*=UTF-8''photo%E2%80%AEgnp.exe", "https://h/x", "photognp.exe"),
    ],
)
def test_the_suggested_name_is_never_a_path(header: str | None, url: str, name: str) -> None:
    headers = [("content-type", "application/json")]
    if header:
        headers.append(("content-disposition", header))
    assert suggested_name(Response(200, headers=tuple(headers)), url) == name


def test_what_is_seen_is_coloured_at_once(pane: ResponsePane, qtbot: QtBot) -> None:
    pane.show_exchange(exchanges.succeeded(b'{"a": "b"}'))
    text = named(pane, QPlainTextEdit, "Response body")

    def is_coloured() -> bool:
        image = text.viewport().grab().toImage()
        return any(image.pixelColor(x, y).hslSaturation() > 100 for x in range(120) for y in range(50))

    qtbot.waitUntil(is_coloured, timeout=20_000)


def test_cookies_are_listed_with_their_values_hidden(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.succeeded())
    table = named(pane, QTableView, "Response cookies")
    fields = named(pane, QTableView, "Response headers").model()
    assert texts(table.model())[0][:2] == ["sid", "••••••"]
    assert texts(fields)[-1] == ["set-cookie", "sid=••••••; HttpOnly"]
    named(pane, QCheckBox, "Show cookie values").setChecked(True)
    assert texts(table.model())[0][:2] == ["sid", "abc"]
    assert texts(fields)[-1] == ["set-cookie", "sid=abc; HttpOnly"]
    pane.show_exchange(exchanges.succeeded())
    assert texts(table.model())[0][:2] == ["sid", "••••••"]


def test_every_hop_has_its_bars_and_says_where_it_led(pane: ResponsePane) -> None:
    exchange = exchanges.succeeded()
    first = replace(exchange.hops[0], status=302, location="/next", timings=Timings(dns=1, first_byte=5, total=6))
    pane.show_exchange(replace(exchange, hops=(first, exchange.hops[0])))
    rows = texts(named(pane, QTableView, "Timings").model())
    assert [row[0] for row in rows] == ["1", "1", "1", "2", "2", "2", "2", "2", ""]
    assert rows[-1][1] == "Total"
    hops = texts(named(pane, QTableView, "Hops").model())
    assert [row[4] for row in hops] == ["/next", "none"]
    pane.show_exchange(exchange)
    assert len(texts(named(pane, QTableView, "Timings").model())) == 6


def test_sizes_are_told_in_the_tip(pane: ResponsePane) -> None:
    exchange = exchanges.succeeded()
    assert exchange.response is not None
    response = replace(
        exchange.response,
        headers=(("content-encoding", "br"),),
        body=Body(b"x" * 2000, size=2000, wire_size=1000),
    )
    pane.show_exchange(replace(exchange, response=response))
    tip = named(pane, QLineEdit, "Response status").toolTip()
    assert "2.0 kB long (2,000 bytes)" in tip
    assert "1.0 kB (1,000 bytes) were transferred, br." in tip


def test_results_have_a_tab_only_when_there_are_some(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.succeeded())
    assert "Results" not in visible_tabs(pane)
    held = AssertionResult(Assertion("res.status", "eq", "200"), passed=True, actual="200")
    failed = AssertionResult(Assertion("res.body.id", "isDefined"), passed=False, words="There is no id.")
    pane.show_results((held, failed))
    assert visible_tabs(pane)[-1] == "Results"
    assert texts(named(pane, QTableView, "Assertion results").model()) == [
        ["failed", "res.body.id is defined", "", "There is no id."],
        ["passed", "res.status equals 200", "200", ""],
    ]
    pane.show_results(())
    assert "Results" not in visible_tabs(pane)


def test_what_is_said_of_tls_does_not_keep_the_pane_wide(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.succeeded())
    pane.resize(1400, 600)
    QTest.qWait(0)
    assert pane._status._tls.text().endswith("their identity")
    assert pane._status.minimumSizeHint().width() < 200
    pane._status.resize(420, 30)
    assert pane._status._tls.text().endswith("…")
    assert pane._status._tls.accessibleName().endswith("their identity")


def test_the_views_are_made_unasked_once_the_pane_was_seen(qtbot: QtBot) -> None:
    pane = ResponsePane()
    qtbot.addWidget(pane)
    pane.allow_example(True)
    assert not pane.findChildren(QTabWidget)
    pane.show()
    qtbot.waitUntil(lambda: bool(pane.findChildren(QTabWidget)))
    assert status(pane) == "No response yet"
    assert all(entry.isVisible() for entry in pane._body._bar._examples)


def test_in_a_small_window_the_diagnosis_comes_before_the_tabs(pane: ResponsePane, qtbot: QtBot) -> None:
    line = pane.fontMetrics().height()
    pane.show_exchange(exchanges.untrusted())
    todo = next(label for label in pane.findChildren(QLabel) if label.accessibleDescription() == "What to do")
    pane.resize(50 * line, 25 * line)
    qtbot.waitUntil(lambda: todo.visibleRegion().boundingRect().height() >= todo.height() > 0)
    pane.resize(50 * line, 60 * line)
    tabs = pane.findChild(QTabWidget)
    assert isinstance(tabs, QTabWidget)
    qtbot.waitUntil(lambda: bool(tabs.height() >= 22 * line))


@pytest.mark.parametrize(
    ("phase", "words"),
    [(Phase.PREPARE, "No TLS: nothing was sent."), (Phase.CONNECT, "No TLS: the URL asks for plain HTTP.")],
)
def test_what_never_went_out_is_not_said_to_have_gone(pane: ResponsePane, phase: Phase, words: str) -> None:
    failure = Failure("invalid-input", "The path variable “id” has no value.", phase=phase)
    pane.show_exchange(Exchange(Request(url="http://example.test/:id"), Outcome.FAILURE, failure=failure))
    assert words in [label.text() for label in pane.findChildren(QLabel)]


def test_after_a_failure_the_next_response_is_seen_where_the_last_one_was(pane: ResponsePane) -> None:
    pane.show_exchange(exchanges.succeeded())
    tabs = named(pane, QTabWidget, "Response")
    for name, index in (("Body", 0), ("Headers", 1)):
        tabs.setCurrentIndex(index)
        pane.show_exchange(exchanges.refused())
        assert tabs.tabText(tabs.currentIndex()) == "TLS"
        pane.show_exchange(exchanges.refused())
        pane.show_exchange(exchanges.succeeded())
        assert tabs.tabText(tabs.currentIndex()).startswith(name)
    pane.show_exchange(exchanges.refused())
    tabs.setCurrentIndex(3)
    pane.show_exchange(exchanges.succeeded())
    assert tabs.tabText(tabs.currentIndex()) == "Handshake"
