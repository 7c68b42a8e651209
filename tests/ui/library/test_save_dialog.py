"""What the sheet says when a request cannot be saved."""

from pathlib import Path

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from workbench.core.collection import Node, NodeKind
from workbench.core.errors import KeyringUnavailable
from workbench.core.workspace.collection_state import CollectionState
from workbench.ui.library.save_dialog import SaveDialog
from workbench.ui.widgets.message import Message

ROOT = CollectionState(Path("/payments"), "Payments", Node(Path(), NodeKind.FOLDER, "Payments"))


def said(dialog: SaveDialog) -> str:
    return " ".join(one.words() for one in dialog.findChildren(Message))


def test_why_it_failed_stays_until_something_is_changed(qtbot: QtBot) -> None:
    dialog = SaveDialog("orders", (ROOT,), None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.show_error(KeyringUnavailable("No keyring.", hint="Start it."))
    dialog.show_roots((ROOT,))  # as after everything that was tried
    assert said(dialog) == "No keyring. Start it."
    next(one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == "Name").setText("other")
    assert said(dialog) == ""


def test_without_a_collection_it_says_so_until_there_is_one(qtbot: QtBot) -> None:
    dialog = SaveDialog("orders", (), None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "No collection is open" in said(dialog)
    dialog.show_roots((ROOT,))
    assert said(dialog) == ""
