"""The open requests: marked while they are not saved, closed and opened again, told as data that outlives them."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.documents import as_request, requests_in
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Assertion, Draft, Field, OAuth2Auth, RawBody, Variable
from workbench.core.storage.drafts import OpenTabs
from workbench.ui.tabs.document_tabs import DocumentTabs
from workbench.ui.tabs.request.request_document import RequestDocument
from workbench.ui.windows.main_window import MainWindow

_PATIENCE = 20_000
ORIGIN = DraftLocation(Path("/nowhere/collection"), Path("users/get.yml"))


def page(window: MainWindow) -> DocumentTabs:
    return window.pages.documents


def type_url(tab: RequestDocument, text: str, qtbot: QtBot) -> None:
    line = next(one for one in tab.findChildren(QLineEdit) if one.accessibleName() == "URL")
    with qtbot.waitSignal(tab.panel.settled):
        line.setText(text)


def test_what_is_not_saved_is_marked_also_for_those_who_listen(window: MainWindow, qtbot: QtBot) -> None:
    documents = page(window)
    tab = as_request(documents.open(Draft(name="One", url="https://example.test/1")))
    assert documents.tabText(0) == "GET One"
    type_url(tab, "https://example.test/2", qtbot)
    assert documents.tabText(0) == "GET One ●"
    assert documents.tabBar().accessibleTabName(0) == "GET One, unsaved"
    type_url(tab, "https://example.test/1", qtbot)
    assert documents.tabText(0) == "GET One"


def test_saving_takes_the_mark_away_and_keeps_what_was_typed_meanwhile(window: MainWindow, qtbot: QtBot) -> None:
    documents = page(window)
    tab = as_request(documents.open(Draft(url="https://example.test/1")))
    type_url(tab, "https://example.test/2", qtbot)
    written = tab.draft()
    type_url(tab, "https://example.test/3", qtbot)
    documents.mark_saved(tab, written, ORIGIN, None)
    assert tab.draft().url == "https://example.test/3"
    assert tab.unsaved()
    documents.mark_saved(tab, tab.draft(), ORIGIN, None)
    assert not tab.unsaved()
    assert documents.saved_at(ORIGIN) is tab


def test_a_saved_request_is_open_once(window: MainWindow) -> None:
    documents = page(window)
    first = as_request(documents.open(Draft(url="https://example.test/1"), ORIGIN))
    documents.open(Draft())
    assert documents.open(Draft(url="https://example.test/1"), ORIGIN) is first
    assert documents.current() is first
    assert documents.count() == 2


def test_a_closed_tab_comes_back_as_it_was(window: MainWindow, qtbot: QtBot) -> None:
    documents = page(window)
    saved = Draft(name="One", url="https://example.test/1")
    tab = as_request(documents.open(saved, ORIGIN))
    type_url(tab, "https://example.test/typed", qtbot)
    window.commands["close"].trigger()
    assert documents.count() == 0
    assert window.commands["reopen"].isEnabled()
    window.commands["reopen"].trigger()
    back = as_request(documents.current())
    assert back.draft().url == "https://example.test/typed"
    assert back.origin == ORIGIN
    assert back.saved == saved
    assert documents.tabText(0) == "GET One ●"
    assert not window.commands["reopen"].isEnabled()


def test_an_empty_tab_is_not_worth_coming_back(window: MainWindow) -> None:
    window.commands["new"].trigger()
    window.commands["close"].trigger()
    assert not window.commands["reopen"].isEnabled()


def test_the_others_are_closed(window: MainWindow) -> None:
    documents = page(window)
    for number in range(3):
        documents.open(Draft(url=f"https://example.test/{number}"))
    documents.setCurrentIndex(1)
    window.commands["close-others"].trigger()
    assert [tab.draft().url for tab in documents.documents()] == ["https://example.test/1"]
    assert len(documents.drafts().closed) == 2


def test_a_copy_belongs_to_the_same_collection_but_to_no_file(window: MainWindow) -> None:
    documents = page(window)
    documents.open(Draft(url="https://example.test/1"), ORIGIN)
    window.commands["duplicate"].trigger()
    copy = as_request(documents.current())
    assert copy.origin == DraftLocation(ORIGIN.collection)


def test_all_tabs_as_data_and_back(window: MainWindow, qtbot: QtBot) -> None:
    documents = page(window)
    documents.open(Draft(url="https://example.test/1", headers=(Field("A", "1"),)))
    tab = as_request(documents.open(Draft(name="Two", url="https://example.test/2", body=RawBody(text="{}")), ORIGIN))
    with qtbot.waitSignal(documents.tabs_changed):
        type_url(tab, "https://example.test/typed", qtbot)
    kept = documents.drafts()
    assert [one.draft for one in kept.tabs] == [one.draft() for one in documents.documents()]
    assert [one.dirty for one in kept.tabs] == [False, True]
    assert kept.current == 1
    assert documents.drafts().tabs[0] is kept.tabs[0]  # so that it need not be written anew
    while documents.count():
        documents.close_tab(0)
    documents.restore(OpenTabs(kept.tabs, 0, kept.split, kept.tabs[:1]))
    assert [one.draft() for one in documents.documents()] == [one.draft for one in kept.tabs]
    assert [one.unsaved() for one in documents.documents()] == [False, True]
    assert documents.currentIndex() == 0
    assert window.commands["reopen"].isEnabled()


def test_the_pages_have_keys(window: MainWindow) -> None:
    tab = as_request(page(window).open(Draft()))
    for name, place in (("page-params", 0), ("page-tls", 4), ("page-body", 3), ("page-docs", 7)):
        window.commands[name].trigger()
        assert tab.panel.pages.currentIndex() == place


def test_steps_are_taken_back_by_command(window: MainWindow, qtbot: QtBot) -> None:
    tab = as_request(page(window).open(Draft(url="https://example.test/1")))
    type_url(tab, "https://example.test/2", qtbot)
    window.commands["undo"].trigger()
    assert tab.draft().url == "https://example.test/1"
    window.commands["redo"].trigger()
    assert tab.draft().url == "https://example.test/2"


def test_comparing_needs_two_responses(window: MainWindow, qtbot: QtBot) -> None:
    documents = page(window)
    tab = as_request(documents.open(Draft(url="https://example.test/1")))
    with qtbot.assertNotEmitted(window.pages.tab_commands.compare_requested):
        window.commands["compare"].trigger()
    assert not tab.banner.isHidden()


def test_assertions_are_told_after_the_response(window: MainWindow, qtbot: QtBot) -> None:
    window.try_the_lab()
    documents = page(window)
    qtbot.waitUntil(lambda: documents.count() == 1, timeout=_PATIENCE)
    tab = as_request(documents.current())
    given = tab.draft()
    chosen = (Assertion("res.status", "eq", "{{wanted}}"), Assertion("tls.mutual", "isFalsy"))
    tab.show_draft(Draft(url=given.url, variables=(*given.variables, Variable("wanted", "200")), assertions=chosen))
    window.commands["send"].trigger()
    qtbot.waitUntil(lambda: tab.response.exchange() is not None, timeout=_PATIENCE)
    qtbot.waitUntil(lambda: "1/2" in str([tab.response._tabs.tabText(n) for n in range(9)]), timeout=_PATIENCE)


def test_generated_headers_come_from_the_workspace(window: MainWindow, qtbot: QtBot) -> None:
    tab = as_request(page(window).open(Draft(url="https://example.test:8443/")))
    with qtbot.waitSignal(tab.panel.page_made, raising=False, timeout=50):
        tab.panel.open_page("headers")
    headers = tab.panel.pages.page("headers")
    headers._fold.set_open(True)  # type: ignore[attr-defined]  # the page of headers
    rows = headers._generated[0].rows  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "example.test:8443" in [row.value for row in rows()], timeout=_PATIENCE)


def test_a_response_is_saved_as_soon_as_it_is_there(window: MainWindow, qtbot: QtBot) -> None:
    window.try_the_lab()
    documents = page(window)
    qtbot.waitUntil(lambda: documents.count() == 1, timeout=_PATIENCE)
    window.commands["send-and-save"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(QFileDialog)), timeout=_PATIENCE)
    window.findChildren(QFileDialog)[0].reject()


def test_views_of_a_response_have_commands_once_there_is_one(window: MainWindow, qtbot: QtBot) -> None:
    documents = page(window)
    tab = as_request(documents.open(Draft(url="http://127.0.0.1:1/")))
    assert not window.commands["view-timeline"].isEnabled()
    tab.panel.send()
    qtbot.waitUntil(lambda: tab.response.exchange() is not None, timeout=_PATIENCE)
    assert window.commands["view-timeline"].isEnabled()
    assert not window.commands["view-body"].isEnabled()  # nothing came
    window.commands["view-timeline"].trigger()
    assert tab.response.front_view() == "view-timeline"
    documents.arrange(documents.arrangement())  # as the next window does
    assert as_request(documents.open(Draft())).response.front_view() == "view-timeline"


def test_two_responses_are_compared(window: MainWindow, qtbot: QtBot) -> None:
    window.try_the_lab()
    documents = page(window)
    qtbot.waitUntil(lambda: documents.count() == 1, timeout=_PATIENCE)
    window.commands["duplicate"].trigger()
    first, second = requests_in(documents)
    for tab in (first, second):
        tab.panel.send()
    qtbot.waitUntil(lambda: all(tab.response.exchange() for tab in (first, second)), timeout=_PATIENCE)
    with qtbot.waitSignal(window.pages.tab_commands.compare_requested) as compared:
        window.commands["compare"].trigger()
    assert compared.args == [second, first]


def test_other_preferences_reach_the_pages_that_are_open(window: MainWindow, qtbot: QtBot) -> None:
    tab = as_request(page(window).open(Draft(url="https://example.test:8443/")))
    window._bridge.prefer(replace(window._bridge._preferences, max_redirects=7, trust=("mozilla",)))
    qtbot.waitUntil(lambda: tab.panel._surroundings.fallback.max_redirects == 7, timeout=_PATIENCE)
    assert tab.panel.trust() == ("mozilla",)


def test_signing_in_anew_forgets_the_tokens(window: MainWindow, qtbot: QtBot) -> None:
    window.try_the_lab()
    documents = page(window)
    qtbot.waitUntil(lambda: documents.count() == 1, timeout=_PATIENCE)
    tab = as_request(documents.current())
    lab = tab.draft().url.rpartition("order/")[0]
    auth = OAuth2Auth(access_token_url=f"{lab}oauth/token", client_id="lab", client_secret="lab-secret")
    tab.show_draft(Draft(url=f"{lab}oauth/protected", auth=auth, variables=tab.draft().variables))
    window.commands["send"].trigger()
    qtbot.waitUntil(lambda: tab.response.exchange() is not None, timeout=_PATIENCE)
    room = window._bridge._opening.result()  # type: ignore[union-attr]  # it was opened for the lab
    assert len(room.workspace.tokens._kept) == 1
    tab.panel.pages.go_to("auth")
    button = next(one for one in tab.findChildren(QPushButton) if one.text() == "Sign in a&gain")
    assert button.isVisibleTo(tab)
    button.click()
    qtbot.waitUntil(tab.banner.isVisible, timeout=_PATIENCE)
    assert room.workspace.tokens._kept == {}
    tab.show_draft(Draft(url=lab))
    assert not button.isVisibleTo(tab)
