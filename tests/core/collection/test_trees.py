"""A collection in memory and its folder: the same, there and back, and never half of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from workbench.core.collection import Collection, CollectionError, read_tree, write_tree
from workbench.core.draft import BearerAuth, Defaults, Draft, Environment, Field, RawBody, RawKind, Variable
from workbench.core.draft_tree import DraftFolder, DraftTree

LIST = Draft("List", url="{{host}}/users")
MAKE = Draft("Make", "POST", "{{host}}/users", body=RawBody(RawKind.JSON, '{"name": "{{name}}"}'))
USERS = DraftFolder(Defaults("Users", variables=(Variable("name", "ann"),)), (LIST, MAKE))
TREE = DraftTree(
    DraftFolder(
        Defaults("Payments", (Field("X-From", "here"),), BearerAuth("{{token}}"), docs="All of it."),
        (Draft("Health", url="{{host}}/health"),),
        (USERS, DraftFolder(Defaults("Users"), (), (DraftFolder(Defaults("Deep/er")),))),
    ),
    (Environment("Local", (Variable("host", "localhost"), Variable("token", secret=True))),),
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    made = write_tree(TREE, tmp_path / "there" / "payments")
    assert read_tree(made) == TREE
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["payments"]
    assert (made.root / "opencollection.yml").is_file()
    assert len(list(made.root.glob("Users*"))) == 2, "two folders of one name lie beside each other"


def test_each_draft_is_told_with_what_it_inherits() -> None:
    found = [([one.name for one in chain], draft.name) for chain, draft in TREE.inherited()]
    assert found == [(["Payments", "Users"], "List"), (["Payments", "Users"], "Make"), (["Payments"], "Health")]


def test_values_of_secrets_are_not_written(tmp_path: Path) -> None:
    secret = Environment("Local", (Variable("token", "hush", secret=True),))
    made = write_tree(replace(TREE, environments=(secret,)), tmp_path / "payments")
    assert "hush" not in "".join(path.read_text() for path in made.root.rglob("*.yml"))


def test_what_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    local = TREE.environments[0]
    with pytest.raises(CollectionError, match="two environments"):
        write_tree(replace(TREE, environments=(local, local)), tmp_path / "payments")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "payments").mkdir()
    write_tree(TREE, tmp_path / "payments")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CollectionError, match="not empty"):
        write_tree(TREE, tmp_path / "payments")
    assert sorted(tmp_path.rglob("*")) == before


def test_what_cannot_be_read_is_an_error_and_no_smaller_tree(tmp_path: Path) -> None:
    made = Collection.create(tmp_path / "payments", "Payments")
    made.add(Path(), LIST)
    (made.root / "Broken.yml").write_text("info: [")
    with pytest.raises(CollectionError):
        read_tree(made)
