"""Collections in the whole window, over real files: what a person does, and what others do to the files meanwhile."""

import shutil
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QTreeView
from pytestqt.qtbot import QtBot

from tests.support.documents import as_request
from tests.support.keyring import MemoryKeyring
from workbench.core.collection import Collection, scan
from workbench.core.collection.encoding import decode
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import BearerAuth, Draft, Environment, Field, Variable
from workbench.core.workspace.collection_state import Move
from workbench.core.workspace.environment_edit import EnvironmentEdit, SecretEdit
from workbench.ui.library.conflict_bar import ConflictBar
from workbench.ui.library.defaults_dialog import DefaultsDialog
from workbench.ui.library.environments_dialog import EnvironmentsDialog
from workbench.ui.library.save_dialog import SaveDialog
from workbench.ui.library.secrets_dialog import SecretsDialog
from workbench.ui.tabs.request.request_document import RequestDocument
from workbench.ui.windows.main_window import MainWindow

_PATIENCE = 20_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "payments"
    made = Collection.create(root, "Payments")
    orders = made.add_folder(Path(), "Orders")
    made.add(orders, Draft(name="Create", method="POST", url="{{host}}/orders"))
    made.add(orders, Draft(name="List", url="{{host}}/orders"))
    made.add(Path(), Draft(name="Health", url="{{host}}/health"))
    made.save_environment(Environment("Local", (Variable("host", "https://localhost"),)), None)
    made.save_environment(Environment("Staging", (Variable("host", "https://staging.test"),)), None)
    return root


@pytest.fixture
def opened(window: MainWindow, folder: Path, qtbot: QtBot) -> MainWindow:
    bring(window, folder, qtbot)
    return window


def bring(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    """Open a collection; it is chosen in the tree when that is done."""
    with qtbot.waitSignal(window.pages.collecting.opening.opened, timeout=_PATIENCE):
        window.open_paths([folder])
    qtbot.waitUntil(lambda: window.pages.collecting._awaited is None, timeout=_PATIENCE)
    assert shown(window, folder, "")


def shown(window: MainWindow, folder: Path, item: str) -> bool:
    return window.pages.library.model.find(DraftLocation(folder, Path(item) if item else None)).isValid()


def location(folder: Path, item: str = "") -> DraftLocation:
    return DraftLocation(folder, Path(item) if item else None)


def choose(window: MainWindow, what: DraftLocation) -> None:
    assert window.pages.library.tree.choose(what)


def open_request(window: MainWindow, what: DraftLocation, qtbot: QtBot) -> RequestDocument:
    count = window.pages.documents.count()
    window.pages.files.open(what)
    qtbot.waitUntil(lambda: window.pages.documents.count() > count, timeout=_PATIENCE)
    return as_request(window.pages.documents.current())


def type_url(tab: RequestDocument, text: str) -> None:
    line = next(one for one in tab.findChildren(QLineEdit) if one.accessibleName() == "URL")
    line.setText(text)


def said(tab: RequestDocument) -> str:
    return "" if tab.banner.isHidden() else tab.banner.accessibleName()


def dialog_of(window: MainWindow, kind: type, qtbot: QtBot) -> object:
    qtbot.waitUntil(lambda: window.findChild(kind) is not None, timeout=_PATIENCE)
    return window.findChild(kind)


def test_the_tree_has_its_name_and_shows_the_files(opened: MainWindow, folder: Path) -> None:
    trees = [tree for tree in opened.findChildren(QTreeView) if tree.accessibleName() == "Collections"]
    assert len(trees) == 1
    assert shown(opened, folder, "Orders/Create.yml")
    assert shown(opened, folder, "Health.yml")


def test_the_palette_knows_the_requests_before_it_opens(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    palette = opened.search.palette
    qtbot.waitUntil(lambda: "requests" in palette._indexes, timeout=_PATIENCE)
    qtbot.waitUntil(lambda: len(palette._indexes["requests"].entries) == 3, timeout=_PATIENCE)
    before = {entry.title: entry for entry in palette._indexes["requests"].entries}
    opened._bridge.library.add(location(folder, "Orders"), Draft(name="Cancel", url="{{host}}"), lambda _spot: None)
    qtbot.waitUntil(lambda: len(palette._indexes["requests"].entries) == 4, timeout=_PATIENCE)
    after = {entry.title: entry for entry in palette._indexes["requests"].entries}
    assert after.keys() - before.keys() == {"GET Cancel"}
    assert all(after[title] is entry for title, entry in before.items())


def test_enter_opens_and_control_s_saves(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    choose(opened, location(folder, "Orders/Create.yml"))
    QTest.keyClick(opened.pages.library.tree, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.pages.documents.count() == 1, timeout=_PATIENCE)
    tab = as_request(opened.pages.documents.current())
    assert tab.origin == DraftLocation(folder, Path("Orders/Create.yml"))
    type_url(tab, "{{host}}/orders/new")
    qtbot.waitUntil(lambda: tab.title().unsaved, timeout=_PATIENCE)
    opened.commands["save"].trigger()
    qtbot.waitUntil(lambda: not tab.unsaved(), timeout=_PATIENCE)
    assert Collection.open(folder).load(Path("Orders/Create.yml")).draft.url == "{{host}}/orders/new"
    opened.pages.files.open(location(folder, "Orders/Create.yml"))
    assert opened.pages.documents.count() == 1


def test_a_new_request_is_saved_in_a_new_folder(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    opened.commands["new"].trigger()
    tab = as_request(opened.pages.documents.current())
    type_url(tab, "https://example.test/hello")
    opened.commands["save"].trigger()
    dialog = dialog_of(opened, SaveDialog, qtbot)
    assert isinstance(dialog, SaveDialog)
    dialog.folder_requested.emit("Greetings", location(folder))
    qtbot.waitUntil(lambda: dialog._chosen() == location(folder, "Greetings"), timeout=_PATIENCE)
    dialog._name.setText("Hello")
    dialog.action.click()
    qtbot.waitUntil(lambda: tab.origin is not None, timeout=_PATIENCE)
    assert tab.origin == DraftLocation(folder, Path("Greetings/Hello.yml"))
    assert not tab.unsaved()
    assert "Hello" in tab.title().words


def test_secrets_go_to_the_keyring_and_not_into_the_file(
    opened: MainWindow, folder: Path, keyring: MemoryKeyring, qtbot: QtBot
) -> None:
    tab = open_request(opened, location(folder, "Health.yml"), qtbot)
    draft = tab.draft()
    tab.panel.show_draft(Draft(name=draft.name, url=draft.url, auth=BearerAuth("s3cret-token")))
    opened.commands["save"].trigger()
    qtbot.waitUntil(lambda: "keyring" in said(tab), timeout=_PATIENCE)
    assert "s3cret" not in (folder / "Health.yml").read_text()
    assert "s3cret-token" in keyring.entries.values()
    assert isinstance(auth := tab.draft().auth, BearerAuth)
    assert auth.token.startswith("{{")
    assert not tab.unsaved()


def asked(tab: RequestDocument) -> ConflictBar | None:
    return next((bar for bar in tab.findChildren(ConflictBar) if not bar.isHidden()), None)


def answer(tab: RequestDocument, words: str) -> None:
    bar = asked(tab)
    assert bar is not None
    next(button for button in bar.findChildren(QPushButton) if words in button.text().replace("&", "")).click()


def with_header(opened: MainWindow, folder: Path, value: str, qtbot: QtBot) -> RequestDocument:
    tab = open_request(opened, location(folder, "Health.yml"), qtbot)
    draft = tab.draft()
    tab.panel.show_draft(Draft(name=draft.name, url=draft.url, headers=(Field("Authorization", value),)))
    opened.commands["save"].trigger()
    return tab


def test_a_header_that_looks_like_a_secret_is_asked_about_before_it_is_written(
    opened: MainWindow, folder: Path, keyring: MemoryKeyring, qtbot: QtBot
) -> None:
    tab = with_header(opened, folder, "Bearer s3cret-token", qtbot)
    bar = asked(tab)
    assert bar is not None
    assert "“Authorization”" in bar.accessibleName()
    assert "s3cret" not in (folder / "Health.yml").read_text()
    answer(tab, "Move to Keyring")
    qtbot.waitUntil(lambda: "keyring" in said(tab), timeout=_PATIENCE)
    assert "s3cret" not in (folder / "Health.yml").read_text()
    assert "s3cret-token" in keyring.entries.values()
    assert tab.draft().headers[0].value.startswith("Bearer {{")
    assert not tab.unsaved()
    assert asked(tab) is None


def test_it_is_written_as_it_is_when_that_is_meant_and_not_asked_again(
    opened: MainWindow, folder: Path, keyring: MemoryKeyring, qtbot: QtBot
) -> None:
    tab = with_header(opened, folder, "Basic for-everybody", qtbot)
    answer(tab, "Save Unprotected")
    qtbot.waitUntil(lambda: not tab.unsaved(), timeout=_PATIENCE)
    assert "Basic for-everybody" in (folder / "Health.yml").read_text()
    assert not keyring.entries
    type_url(tab, "{{host}}/again")
    opened.commands["save"].trigger()
    qtbot.waitUntil(lambda: "again" in (folder / "Health.yml").read_text(), timeout=_PATIENCE)
    assert asked(tab) is None


def test_who_saves_a_new_request_is_told_of_secrets_in_the_dialog(
    opened: MainWindow, folder: Path, keyring: MemoryKeyring, qtbot: QtBot
) -> None:
    tab = as_request(opened.pages.documents.open(Draft(url="https://x.test", headers=(Field("X-Api-Key", "s3cret"),))))
    opened.commands["save"].trigger()
    dialog = dialog_of(opened, SaveDialog, qtbot)
    assert isinstance(dialog, SaveDialog)
    assert "“X-Api-Key”" in dialog._secrets.text()
    assert dialog._secrets.isVisibleTo(dialog)
    dialog._name.setText("Keyed")
    dialog.action.click()
    qtbot.waitUntil(lambda: tab.origin is not None, timeout=_PATIENCE)
    assert "s3cret" not in (folder / "Keyed.yml").read_text()
    assert "s3cret" in keyring.entries.values()


def test_secrets_without_an_environment_are_seen_set_and_forgotten(
    opened: MainWindow, folder: Path, keyring: MemoryKeyring, qtbot: QtBot
) -> None:
    with_header(opened, folder, "Bearer s3cret-token", qtbot)
    tab = as_request(opened.pages.documents.current())
    answer(tab, "Move to Keyring")
    qtbot.waitUntil(lambda: not tab.unsaved(), timeout=_PATIENCE)
    opened.commands["secrets"].trigger()
    dialog = dialog_of(opened, SecretsDialog, qtbot)
    assert isinstance(dialog, SecretsDialog)
    assert dialog._names() == ["authorization"]
    dialog._strip._reveal.click()
    qtbot.waitUntil(lambda: dialog._strip._value.text() == "s3cret-token", timeout=_PATIENCE)
    QTest.keyClicks(dialog._new, "pin")
    dialog._add.click()
    assert not dialog.action.isEnabled()
    QTest.keyClicks(dialog._strip._value, "4711")
    dialog._list.setCurrentRow(0)
    dialog._strip._clear.click()
    assert dialog._names() == ["pin"]
    with qtbot.waitSignal(dialog.accepted, timeout=_PATIENCE):
        dialog.action.click()
    assert list(keyring.entries.values()) == ["4711"]
    assert not any("4711" in path.read_text() for path in folder.rglob("*.yml"))


def test_without_a_keyring_nothing_is_written(
    opened: MainWindow, folder: Path, keyring: MemoryKeyring, qtbot: QtBot
) -> None:
    tab = open_request(opened, location(folder, "Health.yml"), qtbot)
    before = (folder / "Health.yml").read_text()
    tab.panel.show_draft(Draft(name="Health", url="https://x.test", auth=BearerAuth("s3cret-token")))
    keyring.available = False
    opened.commands["save"].trigger()
    qtbot.waitUntil(lambda: bool(said(tab)), timeout=_PATIENCE)
    assert (folder / "Health.yml").read_text() == before
    assert tab.unsaved()
    keyring.available = True


def test_what_others_change_comes_into_a_clean_tab(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    tab = open_request(opened, location(folder, "Health.yml"), qtbot)
    rewrite(folder / "Health.yml", "/health", "/alive")
    qtbot.waitUntil(lambda: tab.draft().url == "{{host}}/alive", timeout=_PATIENCE)
    assert not tab.unsaved()


def rewrite(path: Path, old: str, new: str) -> None:
    """As another program does it: the whole file, in place."""
    path.write_text(path.read_text().replace(old, new))


def test_different_changes_are_put_together(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    tab = open_request(opened, location(folder, "Health.yml"), qtbot)
    tab.panel.show_draft(Draft(name="Health", url=tab.draft().url, headers=(Field("Accept", "text/plain"),)))
    rewrite(folder / "Health.yml", "/health", "/alive")
    qtbot.waitUntil(lambda: tab.draft().url == "{{host}}/alive", timeout=_PATIENCE)
    assert tab.draft().headers == (Field("Accept", "text/plain"),)
    assert tab.unsaved()
    opened.commands["save"].trigger()
    qtbot.waitUntil(lambda: not tab.unsaved(), timeout=_PATIENCE)


def test_the_same_changes_are_asked_about(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    tab = open_request(opened, location(folder, "Health.yml"), qtbot)
    type_url(tab, "{{host}}/mine")
    rewrite(folder / "Health.yml", "/health", "/theirs")
    qtbot.waitUntil(lambda: tab.findChild(ConflictBar) is not None, timeout=_PATIENCE)
    assert tab.draft().url == "{{host}}/mine"
    bar = tab.findChild(ConflictBar)
    assert bar is not None
    press(bar, "Keep Mine")
    qtbot.waitUntil(lambda: not tab.unsaved(), timeout=_PATIENCE)
    assert "/mine" in (folder / "Health.yml").read_text()


def test_theirs_can_be_taken(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    tab = open_request(opened, location(folder, "Health.yml"), qtbot)
    type_url(tab, "{{host}}/mine")
    rewrite(folder / "Health.yml", "/health", "/theirs")
    qtbot.waitUntil(lambda: tab.findChild(ConflictBar) is not None, timeout=_PATIENCE)
    bar = tab.findChild(ConflictBar)
    press(bar, "Use Theirs")
    assert tab.draft().url == "{{host}}/theirs"
    assert not tab.unsaved()
    assert "/theirs" in (folder / "Health.yml").read_text()


def press(widget: object, words: str) -> None:
    assert isinstance(widget, QApplication | object)
    buttons = widget.findChildren(QPushButton)  # type: ignore[attr-defined]
    next(button for button in buttons if button.text().replace("&", "") == words).click()


def test_a_file_that_vanished_leaves_its_tab(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    tab = open_request(opened, location(folder, "Health.yml"), qtbot)
    (folder / "Health.yml").unlink()
    qtbot.waitUntil(lambda: "no longer exists" in said(tab), timeout=_PATIENCE)
    assert tab.draft().url == "{{host}}/health"
    assert tab.unsaved()
    assert tab.origin == DraftLocation(folder)


def test_a_file_that_others_renamed_keeps_its_tab(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    tab = open_request(opened, location(folder, "Health.yml"), qtbot)
    (folder / "Health.yml").rename(folder / "Orders" / "Alive.yml")
    qtbot.waitUntil(lambda: tab.origin == DraftLocation(folder, Path("Orders/Alive.yml")), timeout=_PATIENCE)
    assert not tab.unsaved()
    assert said(tab) == ""


def test_a_folder_that_vanished_says_so_and_can_come_back(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    tab = open_request(opened, location(folder, "Health.yml"), qtbot)
    away = folder.with_name("away")
    shutil.move(folder, away)
    opened.pages.library.trouble.retry_requested.emit(location(folder))
    line = opened.pages.library.model.line
    qtbot.waitUntil(
        lambda: bool((root := line(opened.pages.library.model.find(location(folder)))) and root.trouble),
        timeout=_PATIENCE,
    )
    choose(opened, location(folder))
    assert not opened.pages.library.trouble.isHidden()
    assert tab.draft().url == "{{host}}/health"
    shutil.move(away, folder)
    press(opened.pages.library.trouble, "Try Again")
    qtbot.waitUntil(lambda: shown(opened, folder, "Orders"), timeout=_PATIENCE)
    assert opened.pages.library.trouble.isHidden()


def test_a_file_that_comes_back_is_its_tabs_again(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    tab = open_request(opened, location(folder, "Health.yml"), qtbot)
    type_url(tab, "{{host}}/mine")
    text = (folder / "Health.yml").read_text()
    (folder / "Health.yml").unlink()
    qtbot.waitUntil(lambda: tab.origin == DraftLocation(folder), timeout=_PATIENCE)
    (folder / "Health.yml").write_text(text)
    qtbot.waitUntil(lambda: tab.origin == DraftLocation(folder, Path("Health.yml")), timeout=_PATIENCE)
    assert said(tab) == ""
    assert tab.unsaved()
    opened.commands["save"].trigger()
    qtbot.waitUntil(lambda: not tab.unsaved(), timeout=_PATIENCE)
    assert (folder / "Health.yml").read_text() == text.replace("{{host}}/health", "{{host}}/mine")


def test_a_quarrel_ends_when_others_take_theirs_back(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    tab = open_request(opened, location(folder, "Health.yml"), qtbot)
    type_url(tab, "{{host}}/mine")
    rewrite(folder / "Health.yml", "/health", "/theirs")
    qtbot.waitUntil(lambda: tab.findChild(ConflictBar) is not None, timeout=_PATIENCE)
    rewrite(folder / "Health.yml", "/theirs", "/health")
    qtbot.waitUntil(lambda: tab.findChild(ConflictBar) is None, timeout=_PATIENCE)
    assert tab.draft().url == "{{host}}/mine"
    assert tab.unsaved()


def test_a_folder_that_comes_back_is_noticed_with_what_changed_in_it(
    opened: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    tab = open_request(opened, location(folder, "Health.yml"), qtbot)
    away = folder.with_name("away")
    shutil.copytree(folder, away)
    shutil.rmtree(folder)
    line = opened.pages.library.model.line
    qtbot.waitUntil(
        lambda: bool((root := line(opened.pages.library.model.find(location(folder)))) and root.trouble),
        timeout=_PATIENCE,
    )
    rewrite(away / "Health.yml", "/health", "/alive")
    away.rename(folder)
    qtbot.waitUntil(lambda: tab.draft().url == "{{host}}/alive", timeout=_PATIENCE)
    qtbot.waitUntil(lambda: shown(opened, folder, "Orders"), timeout=_PATIENCE)
    assert tab.origin == DraftLocation(folder, Path("Health.yml"))


def test_a_broken_file_says_its_line(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    (folder / "broken.yml").write_text("info:\n  name: [\n")
    qtbot.waitUntil(lambda: shown(opened, folder, "broken.yml"), timeout=_PATIENCE)
    choose(opened, location(folder, "broken.yml"))
    pane = opened.pages.library.trouble
    assert not pane.isHidden()
    assert "line" in pane._reason.text().casefold()


def test_a_collections_own_file_that_is_broken_is_told_and_the_rest_goes_on(
    opened: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    (folder / "opencollection.yml").write_text("info:\n  name: [\n")
    choose(opened, location(folder))
    pane = opened.pages.library.trouble
    qtbot.waitUntil(lambda: not pane.isHidden(), timeout=_PATIENCE)
    assert "Line" in pane._reason.text()
    assert opened.commands["tree-new-request"].isEnabled()
    assert shown(opened, folder, "Orders")
    choose(opened, location(folder, "Health.yml"))
    assert pane.isHidden()


def test_delete_and_undo(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    choose(opened, location(folder, "Orders"))
    opened.pages.library.tree.setFocus()
    opened.commands["tree-delete"].trigger()
    qtbot.waitUntil(lambda: not shown(opened, folder, "Orders"), timeout=_PATIENCE)
    assert not (folder / "Orders").exists()
    assert opened.pages.undoing.toast.words() == "Deleted “Orders”."
    QTest.keyClick(opened.pages.library.tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown(opened, folder, "Orders/List.yml"), timeout=_PATIENCE)
    assert (folder / "Orders" / "List.yml").exists()


def names_in(window: MainWindow, what: DraftLocation) -> list[str]:
    model = window.pages.library.model
    above = model.find(what)
    return [str(model.index(row, 0, above).data()) for row in range(model.rowCount(above))]


def test_names_places_and_copies_are_taken_back_too(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    opened._bridge.library.add(
        location(folder, "Orders"), Draft(name="Cancel", url="{{host}}/cancel"), lambda _spot: None
    )
    qtbot.waitUntil(lambda: shown(opened, folder, "Orders/Cancel.yml"), timeout=_PATIENCE)
    tab = open_request(opened, location(folder, "Orders/List.yml"), qtbot)
    model, undo = opened.pages.library.model, opened.commands["take-back"]
    assert not undo.isEnabled()
    carried = (location(folder, "Orders/Create.yml"), location(folder, "Orders/List.yml"))
    model.move_requested.emit(Move(carried, location(folder)))
    qtbot.waitUntil(lambda: names_in(opened, location(folder, "Orders")) == ["Cancel"], timeout=_PATIENCE)
    model.setData(model.find(location(folder, "List.yml")), "All")
    qtbot.waitUntil(lambda: shown(opened, folder, "All.yml"), timeout=_PATIENCE)
    choose(opened, location(folder, "All.yml"))
    opened.commands["tree-duplicate"].trigger()
    qtbot.waitUntil(lambda: shown(opened, folder, "All copy.yml"), timeout=_PATIENCE)
    undo.trigger()
    qtbot.waitUntil(lambda: not shown(opened, folder, "All copy.yml"), timeout=_PATIENCE)
    undo.trigger()
    qtbot.waitUntil(lambda: shown(opened, folder, "List.yml"), timeout=_PATIENCE)
    undo.trigger()
    whole = ["Create", "List", "Cancel"]
    qtbot.waitUntil(lambda: names_in(opened, location(folder, "Orders")) == whole, timeout=_PATIENCE)
    qtbot.waitUntil(lambda: tab.origin == DraftLocation(folder, Path("Orders/List.yml")), timeout=_PATIENCE)
    assert not undo.isEnabled()
    choose(opened, location(folder, "Orders"))
    opened.commands["tree-new-folder"].trigger()
    qtbot.waitUntil(lambda: shown(opened, folder, "Orders/New folder"), timeout=_PATIENCE)
    undo.trigger()
    qtbot.waitUntil(lambda: names_in(opened, location(folder, "Orders")) == whole, timeout=_PATIENCE)


def test_tabs_follow_names_and_places(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    tab = open_request(opened, location(folder, "Orders/List.yml"), qtbot)
    model = opened.pages.library.model
    model.setData(model.find(location(folder, "Orders")), "Purchases")
    qtbot.waitUntil(lambda: tab.origin == DraftLocation(folder, Path("Purchases/List.yml")), timeout=_PATIENCE)
    model.move_requested.emit(Move((location(folder, "Purchases/List.yml"),), location(folder)))
    qtbot.waitUntil(lambda: tab.origin == DraftLocation(folder, Path("List.yml")), timeout=_PATIENCE)
    assert not tab.unsaved()
    assert said(tab) == ""


def test_copies_go_anywhere(opened: MainWindow, folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    other = tmp_path / "other"
    Collection.create(other, "Other")
    bring(opened, other, qtbot)
    choose(opened, location(folder, "Orders"))
    opened.commands["tree-copy"].trigger()
    choose(opened, location(other))
    assert opened.commands["tree-paste"].isEnabled()
    opened.commands["tree-paste"].trigger()
    qtbot.waitUntil(lambda: shown(opened, other, "Orders/Create.yml"), timeout=_PATIENCE)
    assert (folder / "Orders" / "Create.yml").exists()
    QApplication.clipboard().clear()


def test_several_are_opened_in_their_order_and_what_is_none_is_told(
    window: MainWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "another"
    Collection.create(other, "Another")
    (tmp_path / "nothing").mkdir()
    told: list[object] = []
    window._bridge.troubled.connect(told.append)
    window.open_paths([folder / "opencollection.yml", tmp_path / "nothing", other])
    qtbot.waitUntil(lambda: shown(window, other, ""), timeout=_PATIENCE)
    assert [root.name for root in window.pages.library.library().roots] == ["Payments", "Another"]
    assert "There is no collection in “nothing”" in str(told[0])


def test_new_duplicate_and_close(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    choose(opened, location(folder, "Orders"))
    opened.commands["tree-new-request"].trigger()
    qtbot.waitUntil(lambda: shown(opened, folder, "Orders/New request.yml"), timeout=_PATIENCE)
    qtbot.waitUntil(lambda: opened.pages.documents.count() == 1, timeout=_PATIENCE)
    choose(opened, location(folder, "Health.yml"))
    opened.commands["tree-duplicate"].trigger()
    qtbot.waitUntil(lambda: len(list(folder.glob("Health*.yml"))) == 2, timeout=_PATIENCE)
    opened.commands["close-collection"].trigger()
    qtbot.waitUntil(lambda: not shown(opened, folder, ""), timeout=_PATIENCE)
    assert opened.pages.documents.current() is not None
    assert folder.exists()
    remembered = opened.pages.library.library().remembered
    assert remembered[0] == folder
    opened.pages.collecting.opening.recent_menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: shown(opened, folder, "Orders"), timeout=_PATIENCE)


def test_the_environment_is_that_of_the_request_in_front(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    tab = open_request(opened, location(folder, "Health.yml"), qtbot)
    box = next(one for one in opened.findChildren(QComboBox) if one.accessibleName() == "Environment")
    assert [box.itemText(place) for place in range(3)] == ["no environment", "Local", "Staging"]
    box.activated.emit(2)

    def host() -> str:
        value = tab.panel.variables.scope().find("host")
        return value.text if value is not None else ""

    qtbot.waitUntil(lambda: host() == "https://staging.test", timeout=_PATIENCE)
    assert tab.panel._surroundings.environment == "Staging"
    assert "Payments" in opened.windowTitle()
    opened.commands["new"].trigger()
    assert not opened.pages.environment.isEnabled()


def test_environments_and_secrets_are_saved(
    opened: MainWindow, folder: Path, keyring: MemoryKeyring, qtbot: QtBot
) -> None:
    choose(opened, location(folder))
    opened.commands["environments"].trigger()
    dialog = dialog_of(opened, EnvironmentsDialog, qtbot)
    assert isinstance(dialog, EnvironmentsDialog)
    changed = Environment("Test", (Variable("host", "https://test"), Variable("token", secret=True)))
    secret = SecretEdit("Test", "token", "s3cret")
    before = Collection.open(folder).environments()
    dialog.save_requested.emit(EnvironmentEdit(folder, (("Local", changed),), ("Staging",), (secret,), before))
    qtbot.waitUntil(lambda: [one.name for one in Collection.open(folder).environments()] == ["Test"], timeout=_PATIENCE)
    qtbot.waitUntil(lambda: "s3cret" in keyring.entries.values(), timeout=_PATIENCE)
    assert not any("s3cret" in path.read_text() for path in folder.rglob("*.yml"))
    qtbot.waitUntil(lambda: opened.findChild(EnvironmentsDialog) is None, timeout=_PATIENCE)
    opened.commands["environments"].trigger()
    again = dialog_of(opened, EnvironmentsDialog, qtbot)
    assert isinstance(again, EnvironmentsDialog)
    assert again._edits.kept(0) == ("token",)
    again.reject()


def test_an_environment_that_others_changed_is_not_overwritten(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    choose(opened, location(folder))
    opened.commands["environments"].trigger()
    dialog = dialog_of(opened, EnvironmentsDialog, qtbot)
    assert isinstance(dialog, EnvironmentsDialog)
    rewrite(folder / "environments" / "Local.yml", "https://localhost", "https://theirs")
    line = next(one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == "Name")
    QTest.keyClicks(line, " 2")
    press(dialog, "Save")
    qtbot.waitUntil(lambda: "changed by another program" in dialog.message.words(), timeout=_PATIENCE)
    assert "https://theirs" in (folder / "environments" / "Local.yml").read_text()
    dialog.reject()


def test_defaults_reach_the_requests(opened: MainWindow, folder: Path, qtbot: QtBot) -> None:
    tab = open_request(opened, location(folder, "Orders/List.yml"), qtbot)
    choose(opened, location(folder, "Orders"))
    opened.commands["defaults"].trigger()
    dialog = dialog_of(opened, DefaultsDialog, qtbot)
    assert isinstance(dialog, DefaultsDialog)
    dialog._identity.show_choice("alice")
    press(dialog, "Save")
    qtbot.waitUntil(lambda: tab.panel._surroundings.choices.identity == "alice", timeout=_PATIENCE)
    assert tab.panel._surroundings.choices_from["identity"] == "folder Orders"
    assert tab.panel.identity() == "alice"


def test_the_column_folds_and_comes_back(opened: MainWindow) -> None:
    place = opened.pages.workplace
    assert place.column() == "requests"
    assert not place.is_folded()
    opened.commands["requests"].trigger()
    assert place.is_folded()
    opened.commands["history"].trigger()
    assert not place.is_folded()
    assert place.column() == "history"
    opened.commands["identities"].trigger()
    opened.commands["requests"].trigger()
    assert place.column() == "requests"
    assert not place.is_folded()
    assert opened.state().sidebar == ""


def test_reading_a_slow_collection_is_stopped_and_begun_again(
    window: MainWindow, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, going_on = threading.Event(), threading.Event()

    def slow(data: bytes) -> object:
        reading.set()
        going_on.wait()
        return decode(data)

    monkeypatch.setattr(scan, "decode", slow)
    try:
        window.open_paths([folder])
        qtbot.waitUntil(reading.is_set, timeout=_PATIENCE)
        (stop,) = (one for one in window.pages.library.findChildren(QPushButton) if one.text() == "Stop")
        qtbot.waitUntil(stop.isVisible, timeout=_PATIENCE)
        QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    finally:
        going_on.set()
    qtbot.waitUntil(lambda: shown(window, folder, ""), timeout=_PATIENCE)
    qtbot.waitUntil(lambda: not stop.isVisible(), timeout=_PATIENCE)
    assert not shown(window, folder, "Health.yml")
    choose(window, location(folder))
    (again,) = (one for one in window.pages.library.findChildren(QPushButton) if one.text() == "Try Again")
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(window, folder, "Health.yml"), timeout=_PATIENCE)
