"""What is shown of files before anything of them is stored."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.support import authority
from workbench.core.errors import PasswordNeeded
from workbench.core.formats import ImportedIdentity, read_identity
from workbench.core.formats.source import Source
from workbench.ui.certificates.import_dialog import ImportDialog
from workbench.ui.look import theme
from workbench.ui.widgets.sentence import Sentence

_PEOPLE = " ".join(["Department of very long names and of even longer ones"] * 4)


@pytest.fixture
def troubled() -> ImportedIdentity:
    """It expires soon, and its issuer is not in the file."""
    issuing = authority.intermediate(authority.root(), f"Issuing authority of the {_PEOPLE}"[:64])
    alice = authority.client(issuing, "alice", not_before=authority.days(-60), not_after=authority.days(3))
    leaf = authority.key_pem(alice.key) + alice.certificate.pem.encode()
    return read_identity([Source("alice.pem", leaf)])


@pytest.fixture(params=[100, 200])
def dialog(qapp: QApplication, qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[ImportDialog]:
    theme.apply_fonts(qapp, theme.Fonts(scale=request.param))
    made = ImportDialog(["alice.p12"])
    qtbot.addWidget(made)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.open()
    yield made
    theme.apply_fonts(qapp, theme.Fonts())


def said(dialog: ImportDialog) -> list[str]:
    return [one.text() for one in dialog.findChildren(Sentence) if one.isVisible()]


def clipped(dialog: ImportDialog) -> list[str]:
    """Texts that have less room than they need."""
    labels = [label for label in dialog.findChildren(QLabel) if label.isVisible() and label.wordWrap()]
    return [label.text() for label in labels if label.height() < label.heightForWidth(label.width())]


def test_what_is_wrong_is_marked_and_read_whole(dialog: ImportDialog, troubled: ImportedIdentity) -> None:
    dialog.show_error(PasswordNeeded("alice.p12"))
    dialog.show_identity("alice", troubled)
    assert [words.split(":")[0] for words in said(dialog)] == ["Warning", "Note"]
    QTest.qWait(0)
    assert clipped(dialog) == []
    assert dialog.width() >= dialog.minimumSizeHint().width()


def test_what_was_wrong_before_another_file_came_is_not_said_any_more(
    dialog: ImportDialog, troubled: ImportedIdentity
) -> None:
    dialog.show_identity("alice", troubled)
    dialog.show_files(["alice.p12", "issuing.pem"])
    assert said(dialog) == []
    dialog.show_authorities("test", [authority.root().certificate])
    assert said(dialog) == []
    name = next(field for field in dialog.findChildren(QLineEdit) if field.text() == "test")
    assert name.hasFocus() or name.isVisible()


def test_what_only_a_server_said_is_compared_before_it_is_trusted(dialog: ImportDialog, qtbot: QtBot) -> None:
    root = authority.root("Unheard-of CA").certificate
    dialog.show_presented(root)
    QTest.qWait(0)
    words = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert any("Compare its SHA-256" in text for text in words)
    assert root.sha256 in words
    assert clipped(dialog) == []
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == "&Trust")
    with qtbot.waitSignal(dialog.store_requested) as stored:
        button.click()
    assert stored.args == ["Unheard-of CA", None, False]
