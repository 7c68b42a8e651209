"""An identity whose password is asked for: unlocking sends what was sent, giving up leaves nothing behind."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.support import authority
from tests.support.documents import as_request
from tests.support.keyring import MemoryKeyring
from tests.support.servers.broken import answers, playing
from tests.ui.flows.test_collections_in_the_window import press
from tests.ui.tabs.request.test_agreeing import answered, opened
from tests.ui.tabs.request.test_agreeing import asked as agreement
from workbench.core import choices
from workbench.core.draft import Draft, FileBody, FileChoice
from workbench.core.storage import Home, IdentityStore, PasswordKept
from workbench.core.tls.identity import Identity
from workbench.ui.widgets.password_dialog import PasswordDialog
from workbench.ui.windows.main_window import MainWindow

_PATIENCE = 20_000
_OK = answers(b"HTTP/1.1 204 No Content\r\n\r\n")
_NOWHERE = "https://127.0.0.1:1/"  # nobody listens there, and nobody has to


def keep_mine(window: MainWindow, qtbot: QtBot) -> None:
    made = authority.client(authority.root(), "mine")
    identity = Identity("mine", made.chain, made.key)
    IdentityStore(Home.default(), MemoryKeyring()).add(identity, password="right", keep=PasswordKept.ASK)
    window._bridge.refresh_stock()
    qtbot.waitUntil(lambda: window.pages.identities.model.place("mine") >= 0, timeout=_PATIENCE)


def draft(*, body: FileBody | None = None) -> Draft:
    return Draft(method="POST", url=_NOWHERE, variables=choices.write((), choices.Choices(identity="mine")), body=body)


def asked(window: MainWindow, qtbot: QtBot) -> PasswordDialog:
    qtbot.waitUntil(lambda: window.findChild(PasswordDialog) is not None, timeout=_PATIENCE)
    found = window.findChild(PasswordDialog)
    assert isinstance(found, PasswordDialog)
    return found


def test_giving_up_leaves_nothing_for_the_next_request(window: MainWindow, qtbot: QtBot) -> None:
    with playing(_OK) as server:
        keep_mine(window, qtbot)
        tab = as_request(window.pages.documents.open(draft()))
        window.commands["send-and-save"].trigger()
        asked(window, qtbot).reject()
        answered(tab, qtbot, code="password-needed")
        tab.show_draft(Draft(url=server.url.replace("https:", "http:")))
        window.commands["send"].trigger()
        answered(tab, qtbot, code="")
    assert window.findChild(QFileDialog) is None


def test_unlocking_sends_with_the_files_that_were_allowed(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("hush")
    keep_mine(window, qtbot)
    body = FileBody((FileChoice("../secret.txt"),))
    tab = opened(window, tmp_path / "theirs", draft(body=body), qtbot)
    window.commands["send"].trigger()
    press(agreement(tab, qtbot), "Agree and Send")
    dialog = asked(window, qtbot)
    dialog._field.setText("right")
    dialog.action.click()
    answered(tab, qtbot, code="connection-refused")
