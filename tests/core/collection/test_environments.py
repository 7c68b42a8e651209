"""Environments, and examples: read, changed, never a secret's value in a file."""

from dataclasses import replace
from pathlib import Path

import pytest

from workbench.core.collection import ChangedOutside, Collection, CollectionError, Example
from workbench.core.draft import Environment, Field, ValueKind, Variable

LOCAL = Environment(
    "Local", (Variable("host", "localhost"), Variable("n", "1", ValueKind.NUMBER)), "#00ff00", "Base", ".env", "mine"
)


def test_an_environment_is_saved_and_read_again(collection: Collection) -> None:
    stamp = collection.save_environment(LOCAL, None)
    assert collection.environments() == (LOCAL,)
    assert collection.environment("Local") == (LOCAL, stamp)
    assert collection.save_environment(LOCAL, stamp) == stamp


def test_a_secret_is_never_written(collection: Collection) -> None:
    secret = Variable("token", "hunter2", secret=True)
    collection.save_environment(replace(LOCAL, variables=(secret,)), None)
    path = collection.root / "environments" / "Local.yml"
    assert "hunter2" not in path.read_text()
    assert collection.environments()[0].variables == (replace(secret, value=""),)
    path.write_text("name: Local\n# c\nvariables:\n  - name: token\n    value: old\n  - name: host # h\n    value: x\n")
    found, stamp = collection.environment("Local")
    collection.save_environment(replace(found, variables=(secret, found.variables[1])), stamp)
    assert path.read_text() == (
        "name: Local\n# c\nvariables:\n  - secret: true\n    name: token\n  - name: host # h\n    value: x\n"
    )


def test_a_renamed_environment_is_followed(collection: Collection) -> None:
    collection.save_environment(LOCAL, None)
    collection.save_environment(Environment("Base"), None)
    collection.rename_environment("Base", "Common")
    assert [(one.name, one.extends) for one in collection.environments()] == [("Common", ""), ("Local", "Common")]
    assert sorted(path.name for path in (collection.root / "environments").iterdir()) == ["Common.yml", "Local.yml"]
    with pytest.raises(CollectionError, match="already"):
        collection.rename_environment("Common", "Local")
    collection.remove_environment("Common")
    with pytest.raises(CollectionError, match="no environment"):
        collection.environment("Common")


def test_a_change_outside_is_noticed(collection: Collection) -> None:
    stamp = collection.save_environment(LOCAL, None)
    path = collection.root / "environments" / "Local.yml"
    path.write_text(path.read_text().replace("localhost", "elsewhere"))
    with pytest.raises(ChangedOutside) as raised:
        collection.save_environment(replace(LOCAL, color=""), stamp)
    assert isinstance(raised.value.current, Environment)
    assert raised.value.current.variables[0].value == "elsewhere"


def test_a_broken_environment_does_not_hide_the_others(collection: Collection) -> None:
    collection.save_environment(LOCAL, None)
    (collection.root / "environments" / "bad.yml").write_text("name: [")
    assert collection.environments() == (LOCAL,)
    (problem,) = collection.broken_environments()
    assert "bad.yml" in problem.detail


def test_a_broken_environment_is_told_of_the_collection(collection: Collection) -> None:
    assert not collection.tree().error
    collection.save_environment(Environment("Local"), None)
    (collection.root / "environments" / "Broken.yml").write_text("name: x\nvariables: [\n")
    error = collection.tree().error
    assert "Broken.yml" in error
    assert "Line 3" in error


def test_environments_inside_of_the_collections_file(collection: Collection) -> None:
    marker = collection.root / "opencollection.yml"
    marker.write_text(marker.read_text() + "config:\n  environments:\n    - name: Inner # c\n      color: red\n")
    found, stamp = collection.environment("Inner")
    collection.save_environment(replace(found, color="blue"), stamp)
    assert "    - name: Inner # c\n      color: blue\n" in marker.read_text()
    collection.rename_environment("Inner", "Other")
    assert [one.name for one in collection.environments()] == ["Other"]
    collection.remove_environment("Other")
    assert not collection.environments()
    assert "config" not in marker.read_text()


def test_the_text_of_a_dotenv_file(collection: Collection) -> None:
    assert collection.dotenv_text(LOCAL) is None
    (collection.root / ".env").write_text("A=1\n")
    assert collection.dotenv_text(LOCAL) == "A=1\n"
    with pytest.raises(CollectionError, match="outside"):
        collection.dotenv_text(replace(LOCAL, dotenv="../secret"))


def test_bru_environments(tmp_path: Path) -> None:
    (tmp_path / "bruno.json").write_text("{}")
    folder = tmp_path / "environments"
    folder.mkdir()
    text = "vars {\n  # c\n  a: 1\n  ~off: x\n}\nvars:secret [\n  token,\n  ~other\n]\n"
    (folder / "Dev.bru").write_text(text)
    collection = Collection.open(tmp_path)
    found, stamp = collection.environment("Dev")
    assert found.variables == (
        Variable("a", "1"),
        Variable("off", "x", on=False),
        Variable("token", secret=True),
        Variable("other", on=False, secret=True),
    )
    assert collection.save_environment(found, stamp) == stamp
    changed = replace(found, variables=(replace(found.variables[0], value="2"), *found.variables[1:]), color="#123456")
    collection.save_environment(changed, stamp)
    assert (folder / "Dev.bru").read_text() == text.replace("a: 1", "a: 2") + "color: #123456\n"
    with pytest.raises(CollectionError, match="cannot be saved like this"):
        collection.save_environment(replace(changed, extends="Base"), None)


def test_an_example_is_added_below_the_rest(collection: Collection) -> None:
    path = Path("ping.yml")
    before = (collection.root / path).read_text()
    example = Example(
        "ok", "", "GET", "https://x", (Field("A", "b"),), (), "", "", 200, "OK", (Field("B", "c"),), "{}\n{}", "json"
    )
    stamp = collection.add_example(path, example)
    assert (collection.root / path).read_text().startswith(before.rstrip("\n"))
    assert collection.examples(path) == (example,)
    assert collection.load(path).stamp == stamp
    collection.add_example(path, replace(example, name="again"))
    assert [one.name for one in collection.examples(path)] == ["ok", "again"]
