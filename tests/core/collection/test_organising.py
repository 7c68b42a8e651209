"""Adding, naming, moving, copying, removing: files and order follow, nothing is lost."""

from pathlib import Path

import pytest

from workbench.core.collection import Collection, CollectionError, Node, NodeKind
from workbench.core.collection.organising import Organiser
from workbench.core.collection.texts import Texts
from workbench.core.collection.yml.format import OpenCollection
from workbench.core.draft import Draft

USERS, LIST, CREATE, PING = Path("Users"), Path("Users/list.yml"), Path("Users/create.yml"), Path("ping.yml")
FORMATS = ("opencollection", "bru")


@pytest.fixture(params=FORMATS)
def either(request: pytest.FixtureRequest, collection: Collection, tmp_path: Path) -> Collection:
    """The same collection in each of the two formats."""
    if request.param == "opencollection":
        return collection
    root = tmp_path / "bruno"
    root.mkdir()
    (root / "bruno.json").write_text('{\n  "version": "1",\n  "name": "Payments"\n}\n')
    made = Collection.open(root)
    made.add_folder(Path(), "Users")
    made.add_folder(Path(), "Empty")
    for folder, name in ((USERS, "list"), (USERS, "create"), (Path(), "ping")):
        made.add(folder, Draft(name=name, url=f"https://x/{name}"))
    return made


def _outline(node: Node) -> object:
    if node.kind is NodeKind.FOLDER:
        return {node.name: [_outline(child) for child in node.children]}
    return node.name


def _at(collection: Collection, path: Path) -> Path:
    return path if (collection.root / path).exists() else path.with_suffix(".bru")


def _inside(collection: Collection, folder: str) -> list[str]:
    tree = collection.tree()
    found = next(node for node in tree.children if node.name == folder) if folder else tree
    return [node.name for node in found.children]


def test_what_is_added_is_there(either: Collection) -> None:
    assert _outline(either.tree()) == {"Payments": [{"Users": ["list", "create"]}, {"Empty": []}, "ping"]}
    path = either.add(USERS, Draft(name="List"))
    assert path.name.startswith("List 2.")
    assert _inside(either, "Users") == ["list", "create", "List"]
    assert either.add_folder(USERS, "users/…") == USERS / "users-…"


def test_a_new_name_is_the_files_too(either: Collection) -> None:
    renamed = either.rename(_at(either, LIST), "All users?")
    assert renamed.stem == "All users-"
    assert either.load(renamed).draft.name == "All users?"
    assert not (either.root / _at(either, LIST)).exists()
    assert either.rename(renamed, "all users?").stem == "all users-"
    assert either.rename(USERS, "People") == Path("People")
    assert _inside(either, "People") == ["all users?", "create"]
    either.rename(Path(), "Pay")
    assert either.name == "Pay"


def test_moving_into_a_folder_and_before_a_sibling(either: Collection) -> None:
    (moved,) = either.move([_at(either, PING)], USERS, _at(either, CREATE))
    assert moved.parent == USERS
    assert _inside(either, "Users") == ["list", "ping", "create"]
    either.move([_at(either, CREATE), _at(either, LIST)], USERS, moved)
    assert _inside(either, "Users") == ["create", "list", "ping"]
    either.move([USERS], Path("Empty"))
    assert _outline(either.tree()) == {"Payments": [{"Empty": [{"Users": ["create", "list", "ping"]}]}]}


def test_moving_writes_only_what_must_be_written(either: Collection) -> None:
    for number in range(8):
        either.add(USERS, Draft(name=f"r{number}"))
    before = {path: path.read_bytes() for path in (either.root / "Users").iterdir()}
    last = _at(either, USERS / "r7.yml")
    either.move([last], USERS, _at(either, USERS / "r5.yml"))
    changed = [path.stem for path, content in before.items() if path.read_bytes() != content]
    assert sorted(changed) == ["r5", "r6", "r7"]
    assert _inside(either, "Users")[-3:] == ["r7", "r5", "r6"]


def test_folders_are_put_in_order(either: Collection) -> None:
    either.add_folder(Path(), "Third")
    either.move([Path("Third")], Path(), USERS)
    assert _inside(either, "") == ["Third", "Users", "Empty", "ping"]
    either.sort(Path())
    assert _inside(either, "") == ["Empty", "Third", "Users", "ping"]
    either.sort(USERS)
    assert _inside(either, "Users") == ["create", "list"]


def test_a_folder_does_not_go_into_itself(either: Collection) -> None:
    inner = either.add_folder(USERS, "inner")
    for into in (USERS, inner):
        with pytest.raises(CollectionError, match="into itself"):
            either.move([USERS], into)
    with pytest.raises(CollectionError, match="not a folder"):
        either.move([USERS], _at(either, PING))


def test_copies_stand_beside_the_original(either: Collection) -> None:
    copy = either.duplicate(_at(either, LIST))
    again = either.duplicate(_at(either, LIST))
    assert (copy.stem, again.stem) == ("list copy", "list copy 2")
    assert _inside(either, "Users") == ["list", "list copy 2", "list copy", "create"]
    assert either.load(copy).draft.url == either.load(_at(either, LIST)).draft.url
    assert either.duplicate(USERS) == Path("Users copy")
    assert _inside(either, "") == ["Users", "Users copy", "Empty", "ping"]
    assert len(_inside(either, "Users copy")) == 4


def test_a_copy_in_another_place_is_the_whole_file(either: Collection, tmp_path: Path) -> None:
    source = _at(either, CREATE)
    text = (either.root / source).read_text()
    note = "\nx-ours: kept # why\n" if source.suffix == ".yml" else "\ntests {\n  test();\n}\n"
    (either.root / source).write_text(text + note)
    copy = either.take(either, source, Path("Empty"))
    assert copy == Path("Empty") / source.name
    assert note in (either.root / copy).read_text()
    beside = either.take(either, source, USERS)
    assert _inside(either, "Users") == ["list", "create", "create copy"]
    assert beside is not None
    assert note in (either.root / beside).read_text()
    other = either.clone(tmp_path / "other", "Other")
    folder = other.take(either, USERS, Path("Empty"))
    assert folder is not None
    assert _inside(other, "Empty") == ["Users", "create"]
    assert sorted(path.name for path in (other.root / folder).iterdir()) == sorted(
        path.name for path in (either.root / "Users").iterdir()
    )


def test_a_folder_can_be_copied_into_itself(either: Collection) -> None:
    inner = either.add_folder(USERS, "inner")
    copy = either.take(either, USERS, inner)
    assert copy == inner / "Users"
    assert sorted(path.stem for path in (either.root / copy).iterdir()) == ["create", "folder", "inner", "list"]
    assert [path.stem for path in (either.root / copy / "inner").iterdir()] == ["folder"]


def test_nothing_is_copied_between_formats(collection: Collection, tmp_path: Path) -> None:
    (tmp_path / "bruno.json").write_text('{"name": "B"}')
    assert Collection.open(tmp_path).take(collection, PING, Path()) is None


def test_all_are_moved_or_none(collection: Collection) -> None:
    known = {
        Path(): collection.tree(),
        USERS: collection.tree().children[0],
        Path("Empty"): collection.tree().children[1],
    }
    (collection.root / CREATE).unlink()
    late = Organiser(Texts(collection.root, OpenCollection()), known.get)
    with pytest.raises(CollectionError):
        late.move([PING, CREATE], Path("Empty"))
    assert _outline(collection.tree()) == {"Payments": [{"Users": ["list"]}, {"Empty": []}, "ping"]}


def test_only_the_folder_that_it_concerns_is_read(collection: Collection) -> None:
    read: list[Path] = []

    def part(folder: Path) -> Node | None:
        read.append(folder)
        return collection._part(folder)

    organiser = Organiser(Texts(collection.root, OpenCollection()), part)
    made = organiser.add(USERS, Draft(name="third"))
    organiser.rename(made, "other")
    organiser.duplicate(LIST)
    organiser.move([LIST, CREATE], USERS)
    assert set(read) == {USERS}


def test_a_name_is_taken_back_with_its_file(either: Collection) -> None:
    path = _at(either, PING)
    odd = path.with_name(f"01_ping{path.suffix}")
    (either.root / path).rename(either.root / odd)
    named = either.rename(odd, "pong")
    assert named.stem == "pong"
    assert either.rename(named, "ping", odd.name) == odd
    again = either.rename(odd, "pong")
    (either.root / odd).write_text("taken")
    assert either.rename(again, "ping", odd.name).stem == "ping"
    assert (either.root / odd).read_text() == "taken"


def test_what_is_removed_comes_back(either: Collection, tmp_path: Path) -> None:
    before = _outline(either.tree())
    trash = tmp_path / "trash"
    removed = either.remove([USERS, _at(either, LIST), _at(either, PING)], trash)
    assert _outline(either.tree()) == {"Payments": [{"Empty": []}]}
    assert len(removed.places) == 2
    restored = either.restore(removed)
    assert set(restored) == {USERS, _at(either, PING)}
    assert _outline(either.tree()) == before
    assert not list(trash.iterdir())


def test_what_comes_back_does_not_overwrite(either: Collection, tmp_path: Path) -> None:
    ping = _at(either, PING)
    removed = either.remove([ping], tmp_path / "trash")
    assert not (either.root / ".trash").exists()
    either.add(Path(), Draft(name="ping", url="new"))
    (restored,) = either.restore(removed)
    assert restored.stem == "ping 2"
    assert either.load(ping).draft.url == "new"


def test_what_is_gone_is_told(either: Collection) -> None:
    for call in (either.duplicate, lambda path: either.rename(path, "x"), lambda path: either.move([path], USERS)):
        with pytest.raises(CollectionError, match="no longer in the collection"):
            call(Path("gone.yml"))
    with pytest.raises(CollectionError):
        either.remove([Path("gone.yml")], either.root.with_name("trash"))


def test_all_are_removed_or_none(either: Collection, tmp_path: Path) -> None:
    before = _outline(either.tree())
    with pytest.raises(CollectionError):
        either.remove([_at(either, PING), Path("gone.yml")], tmp_path / "trash")
    assert _outline(either.tree()) == before


def test_a_clone_is_a_collection_of_its_own(either: Collection, tmp_path: Path) -> None:
    clone = either.clone(tmp_path / "clone", "Clone")
    assert (clone.name, either.name) == ("Clone", "Payments")
    assert _inside(clone, "Users") == ["list", "create"]
    with pytest.raises(CollectionError):
        either.clone(tmp_path / "clone", "Again")


def test_a_new_collection_needs_an_empty_folder(collection: Collection) -> None:
    with pytest.raises(CollectionError, match="not empty"):
        Collection.create(collection.root, "Again")
    with pytest.raises(CollectionError, match="no collection"):
        Collection.open(collection.root / "Users")
    assert Collection.open(collection.root / "opencollection.yml").name == "Payments"
