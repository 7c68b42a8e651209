"""A response kept as an example: in the file of its request, without the secrets of either."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from tests.support.documents import as_request
from tests.support.keyring import MemoryKeyring
from workbench.core.collection import Collection
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft, Field, RawBody, RawKind
from workbench.core.exchange import Body, Response
from workbench.core.workspace.examples import KeptExample, example_of
from workbench.ui.compare.compare_dialog import CompareDialog
from workbench.ui.compare.line_rows import LEFT
from workbench.ui.response.body.body_bar import BodyBar
from workbench.ui.tabs.request.request_document import RequestDocument
from workbench.ui.windows.main_window import MainWindow

_PATIENCE = 20_000


def test_what_is_secret_stays_out_of_an_example() -> None:
    draft = Draft(
        method="POST",
        url="https://user:hunter2@{{host}}/x",
        headers=(Field("Authorization", "Bearer hunter2"), Field("X-A", "{{a}}"), Field("X-Off", "1", on=False)),
        body=RawBody(RawKind.JSON, '{"a": {{a}}}'),
    )
    response = Response(201, "Created", headers=(("Content-Type", "application/json"), ("Set-Cookie", "s=hunter2")))
    made = example_of(draft, response)
    assert "hunter2" not in "".join((made.url, *(field.value for field in (*made.request_headers, *made.headers))))
    assert made.name == "201 Created"
    assert made.request_body == '{"a": {{a}}}'
    assert [field.name for field in made.headers] == ["Content-Type"]
    assert [field.name for field in made.request_headers] == ["Authorization", "X-A"]


def test_bodies_say_of_what_kind_they_are() -> None:
    for content_type, data, kind, body in (
        ("application/json", b"[1]", "json", "[1]"),
        ("text/html; charset=latin-1", b"\xe9", "html", "é"),
        ("application/soap+xml", b"<a/>", "xml", "<a/>"),
        ("text/plain", b"x", "text", "x"),
        ("text/plain; title=html", b"x", "text", "x"),
        ("application/xhtml+xml", b"<p/>", "html", "<p/>"),
        ("image/png", b"\x89PNG\xff", "binary", "iVBOR/8="),
    ):
        response = Response(200, headers=(("Content-Type", content_type),), body=Body(data, size=len(data)))
        made = example_of(Draft(), response)
        assert (made.body_kind, made.body) == (kind, body)


def test_an_example_lands_in_the_file_and_the_request_stays_saved(
    window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot, tmp_path: Path
) -> None:
    window.try_the_lab()
    documents = window.pages.documents
    qtbot.waitUntil(lambda: documents.count() == 1, timeout=_PATIENCE)
    tab = as_request(documents.current())
    tab.panel.send()
    qtbot.waitUntil(lambda: tab.response.exchange() is not None, timeout=_PATIENCE)
    assert not offered(tab), "there is no file yet to keep it in"
    collection = Collection.create(tmp_path / "shop", "Shop")
    item = collection.add(Path(), tab.draft())
    loaded = collection.load(item)
    documents.mark_saved(tab, tab.draft(), DraftLocation(collection.root, item), loaded.stamp)
    with qtbot.waitSignal(window._bridge.library.changed, timeout=_PATIENCE):
        window._bridge.library.open(collection.root, lambda _there: None)
    before = (collection.root / item).read_text("utf-8")
    offered(tab)["Set as Example"].trigger()
    qtbot.waitUntil(lambda: (collection.root / item).read_text("utf-8") != before, timeout=_PATIENCE)
    qtbot.waitUntil(lambda: tab.stamp != loaded.stamp, timeout=_PATIENCE)
    written = (collection.root / item).read_text("utf-8")
    assert "200 OK" in written
    assert tab.stamp == collection.load(item).stamp
    assert not tab.unsaved()
    offered(tab)["Compare with Example…"].trigger()
    qtbot.waitUntil(lambda: window.findChild(CompareDialog) is not None, timeout=_PATIENCE)
    compared = window.findChild(CompareDialog)
    assert isinstance(compared, CompareDialog)
    qtbot.waitUntil(lambda: compared.view.model.headerData(LEFT, Qt.Orientation.Horizontal) == "Example: 200 OK")
    compared.close()


def test_an_example_is_the_response_that_it_was_made_of(
    window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot, tmp_path: Path
) -> None:
    collection = Collection.create(tmp_path / "shop", "Shop")
    item = collection.add(Path(), Draft(url="https://localhost/x"))
    made: list[KeptExample] = []
    window._bridge.library.open(collection.root, lambda _there: None)
    for content_type, data in (("application/json", b'{"a": 1}'), ("image/png", b"\x89PNG\xff")):
        response = Response(200, "OK", headers=(("Content-Type", content_type),), body=Body(data, size=len(data)))
        collection.add_example(item, example_of(Draft(url="https://localhost/x"), response))
    window._bridge.examples(DraftLocation(collection.root, item), done=made.extend, failed=pytest.fail)
    qtbot.waitUntil(lambda: len(made) == 2, timeout=_PATIENCE)
    assert [one.name for one in made] == ["200 OK"] * 2
    responses = [one.exchange.response for one in made]
    assert [one.body.read() for one in responses if one is not None] == [b'{"a": 1}', b"\x89PNG\xff"]


def offered(tab: RequestDocument) -> dict[str, QAction]:
    """What the response's menu offers to do with examples."""
    menu = tab.response.findChildren(BodyBar)[0]._more.menu()
    entries = {action.text().replace("&", ""): action for action in menu.actions() if action.isVisible()}
    return {words: action for words, action in entries.items() if "Example" in words}
