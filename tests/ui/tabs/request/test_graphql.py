"""A schema is fetched from a service that wants a certificate, and then helps with typing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.documents import as_request
from workbench.core.draft import Draft, Field, GraphQLBody
from workbench.ui.request.body.body_page import BodyPage
from workbench.ui.request.body.graphql_body import GraphQLEditor
from workbench.ui.tabs.request.request_document import RequestDocument
from workbench.ui.widgets.variables.completion import Completion
from workbench.ui.windows.main_window import MainWindow

_PATIENCE = 20_000


def lab_tab(window: MainWindow, qtbot: QtBot) -> RequestDocument:
    """A tab with a GraphQL request to the lab's mutual server."""
    window.try_the_lab()
    qtbot.waitUntil(lambda: window.pages.documents.count() == 1, timeout=_PATIENCE)
    tab = as_request(window.pages.documents.current())
    given = tab.draft()
    url = given.url.rpartition("/order/")[0] + "/graphql"
    headers = (Field("X-Seen", "{{seen}}"),)
    body = GraphQLBody("{ orders { id } }")
    tab.show_draft(Draft(method="POST", url=url, variables=given.variables, body=body, headers=headers))
    return tab


def editor(tab: RequestDocument) -> GraphQLEditor:
    page = tab.panel.pages.go_to("body")
    assert isinstance(page, BodyPage)
    found = page._editors["graphql"]
    assert isinstance(found, GraphQLEditor)
    return found


def test_the_schema_comes_over_the_same_identity_and_stays_out_of_the_history(window: MainWindow, qtbot: QtBot) -> None:
    tab = lab_tab(window, qtbot)
    form = editor(tab)
    form._fetch.click()
    qtbot.waitUntil(lambda: "not defined" in form._said.text(), timeout=_PATIENCE)  # {{seen}}, as when it is sent
    tab.show_draft(Draft(method="POST", url=tab.draft().url, variables=tab.draft().variables, body=tab.draft().body))
    form._fetch.click()
    qtbot.waitUntil(lambda: "Schema:" in form._said.text(), timeout=_PATIENCE)
    assert "sha256: String!" in form._schema.text()
    kept: list[object] = []
    window._bridge.ask_history(lambda room: room.search(""), kept.append, kept.append)
    qtbot.waitUntil(lambda: bool(kept), timeout=_PATIENCE)
    assert getattr(kept[0], "rows", kept[0]) == ()


def test_fields_are_completed_from_the_schema(window: MainWindow, qtbot: QtBot) -> None:
    form = editor(lab_tab(window, qtbot))
    form.show_schema("type Query { orders: [Order!]! } type Order { id: ID! customer: String }", "Schema: 2 types")
    code = form.query.code
    code.show_text("{ orders { } }")
    qtbot.waitUntil(lambda: form._shape.types != {}, timeout=_PATIENCE)
    cursor = code.textCursor()
    cursor.setPosition(len("{ orders { "), QTextCursor.MoveMode.MoveAnchor)
    code.setTextCursor(cursor)
    with qtbot.waitActive(window):
        window.activateWindow()
    code.setFocus()
    qtbot.waitUntil(code.hasFocus)
    QTest.keyClicks(code, "cus")
    lists = [one for one in code.findChildren(Completion) if one.isVisible()]
    assert [[one.item(row).text() for row in range(one.count())] for one in lists] == [["customer"]]
    QTest.keyClick(code, Qt.Key.Key_Return)
    assert code.text() == "{ orders { customer} }"
    code.undo()
    code.undo()
    assert code.text() == "{ orders { } }"
