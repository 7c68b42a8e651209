"""The request panel: what is shown is what is read, trouble is said at its place, and steps can be taken back."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from workbench.core import choices
from workbench.core.choices import Choices
from workbench.core.credentials import IdentityRow, Kept
from workbench.core.draft import (
    Assertion,
    BasicAuth,
    BearerAuth,
    Body,
    Draft,
    Field,
    FileBody,
    FileChoice,
    FormBody,
    GraphQLBody,
    MultipartBody,
    OAuth2Auth,
    OtherAuth,
    Param,
    ParamKind,
    Part,
    RawBody,
    RawKind,
    Settings,
    ValueKind,
    Variable,
)
from workbench.core.preferences import Preferences
from workbench.core.tls.handshake import ClientProof, Handshake
from workbench.core.tls.policy import Version
from workbench.core.variables import Layer, Scope, Value
from workbench.core.workspace.surroundings import Surroundings
from workbench.lab.identities import make_material
from workbench.ui.request.headers_page import HeadersPage
from workbench.ui.request.panel import RequestPanel
from workbench.ui.request.params_page import ParamsPage
from workbench.ui.request.request_pages import KINDS
from workbench.ui.request.tls.identity_menu import IdentityMenu
from workbench.ui.request.tls.tls_page import TLSPage
from workbench.ui.request.url import complete_url, short_url, url_trouble
from workbench.ui.widgets.banner import Banner

URL = "https://example.test:8443/a/:id?b=c&d={{e}}"
FULL = Draft(
    name="Everything",
    method="PURGE",
    url=URL,
    params=(
        Param("b", "c", description="first"),
        Param("off", "x", on=False),
        Param("d", "{{e}}"),
        Param("id", "7", ParamKind.PATH),
    ),
    headers=(Field("X-One", "1"), Field("X-Two", "2", on=False, description="later"), Field("X-One", "again")),
    body=RawBody(RawKind.JSON, '{"a": "é\u00a0{{e}}"}\r\n'),
    auth=BasicAuth("user", "{{secret}}"),
    variables=(
        Variable("e", "5", ValueKind.NUMBER),
        Variable("mtls.identity", "alice"),
        Variable("secret", "", secret=True),
        Variable("mtls.trust", "lab, system"),
        Variable("mtls.tls-min", "TLSv1.2"),
        Variable("mtls.tls-max", "1.2"),
        Variable("mtls.ciphers", "ECDHE+AESGCM"),
        Variable("mtls.suites", "TLS_AES_128_GCM_SHA256"),
        Variable("mtls.groups", "x25519"),
        Variable("mtls.signatures", "ecdsa_secp256r1_sha256"),
        Variable("mtls.sni", "other.test"),
        Variable("mtls.verify", "false"),
        Variable("mtls.pin", "ab" * 32),
        Variable("mtls.http", "1.1"),
        Variable("mtls.timeout-connect", "1"),
        Variable("mtls.timeout-tls", "{{e}}"),
        Variable("mtls.timeout-read", "0"),
        Variable("mtls.proxy", "http://proxy.test:3128"),
        Variable("mtls.connect-to", "127.0.0.1:9"),
        Variable("mtls.reuse", "false"),
        Variable("off", "1", on=False),
    ),
    assertions=(Assertion("res.status", "eq", "200"), Assertion("res.body.id", "isDefined", on=False)),
    settings=Settings(encode_url=False, timeout_ms=1500, follow_redirects=True, max_redirects=3),
    docs="# Read me\n",
    tags=("smoke", "sensitive"),
)
BODIES = (
    None,
    RawBody(RawKind.TEXT, ""),
    RawBody(RawKind.XML, "<a/>"),
    RawBody(RawKind.SPARQL, "SELECT *"),
    FormBody((Field("a", "1"), Field("b", "", on=False))),
    MultipartBody((Part("t", "text"), Part("f", files=("a.bin", "b.bin"), content_type="x/y", on=False))),
    FileBody((FileChoice("one.bin", selected=False), FileChoice("two.bin", "image/png"))),
    FileBody(),
    GraphQLBody("{ a }", '{"x": 1}'),
)
AUTHS = (None, OAuth2Auth(client_id="a", client_secret="b", pkce="", refresh=False), OtherAuth("ntlm"))


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


def open_all(panel: RequestPanel) -> None:
    for kind in KINDS:
        panel.pages.go_to(kind.key)


def line(panel: RequestPanel, name: str) -> QLineEdit:
    found = named(panel, [QLineEdit], name)
    assert isinstance(found, QLineEdit)
    return found


def params(panel: RequestPanel) -> ParamsPage:
    page = panel.pages.page("params")
    assert isinstance(page, ParamsPage)
    return page


def headers(panel: RequestPanel) -> HeadersPage:
    page = panel.pages.page("headers")
    assert isinstance(page, HeadersPage)
    return page


def tls(panel: RequestPanel) -> TLSPage:
    page = panel.pages.page("tls")
    assert isinstance(page, TLSPage)
    return page


@pytest.mark.parametrize("looked_at", [False, True])
@pytest.mark.parametrize(
    "draft",
    [
        Draft(),
        Draft(url="https://example.test/"),
        FULL,
        replace(FULL, variables=choices.write((), Choices(identity="none", sni="none", proxy="none", http="2"))),
        replace(FULL, variables=choices.write((), Choices(proxy="environment", tls_min="{{oldest}}"))),
        *(replace(FULL, body=body) for body in BODIES),
        *(replace(FULL, auth=auth) for auth in AUTHS),
    ],
)
def test_what_is_shown_is_what_is_read(panel: RequestPanel, draft: Draft, looked_at: bool) -> None:
    panel.show_draft(draft)
    if looked_at:
        open_all(panel)
    assert panel.draft() == draft


def test_one_draft_after_another_leaves_nothing_behind(panel: RequestPanel) -> None:
    panel.show_draft(FULL)
    open_all(panel)
    panel.show_draft(Draft())
    assert panel.draft() == Draft()


def test_the_fixed_names(panel: RequestPanel) -> None:
    for name, kind in (("URL", QLineEdit), ("Send", QPushButton), ("Cancel", QPushButton), ("Trust", QPushButton)):
        named(panel, [kind], name)
    for name in ("Method", "Identity"):
        combo = named(panel, [QComboBox], name)
        labels = [label.text().replace("&", "") for label in panel.findChildren(QLabel) if label.buddy() is combo]
        assert labels == [name]
    panel.show_draft(FULL)
    titles = [panel.pages.tabBar().accessibleTabName(place) for place in range(panel.pages.count())]
    assert titles[:5] == ["Params", "Headers", "Authorization", "Body", "TLS"]
    assert "Assertions" in titles


def test_a_bad_url_is_said_at_the_field(panel: RequestPanel, qtbot: QtBot) -> None:
    panel.show_draft(Draft(url="ftp://example.test"))
    with qtbot.assertNotEmitted(panel.send_requested):
        panel.send()
    assert "ftp" in panel.address.trouble()
    panel.show_draft(Draft(url="https://example.test"))
    assert panel.address.trouble() == ""


def test_an_undefined_variable_in_the_url_is_said_at_the_field(panel: RequestPanel, qtbot: QtBot) -> None:
    panel.show_draft(Draft(url="{{host}}/x"))
    with qtbot.assertNotEmitted(panel.send_requested):
        panel.send()
    assert "host" in panel.address.trouble()
    scope = Scope((Layer("environment Local", {"host": Value("https://example.test", "environment Local")}),))
    panel.show_surroundings(Surroundings(scope=scope))
    with qtbot.waitSignal(panel.send_requested) as sent:
        panel.send()
    assert sent.args[0].url == "{{host}}/x"


def test_return_in_the_url_sends(panel: RequestPanel, qtbot: QtBot) -> None:
    url = line(panel, "URL")
    QTest.keyClicks(url, "example.test/x")
    with qtbot.waitSignal(panel.send_requested) as sent:
        QTest.keyClick(url, Qt.Key.Key_Return)
    assert sent.args[0].url == "https://example.test/x"


def test_what_a_file_says_of_the_url_is_not_changed_by_sending(panel: RequestPanel, qtbot: QtBot) -> None:
    panel.show_draft(Draft(url="example.test/x"))
    with qtbot.waitSignal(panel.send_requested) as sent:
        panel.send()
    assert sent.args[0] == Draft(url="example.test/x")


def test_an_impossible_policy_is_not_sent(panel: RequestPanel, qtbot: QtBot) -> None:
    chosen = choices.write((), Choices(tls_min="1.3", tls_max="1.2"))
    panel.show_draft(Draft(url="https://example.test", variables=chosen))
    with qtbot.assertNotEmitted(panel.send_requested):
        panel.send()
    assert panel.pages.currentIndex() == 4
    assert "above the maximum" in tls(panel)._loud.words()


def test_insecure_choices_are_loud(panel: RequestPanel) -> None:
    panel.show_draft(Draft(variables=choices.write((), Choices(tls_min="1.0", verify="false"))))
    assert "Verification is off" in tls(panel)._loud.words()
    assert "insecure" in tls(panel)._loud.words()


def test_what_is_insecure_by_inheritance_is_loud_too(panel: RequestPanel) -> None:
    panel.show_surroundings(Surroundings(choices=Choices(verify="false")))
    assert "Verification is off" in tls(panel)._loud.words()


def test_an_expired_identity_warns_before_sending(panel: RequestPanel) -> None:
    rows = [IdentityRow(name, made.chain, Kept.ASK) for name, made in make_material().identities.items()]
    panel.show_identities(rows)
    for name, words in (("expired", "expired on"), ("not-yet-valid", "not valid before"), ("gone", "You have no")):
        panel.choose_identity(name)
        assert words in panel.proof._warning.words()
        assert choices.read(panel.draft().variables).identity == name
    panel.choose_identity("alice")
    assert panel.proof._warning.words() == ""


def test_an_inherited_identity_says_whose_it_is_and_is_not_written(panel: RequestPanel) -> None:
    around = Surroundings(choices=Choices(identity="alice"), choices_from={"identity": "folder Payments"})
    panel.show_surroundings(around)
    chip = panel.proof.identity
    assert chip.currentText() == "inherited: alice · from folder Payments"
    assert panel.identity() == "alice"
    assert panel.draft() == Draft()
    chip.setCurrentIndex(chip.findData("none"))
    chip.activated.emit(chip.currentIndex())
    assert panel.identity() is None
    assert choices.read(panel.draft().variables).identity == "none"


def test_a_bundle_is_added_to_the_inherited_ones(panel: RequestPanel) -> None:
    panel.show_surroundings(Surroundings(choices=Choices(trust="lab")))
    assert panel.trust() == ("lab",)
    panel.choose_trust("corp")
    assert panel.trust() == ("lab", "corp")
    assert choices.read(panel.draft().variables).trust == "lab, corp"


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


def test_what_fitted_one_server_is_not_said_of_another(panel: RequestPanel) -> None:
    material = make_material()
    panel.show_identities([IdentityRow("wrong-ca", material.identities["wrong-ca"].chain, Kept.ASK)])
    panel.show_draft(Draft(url="https://one.test/a"))
    issuer = material.identities["wrong-ca"].certificate.issuer
    panel.show_handshake(Handshake(client=ClientProof(requested=True, acceptable_authorities=(issuer,))))
    chip, url = named(panel, [QComboBox], "Identity"), line(panel, "URL")
    assert isinstance(chip, QComboBox)
    url.end(False)
    QTest.keyClicks(url, "/b")
    assert "fits" in chip.itemText(0)
    url.setCursorPosition(len("https://one"))
    QTest.keyClicks(url, "s")
    assert not any("fits" in chip.itemText(place) for place in range(chip.count()))


def test_an_expired_identity_does_not_fit(panel: RequestPanel) -> None:
    material = make_material()
    expired = material.identities["expired"]
    panel.show_identities([IdentityRow("expired", expired.chain, Kept.ASK)])
    proof = ClientProof(requested=True, acceptable_authorities=(expired.certificate.issuer,))
    panel.show_handshake(Handshake(client=proof))
    chip = named(panel, [QComboBox], "Identity")
    assert isinstance(chip, QComboBox)
    assert not any("fits" in chip.itemText(place) for place in range(chip.count()))


def test_headers_that_are_off_stay_in_the_draft(panel: RequestPanel) -> None:
    panel.show_draft(Draft(url="https://example.test", headers=(Field("A", "1"), Field("B", "2"))))
    model = headers(panel).fields.model
    model.setData(model.index(0, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert panel.draft().headers == (Field("A", "1", on=False), Field("B", "2"))


def test_tab_goes_through_the_bar_in_reading_order(panel: RequestPanel) -> None:
    wanted = ["Method", "URL", "Send", "Identity", "Trust"]
    chain: list[str] = []
    widget = panel.nextInFocusChain()
    while widget is not None and widget is not panel:
        if widget.accessibleName() in wanted and not isinstance(widget.parent(), QComboBox):
            chain.append(widget.accessibleName())
        widget = widget.nextInFocusChain()
    assert chain == wanted


def test_the_url_and_its_parameters_keep_in_step(panel: RequestPanel) -> None:
    page = params(panel)
    panel.show_draft(Draft(url="https://example.test/a?x=1", params=(Param("x", "1", description="kept"),)))
    line(panel, "URL").end(False)
    QTest.keyClicks(line(panel, "URL"), "&y=2")
    assert [(row.name, row.value) for row in page.query.rows()] == [("x", "1"), ("y", "2")]
    model = page.query.model
    model.setData(model.index(0, 1), "9")
    assert panel.address.url() == "https://example.test/a?x=9&y=2"
    model.setData(model.index(1, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert panel.address.url() == "https://example.test/a?x=9"
    assert panel.draft().params == (Param("x", "9", description="kept"), Param("y", "2", on=False))


def test_path_variables_come_and_go_with_the_url(panel: RequestPanel) -> None:
    page = params(panel)
    panel.pages.go_to("params")
    QTest.keyClicks(line(panel, "URL"), "https://example.test/:user")
    assert [row.name for row in page.path.rows()] == ["user"]
    assert page._path_table.isVisible()
    page.path.setData(page.path.index(0, 1), "alice")
    assert panel.draft().params == (Param("user", "alice", ParamKind.PATH),)
    assert panel.address.url() == "https://example.test/:user"
    line(panel, "URL").setText("https://example.test/")
    assert panel.draft().params == ()
    assert not page._path_table.isVisible()


def test_parameters_are_found_also_before_their_page_is_looked_at(panel: RequestPanel) -> None:
    QTest.keyClicks(line(panel, "URL"), "https://example.test/?a=b")
    assert panel.draft().params == (Param("a", "b"),)


def test_a_removed_row_comes_back(panel: RequestPanel) -> None:
    panel.show_draft(Draft(headers=(Field("A", "1"), Field("B", "2"))))
    page = headers(panel)
    page.fields.table.setCurrentIndex(page.fields.model.index(0, 0))
    page.fields.table.remove_chosen()
    assert panel.draft().headers == (Field("B", "2"),)
    panel.undo()
    assert panel.draft().headers == (Field("A", "1"), Field("B", "2"))
    panel.redo()
    assert panel.draft().headers == (Field("B", "2"),)
    panel.undo()
    panel.undo()
    assert panel.draft() == Draft(headers=(Field("A", "1"), Field("B", "2")))


def test_undo_by_key_in_a_table(panel: RequestPanel, qtbot: QtBot) -> None:
    panel.show_draft(Draft(headers=(Field("A", "1"),)))
    panel.activateWindow()
    table = headers(panel).fields.table
    table.setFocus()
    table.setCurrentIndex(headers(panel).fields.model.index(0, 0))
    editor = table.findChildren(QLineEdit)[-1]
    qtbot.waitUntil(editor.hasFocus)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert panel.draft().headers == ()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert panel.draft().headers == (Field("A", "1"),)


def test_a_chosen_body_kind_and_back_again_loses_nothing(panel: RequestPanel) -> None:
    panel.show_draft(Draft(body=RawBody(RawKind.JSON, "[1]")))
    kind = named(panel, [QComboBox], "Body type")
    assert isinstance(kind, QComboBox)
    for wanted, body in (
        ("xml", RawBody(RawKind.XML, "[1]")),
        ("none", None),
        ("form", FormBody()),
        ("json", RawBody(RawKind.JSON, "[1]")),
    ):
        kind.setCurrentIndex(kind.findData(wanted))
        kind.activated.emit(kind.currentIndex())
        assert panel.draft().body == body


@pytest.mark.parametrize(("method", "then"), [("GET", "POST"), ("PUT", "PUT")])
def test_graphql_is_not_sent_with_get_unless_somebody_wants_that(
    panel: RequestPanel, qtbot: QtBot, method: str, then: str
) -> None:
    panel.show_draft(Draft(method=method, body=RawBody(RawKind.JSON, "[1]")))
    panel.open_page("body")
    kind = named(panel, [QComboBox], "Body type")
    assert isinstance(kind, QComboBox)
    kind.setCurrentIndex(kind.findData("graphql"))
    with qtbot.waitSignal(panel.settled):
        kind.activated.emit(kind.currentIndex())
    assert panel.draft().method == then
    panel.undo()
    assert panel.draft() == Draft(method=method, body=RawBody(RawKind.JSON, "[1]"))
    panel.show_draft(Draft(method="GET", body=GraphQLBody("{ a }")))
    assert panel.draft().method == "GET"


def test_the_request_variables_count_before_those_around(panel: RequestPanel) -> None:
    around = Scope((Layer("environment Local", {"a": Value("far", "environment Local")}),))
    panel.show_surroundings(Surroundings(scope=around))
    assert "far" in panel.variables.words("a")
    panel.show_draft(Draft(variables=(Variable("a", "near"),)))
    assert "near" in panel.variables.words("a")
    panel.show_draft(Draft())
    assert "far" in panel.variables.words("a")


def test_settled_comes_once_a_person_pauses(panel: RequestPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.settled):
        QTest.keyClicks(line(panel, "URL"), "https://example.test/")


@pytest.mark.parametrize("text", ["", "https://", "https://a b/", "https://x:99999/", "https://[::1", "mailto://x"])
def test_urls_that_cannot_be_sent(text: str) -> None:
    assert url_trouble(text)


def test_a_secret_in_a_bad_url_is_not_quoted() -> None:
    scope = Scope((Layer("x", {"s": Value("hunter2 ", "x", secret=True)}),))
    words = url_trouble("ftp://{{s}}", scope)
    assert words
    assert "hunter2" not in words


def test_urls_are_shortened_for_tabs() -> None:
    assert short_url("https://example.test:8443/order/update?x=1") == "order/update"
    assert short_url("example.test") == "example.test"
    assert short_url("::") == "::"
    assert short_url("{{host}}/order/{{id}}?x={{y}}") == "order/{{id}}"
    assert short_url("{{host}}") == "{{host}}"
    assert short_url("https://example.test/ärger/a%20b") == "ärger/a b"
    assert short_url("https://example.test/a%0Ab%00") == "a%0Ab%00"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" example.test/a ", "https://example.test/a"),
        ("localhost:8443/x", "https://localhost:8443/x"),
        ("https:/example.test/a//b", "https://example.test/a//b"),
        ("HTTP//example.test/", "HTTP://example.test/"),
        ("http://example.test/", "http://example.test/"),
        ("\ufeff\u200bhttps://example.test/\u200b \u200e", "https://example.test/"),
        ("https.example.test//a", "https://https.example.test//a"),
        ("{{base}}/a", "{{base}}/a"),
        ("  ", ""),
    ],
)
def test_an_address_is_completed_as_it_was_meant(typed: str, meant: str) -> None:
    assert complete_url(typed) == meant


def test_tab_goes_through_the_headers_and_out_again(panel: RequestPanel, qtbot: QtBot) -> None:
    panel.activateWindow()
    panel.pages.go_to("headers")
    fields = headers(panel).fields
    table = fields.table
    table.setFocus(Qt.FocusReason.TabFocusReason)
    table.setCurrentIndex(fields.model.index(0, 0))
    for text in ("X-One", "first", "X-Two", "second"):
        editor = table.findChildren(QLineEdit)[-1]
        qtbot.waitUntil(editor.hasFocus)
        editor.setText(text)
        QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert panel.draft().headers == (Field("X-One", "first"), Field("X-Two", "second"))
    QTest.keyClick(table.findChildren(QLineEdit)[-1], Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not table.isAncestorOf(QApplication.focusWidget() or table) and not table.hasFocus())


def _nameless(widget: QWidget) -> bool:
    if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.focusProxy() is not None or widget.isHidden():
        return False
    above, inside = widget.parentWidget(), False
    while above is not None:  # parts of a box are named by the box, those of a banner when it is shown
        inside = inside or isinstance(above, QComboBox) or (isinstance(above, Banner) and above.isHidden())
        above = above.parentWidget()
    text = widget.property("text")
    return not (widget.accessibleName() or (isinstance(text, str) and text) or inside)


@pytest.mark.parametrize("body", BODIES)
def test_every_control_has_an_accessible_name(panel: RequestPanel, body: Body | None) -> None:
    panel.show_draft(replace(FULL, body=body, auth=OAuth2Auth()))
    panel.show_surroundings(Surroundings(headers=()))
    open_all(panel)
    kinds = (QLineEdit, QComboBox, QAbstractButton, QAbstractItemView, QPlainTextEdit, QTextBrowser)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for kind in kinds
        for widget in panel.findChildren(kind)
        if _nameless(widget)
    ]
    assert nameless == []


def test_what_changes_outside_leaves_the_page_in_front(panel: RequestPanel) -> None:
    panel.show_draft(FULL)
    panel.pages.go_to("tls")
    panel.show_draft(replace(FULL, docs="changed elsewhere"))
    assert panel.pages.currentIndex() == 4
    panel.show_draft(Draft(url="https://example.test/other"))
    assert panel.pages.currentIndex() == 1


def test_what_was_typed_and_is_saved_leaves_the_page_in_front(panel: RequestPanel) -> None:
    panel.show_draft(Draft())
    line(panel, "URL").setText("https://example.test/typed?a=1")
    panel.pages.go_to("auth")
    panel.show_draft(replace(panel.draft(), auth=BearerAuth("{{token}}")))
    assert panel.pages.currentIndex() == 2


def test_what_nobody_chooses_is_shown_as_the_preferences_say(panel: RequestPanel) -> None:
    preferred = Preferences(
        minimum=Version.TLS1_3, http_version="2", follow_redirects=True, proxy="http://p.test:1", trust=("lab",)
    )
    open_all(panel)
    panel.show_surroundings(Surroundings(fallback=preferred.fallback_request()))
    page = tls(panel)
    shown = {box.accessibleName(): box.itemText(0) for box in page.findChildren(QComboBox)}
    assert shown["Minimum version"] == "TLS 1.3"
    assert shown["HTTP version"] == "HTTP/2"
    assert shown["Follow redirects"] == "yes"
    assert shown["Proxy"] == "http://p.test:1"
    assert line(panel, "Connect timeout").placeholderText() == "30 s"
    assert panel.trust() == ("lab",)
    panel.show_draft(Draft(url="https://example.test", variables=(Variable("mtls.tls-max", "1.2"),)))
    assert "above the maximum" in page.trouble()


def test_who_chose_the_identity_is_told(panel: RequestPanel) -> None:
    button = named(panel, [QToolButton], "Why this identity?")
    assert isinstance(button, QToolButton)
    button.click()
    assert "No identity is set" in panel.proof.reason()
    inner = Layer("folder Users", {"mtls.identity": Value("bob", "folder Users")})
    outer = Layer("collection Payments", {"mtls.identity": Value("none", "collection Payments")})
    panel.show_surroundings(Surroundings(scope=Scope((inner, outer))))
    assert panel.proof.reason() == (
        "“bob” is set on the folder Users. It goes before that of the collection Payments (No certificate)."
    )
    panel.choose_identity("alice")
    panel._settle()
    assert panel.proof.reason().startswith("“alice” is set on the request.")
    button.click()
    assert not panel.proof.reason()


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_who_wants_to_be_asked_is_asked_before_sending(panel: RequestPanel, qtbot: QtBot) -> None:
    rows = [IdentityRow(name, made.chain, Kept.ASK) for name, made in make_material().identities.items()]
    panel.show_identities(rows)
    panel.show_draft(Draft(url="https://example.test/", variables=(Variable("mtls.identity", "ask"),)))
    assert panel.proof.identity.currentText() == "ask every time"
    assert panel.identity() is None
    with qtbot.assertNotEmitted(panel.send_requested):
        panel.send()
    (menu,) = panel.findChildren(IdentityMenu)
    assert menu.isVisible()
    entry = next(action for action in menu.actions() if action.text().startswith("alice"))
    with qtbot.waitSignal(panel.send_requested) as sent:
        entry.trigger()
    assert choices.read(sent.args[0].variables).identity == "alice"
    assert choices.read(panel.draft().variables).identity == "ask"
    menu.close()


@pytest.mark.parametrize("name", ["URL", "Method", "Header cell", "Body", "Pin"])
def test_a_field_with_nothing_to_take_back_leaves_undo_to_the_request(
    panel: RequestPanel, qtbot: QtBot, name: str
) -> None:
    before = replace(FULL, variables=())
    panel.show_draft(before)
    open_all(panel)
    with qtbot.waitActive(panel):
        panel.activateWindow()
    headers(panel).fields.model.remove([0])
    panel._settle()
    assert panel.draft() != before
    if name == "Header cell":
        panel.pages.go_to("headers")
        headers(panel).fields.table.point_at(0, 1)
    elif name == "Body":
        panel.open_page("body")
    elif name == "Pin":
        panel.pages.go_to("tls")
        line(panel, "Pin").setFocus()
    else:
        named(panel, [QLineEdit if name == "URL" else QComboBox], name).setFocus()
    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert panel.draft() == before
    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Z, SHIFTED)
    assert panel.draft().headers == before.headers[1:]


SHIFTED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_a_field_takes_back_its_own_first(panel: RequestPanel, qtbot: QtBot) -> None:
    panel.show_draft(Draft(url="https://example.test/"))
    with qtbot.waitActive(panel):
        panel.activateWindow()
    url = line(panel, "URL")
    url.setFocus()
    url.end(False)
    QTest.keyClicks(url, "abc")
    panel._settle()
    QTest.keyClick(url, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert panel.draft().url == "https://example.test/"


@pytest.mark.parametrize(
    ("name", "typed"), [("Total timeout", "soon"), ("Pin", "ab"), ("Connect timeout", "-1"), ("Maximum redirects", "x")]
)
def test_a_choice_that_cannot_be_used_is_gone_to(panel: RequestPanel, qtbot: QtBot, name: str, typed: str) -> None:
    panel.show_draft(Draft(url="https://example.test/"))
    open_all(panel)
    with qtbot.waitActive(panel):
        panel.activateWindow()
    line(panel, name).setText(typed)
    panel.pages.go_to("body")
    with qtbot.assertNotEmitted(panel.send_requested):
        panel.send()
    assert panel.pages.currentIndex() == 4
    assert line(panel, name).hasFocus()
    assert tls(panel)._loud.words()


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_who_is_asked_and_chooses_nothing_sends_nothing(panel: RequestPanel, qtbot: QtBot) -> None:
    asking = Draft(url="https://x.test/", variables=(Variable("mtls.identity", "ask"),), body=GraphQLBody("{ a }"))
    panel.show_draft(asking)
    panel.send()
    (menu,) = panel.findChildren(IdentityMenu)
    with qtbot.assertNotEmitted(panel.send_requested), qtbot.waitSignal(panel.kept_back):
        menu.close()
    panel.open_page("body")
    fetch = next(one for one in panel.findChildren(QPushButton) if one.text() == "Fetch &schema")
    qtbot.waitUntil(lambda: not panel.findChildren(IdentityMenu))
    fetch.click()
    assert not fetch.isEnabled()
    (menu,) = panel.findChildren(IdentityMenu)
    menu.close()
    qtbot.waitUntil(fetch.isEnabled)


def test_the_keyboard_goes_from_the_identity_over_its_reason_to_the_trust(panel: RequestPanel) -> None:
    chip = panel.proof.identity
    why = next(button for button in panel.findChildren(QToolButton) if button.accessibleName() == "Why this identity?")
    assert chip.nextInFocusChain() is why
    assert why.nextInFocusChain() is panel.proof.trust
