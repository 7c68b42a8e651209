"""Tabs that come back: after closing, after a kill, with what is in their files, and without their secrets."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from tests.support.documents import as_request
from tests.support.keyring import MemoryKeyring
from workbench.core.collection import Collection
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import SENSITIVE, BearerAuth, Draft, RawBody, RawKind
from workbench.core.errors import StorageError
from workbench.core.storage import Home
from workbench.core.workspace.request_file import Opening
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.flows.session_restore import SessionRestore
from workbench.ui.runner import Runner
from workbench.ui.settings import WindowState
from workbench.ui.tabs.context import DocumentContext
from workbench.ui.tabs.document_tabs import DocumentTabs

pytestmark = pytest.mark.usefixtures("keyring")


class Place:
    """A window of nothing but tabs."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.bridge = Bridge(Runner())
        self.troubles: list[StorageError] = []
        self.bridge.troubled.connect(self.troubles.append)
        self.documents = DocumentTabs(DocumentContext(self.bridge, self.window))
        self.documents.setParent(self.window)
        self.session = SessionRestore(self.bridge, self.documents)
        self.session.restore()
        qtbot.waitUntil(lambda: self.session._ready or bool(self.troubles))

    def open_saved(self, location: DraftLocation) -> None:
        """Open a request of a collection."""
        found: list[Opening] = []
        self.bridge.library.load(location, found.append)
        self.qtbot.waitUntil(lambda: bool(found))
        self.documents.open(found[0].draft, DraftLocation(location.collection, location.item), found[0].stamp)

    def urls(self) -> list[str]:
        """What the tabs show."""
        return [tab.draft().url for tab in self.documents.documents()]


@contextmanager
def opened(qtbot: QtBot) -> Iterator[Place]:
    place = Place(qtbot)
    yield place
    assert place.bridge.close(WindowState())
    qtbot.waitUntil(lambda: not place.bridge.busy)  # what has ended is told before the window goes


def kept() -> Path:
    return Home.default().workspaces / "default" / "drafts.json"


def on_disk() -> list[str]:
    document: dict[str, Any] = json.loads(kept().read_bytes()) if kept().exists() else {"tabs": []}
    return [tab["draft"].get("url", "") for tab in document["tabs"]]


def test_tabs_come_back_in_their_order_with_the_one_in_front(qtbot: QtBot) -> None:
    with opened(qtbot) as place:
        for number in range(3):
            place.documents.open(Draft(url=f"https://{number}/", method="PUT"))
        place.documents.setCurrentIndex(1)
    with opened(qtbot) as place:
        assert place.urls() == ["https://0/", "https://1/", "https://2/"]
        assert place.documents.currentIndex() == 1
        assert place.troubles == []


def test_what_is_typed_is_on_the_disk_a_moment_later(qtbot: QtBot) -> None:
    with opened(qtbot) as place:
        tab = as_request(place.documents.open(Draft(url="https://a/")))
        qtbot.waitUntil(lambda: on_disk() == ["https://a/"], timeout=3000)
        tab.panel.address.line.setText("https://a/typed")
        qtbot.waitUntil(lambda: on_disk() == ["https://a/typed"], timeout=3000)


def test_the_last_letters_before_closing_are_kept(qtbot: QtBot) -> None:
    with opened(qtbot) as place:
        as_request(place.documents.open(Draft(url="https://a/"))).panel.address.line.setText("https://last")
    assert on_disk() == ["https://last"]


def test_a_closed_tab_can_be_opened_again_after_a_new_start(qtbot: QtBot) -> None:
    with opened(qtbot) as place:
        place.documents.open(Draft(url="https://closed/"))
        place.documents.close_tab(0)
    with opened(qtbot) as place:
        assert place.urls() == []
        place.documents.reopen_closed()
        assert place.urls() == ["https://closed/"]


def test_secrets_are_missing_afterwards_and_that_is_said(qtbot: QtBot) -> None:
    with opened(qtbot) as place:
        place.documents.open(Draft(url="https://a/", auth=BearerAuth("hunter2")))
    assert b"hunter2" not in kept().read_bytes()
    with opened(qtbot) as place:
        (tab,) = place.documents.documents()
        assert "token" in tab.banner.accessibleDescription()


def test_a_saved_request_is_compared_with_its_file_again(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "collection"
    collection = Collection.create(folder, "Orders")
    paths = [collection.add(Path(), Draft(name=name, url=f"https://{name}/")) for name in ("same", "other", "changed")]
    with opened(qtbot) as place:
        locations: list[DraftLocation] = []
        place.bridge.library.open(folder, locations.append)
        qtbot.waitUntil(lambda: bool(locations))
        for path in paths:
            place.open_saved(DraftLocation(locations[0].collection, path))
        as_request(place.documents.documents()[2]).panel.address.line.setText("https://typed/")
    loaded = collection.load(paths[1])
    collection.save(paths[1], Draft(name="other", url="https://outside/"), loaded.stamp)
    with opened(qtbot) as place:
        qtbot.waitUntil(lambda: place.urls() == ["https://same/", "https://outside/", "https://typed/"])
        tabs = place.documents.documents()
        qtbot.waitUntil(lambda: tabs[2].saved.url == "https://changed/")
        assert [tab.unsaved() for tab in tabs] == [False, False, True]


def test_a_sensitive_body_is_kept_in_its_own_file_only_and_not_emptied_there(qtbot: QtBot, tmp_path: Path) -> None:
    folder, body = tmp_path / "collection", RawBody(RawKind.TEXT, "between us")
    collection = Collection.create(folder, "Orders")
    item = collection.add(Path(), Draft(name="private", url="https://a/", body=body, tags=(SENSITIVE,)))
    with opened(qtbot) as place:
        locations: list[DraftLocation] = []
        place.bridge.library.open(folder, locations.append)
        qtbot.waitUntil(lambda: bool(locations))
        place.open_saved(DraftLocation(locations[0].collection, item))
        as_request(place.documents.documents()[0]).panel.address.line.setText("https://typed/")
    assert b"between us" not in kept().read_bytes()
    with opened(qtbot) as place:
        (tab,) = place.documents.documents()
        qtbot.waitUntil(lambda: tab.saved.url == "https://a/")
        assert (tab.draft().url, tab.draft().body) == ("https://typed/", body)


def test_nothing_is_saved_over_what_a_newer_version_wrote(qtbot: QtBot) -> None:
    kept().parent.mkdir(parents=True)
    kept().write_text('{"format": 99}')
    with opened(qtbot) as place:
        assert "newer version" in place.troubles[0].title
        place.documents.open(Draft(url="https://a/"))
    assert kept().read_text() == '{"format": 99}'


def test_a_damaged_file_is_told_and_work_goes_on(qtbot: QtBot, keyring: MemoryKeyring) -> None:
    kept().parent.mkdir(parents=True)
    kept().write_text("{")
    with opened(qtbot) as place:
        qtbot.waitUntil(lambda: place.session._ready)
        assert "damaged" in place.troubles[0].title
        place.documents.open(Draft(url="https://a/"))
    assert on_disk() == ["https://a/"]
