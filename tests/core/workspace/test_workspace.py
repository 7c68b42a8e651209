"""What a workspace keeps open, and what it finds again."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.core.workspace.conftest import Computer
from workbench.core.collection import Collection
from workbench.core.collection.location import DraftLocation
from workbench.core.cookies import Cookie
from workbench.core.draft import Draft, Environment, Variable
from workbench.core.errors import InvalidInput, StorageError, WorkbenchError, WorkspaceBusy
from workbench.core.session import Session
from workbench.core.storage import Home
from workbench.core.variables import resolve
from workbench.core.workspace import Workspace, list_workspaces, new_workspace


def folders(workspace: Workspace) -> list[str]:
    return [one.folder.name for one in workspace.collections.opened()]


def test_the_default_one_is_made_and_found_again(computer: Computer) -> None:
    workspace = computer.open()
    assert workspace.id == "default"
    assert workspace.folder == Home.default().root / "workspaces" / "default"
    computer.collection(workspace, "b")
    computer.collection(workspace, "a")
    workspace.collections.choose_environment(computer.folder / "a", "Local")
    workspace.close()
    again = computer.open()
    assert folders(again) == ["b", "a"]
    assert again.collections.chosen_environment(computer.folder / "a") == "Local"
    assert [one.environment for one in again.collections.opened()] == [None, "Local"]


def test_one_window_at_a_time(computer: Computer) -> None:
    workspace = computer.open()
    with pytest.raises(WorkspaceBusy):
        computer.open()
    other = new_workspace(computer.home, "other")
    computer.open(workspace=other.id)
    workspace.close()
    computer.open()


def test_a_workspace_that_is_not_there(computer: Computer) -> None:
    with pytest.raises(StorageError):
        computer.open(workspace="gone")


def test_a_damaged_record_keeps_nobody_out_for_ever(computer: Computer) -> None:
    computer.open().close()
    path = computer.home.workspaces / "default" / "workspace.json"
    kept = path.read_text()
    path.write_text("{")
    with pytest.raises(StorageError, match="workspace “default” cannot be read") as raised:
        computer.open()
    assert str(path) in raised.value.detail
    assert "Restore this file" in raised.value.hint
    path.write_text(kept)
    computer.open()


def test_a_script_beside_the_window(computer: Computer) -> None:
    workspace = computer.open()
    made = computer.collection(workspace)
    made.save_environment(Environment("Local", (Variable("token", secret=True),)), None)
    workspace.secrets.keep(made.root, "Local", {"token": "hush"})
    workspace.cookies.put(Cookie("a", "1", "example.com", expires=datetime(2031, 1, 1, tzinfo=UTC)))
    workspace.cookies.save()
    before = {path: path.read_bytes() for path in workspace.folder.iterdir()}
    reader = Workspace.open_read_only(
        computer.home, Session(computer.stock.identities, computer.stock.trust), computer.keyring
    )
    reader.collections.open(made.root)
    assert resolve("{{token}}", reader.scope(Draft(), DraftLocation(made.root), "Local")) == "hush"
    assert reader.cookies.header_for("https://example.com/") == "a=1"
    reader.cookies.clear()
    reader.close()
    assert {path: path.read_bytes() for path in workspace.folder.iterdir()} == before
    assert workspace.collections.chosen_environment(made.root) is None


def test_a_script_where_no_window_ever_was(computer: Computer) -> None:
    made = Collection.create(computer.folder / "x", "X")
    made.save_environment(Environment("Local", (Variable("token", secret=True),)), None)
    computer.keyring.set("secret:default/Local/token", "hush")
    reader = Workspace.open_read_only(
        computer.home, Session(computer.stock.identities, computer.stock.trust), computer.keyring
    )
    reader.collections.open(made.root)
    assert resolve("{{token}}", reader.scope(Draft(), DraftLocation(made.root), "Local")) == "hush"
    reader.close()
    assert not computer.home.root.exists()


def test_renaming_while_open(computer: Computer) -> None:
    new_workspace(computer.home, "taken")
    workspace = computer.open()
    workspace.rename("Bänk")
    assert workspace.name == "Bänk"
    with pytest.raises(InvalidInput):
        workspace.rename("Taken")
    assert [one.name for one in list_workspaces(computer.home)] == ["Bänk", "taken"]


def test_opening_twice_is_opening_once(computer: Computer) -> None:
    workspace = computer.open()
    made = computer.collection(workspace)
    assert workspace.collections.open(made.root) is made
    assert workspace.collections.open(made.root / "opencollection.yml") is made
    assert folders(workspace) == ["Payments"]


def test_closing_remembers_and_deletes_nothing(computer: Computer) -> None:
    workspace = computer.open()
    made = computer.collection(workspace)
    workspace.collections.choose_environment(made.root, "Local")
    workspace.collections.close(made.root)
    assert folders(workspace) == []
    assert workspace.collections.remembered() == (made.root,)
    with pytest.raises(InvalidInput):
        workspace.collections.get(made.root)
    assert (made.root / "opencollection.yml").exists()
    workspace.collections.open(made.root)
    assert workspace.collections.chosen_environment(made.root) == "Local"
    assert workspace.collections.remembered() == ()


def test_a_collection_whose_folder_went_away_stays_with_its_error(computer: Computer) -> None:
    workspace = computer.open()
    made = computer.collection(workspace)
    workspace.close()
    made.root.rename(computer.folder / "moved")
    (only,) = computer.open().collections.opened()
    assert only.collection is None
    assert only.error is not None
    assert str(made.root) in only.error.detail


def test_what_is_no_collection_is_not_opened(computer: Computer) -> None:
    workspace = computer.open()
    with pytest.raises(WorkbenchError):
        workspace.collections.open(computer.folder)
    assert workspace.collections.opened() == ()


def test_cloning(computer: Computer) -> None:
    workspace = computer.open()
    made = computer.collection(workspace)
    made.save_environment(Environment("Local", (Variable("token", secret=True),)), None)
    workspace.secrets.keep(made.root, "Local", {"token": "hush"})
    copy = workspace.collections.clone(made.root, computer.folder / "Copy", "Copy of it")
    assert copy.name == "Copy of it"
    assert made.name == "Payments"
    assert folders(workspace) == ["Payments", "Copy"]
    assert workspace.secrets.read(copy.root, "Local", "token") is None


def test_the_record_is_written_whole_and_for_the_owner(computer: Computer) -> None:
    workspace = computer.open()
    computer.collection(workspace)
    path = workspace.folder / "workspace.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert workspace.folder.stat().st_mode & 0o777 == 0o700
    assert json.loads(path.read_text())["collections"][0]["folder"] == str(computer.folder / "Payments")
    assert sorted(entry.name for entry in workspace.folder.iterdir()) == ["workspace.json", "workspace.lock"]


def test_links_to_a_collection_are_their_own(computer: Computer) -> None:
    workspace = computer.open()
    made = computer.collection(workspace)
    link = computer.folder / "link"
    link.symlink_to(made.root)
    assert workspace.collections.open(Path(link)).root == link
    assert folders(workspace) == ["Payments", "link"]
