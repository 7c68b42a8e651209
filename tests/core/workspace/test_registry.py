"""Which workspaces there are."""

import stat

import pytest

from tests.support.keyring import MemoryKeyring
from workbench.core.errors import InvalidInput, KeyringUnavailable, StorageError, WorkspaceBusy
from workbench.core.storage import Home
from workbench.core.workspace import DEFAULT, list_workspaces, new_workspace, record, remove_workspace, rename_workspace
from workbench.core.workspace.lock import Lock
from workbench.core.workspace.record import Membership, Record, SecretGroup
from workbench.core.workspace.registry import LOCK


@pytest.fixture
def home() -> Home:
    return Home.default()


def test_the_default_one_is_always_there(home: Home) -> None:
    (only,) = list_workspaces(home)
    assert only.id == DEFAULT
    assert not home.workspaces.exists()


def test_new_ones_come_by_name_behind_the_default(home: Home) -> None:
    second = new_workspace(home, " Zoo ")
    first = new_workspace(home, "ärger")
    assert [one.name for one in list_workspaces(home)][1:] == ["Zoo", "ärger"]
    assert first.id != second.id
    assert stat.S_IMODE(first.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((first.folder / record.FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 300, "TAKEN", "taken "])
def test_names_that_cannot_be(home: Home, name: str) -> None:
    new_workspace(home, "taken")
    with pytest.raises(InvalidInput):
        new_workspace(home, name)
    assert len(list_workspaces(home)) == 2


def test_renaming(home: Home) -> None:
    made, other = new_workspace(home, "one"), new_workspace(home, "two")
    assert rename_workspace(home, made.id, "ONE").name == "ONE"
    with pytest.raises(InvalidInput, match="Two"):
        rename_workspace(home, made.id, "Two")
    with Lock(other.folder / LOCK), pytest.raises(WorkspaceBusy):
        rename_workspace(home, other.id, "three")
    assert {one.name for one in list_workspaces(home)} >= {"ONE", "two"}


def test_removing_takes_the_secrets_along(home: Home) -> None:
    keyring = MemoryKeyring()
    made = new_workspace(home, "one")
    groups = {"Local": SecretGroup("Local", ("a/b", "c")), "": SecretGroup("-", ("d",))}
    record.write(
        made.folder, Record("one", (Membership(home.root / "x", groups=groups),), loose=SecretGroup("-~2", ("e",)))
    )
    for name in ("Local/a%2Fb", "Local/c", "-/d", "-~2/e"):
        keyring.set(f"secret:{made.id}/{name}", "x")
    keyring.set("identity:1", "stays")
    keyring.available = False
    with pytest.raises(KeyringUnavailable):
        remove_workspace(home, made.id, keyring)
    assert made.folder.exists()
    keyring.available = True
    with Lock(made.folder / LOCK), pytest.raises(WorkspaceBusy):
        remove_workspace(home, made.id, keyring)
    remove_workspace(home, made.id, keyring)
    assert keyring.entries == {"identity:1": "stays"}
    assert [one.id for one in list_workspaces(home)] == [DEFAULT]
    assert not made.folder.exists()


@pytest.mark.parametrize("text", ["{", '{"format": 1}', '{"format": 99, "name": "x", "collections": []}', "[]"])
def test_one_that_cannot_be_read_is_listed_and_left_alone(home: Home, text: str) -> None:
    made = new_workspace(home, "one")
    path = made.folder / record.FILE
    path.write_text(text)
    broken = next(one for one in list_workspaces(home) if one.id == made.id)
    assert broken.error is not None
    assert broken.error.hint
    with pytest.raises(StorageError):
        rename_workspace(home, made.id, "two")
    assert path.read_text() == text


def test_a_record_comes_back_as_it_was(home: Home) -> None:
    made = new_workspace(home, "one")
    members = (
        Membership(home.root / "a", environment="Local", groups={"Local": SecretGroup("Local", ("x",))}),
        Membership(home.root / "b", open=False),
    )
    kept = Record("nämé", members, SecretGroup("-"))
    record.write(made.folder, kept)
    assert record.read(made.folder) == kept
