"""A kind of document of which the window knows no more than its declaration has all that documents have."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLineEdit, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from workbench.core.draft import HTTP, Draft
from workbench.core.storage import Home
from workbench.core.storage.drafts import Drafts, OpenTabs
from workbench.ui.actions import FILE, Actions, Command, with_commands
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.runner import Runner
from workbench.ui.tabs.context import DocumentContext
from workbench.ui.tabs.document import Document
from workbench.ui.tabs.document_tabs import DocumentTabs
from workbench.ui.tabs.kinds import KINDS, DocumentKind
from workbench.ui.tabs.request.request_document import RequestDocument
from workbench.ui.tabs.tab_commands import TabCommands

pytestmark = pytest.mark.usefixtures("keyring")


class Socket(Document):
    """A document with nothing but a URL, which can be edited and opened."""

    def __init__(self, _context: DocumentContext) -> None:
        super().__init__()
        self._draft, self.line = Draft(protocol="socket"), QLineEdit()
        self.add_below_banner(self.line)
        self.line.textEdited.connect(self.compare_with_saved)
        self.commands |= {"send": lambda: self.set_busy(busy=True), "cancel": lambda: self.set_busy(busy=False)}

    def draft(self) -> Draft:
        return Draft(name=self._draft.name, url=self.line.text(), protocol="socket")

    def display(self, draft: Draft) -> None:
        self._draft = draft
        self.line.setText(draft.url)

    def heading(self) -> tuple[str, str]:
        return f"WS {self.line.text()}", self.line.text()

    def take_focus(self) -> None:
        self.line.setFocus()


SOCKET = DocumentKind("socket", Command("new-socket", "New Socket", FILE), Socket)


class Place:
    """A window of nothing but tabs."""

    def __init__(self, runner: Runner) -> None:
        self.window = QMainWindow()
        kinds = (*KINDS, SOCKET)
        self.actions = Actions(self.window, with_commands(kind.new for kind in kinds))
        self.tabs = DocumentTabs(DocumentContext(Bridge(runner), self.window), kinds)
        self.tabs.setParent(self.window)
        self.commands = TabCommands(self.tabs, self.actions)

    def socket(self) -> Socket:
        """The document in front."""
        front = self.tabs.current()
        assert isinstance(front, Socket)
        return front


@pytest.fixture
def place(qtbot: QtBot, runner: Runner) -> Iterator[Place]:
    made = Place(runner)
    qtbot.addWidget(made.window)
    yield made
    while made.tabs.count():
        made.tabs.close_tab(0)


def test_a_new_one_is_titled_marked_and_comes_back_when_it_was_closed(place: Place) -> None:
    place.actions["new-socket"].trigger()
    assert not place.actions["reopen"].isEnabled()
    place.socket().line.setText("wss://a/")
    place.socket().line.textEdited.emit("wss://a/")
    assert place.tabs.tabText(0) == "WS wss://a/ ●"
    place.actions["close"].trigger()
    place.actions["reopen"].trigger()
    assert place.socket().draft().url == "wss://a/"
    place.actions["duplicate"].trigger()
    assert place.tabs.count() == 2
    assert place.socket().draft().url == "wss://a/"


def test_its_own_commands_are_there_and_no_others(place: Place) -> None:
    place.actions["new-socket"].trigger()
    assert [place.actions[name].isEnabled() for name in ("send", "cancel", "format")] == [True, False, False]
    place.actions["send"].trigger()
    assert [place.actions[name].isEnabled() for name in ("send", "cancel", "close")] == [False, True, True]
    place.actions["cancel"].trigger()
    assert place.actions["send"].isEnabled()


def test_it_outlives_the_window(place: Place) -> None:
    place.tabs.open(Draft(name="Orders", url="wss://a/", protocol="socket"))
    Drafts(Home.default().root / "open.json").save(place.tabs.drafts())
    place.tabs.close_tab(0)
    kept = Drafts(Home.default().root / "open.json").load().tabs
    place.tabs.restore(OpenTabs(kept.tabs))
    place.tabs.setCurrentIndex(0)
    assert place.socket().draft() == Draft(name="Orders", url="wss://a/", protocol="socket")


def test_a_question_is_asked_in_it_and_takes_the_place_of_an_older_one(place: Place) -> None:
    document = place.tabs.open(Draft(protocol="socket"))
    answers: list[str] = []
    older = document.ask("which", "One or two?", "", (("one", "One"),), answers.append)
    newer = document.ask("which", "Two or three?", "", (("two", "Two"),), answers.append)
    assert older.isHidden()
    newer.findChildren(QPushButton)[0].click()
    assert answers == ["two"]
    document.withdraw("which")
    assert newer.isHidden()


def test_a_draft_of_a_protocol_that_nobody_knows_is_shown_as_a_request(place: Place) -> None:
    assert isinstance(place.tabs.open(Draft(protocol="telepathy")), RequestDocument)
    assert KINDS[0].protocol == HTTP
