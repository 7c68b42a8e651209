"""Environments that are saved while others work on them, and saved again when the first time failed half-way."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.workspace.conftest import Computer
from tests.support.keyring import MemoryKeyring
from workbench.core.collection import Collection
from workbench.core.draft import Environment, Variable
from workbench.core.errors import InvalidInput, KeyringUnavailable, WorkbenchError
from workbench.core.workspace import Workspace
from workbench.core.workspace.environment_edit import EnvironmentEdit, SecretEdit
from workbench.core.workspace.environment_files import EnvironmentFiles

LOCAL = Environment("Local", (Variable("host", "localhost"), Variable("token", secret=True)))
STAGING = Environment("Staging", (Variable("host", "staging.test"),))


@pytest.fixture
def made(tmp_path: Path) -> Collection:
    collection = Collection.create(tmp_path / "payments", "Payments")
    collection.save_environment(LOCAL, None)
    collection.save_environment(STAGING, None)
    return collection


@pytest.fixture
def workspace(made: Collection, computer: Computer) -> Workspace:
    workspace = computer.open()
    workspace.collections.open(made.root)
    return workspace


@pytest.fixture
def keyring(computer: Computer) -> MemoryKeyring:
    return computer.keyring


@pytest.fixture
def files(workspace: Workspace) -> EnvironmentFiles:
    return EnvironmentFiles(workspace)


def value(environment: Environment, text: str) -> Environment:
    return replace(environment, variables=(Variable("host", text), *environment.variables[1:]))


def test_what_failed_half_way_is_saved_the_next_time(
    files: EnvironmentFiles, workspace: Workspace, made: Collection, keyring: MemoryKeyring
) -> None:
    changed = replace(value(LOCAL, "127.0.0.1"), name="Here")
    edit = EnvironmentEdit(
        made.root,
        (("Local", changed), ("", Environment("New", (Variable("a", "b"),)))),
        removed=("Staging",),
        secrets=(SecretEdit("Here", "token", "hush-hush"),),
        before=(LOCAL, STAGING),
    )
    keyring.available = False
    with pytest.raises(KeyringUnavailable):
        files.save(edit)
    keyring.available = True
    files.save(edit)
    assert [one.name for one in made.environments()] == ["Here", "New"]
    assert made.environment("Here")[0] == changed
    assert workspace.secrets.read(made.root, "Here", "token") == "hush-hush"


@pytest.mark.parametrize("theirs", [value(LOCAL, "theirs"), Environment("QA", (Variable("host", "theirs"),))])
def test_what_others_made_meanwhile_is_not_overwritten(
    files: EnvironmentFiles, workspace: Workspace, made: Collection, theirs: Environment
) -> None:
    made.save_environment(theirs, None)
    edit = EnvironmentEdit(
        made.root,
        (("Staging", value(STAGING, "mine")), ("Local", value(LOCAL, "mine")), ("", Environment("QA"))),
        before=(LOCAL, STAGING),
    )
    with pytest.raises(InvalidInput, match=theirs.name):
        files.save(edit)
    assert made.environment(theirs.name)[0] == theirs
    assert made.environment("Staging")[0] == STAGING


def test_secrets_of_what_cannot_be_read_stay(files: EnvironmentFiles, workspace: Workspace, made: Collection) -> None:
    files.save(
        EnvironmentEdit(made.root, secrets=(SecretEdit("Local", "token", "hush-hush"),), before=(LOCAL, STAGING))
    )
    file = made.root / "environments" / "Local.yml"
    text = file.read_text()
    file.write_text("name: [\n")
    edit = EnvironmentEdit(made.root, removed=("Local",), before=(LOCAL, STAGING))
    with pytest.raises(WorkbenchError, match="Local"):
        files.save(edit)
    assert workspace.secrets.read(made.root, "Local", "token") == "hush-hush"
    file.write_text(text)
    files.save(edit)
    assert not file.exists()
    assert workspace.secrets.read(made.root, "Local", "token") is None


def test_saving_is_taken_back_secrets_and_choice_included(
    files: EnvironmentFiles, workspace: Workspace, made: Collection
) -> None:
    secret = SecretEdit("Local", "token", "hush-hush")
    alone = files.save(EnvironmentEdit(made.root, secrets=(secret,), before=(LOCAL, STAGING)))
    workspace.collections.choose_environment(made.root, "Local")
    changed = replace(value(STAGING, "changed"), name="Stage")
    edit = EnvironmentEdit(
        made.root,
        (("Staging", changed), ("", Environment("New", (Variable("a", "b"),)))),
        removed=("Local",),
        secrets=(SecretEdit("Stage", "key", "another"),),
        before=(LOCAL, STAGING),
    )
    back = files.save(edit)
    assert "hush-hush" not in repr(back)
    assert [one.name for one in made.environments()] == ["New", "Stage"]
    assert workspace.collections.chosen_environment(made.root) is None
    files.save(back)
    assert made.environments() == (LOCAL, STAGING)
    assert workspace.secrets.read(made.root, "Local", "token") == "hush-hush"
    assert workspace.secrets.read(made.root, "Staging", "key") is None
    assert workspace.collections.chosen_environment(made.root) == "Local"
    files.save(alone)
    assert workspace.secrets.read(made.root, "Local", "token") is None
