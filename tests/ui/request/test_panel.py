"""The request panel: what is shown is what is sent, and trouble is said at its place."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from workbench.core.request import Request, Timeouts
from workbench.core.tls.handshake import ClientProof, Handshake
from workbench.core.tls.policy import TLSPolicy, Version
from workbench.lab.identities import make_material
from workbench.ui.models.stock import IdentityRow, Kept
from workbench.ui.request.body import json_trouble
from workbench.ui.request.panel import RequestPanel
from workbench.ui.request.url import short_url, url_trouble

FULL = Request(
    method="PURGE",
    url="https://example.test:8443/a?b=c",
    headers=(("X-One", "1"), ("X-Two", "2"), ("Content-Type", "application/json")),
    body=b'{"a": "\xc3\xa9"}',
    identity="alice",
    trust=("lab", "system"),
    policy=TLSPolicy(
        minimum=Version.TLS1_2,
        maximum=Version.TLS1_2,
        ciphers="ECDHE+AESGCM",
        suites="TLS_AES_128_GCM_SHA256",
        groups="x25519",
        signature_algorithms="ecdsa_secp256r1_sha256",
        sni="other.test",
        verify=False,
        pin="ab" * 32,
    ),
    http_version="1.1",
    timeouts=Timeouts(connect=1.0, tls=2.0, read=3.0, write=None, total=5.0),
    proxy="http://proxy.test:3128",
    connect_to="127.0.0.1:9",
    follow_redirects=True,
)


@pytest.fixture
def panel(qtbot: QtBot) -> RequestPanel:
    made = RequestPanel()
    qtbot.addWidget(made)
    made.show()
    return made


def named(panel: QWidget, kinds: Sequence[type[QWidget]], name: str) -> QWidget:
    found = [widget for kind in kinds for widget in panel.findChildren(kind) if widget.accessibleName() == name]
    assert len(found) == 1, f"{len(found)} widgets are called {name}"
    return found[0]


@pytest.mark.parametrize(
    "request_",
    [
        Request(url="https://example.test/"),
        FULL,
        replace(FULL, proxy="", policy=replace(FULL.policy, sni="", resume=False), reuse=False, http_version="2"),
    ],
)
def test_what_is_shown_is_what_is_read(panel: RequestPanel, request_: Request) -> None:
    panel.show_request(request_)
    assert panel.request() == request_


def test_the_fixed_names(panel: RequestPanel) -> None:
    for name, kind in (("URL", QLineEdit), ("Send", QPushButton), ("Cancel", QPushButton), ("Trust", QPushButton)):
        named(panel, [kind], name)
    for name in ("Method", "Identity"):
        combo = named(panel, [QComboBox], name)
        labels = [label.text().replace("&", "") for label in panel.findChildren(QLabel) if label.buddy() is combo]
        assert labels == [name]


def test_a_bad_url_is_said_at_the_field(panel: RequestPanel, qtbot: QtBot) -> None:
    panel.show_request(Request(url="ftp://example.test"))
    with qtbot.assertNotEmitted(panel.send_requested):
        panel.send()
    assert "ftp" in panel._url_message.words()
    panel.show_request(Request(url="https://example.test"))
    assert panel._url_message.words() == ""


def test_return_in_the_url_sends(panel: RequestPanel, qtbot: QtBot) -> None:
    url = named(panel, [QLineEdit], "URL")
    QTest.keyClicks(url, "example.test/x")
    with qtbot.waitSignal(panel.send_requested) as sent:
        QTest.keyClick(url, Qt.Key.Key_Return)
    assert sent.args[0].url == "https://example.test/x"


def test_an_impossible_policy_is_not_sent(panel: RequestPanel, qtbot: QtBot) -> None:
    policy = TLSPolicy(minimum=Version.TLS1_3, maximum=Version.TLS1_2)
    panel.show_request(Request(url="https://example.test", policy=policy))
    with qtbot.assertNotEmitted(panel.send_requested):
        panel.send()


def test_insecure_choices_are_loud(panel: RequestPanel) -> None:
    panel.show_request(replace(FULL, policy=TLSPolicy(minimum=Version.TLS1_0, verify=False)))
    assert "Verification is off" in panel._tls._loud.words()
    assert "broken" in panel._tls._loud.words()


def test_an_expired_identity_warns_before_sending(panel: RequestPanel) -> None:
    rows = [IdentityRow(name, made.chain, Kept.ASK) for name, made in make_material().identities.items()]
    panel.show_identities(rows)
    for name, words in (("expired", "expired on"), ("not-yet-valid", "not valid before"), ("gone", "not among")):
        panel.choose_identity(name)
        assert words in panel._warning.words()
        assert panel.request().identity == name
    panel.choose_identity("alice")
    assert panel._warning.words() == ""


def test_identities_that_fit_come_first(panel: RequestPanel) -> None:
    material = make_material()
    rows = [IdentityRow(name, made.chain, Kept.ASK) for name, made in sorted(material.identities.items())]
    panel.show_identities(rows)
    issuer = material.identities["wrong-ca"].certificate.issuer
    panel.show_handshake(Handshake(client=ClientProof(requested=True, acceptable_authorities=(issuer,))))
    chip = named(panel, [QComboBox], "Identity")
    assert isinstance(chip, QComboBox)
    assert chip.itemText(0).startswith("wrong-ca")
    assert "fits" in chip.itemText(0)


def test_headers_that_are_off_are_not_sent(panel: RequestPanel) -> None:
    panel.show_request(Request(url="https://example.test", headers=(("A", "1"), ("B", "2"))))
    model = panel._headers.model
    model.setData(model.index(0, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert panel.request().headers == (("B", "2"),)


def test_tab_goes_through_the_bar_in_reading_order(panel: RequestPanel) -> None:
    wanted = ["Method", "URL", "Send", "Identity", "Trust"]
    chain: list[str] = []
    widget = panel.nextInFocusChain()
    while widget is not None and widget is not panel:
        if widget.accessibleName() in wanted:
            chain.append(widget.accessibleName())
        widget = widget.nextInFocusChain()
    assert chain == wanted


@pytest.mark.parametrize(("text", "words"), [("{", "line 1"), ('{"a": 1}', ""), ("[1,]", "column"), ("[" * 9999, "")])
def test_json_is_checked(text: str, words: str) -> None:
    assert words in json_trouble(text)


@pytest.mark.parametrize("text", ["", "https://", "https://a b/", "https://x:99999/", "https://[::1", "mailto://x"])
def test_urls_that_cannot_be_sent(text: str) -> None:
    assert url_trouble(text)


def test_urls_are_shortened_for_tabs() -> None:
    assert short_url("https://example.test:8443/order/update?x=1") == "order/update"
    assert short_url("example.test") == "example.test"
    assert short_url("::") == "::"


def test_tab_goes_through_the_headers_and_out_again(panel: RequestPanel, qtbot: QtBot) -> None:
    panel.activateWindow()
    table = panel._headers._table
    table.setFocus(Qt.FocusReason.TabFocusReason)
    table.setCurrentIndex(panel._headers.model.index(0, 0))
    for text in ("X-One", "first", "X-Two", "second"):
        editor = table.findChildren(QLineEdit)[-1]
        qtbot.waitUntil(editor.hasFocus)
        editor.setText(text)
        QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert panel.request().headers == (("X-One", "first"), ("X-Two", "second"))
    QTest.keyClick(table.findChildren(QLineEdit)[-1], Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not table.isAncestorOf(QApplication.focusWidget() or table) and not table.hasFocus())
