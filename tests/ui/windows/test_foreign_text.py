"""The whole window full of a stranger's text: nowhere is it markup, nowhere is it invisible or steers the order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.support.documents import as_request
from tests.support.keyring import MemoryKeyring
from tests.ui.history.rows import row
from tests.ui.response.exchanges import certificate, mutual, refused, succeeded, untrusted
from workbench.core.collection import Collection
from workbench.core.collection.location import DraftLocation
from workbench.core.cookies import Cookie
from workbench.core.credentials import BundleRow, IdentityRow, Kept
from workbench.core.draft import Defaults, Draft, Environment, Field, Param, Variable
from workbench.core.errors import WorkbenchError
from workbench.core.exchange import Exchange, Failure, Finding, Response, Severity
from workbench.core.tls.handshake import ClientProof
from workbench.core.visible import visible_lines
from workbench.core.want import Thing, Want
from workbench.ui.certificates.password_change_dialog import PasswordChangeDialog
from workbench.ui.cookies.cookies_dialog import CookiesDialog
from workbench.ui.library.comparison_dialog import ComparisonDialog
from workbench.ui.library.conflict_bar import ConflictBar
from workbench.ui.library.defaults_dialog import DefaultsDialog
from workbench.ui.library.environments_dialog import EnvironmentsDialog
from workbench.ui.library.save_dialog import SaveDialog
from workbench.ui.library.secrets_dialog import SecretsDialog
from workbench.ui.response.report import report
from workbench.ui.widgets.agreement_dialog import AgreementDialog
from workbench.ui.widgets.toast import Toast
from workbench.ui.windows.main_window import MainWindow

EVIL = '<img src="/path"><b>Q&Z</b>\u202egpj\u200b\x1b\u2028'
NAME = EVIL.replace("\x1b", "")  # as far as a file may say it
_PATIENCE = 20_000
_ROWS = 30  # of a model that are read; the computer's own authorities are many
SAYING = {
    *("Negotiated, in short", "CA certificates of the bundle", "Chain of the identity", "Client proof", "Collections"),
    *("ComparisonDialog", "Cookies", "DefaultsDialog", "Differences", "Environment", "Environments"),
    *("EnvironmentsDialog", "Extends", "Findings", "Found", "History", "Hops", "Identities", "Identity", "Issuer"),
    *("MainWindow", "Open requests", "PasswordChangeDialog", "Peer chain", "QMenu", "Query parameters"),
    *("Request headers", "Request variables", "Response cookies", "Response headers", "Response status"),
    *("Search anything", "Secret variables", "SecretsDialog", "Subject", "TLS facts", "They proved to you"),
    *("Trust bundles", "Variables", "Variables of the environment", "Outcome", "What the collection wants"),
    "You proved to them",
}
"""Where the stranger's text must have come, or the test looks at an empty window."""
_ROLES = [
    Qt.ItemDataRole(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.StatusTipRole,
        Qt.ItemDataRole.WhatsThisRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.AccessibleDescriptionRole,
    )
]
_GUESSED = ("tip", "status tip", "what's this", "ToolTipRole", "StatusTipRole", "WhatsThisRole")
_MNEMONIC = ("button", "tab", "action", "group")


def texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    """All that ``widget`` shows or says that is not being edited: where, and what."""
    yield "tip", widget.toolTip()
    yield "status tip", widget.statusTip()
    yield "what's this", widget.whatsThis()
    yield "title", widget.windowTitle()
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    for action in widget.actions():
        yield "action", action.text()
        if isinstance(widget, QToolButton) or (isinstance(widget, QMenu) and widget.toolTipsVisible()):
            yield "tip", action.toolTip()
    yield from _own_texts(widget)


def _own_texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    match widget:
        case QLabel():
            yield "group", widget.text() if widget.buddy() is not None else ""
            yield ("label" if widget.textFormat() == Qt.TextFormat.PlainText else "tip"), widget.text()
        case QAbstractButton():
            yield "button", widget.text()
        case QGroupBox():
            yield "group", widget.title()
        case QLineEdit():
            yield "placeholder", widget.placeholderText()
            yield "text", widget.text() if widget.isReadOnly() else ""
        case QTabBar():
            for place in range(widget.count()):
                yield "tab", widget.tabText(place)
                yield "tip", widget.tabToolTip(place)
                yield "name", widget.accessibleTabName(place)
        case QComboBox() | QAbstractItemView() if widget.model() is not None:
            yield from _items(widget.model())
        case QMessageBox():
            raise AssertionError("a message box guesses whether its text is HTML")


def _items(model: QAbstractItemModel) -> Iterator[tuple[str, str]]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for column in range(columns):
        yield "header", str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    waiting = [QModelIndex()]
    while waiting:
        above = waiting.pop()
        for line in range(min(model.rowCount(above), _ROWS)):
            for column in range(columns):
                index = model.index(line, column, above)
                yield from ((role.name, str(index.data(role) or "")) for role in _ROLES)
            waiting.append(model.index(line, 0, above))


def said() -> list[tuple[QWidget, list[tuple[str, str]]]]:
    """Every widget there is, and all its texts."""
    widgets = (widget for widget in QApplication.allWidgets() if not widget.inherits("QTipLabel"))
    return [(widget, [pair for pair in texts(widget) if pair[1]]) for widget in widgets]


def faults(everything: Sequence[tuple[QWidget, Sequence[tuple[str, str]]]]) -> Iterator[str]:
    for widget, pairs in everything:
        for where, text in pairs:
            shown = text.replace(",\u200b", ",").replace("/\u200b", "/") if where == "label" else text
            bad = "not visible" if visible_lines(shown) != shown else ""
            if where in _GUESSED and GuiQt.mightBeRichText(text) and ("<img" in text or "<b>" in text):
                bad = "markup"
            if where in _MNEMONIC and "Q&Z" in text:
                bad = "a mnemonic"
            if bad:
                yield f"{type(widget).__name__} {widget.accessibleName()!r} {where}, {bad}: {text[:120]!a}"


def saying_it(everything: Sequence[tuple[QWidget, Sequence[tuple[str, str]]]]) -> set[str]:
    """The widgets that show the stranger's text in some way, by name or kind."""
    saying = [widget for widget, pairs in everything if any("\\u202e" in text for _where, text in pairs)]
    return {one.accessibleName() or type(one).__name__ for one in saying if "202e" not in one.accessibleName()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "stranger"
    made = Collection.create(root, NAME)
    made.add(
        made.add_folder(Path(), NAME),
        Draft(
            name=NAME,
            url="https://localhost/{{" + "a" + "}}",
            headers=(Field(NAME, NAME),),
            params=(Param(NAME, NAME),),
            variables=(Variable("a", NAME),),
            docs=f"# {NAME}\n![{NAME}](/path) [{NAME}](file:///path)",
        ),
    )
    made.save_environment(Environment(NAME, (Variable("b", NAME), Variable(NAME, NAME)), description=NAME), None)
    return root


def hostile(exchange: Exchange) -> Exchange:
    """The same with the stranger's text in everything that a server says."""
    leaf = certificate(NAME, NAME)
    handshake = exchange.handshake or mutual()
    chain = (leaf, leaf)
    handshake = replace(
        handshake,
        peer=replace(handshake.peer, presented=chain, verified=chain, trust=EVIL),
        client=ClientProof(
            requested=True, acceptable_authorities=(EVIL,), signature_algorithms=(EVIL,), identity=EVIL, sent=chain
        ),
        alpn=EVIL,
        cipher=EVIL,
        host=EVIL,
        sni=EVIL,
    )
    response = exchange.response
    if response is not None:
        headers = (
            ("content-type", f"application/json{EVIL}"),
            (EVIL, EVIL),
            ("set-cookie", f"{EVIL}={EVIL}; Path={EVIL}"),
        )
        response = Response(response.status, EVIL, response.http_version, headers, response.body)
    failure = exchange.failure
    if failure is not None:
        failure = replace(failure, title=EVIL, detail=EVIL, hint=EVIL)
    return replace(
        exchange,
        request=replace(exchange.request, headers=((EVIL, EVIL),), identity=EVIL, trust=(EVIL,)),
        response=response,
        failure=failure,
        handshake=handshake,
        hops=tuple(replace(hop, identity=EVIL, handshake=handshake) for hop in exchange.hops),
        findings=(Finding("verification-off", Severity.ERROR, EVIL, EVIL, EVIL),),
    )


def wanting(what: str) -> Failure:
    failure = refused().failure
    assert failure is not None
    return replace(failure, title=what, wants=tuple(Want(thing, what, what, what) for thing in Thing))


def show_all_tabs(inside: QWidget) -> None:
    for tabs in inside.findChildren(QTabWidget):
        for place in range(tabs.count()):
            tabs.setCurrentIndex(place)


def test_nothing_in_the_window_takes_a_strangers_text_for_anything_else(
    window: MainWindow, keyring: MemoryKeyring, folder: Path, qtbot: QtBot
) -> None:
    pages = window.pages
    with qtbot.waitSignal(pages.collecting.opening.opened, timeout=_PATIENCE):
        window.open_paths([folder])
    qtbot.waitUntil(lambda: pages.library.model.rowCount() == 1, timeout=_PATIENCE)
    requests = [path for path in folder.rglob("*.yml") if path.name not in ("folder.yml", "opencollection.yml")]
    item = next(path for path in requests if path.parent.name != "environments")
    pages.files.open(DraftLocation(folder, item.relative_to(folder)))
    qtbot.waitUntil(lambda: pages.documents.count() == 1, timeout=_PATIENCE)
    tab = as_request(pages.documents.current())
    pages.library.tree.expandAll()

    stranger = certificate(NAME, NAME, authority=True)
    rows = (IdentityRow(EVIL, (stranger,), Kept.KEYRING),)
    bundles = (BundleRow(EVIL, (stranger,)),)
    pages.identities.show_rows(rows)
    pages.trust.show_rows(bundles)
    pages.identities.choose(EVIL)
    pages.trust.choose(EVIL)
    tab.panel.show_identities(rows)
    tab.panel.show_bundles(bundles)
    pages.history.show_rows(
        (replace(row(1), url=f"https://h/{EVIL}", host=EVIL, title=EVIL, name=EVIL, trust=EVIL),), more=False
    )
    pages.history.choose(1)
    tab.banner.show_error(WorkbenchError(EVIL, detail=EVIL, hint=EVIL))

    ConflictBar(EVIL, EVIL, [("keep", "Keep")], tab).show()
    toast = Toast(window)
    toast.offer(EVIL, "Undo")
    window.search.open("img")
    cookies = CookiesDialog(window)
    cookies.show_cookies((Cookie(EVIL, EVIL, EVIL, path=EVIL),))
    cookies.table.selectRow(0)
    cookies.show_error(WorkbenchError(EVIL, detail=EVIL, hint=EVIL))
    cookies.menu().setParent(cookies)
    draft = Draft(name=EVIL, url=EVIL)
    saving = SaveDialog(EVIL, pages.library.library().roots, None, window)
    saving.show_secrets([EVIL])
    dialogs = [
        cookies,
        AgreementDialog(wanting(EVIL), window),
        ComparisonDialog(EVIL, draft, replace(draft, url=f"{EVIL}2"), window),
        DefaultsDialog(EVIL, Defaults(name=EVIL, variables=(Variable(EVIL, EVIL),)), window),
        EnvironmentsDialog(folder, EVIL, (Environment(EVIL, (Variable(EVIL, EVIL),), extends=EVIL),), {}, window),
        saving,
        PasswordChangeDialog(EVIL, asked=False, parent=window),
        SecretsDialog(EVIL, [EVIL], window),
    ]
    seen: set[str] = set()
    for exchange in (succeeded(b'{"a\\u202e": "\xe2\x80\xae<b>"}'), refused(), untrusted()):
        made = hostile(exchange)
        tab.response.show_exchange(made)
        assert made.handshake is not None
        tab.panel.show_handshake(made.handshake)
        show_all_tabs(tab)
        for menu in window.findChildren(QMenu):
            menu.aboutToShow.emit()
        QApplication.processEvents()
        everything = said()
        assert "\n".join(faults(everything)) == ""
        assert visible_lines(report(made)) == report(made)
        seen |= saying_it(everything)
    for dialog in dialogs:
        dialog.close()
    assert seen >= SAYING
