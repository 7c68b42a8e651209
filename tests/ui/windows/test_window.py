"""The window over the real core: sending to the lab, choosing, cancelling, leaving."""

import json
import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from tests.support import authority
from tests.support.documents import as_request
from tests.support.keyring import MemoryKeyring
from workbench.core import choices, preferences
from workbench.core.credentials import IdentityRow, Kept
from workbench.core.draft import Draft
from workbench.core.exchange import Exchange, Outcome
from workbench.ui.certificates.password_change_dialog import PasswordChangeDialog
from workbench.ui.look import theme
from workbench.ui.tabs.request.request_document import RequestDocument
from workbench.ui.tabs.request.sending import Sending
from workbench.ui.windows.main_window import MainWindow
from workbench.ui.windows.page_kinds import PAGES

_PATIENCE = 20_000


def press(part: QWidget, words: str) -> None:
    next(button for button in part.findChildren(QPushButton) if button.text().replace("&", "") == words).click()


def test_every_page_has_its_command_and_its_place(window: MainWindow) -> None:
    for kind in PAGES:
        window.commands[kind.name].trigger()
        assert window.pages.page(kind.name).isVisible()
        assert window.commands[kind.name].isChecked()
        assert window.state().page == kind.name
    assert set(window.state().page_splits) == {"identities", "trust"}


def sending_of(tab: RequestDocument) -> Sending:
    found = tab.findChild(Sending)
    assert isinstance(found, Sending)
    return found


def try_the_lab(window: MainWindow, qtbot: QtBot) -> RequestDocument:
    button = next(b for b in window.findChildren(QPushButton) if b.accessibleName() == "Try it with the lab")
    button.click()
    qtbot.waitUntil(lambda: window.pages.documents.count() == 1, timeout=_PATIENCE)
    return as_request(window.pages.documents.current())


def lab_draft(url: str, trust: str) -> Draft:
    return Draft(url=url, variables=choices.write((), choices.Choices(identity="alice", trust=trust)))


def send(window: MainWindow, tab: RequestDocument, qtbot: QtBot) -> Exchange:
    window.commands["send"].trigger()
    send_button = next(b for b in tab.findChildren(QPushButton) if b.accessibleName() == "Send")
    assert not send_button.isEnabled()
    qtbot.waitUntil(send_button.isEnabled, timeout=_PATIENCE)
    exchange = tab.response.exchange()
    assert exchange is not None
    return exchange


def test_first_start(window: MainWindow) -> None:
    assert window.windowTitle().startswith("mTLS Workbench")
    names = {button.accessibleName() for button in window.findChildren(QPushButton)}
    assert {"Try it with the lab", "Import an identity", "New request"} <= names


def test_the_sidebars_have_their_names(window: MainWindow) -> None:
    names = {table.accessibleName() for table in window.findChildren(QTableView)}
    assert {"Identities", "Trust bundles"} <= names


def test_one_click_on_the_lab_and_one_on_send(window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot) -> None:
    tab = try_the_lab(window, qtbot)
    exchange = send(window, tab, qtbot)
    assert exchange.outcome is Outcome.RESPONSE
    assert exchange.response is not None
    assert exchange.response.status == 200
    assert exchange.handshake is not None
    assert exchange.handshake.client.identity == "alice"
    echoed = json.loads(exchange.response.body.read())
    assert echoed["method"] == "POST"
    assert echoed["path"] == "/order/update"
    assert len(keyring.entries) == 1


def test_the_lab_without_a_keyring_stays_in_memory(window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot) -> None:
    keyring.available = False
    tab = try_the_lab(window, qtbot)
    assert send(window, tab, qtbot).outcome is Outcome.RESPONSE
    stored = Path(os.environ["MTLS_WORKBENCH_HOME"]) / "identities"
    assert not list(stored.glob("*/key.pem"))


def test_cancel_ends_at_once(window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot) -> None:
    tab = try_the_lab(window, qtbot)
    tab.show_draft(lab_draft(tab.draft().url.replace("order/update", "delay/30"), trust="lab"))
    window.commands["send"].trigger()
    cancel = next(b for b in tab.findChildren(QPushButton) if b.accessibleName() == "Cancel")
    assert cancel.isEnabled()
    QTest.qWait(200)
    cancel.click()
    qtbot.waitUntil(lambda: tab.response.exchange() is not None, timeout=3_000)
    exchange = tab.response.exchange()
    assert exchange is not None
    assert exchange.outcome is Outcome.CANCELLED


def test_a_tab_may_close_while_it_sends(window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot) -> None:
    tab = try_the_lab(window, qtbot)
    window.commands["send"].trigger()
    window.commands["close"].trigger()
    assert window.pages.documents.count() == 0
    qtbot.waitUntil(lambda: not window._bridge.busy, timeout=_PATIENCE)
    assert tab not in window.pages.documents.documents()


def test_tabs_are_opened_duplicated_and_closed(window: MainWindow) -> None:
    documents = window.pages.documents
    window.commands["new"].trigger()
    documents.open(
        Draft(
            method="PUT", url="https://example.test/a/b", variables=choices.write((), choices.Choices(trust="mozilla"))
        )
    )
    window.commands["duplicate"].trigger()
    assert [documents.tabText(place) for place in range(3)] == ["New request", "PUT a/b", "PUT a/b"]
    current = as_request(documents.current())
    assert current.panel.trust() == ("mozilla",)
    window.commands["next"].trigger()
    assert documents.currentIndex() == 0
    for _time in range(3):
        window.commands["close"].trigger()
    assert documents.count() == 0


def test_an_identity_that_asks_for_its_password(window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot) -> None:
    keyring.available = False
    tab = try_the_lab(window, qtbot)
    files = Path(os.environ["MTLS_WORKBENCH_HOME"]).parent / "mine.pem"
    files.write_bytes(authority.pem(authority.client(authority.root(), "mine"), password="right"))
    importing = window.pages.importing
    importing.start([files])
    dialog = importing._dialog
    assert dialog is not None
    qtbot.waitUntil(dialog._read.isVisible, timeout=_PATIENCE)
    dialog._password.setText("wrong")
    dialog._read.click()
    qtbot.waitUntil(lambda: "does not open" in dialog.message.words(), timeout=_PATIENCE)
    dialog._password.setText("right")
    dialog._read.click()
    qtbot.waitUntil(dialog.action.isVisible, timeout=_PATIENCE)
    dialog.action.click()
    qtbot.waitUntil(dialog._keeping.ask, timeout=_PATIENCE)  # proposed, since there is no keyring
    with qtbot.waitSignal(importing.identity_stored, timeout=_PATIENCE):
        dialog.action.click()
    assert tab.panel.identity() == "alice"  # it is offered
    press(window.pages.undoing.toast, "Use for This Request")
    assert tab.panel.identity() == "mine"
    window.commands["send"].trigger()
    sending = sending_of(tab)
    qtbot.waitUntil(lambda: sending._dialog is not None, timeout=_PATIENCE)
    password = sending._dialog
    assert password is not None
    for text in ("wrong", "right"):
        password._field.setText(text)
        password.action.click()
        qtbot.waitUntil(password._field.isEnabled if text == "wrong" else lambda: sending._dialog is None)
    qtbot.waitUntil(lambda: tab.response.exchange() is not None, timeout=_PATIENCE)
    exchange = tab.response.exchange()
    assert exchange is not None
    assert exchange.failure is not None
    assert exchange.failure.code == "client-certificate-untrusted"


def test_a_dropped_file_is_imported(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "roots.pem"
    file.write_bytes(authority.chain_pem(authority.root("Dropped Root")))
    window.commands["new"].trigger()
    url = next(line for line in window.findChildren(QLineEdit) if line.accessibleName() == "URL")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(2, 2), *how)
    QApplication.sendEvent(url, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(url, QDropEvent(QPointF(2, 2), *how))
    qtbot.waitUntil(lambda: window.pages.importing._dialog is not None, timeout=_PATIENCE)
    dialog = window.pages.importing._dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.action.isVisible, timeout=_PATIENCE)
    with qtbot.waitSignal(window.pages.importing.bundle_stored, timeout=_PATIENCE) as stored:
        dialog.action.click()
    assert stored.args == ["roots"]
    qtbot.waitUntil(lambda: window.pages.trust.model.place("roots") >= 0, timeout=_PATIENCE)
    assert url.text() == ""


def test_a_bundle_is_renamed_and_removed(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "mine.pem"
    file.write_bytes(authority.chain_pem(authority.root()))
    page, importing = window.pages.trust, window.pages.importing
    importing.start([file])
    dialog = importing._dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.action.isVisible, timeout=_PATIENCE)
    dialog.action.click()
    qtbot.waitUntil(lambda: page.model.place("mine") >= 0, timeout=_PATIENCE)
    page.default_chosen.emit(("system", "mine"))
    page.model.setData(page.model.index(page.model.place("mine"), 0), "ours")
    qtbot.waitUntil(lambda: page.model.place("ours") >= 0, timeout=_PATIENCE)
    assert window._settings.value(preferences.TRUST) == ("system", "ours")
    page.choose("ours")
    press(page, "Remove")
    qtbot.waitUntil(lambda: page.model.place("ours") < 0, timeout=_PATIENCE)
    assert window._settings.value(preferences.TRUST) == ("system",)
    press(window.pages.undoing.toast, "Undo")
    qtbot.waitUntil(lambda: page.model.place("ours") >= 0, timeout=_PATIENCE)
    assert window._settings.value(preferences.TRUST) == ("system", "ours")


def test_what_cannot_be_imported_is_said_in_the_dialog(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.pages.importing.start([tmp_path / "missing.p12"])
    dialog = window.pages.importing._dialog
    assert dialog is not None
    qtbot.waitUntil(dialog._banner.isVisible, timeout=_PATIENCE)
    assert dialog._more.isVisible()
    dialog.reject()


def test_how_it_is_left_is_remembered(window: MainWindow) -> None:
    window.commands["dark"].trigger()
    assert theme.is_dark()
    window.commands["trust"].trigger()
    window.close()
    settings = json.loads((Path(os.environ["MTLS_WORKBENCH_HOME"]) / "settings.json").read_text())
    assert settings["windows"]["default"]["geometry"]
    assert settings["windows"]["default"]["page"] == "trust"


def test_every_field_has_an_accessible_name(window: MainWindow) -> None:
    window.commands["new"].trigger()
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for kind in (QLineEdit, QTableView)
        for widget in window.findChildren(kind)
        if not _name(widget) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert nameless == []


def _name(widget: QWidget) -> str:
    parent = widget.parentWidget()
    inside = parent is not None and parent.focusProxy() is not widget and parent.accessibleName()
    return widget.accessibleName() or (inside or "")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_both_schemes(qapp: QApplication, scheme: str) -> None:
    palette = theme.palette(dark=scheme == "dark")
    role = palette.ColorRole
    for ground, ink in (
        (role.Window, role.WindowText),
        (role.Base, role.Text),
        (role.Base, role.PlaceholderText),
        (role.Button, role.ButtonText),
        (role.Highlight, role.HighlightedText),
    ):
        assert _contrast(palette.color(ground), palette.color(ink)) >= 4.5, (ground, ink)


def _contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.1, 1.4.3."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_password_of_an_identity_is_changed(window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot) -> None:
    tab = try_the_lab(window, qtbot)
    page = window.pages.identities
    qtbot.waitUntil(lambda: page.model.place("alice") >= 0, timeout=_PATIENCE)
    page.choose("alice")
    _change_password(window, qtbot, new="mine")
    qtbot.waitUntil(lambda: not keyring.entries and page.chosen() is not None, timeout=_PATIENCE)
    qtbot.waitUntil(lambda: _kept(window, "alice") is Kept.ASK, timeout=_PATIENCE)
    tab.panel.send()
    sending = sending_of(tab)
    qtbot.waitUntil(lambda: sending._dialog is not None, timeout=_PATIENCE)
    assert sending._dialog is not None
    sending._dialog.reject()
    dialog = _open_change(window)
    assert not dialog.action.isEnabled()
    for present in ("wrong", "mine"):
        dialog._present.setText(present)
        dialog._keeping._keyring.setChecked(True)
        dialog.action.click()
        if present == "wrong":
            qtbot.waitUntil(lambda: "does not open" in dialog.message.words(), timeout=_PATIENCE)
    qtbot.waitUntil(lambda: _kept(window, "alice") is Kept.KEYRING, timeout=_PATIENCE)
    assert len(keyring.entries) == 1
    assert send(window, tab, qtbot).outcome is Outcome.RESPONSE


def test_lent_identities_leave_with_the_lab(window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot) -> None:
    try_the_lab(window, qtbot)
    page = window.pages.identities
    qtbot.waitUntil(lambda: page.model.place("lab-bob") >= 0, timeout=_PATIENCE)
    window.pages.lab._switch.click()
    qtbot.waitUntil(lambda: page.model.place("lab-bob") < 0, timeout=_PATIENCE)
    assert [row.name for row in page.model.rows()] == ["alice"]


def test_the_server_is_pinned_and_another_identity_used(
    window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot
) -> None:
    tab = try_the_lab(window, qtbot)
    exchange = send(window, tab, qtbot)
    assert exchange.handshake is not None
    shown = tab.response._tls
    shown._pin.click()
    pin = exchange.handshake.peer.presented[0].spki_sha256
    assert choices.read(tab.draft().variables).pin == pin
    others = [shown._client._model.node(index) for index in shown._client._model.indexes()]
    bob = next(place for place, node in enumerate(others) if node is not None and node.texts[0] == "lab-bob")
    names = {node.texts[0] for node in others if node is not None and isinstance(node.item, IdentityRow)}
    assert names == {"lab-bob"}
    shown._client._tree.setCurrentIndex(list(shown._client._model.indexes())[bob])
    shown._use.click()
    exchange = send(window, tab, qtbot)
    assert exchange.handshake is not None
    assert exchange.outcome is Outcome.RESPONSE
    assert exchange.handshake.client.identity == "lab-bob"


def test_an_authority_is_trusted_from_the_tls_tab(window: MainWindow, keyring: MemoryKeyring, qtbot: QtBot) -> None:
    tab = try_the_lab(window, qtbot)
    tab.show_draft(lab_draft(tab.draft().url, trust="mozilla"))
    exchange = send(window, tab, qtbot)
    assert exchange.failure is not None
    tab.response._tls._trust.click()
    dialog = window.pages.importing._dialog
    assert dialog is not None
    with qtbot.waitSignal(window.pages.importing.authority_stored, timeout=_PATIENCE):
        dialog.action.click()
    assert len(tab.panel.trust()) == 2


def _kept(window: MainWindow, name: str) -> Kept:
    model = window.pages.identities.model
    row = model.row(model.index(model.place(name), 0))
    assert row is not None
    return row.kept


def _open_change(window: MainWindow) -> PasswordChangeDialog:
    window.pages.identities._password.click()
    dialog = window.pages._passwords._dialog
    assert dialog is not None
    return dialog


def _change_password(window: MainWindow, qtbot: QtBot, *, new: str) -> None:
    dialog = _open_change(window)
    dialog._keeping._ask.setChecked(True)
    assert not dialog.action.isEnabled()
    dialog._keeping._new.setText(new)
    dialog._keeping._again.setText(new)
    dialog.action.click()
    qtbot.waitUntil(lambda: window.pages._passwords._dialog is None, timeout=_PATIENCE)


def test_an_empty_window_begins_with_the_lab(window: MainWindow) -> None:
    focused = window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Try it with the lab"
