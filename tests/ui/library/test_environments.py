"""Editing environments: names, what extends what, TLS choices, and secrets that never stay in a row."""

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from workbench.core.draft import Environment, Variable
from workbench.core.errors import InvalidInput, KeyringUnavailable
from workbench.core.workspace.environment_edit import EnvironmentEdit, SecretEdit
from workbench.ui.library.environment_choice import EnvironmentChoice
from workbench.ui.library.environment_edits import EnvironmentEdits
from workbench.ui.library.environments_dialog import EnvironmentsDialog
from workbench.ui.models.environment_rows import EnvironmentRows

FOLDER = Path("/collections/payments")
HOST, TOKEN = Variable("host", "https://localhost"), Variable("token", secret=True)
LOCAL = Environment("Local", (HOST, TOKEN), color="#2e8b57")
STAGING = Environment("Staging", extends="Local")
VALUE, KEPT = 1, 2


def edits() -> EnvironmentEdits:
    return EnvironmentEdits(FOLDER, [LOCAL, STAGING], {"Local": ["token"]})


def test_nothing_changed_is_nothing_to_do() -> None:
    assert edits().edit() == EnvironmentEdit(FOLDER, before=(LOCAL, STAGING))


def test_another_name_takes_along_what_extends_it() -> None:
    made = edits()
    made.put(0, Environment("Here", (HOST, TOKEN), color="#2e8b57"))
    assert made.edit().environments == (
        ("Local", Environment("Here", (HOST, TOKEN), color="#2e8b57")),
        ("Staging", Environment("Staging", extends="Here")),
    )


def test_new_ones_get_free_names_and_removed_ones_are_named() -> None:
    made = edits()
    made.add(Environment("local"))
    assert made.environments()[-1].name == "local 2"
    made.remove(1)
    assert made.edit().environments == (("", Environment("local 2")),)
    assert made.edit().removed == ("Staging",)


def test_two_of_one_name_and_none_are_trouble() -> None:
    made = edits()
    made.put(1, Environment("LOCAL"))
    assert "LOCAL" in made.trouble() or "Local" in made.trouble()
    made.put(1, Environment(""))
    assert made.trouble() == "An environment needs a name."


def test_a_secret_is_set_renamed_and_forgotten() -> None:
    made = edits()
    made.rename_secret(0, "token", "key")
    made.put(0, Environment("Local", (HOST, Variable("key", secret=True))))
    assert made.kept(0) == ("key",)
    assert made.edit().secrets == (SecretEdit("Local", "key", None, "token"),)
    made.set_secret(0, "key", "s3cret")
    assert SecretEdit("Local", "key", "s3cret") in made.edit().secrets
    assert "s3cret" not in repr(made.edit())
    made = edits()
    made.put(0, Environment("Local", (HOST,)))
    assert made.edit().secrets == (SecretEdit("Local", "token"),)


@pytest.mark.usefixtures("qapp")
def test_a_value_leaves_the_row_that_becomes_secret(qtbot: QtBot) -> None:
    rows = EnvironmentRows()
    _tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows.show_rows([HOST, TOKEN])
    rows.show_kept(["token"])
    assert rows.index(1, VALUE).data() == "••••••"
    assert rows.index(1, VALUE).data(Qt.ItemDataRole.AccessibleTextRole) == "Value: hidden"
    assert not rows.flags(rows.index(1, VALUE)) & Qt.ItemFlag.ItemIsEditable
    with qtbot.waitSignal(rows.made_secret) as told:
        rows.setData(rows.index(0, KEPT), "keyring")
    assert told.args == ["host", "https://localhost"]
    assert rows.rows()[0] == Variable("host", secret=True)
    assert rows.index(0, VALUE).data() == "not set on this computer"
    with qtbot.waitSignal(rows.renamed) as told:
        rows.setData(rows.index(1, 0), "key")
    assert told.args == ["token", "key"]


@pytest.fixture
def dialog(qtbot: QtBot) -> EnvironmentsDialog:
    made = EnvironmentsDialog(FOLDER, "Payments", [LOCAL, STAGING], {"Local": ["token"]})
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.show()
    return made


def line(dialog: EnvironmentsDialog, name: str) -> QLineEdit:
    return next(one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == name)


def button(dialog: EnvironmentsDialog, words: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text().replace("&", "") == words)


def saved(dialog: EnvironmentsDialog, qtbot: QtBot) -> EnvironmentEdit:
    with qtbot.waitSignal(dialog.save_requested) as told:
        button(dialog, "Save").click()
    assert isinstance(told.args[0], EnvironmentEdit)
    return told.args[0]


def test_a_secret_is_typed_below_the_table(dialog: EnvironmentsDialog, qtbot: QtBot) -> None:
    dialog._form.table.setCurrentIndex(dialog._form.rows.index(1, VALUE))
    field = line(dialog, "Secret value of “token”")
    assert field.isVisible()
    assert field.echoMode() == QLineEdit.EchoMode.Password
    with qtbot.waitSignal(dialog.reveal_requested) as asked:
        button(dialog, "Show").click()
    assert asked.args == ["Local", "token"]
    dialog.show_secret("Local", "token", "old")
    assert field.text() == "old"
    field.selectAll()
    QTest.keyClicks(field, "new")
    edit = saved(dialog, qtbot)
    assert edit.secrets == (SecretEdit("Local", "token", "new"),)
    assert edit.environments == ()


def test_names_colours_and_errors(dialog: EnvironmentsDialog, qtbot: QtBot) -> None:
    names = next(one for one in dialog.findChildren(QListWidget) if one.accessibleName() == "Environments")
    button(dialog, "New").click()
    assert names.currentRow() == 2
    field = line(dialog, "Name")
    assert field.hasFocus() or field.selectedText() == "New environment"
    field.selectAll()
    QTest.keyClicks(field, "Local")
    assert not button(dialog, "Save").isEnabled()
    QTest.keyClicks(field, "host")
    item = names.item(2)
    assert item is not None
    assert item.text() == "Localhost"
    edit = saved(dialog, qtbot)
    assert edit.environments == (("", Environment("Localhost")),)
    dialog.show_error(InvalidInput("No such place."))
    assert button(dialog, "Save").isEnabled()
    dialog.show_keyring(KeyringUnavailable("There is no keyring."))
    assert "There is no keyring." in dialog._keyring.words()


def test_identity_is_a_variable_too(dialog: EnvironmentsDialog, qtbot: QtBot) -> None:
    rows = dialog._form.rows
    rows.setData(rows.index(2, 0, QModelIndex()), "mtls.identity")
    rows.setData(rows.index(2, VALUE), "alice")
    chip = next(one for one in dialog.findChildren(QComboBox) if one.accessibleName() == "Identity")
    assert chip.currentText().startswith("alice")
    assert Variable("mtls.identity", "alice") in saved(dialog, qtbot).environments[0][1].variables


def test_the_buttons_are_there(dialog: EnvironmentsDialog) -> None:
    assert dialog.findChild(QDialogButtonBox) is not None
    button(dialog, "Remove").click()
    button(dialog, "Remove").click()
    assert not button(dialog, "Remove").isEnabled()


def test_an_environment_is_chosen_by_its_name(qtbot: QtBot) -> None:
    choice = EnvironmentChoice()
    qtbot.addWidget(choice)
    assert not choice.isEnabled()
    choice.show_environments([LOCAL, STAGING], "Gone", of="Payments")
    box = choice.findChild(QComboBox)
    assert box is not None
    assert box.accessibleName() == "Environment"
    assert box.currentText() == "Gone · missing"
    with qtbot.waitSignal(choice.chosen) as told:
        box.setCurrentIndex(1)
        box.activated.emit(1)
    assert told.args == ["Local"]
    with qtbot.waitSignal(choice.edit_requested):
        box.activated.emit(box.count() - 1)
    assert choice.environment() == "Local"
