"""Environments that are saved while others work on them, and saved again when the first time failed half-way."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.keyring import MemoryKeyring
from workbench.core.collection import Collection
from workbench.core.draft import Environment, Variable
from workbench.core.errors import InvalidInput, KeyringUnavailable, WorkbenchError
from workbench.ui.bridge.services import Services
from workbench.ui.models.library_news import EnvironmentEdit, SecretEdit

LOCAL = Environment("Local", (Variable("host", "localhost"), Variable("token", secret=True)))
STAGING = Environment("Staging", (Variable("host", "staging.test"),))


@pytest.fixture
def made(tmp_path: Path) -> Collection:
    collection = Collection.create(tmp_path / "payments", "Payments")
    collection.save_environment(LOCAL, None)
    collection.save_environment(STAGING, None)
    return collection


@pytest.fixture
def room(made: Collection, keyring: MemoryKeyring) -> Iterator[Services]:
    services = Services()
    services.library.open(made.root)
    yield services
    services.workspace.close()


def value(environment: Environment, text: str) -> Environment:
    return replace(environment, variables=(Variable("host", text), *environment.variables[1:]))


def test_what_failed_half_way_is_saved_the_next_time(room: Services, made: Collection, keyring: MemoryKeyring) -> None:
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
        room.library.save_environments(edit)
    keyring.available = True
    room.library.save_environments(edit)
    assert [one.name for one in made.environments()] == ["Here", "New"]
    assert made.environment("Here")[0] == changed
    assert room.library.secret(made.root, "Here", "token") == "hush-hush"


@pytest.mark.parametrize("theirs", [value(LOCAL, "theirs"), Environment("QA", (Variable("host", "theirs"),))])
def test_what_others_made_meanwhile_is_not_overwritten(room: Services, made: Collection, theirs: Environment) -> None:
    made.save_environment(theirs, None)
    edit = EnvironmentEdit(
        made.root,
        (("Staging", value(STAGING, "mine")), ("Local", value(LOCAL, "mine")), ("", Environment("QA"))),
        before=(LOCAL, STAGING),
    )
    with pytest.raises(InvalidInput, match=theirs.name):
        room.library.save_environments(edit)
    assert made.environment(theirs.name)[0] == theirs
    assert made.environment("Staging")[0] == STAGING


def test_secrets_of_what_cannot_be_read_stay(room: Services, made: Collection) -> None:
    room.library.save_environments(
        EnvironmentEdit(made.root, secrets=(SecretEdit("Local", "token", "hush-hush"),), before=(LOCAL, STAGING))
    )
    file = made.root / "environments" / "Local.yml"
    text = file.read_text()
    file.write_text("name: [\n")
    edit = EnvironmentEdit(made.root, removed=("Local",), before=(LOCAL, STAGING))
    with pytest.raises(WorkbenchError, match="Local"):
        room.library.save_environments(edit)
    assert room.library.secret(made.root, "Local", "token") == "hush-hush"
    file.write_text(text)
    room.library.save_environments(edit)
    assert not file.exists()
    assert room.library.secret(made.root, "Local", "token") is None


def test_saving_is_taken_back_secrets_and_choice_included(room: Services, made: Collection) -> None:
    secret = SecretEdit("Local", "token", "hush-hush")
    alone = room.library.save_environments(EnvironmentEdit(made.root, secrets=(secret,), before=(LOCAL, STAGING)))
    room.library.choose_environment(made.root, "Local")
    changed = replace(value(STAGING, "changed"), name="Stage")
    edit = EnvironmentEdit(
        made.root,
        (("Staging", changed), ("", Environment("New", (Variable("a", "b"),)))),
        removed=("Local",),
        secrets=(SecretEdit("Stage", "key", "another"),),
        before=(LOCAL, STAGING),
    )
    back = room.library.save_environments(edit)
    assert "hush-hush" not in repr(back)
    assert [one.name for one in made.environments()] == ["New", "Stage"]
    assert room.workspace.chosen_environment(made.root) is None
    room.library.save_environments(back)
    assert made.environments() == (LOCAL, STAGING)
    assert room.library.secret(made.root, "Local", "token") == "hush-hush"
    assert room.library.secret(made.root, "Staging", "key") is None
    assert room.workspace.chosen_environment(made.root) == "Local"
    room.library.save_environments(alone)
    assert room.library.secret(made.root, "Local", "token") is None
