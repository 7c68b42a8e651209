"""Secret variables: in the keyring only, under the names that are promised, and never another collection's."""

import contextlib
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.workspace.conftest import Computer
from workbench.core.collection import Collection
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import ApiKeyAuth, BasicAuth, BearerAuth, Draft, Environment, Field, Variable
from workbench.core.errors import KeyringUnavailable, StorageError, WorkbenchError
from workbench.core.variables import resolve
from workbench.core.workspace import Workspace

LOCAL = Environment("Local", (Variable("host", "localhost"), Variable("token", secret=True)))


@pytest.fixture
def workspace(computer: Computer) -> Workspace:
    return computer.open()


@pytest.fixture
def payments(computer: Computer, workspace: Workspace) -> Collection:
    made = computer.collection(workspace)
    made.save_environment(LOCAL, None)
    return made


def written(folder: Path) -> str:
    return "".join(path.read_text() for path in sorted(folder.rglob("*")) if path.is_file())


def test_where_a_secret_lies(computer: Computer, workspace: Workspace, payments: Collection) -> None:
    workspace.secrets.keep(payments.root, "Local", {"token": "hush"})
    workspace.secrets.keep(payments.root, None, {"a/b%": "hush"})
    assert set(computer.keyring.entries) == {"secret:default/Local/token", "secret:default/-/a%2Fb%25"}
    assert workspace.secrets.read(payments.root, "Local", "token") == "hush"
    assert "hush" not in written(computer.folder) + written(computer.home.root)
    assert "hush" not in repr(workspace._values)


def test_what_lies_in_the_keyring_is_found(computer: Computer, workspace: Workspace, payments: Collection) -> None:
    """A script or another installation put it there under the promised name."""
    computer.keyring.set("secret:default/Local/token", "hush")
    origin = DraftLocation(payments.root)
    assert resolve("{{token}}@{{host}}", workspace.scope(Draft(), origin, "Local")) == "hush@localhost"


def test_two_collections_with_the_same_names_share_nothing(
    computer: Computer, workspace: Workspace, payments: Collection
) -> None:
    workspace.secrets.keep(payments.root, "Local", {"token": "hush"})
    other = computer.collection(workspace, "Other")
    other.save_environment(LOCAL, None)
    value = workspace.scope(Draft(), DraftLocation(other.root), "Local").find("token")
    assert value is not None
    assert value.missing
    workspace.secrets.keep(other.root, "Local", {"token": "other"})
    workspace.secrets.keep(other.root, None, {"x": "1"})
    workspace.secrets.keep(payments.root, None, {"x": "2"})
    workspace.secrets.keep(None, None, {"x": "3"})
    assert computer.keyring.entries == {
        "secret:default/Local/token": "hush",
        "secret:default/Local~2/token": "other",
        "secret:default/-/x": "1",
        "secret:default/-~2/x": "2",
        "secret:default/-~3/x": "3",
    }
    assert resolve("{{token}}{{x}}", workspace.scope(Draft(), DraftLocation(payments.root), "Local")) == "hush2"
    assert resolve("{{x}}", workspace.scope(Draft(), None)) == "3"


def test_an_environment_called_like_none(workspace: Workspace, computer: Computer, payments: Collection) -> None:
    workspace.secrets.keep(payments.root, "-", {"x": "1"})
    workspace.secrets.keep(payments.root, None, {"x": "2"})
    assert computer.keyring.entries == {"secret:default/-~2/x": "1", "secret:default/-/x": "2"}


def test_closing_and_opening_again_finds_them(computer: Computer, workspace: Workspace, payments: Collection) -> None:
    workspace.secrets.keep(payments.root, "Local", {"token": "hush"})
    workspace.collections.close(payments.root)
    workspace.close()
    again = computer.open()
    again.collections.open(payments.root)
    assert again.secrets.read(payments.root, "Local", "token") == "hush"


def test_another_name_for_the_environment(workspace: Workspace, payments: Collection) -> None:
    workspace.secrets.keep(payments.root, "Local", {"token": "hush"})
    workspace.collections.choose_environment(payments.root, "Local")
    payments.rename_environment("Local", "Here")
    workspace.collections.rename_environment(payments.root, "Local", "Here")
    assert workspace.collections.chosen_environment(payments.root) == "Here"
    assert resolve("{{token}}", workspace.scope(Draft(), DraftLocation(payments.root), "Here")) == "hush"
    payments.save_environment(LOCAL, None)
    assert workspace.secrets.read(payments.root, "Local", "token") is None


def test_forgetting(computer: Computer, workspace: Workspace, payments: Collection) -> None:
    for name in ("a", "b"):
        workspace.secrets.keep(payments.root, "Local", {name: "x"})
    workspace.secrets.remove(payments.root, "Local", "a")
    assert set(computer.keyring.entries) == {"secret:default/Local/b"}
    workspace.secrets.clear(payments.root, "Local")
    assert computer.keyring.entries == {}
    workspace.secrets.clear(payments.root, "never")


def test_the_nearest_environments_secret_counts(workspace: Workspace, payments: Collection) -> None:
    payments.save_environment(Environment("Test", (Variable("token", secret=True),), extends="Local"), None)
    workspace.secrets.keep(payments.root, "Local", {"token": "far"})
    workspace.secrets.keep(payments.root, "Test", {"token": "near"})
    assert resolve("{{token}}", workspace.scope(Draft(), DraftLocation(payments.root), "Test")) == "near"
    workspace.secrets.remove(payments.root, "Test", "token")
    assert resolve("{{token}}", workspace.scope(Draft(), DraftLocation(payments.root), "Test")) == "far"


def test_without_a_keyring_the_rest_is_there(computer: Computer, workspace: Workspace, payments: Collection) -> None:
    computer.keyring.available = False
    scope = workspace.scope(Draft(), DraftLocation(payments.root), "Local")
    assert resolve("{{host}}", scope) == "localhost"
    with pytest.raises(KeyringUnavailable) as refused:
        workspace.secrets.keep(payments.root, "Local", {"token": "hush"})
    assert "asked every time" not in refused.value.hint  # there is no such thing for variables
    computer.keyring.available = True
    assert workspace.secrets.read(payments.root, "Local", "token") is None


def test_a_dotenv_file_must_lie_in_the_collection(
    computer: Computer, workspace: Workspace, payments: Collection
) -> None:
    (payments.root / ".env").write_text("FROM=file\n")
    (computer.folder / "outside.env").write_text("STOLEN=1\n")
    payments.save_environment(Environment("Test", dotenv=".env"), None)
    payments.save_environment(Environment("Gone", dotenv="gone.env"), None)
    payments.save_environment(Environment("Bad", dotenv="../outside.env"), None)
    assert resolve("{{FROM}}", workspace.scope(Draft(), DraftLocation(payments.root), "Test")) == "file"
    assert workspace.scope(Draft(), DraftLocation(payments.root), "Gone").find("FROM") is None
    with pytest.raises(WorkbenchError, match="outside"):
        workspace.scope(Draft(), DraftLocation(payments.root), "Bad")


# Sealing


def test_a_typed_secret_becomes_the_environments(
    computer: Computer, workspace: Workspace, payments: Collection
) -> None:
    origin = DraftLocation(payments.root)
    draft = Draft("Login", auth=BearerAuth("hush-hush"), headers=(Field("X-Key", "k-e-y"),))
    extracted = workspace.extract_secrets(draft, origin, "Local", headers=["X-Key"])
    assert extracted.auth == BearerAuth("{{token-2}}")  # there is a variable “token” already
    assert extracted.headers[0].value == "{{x-key}}"
    assert computer.keyring.entries == {
        "secret:default/Local/token-2": "hush-hush",
        "secret:default/Local/x-key": "k-e-y",
    }
    (local,) = workspace.collections.get(payments.root).environments()
    assert [(one.name, one.secret, one.value) for one in local.variables[1:]] == [
        ("token", True, ""),
        ("token-2", True, ""),
        ("x-key", True, ""),
    ]
    path = payments.add(Path(), extracted)
    assert "hush-hush" not in written(computer.folder) + written(computer.home.root)
    assert (
        resolve("{{token-2}}", workspace.scope(extracted, DraftLocation(payments.root, path), "Local")) == "hush-hush"
    )


def test_without_an_environment_it_stays_on_this_computer(computer: Computer, workspace: Workspace) -> None:
    made = computer.collection(workspace)
    origin = DraftLocation(made.root)
    extracted = workspace.extract_secrets(Draft(auth=BasicAuth("ann", "hush")), origin)
    assert extracted.auth == BasicAuth("ann", "{{password}}")
    assert computer.keyring.entries == {"secret:default/-/password": "hush"}
    scope = workspace.scope(extracted, origin)
    assert resolve("{{password}}", scope) == "hush"
    value = scope.find("password")
    assert value is not None
    assert value.secret
    assert value.layer == "secrets on this computer"


def test_a_draft_of_no_collection(workspace: Workspace) -> None:
    extracted = workspace.extract_secrets(Draft(auth=BasicAuth("ann", "hush")), None)
    assert resolve("{{password}}", workspace.scope(extracted, None)) == "hush"


def test_the_same_secret_is_kept_once(computer: Computer, workspace: Workspace, payments: Collection) -> None:
    origin = DraftLocation(payments.root)
    first = workspace.extract_secrets(Draft(auth=BasicAuth("ann", "hush")), origin, "Local")
    second = workspace.extract_secrets(Draft(auth=ApiKeyAuth("X", "hush")), origin, "Local")
    assert first.auth == BasicAuth("ann", "{{password}}")
    assert second.auth == ApiKeyAuth("X", "{{password}}")
    assert len(computer.keyring.entries) == 1


def test_nothing_to_seal_needs_no_keyring(computer: Computer, workspace: Workspace, payments: Collection) -> None:
    computer.keyring.available = False
    path = payments.add(Path(), Draft("Old", auth=BasicAuth("ann", "in the file")))
    old = payments.load(path).draft
    assert workspace.extract_secrets(old, DraftLocation(payments.root, path), "Local") == old


def test_a_keyring_that_refuses_leaves_all_as_it_was(
    computer: Computer, workspace: Workspace, payments: Collection
) -> None:
    before = written(payments.root)
    computer.keyring.available = False
    with pytest.raises(KeyringUnavailable):
        workspace.extract_secrets(Draft(auth=BasicAuth("ann", "hush")), DraftLocation(payments.root), "Local")
    computer.keyring.available = True
    assert written(payments.root) == before
    assert computer.keyring.entries == {}


@contextlib.contextmanager
def disk_with_room_for(size: int) -> Iterator[None]:
    """No file may grow past ``size`` bytes meanwhile."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_an_environment_that_cannot_be_written_leaves_all_as_it_was(
    computer: Computer, workspace: Workspace, payments: Collection
) -> None:
    long = Environment("Long", tuple(Variable(f"v{number}", "x" * 100) for number in range(500)))
    payments.save_environment(long, None)
    before = written(payments.root)
    with disk_with_room_for(20_000), pytest.raises(WorkbenchError):
        workspace.extract_secrets(Draft(auth=BasicAuth("ann", "hush")), DraftLocation(payments.root), "Long")
    assert computer.keyring.entries == {}
    assert written(payments.root) == before
    assert workspace.secrets.read(payments.root, "Long", "password") is None


def test_a_record_that_cannot_be_written_leaves_all_as_it_was(
    computer: Computer, workspace: Workspace, payments: Collection
) -> None:
    workspace.secrets.keep(payments.root, "Local", {"token": "old"})
    before = written(workspace.folder)
    with disk_with_room_for(10):
        with pytest.raises(StorageError):
            workspace.secrets.keep(payments.root, "Local", {"other": "new"})
        with pytest.raises(StorageError):
            workspace.extract_secrets(Draft(auth=BasicAuth("ann", "hush")), DraftLocation(payments.root), "Local")
    assert computer.keyring.entries == {"secret:default/Local/token": "old"}
    assert written(workspace.folder) == before
    assert workspace.secrets.read(payments.root, "Local", "token") == "old"
