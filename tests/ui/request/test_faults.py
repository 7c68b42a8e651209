"""What keeps a request from being sent is said where it stands, and the keyboard is there."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support.documents import as_request
from workbench.core import doctor
from workbench.core.draft import (
    BearerAuth,
    Defaults,
    Draft,
    Field,
    FileBody,
    FileChoice,
    FormBody,
    GraphQLBody,
    MultipartBody,
    Param,
    ParamKind,
    Part,
    RawBody,
    RawKind,
    Variable,
)
from workbench.core.exchange import Failure
from workbench.core.preparation import DraftError, prepare
from workbench.core.request import Request
from workbench.core.variables import layers_of
from workbench.ui.request.panel import RequestPanel
from workbench.ui.request.request_page import RequestPage
from workbench.ui.response.status_line import status_words
from workbench.ui.widgets.code.code_edit import CodeEdit
from workbench.ui.windows.main_window import MainWindow

PLAIN = Draft(url="https://example.test/")
CIRCLE = (Variable("a", "{{b}}"), Variable("b", "{{a}}"))


@pytest.fixture
def panel(qtbot: QtBot) -> RequestPanel:
    made = RequestPanel()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made).__enter__()
    return made


def failure_of(draft: Draft, *inherited: Defaults) -> Failure:
    scope = layers_of(Defaults(), (), (), draft)
    with pytest.raises(DraftError) as caught:
        prepare(draft, scope, folder=Path("/nowhere"), inherited=inherited, fallback=Request())
    return replace(doctor.failure_of(caught.value), spot=caught.value.spot)


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def fault(page: RequestPage) -> str:
    """What is said to be wrong there."""
    return page._fault.words() if page._fault is not None else ""


def show(panel: RequestPanel, draft: Draft, *inherited: Defaults) -> str:
    """Show the failure of ``draft``; the words that are said on the page in front."""
    panel.show_draft(draft)
    failure = failure_of(draft, *inherited)
    panel.show_fault(failure)
    page = panel.pages.page(KEYS[panel.pages.currentIndex()])
    assert failure.title in fault(page)
    return fault(page)


KEYS = ("params", "headers", "auth", "body", "tls", "variables", "assertions", "docs")


@pytest.mark.parametrize(
    ("draft", "page", "typed"),
    [
        (replace(PLAIN, headers=(Field("A", "1"), Field("X", "{{nope}}"))), "headers", "{{nope}}"),
        (replace(PLAIN, headers=(Field("A", "1"), Field("{{open", "2"))), "headers", "{{open"),
        (replace(PLAIN, headers=(Field("A", "1"), Field("X", "{{a}}")), variables=CIRCLE), "headers", "{{a}}"),
        (replace(PLAIN, headers=(Field("A", "1"), Field("X", "one\r\nY: 2"))), "headers", "one\r\nY: 2"),
        (replace(PLAIN, body=FormBody((Field("f", "1"), Field("g", "{{nope}}")))), "body", "{{nope}}"),
        (replace(PLAIN, body=FileBody((FileChoice("gone.bin"),))), "body", "gone.bin"),
        (
            replace(PLAIN, body=MultipartBody((Part("t", "x"), Part("f", files=("gone.bin",))))),
            "body",
            "gone.bin",
        ),
        (replace(PLAIN, body=MultipartBody((Part("t", "x"), Part("f", "{{nope}}")))), "body", "{{nope}}"),
        (replace(PLAIN, auth=BearerAuth("{{nope}}")), "auth", "{{nope}}"),
        (replace(PLAIN, variables=(Variable("mtls.sni", "{{nope}}"),)), "tls", "{{nope}}"),
        (
            replace(PLAIN, url="https://example.test/:id", params=(Param("id", "{{nope}}", ParamKind.PATH),)),
            "params",
            "{{nope}}",
        ),
    ],
)
def test_the_field_is_shown_and_has_the_keyboard(panel: RequestPanel, draft: Draft, page: str, typed: str) -> None:
    show(panel, draft)
    assert KEYS[panel.pages.currentIndex()] == page
    line = focus()
    assert isinstance(line, QLineEdit)
    assert line.text() == typed


@pytest.mark.parametrize(
    ("draft", "selected"),
    [
        (replace(PLAIN, body=RawBody(RawKind.JSON, '{"é": 1,\n "𝒳": {{nope}} }')), "{{nope}}"),
        (replace(PLAIN, body=RawBody(RawKind.TEXT, "a {{open")), "{{"),
        (replace(PLAIN, body=GraphQLBody("query { {{nope}} }")), "{{nope}}"),
        (replace(PLAIN, body=GraphQLBody("query { a }", '{"x": {{nope}}}')), "{{nope}}"),
    ],
)
def test_in_a_text_it_is_selected(panel: RequestPanel, draft: Draft, selected: str) -> None:
    show(panel, draft)
    text = focus()
    assert isinstance(text, CodeEdit)
    assert text.textCursor().selectedText() == selected


def test_the_page_does_not_say_which_page_it_is(panel: RequestPanel) -> None:
    words = show(panel, replace(PLAIN, body=RawBody(RawKind.TEXT, "a {{nope}}")))
    assert words == "The variable “nope” is not defined. It is used at position 3 as {{nope}}."


def test_the_words_go_when_something_changes(panel: RequestPanel) -> None:
    assert "Header “X”" in show(panel, replace(PLAIN, headers=(Field("X", "{{nope}}"),)))
    line = focus()
    assert isinstance(line, QLineEdit)
    line.setText("fine")
    panel.draft()
    assert not fault(panel.pages.page("headers"))


def test_what_is_inherited_is_said_on_the_page_that_shows_it(panel: RequestPanel) -> None:
    words = show(panel, PLAIN, Defaults("Payments", auth=BearerAuth("{{nope}}")))
    assert "collection Payments" in words


def test_the_url_selects_the_variable(panel: RequestPanel) -> None:
    panel.show_draft(Draft(url="https://{{nope}}/x"))
    panel.send()
    line = focus()
    assert isinstance(line, QLineEdit)
    assert line.selectedText() == "{{nope}}"


def test_the_window_goes_there(window: MainWindow, qtbot: QtBot) -> None:
    tab = as_request(window.pages.documents.open(replace(PLAIN, headers=(Field("X", "{{nope}}"),))))
    tab.panel.pages.go_to("body")
    window.commands["send"].trigger()
    qtbot.waitUntil(lambda: tab.response.exchange() is not None, timeout=20_000)
    assert "“nope”" in fault(tab.panel.pages.page("headers"))
    assert tab.panel.pages.currentIndex() == KEYS.index("headers")
    assert status_words(tab.response.exchange())[1] == "Not sent · invalid-input"  # type: ignore[arg-type]
