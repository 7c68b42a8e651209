"""The models of identities, bundles and lab servers: each passes Qt's own tester."""

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

from workbench.core.credentials import BundleRow, IdentityRow, Kept
from workbench.lab.identities import make_material
from workbench.ui.models.lab_servers import SERVER_COLUMNS, LabServer
from workbench.ui.models.named_rows import bundle_rows, identity_rows
from workbench.ui.models.table import TableModel

pytestmark = pytest.mark.usefixtures("qapp")
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def identities() -> list[IdentityRow]:
    return [IdentityRow(name, made.chain, Kept.KEYRING) for name, made in make_material().identities.items()]


def test_identities_are_spoken_and_sorted_by_their_end() -> None:
    model = identity_rows()
    _tester = watched(model)
    model.show_rows(identities())
    model.sort(1)
    assert model.rows()[0].name == "expired"
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            assert model.data(model.index(row, column), SPOKEN)


def test_a_name_is_asked_for_and_not_changed() -> None:
    model = identity_rows()
    _tester = watched(model)
    model.show_rows(identities())
    wishes: list[tuple[str, str]] = []
    model.rename_requested.connect(lambda old, new: wishes.append((old, new)))
    place = model.index(model.place("alice"), 0)
    assert model.setData(place, "alice 2")
    assert not model.setData(place, "  ")
    assert wishes == [("alice", "alice 2")]
    assert model.data(place) == "alice"


def test_built_in_bundles_keep_their_names() -> None:
    model = bundle_rows()
    _tester = watched(model)
    authority = make_material().authority
    model.show_rows([BundleRow("system", (authority,), built_in=True), BundleRow("mine", (authority,))])
    editable = [bool(model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsEditable) for row in range(2)]
    assert editable == [False, True]


def test_lab_servers() -> None:
    model = TableModel(SERVER_COLUMNS)
    _tester = watched(model)
    model.show_rows([LabServer("mutual", "https://localhost:1/", "It insists.")])
    assert "insists" in model.data(model.index(0, 2))
