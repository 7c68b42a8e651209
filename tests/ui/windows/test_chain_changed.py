"""Another certificate of a server that was met before is said unasked, and nothing is said when nothing changed."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QListView, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.documents import as_request
from tests.support.servers.broken import playing, secure, sends, server_context
from tests.support.servers.material import Material, material
from workbench.core import choices
from workbench.core.draft import Draft
from workbench.ui.tabs.request.request_document import RequestDocument
from workbench.ui.windows.main_window import MainWindow

_PATIENCE = 20_000
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"


@pytest.fixture(scope="module")
def issued() -> Iterator[Material]:
    with material() as made:
        yield made


def send(window: MainWindow, tab: RequestDocument, qtbot: QtBot) -> str:
    """Send what the tab shows; everything that the list of findings says."""
    before = tab.response.exchange()
    window.commands["send"].trigger()
    button = next(b for b in tab.findChildren(QPushButton) if b.accessibleName() == "Send")
    qtbot.waitUntil(lambda: tab.response.exchange() is not before and button.isEnabled(), timeout=_PATIENCE)
    found = next(view for view in tab.findChildren(QListView) if view.accessibleName() == "Findings")
    exchange = tab.response.exchange()
    assert exchange is not None
    assert exchange.response is not None, exchange.failure
    if found.isHidden() or not found.isVisibleTo(tab):
        return ""
    model = found.model()
    return "\n".join(str(model.index(row, 0).data()) for row in range(model.rowCount()))


def test_another_certificate_on_the_same_port(window: MainWindow, issued: Material, qtbot: QtBot) -> None:
    context = server_context(issued)
    context.num_tickets = 0  # a resumed session shows no certificates
    with playing(secure(context, sends(_ANSWER))) as stage, tempfile.TemporaryDirectory() as folder:
        trusted = Path(folder) / "test-root.pem"
        trusted.write_text(issued.root.certificate.pem)
        stored: list[object] = []
        window._bridge.read_files(
            [trusted],
            None,
            trust=True,
            done=lambda found: window._bridge.store(
                found, "test-root", None, ask=False, done=stored.append, failed=pytest.fail
            ),
            failed=pytest.fail,
        )
        qtbot.waitUntil(lambda: bool(stored), timeout=_PATIENCE)
        chosen = choices.write((), choices.Choices(trust="test-root"))
        tab = as_request(window.pages.documents.open(Draft(url=stage.url, variables=chosen)))
        assert "before" not in send(window, tab, qtbot)
        assert "new key" not in send(window, tab, qtbot)
        context.load_cert_chain(issued.chain_file("server-ec"), issued.key_file("server-ec"))
        said = send(window, tab, qtbot)
        assert "new key" in said, said
        assert "new key" not in send(window, tab, qtbot)
