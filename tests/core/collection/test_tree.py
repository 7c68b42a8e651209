"""The tree shows what is there, broken files with line and reason, and is quick."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.core.collection import BrokenFile, Collection, CollectionError, Node, NodeKind, scan
from workbench.core.collection.encoding import LIMIT, Malformed
from workbench.core.collection.yml import source
from workbench.core.collection.yml.head import head_of, plain_head

GOOD = "info:\n  name: a\n  type: http\n  seq: 1\n\nhttp:\n  method: GET\n  url: x\n"


def _all(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _all(child)


def _named(node: Node) -> dict[str, Node]:
    return {child.path.name: child for child in node.children}


def test_folders_come_first_and_all_in_order(collection: Collection) -> None:
    tree = collection.tree()
    assert (tree.path, tree.name, tree.kind) == (Path(), "Payments", NodeKind.FOLDER)
    assert [(node.name, node.kind, node.method) for node in tree.children] == [
        ("Users", NodeKind.FOLDER, ""),
        ("Empty", NodeKind.FOLDER, ""),
        ("ping", NodeKind.REQUEST, "GET"),
    ]
    assert [(node.name, node.method) for node in tree.children[0].children] == [("list", "GET"), ("create", "POST")]


_POWERS = b"".join(b"a%d: &a%d [%s]\n" % (n, n, b"*a%d," % (n - 1) * 9) for n in range(1, 9))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"info: [a\n", 2),
        (b"info:\n\tname: a\n", 2),
        (GOOD.encode() + b"docs: \xff\n", 9),
        (GOOD.encode() + b"info:\n  name: b\n", 9),
        (GOOD.encode() + b"a: b: c\n", 9),
        (GOOD.encode("utf-16-le"), 1),
        (b"", 1),
        (b"- a\n", 1),
        (b"services:\n  web: x\n", 1),
        (b"info: {name: b, type: http}\na: *nope\n", 2),
        (b"info: " + b"[" * 3000, 1),
        (b"".join(b" " * depth + b"a:\n" for depth in range(2000)), 0),
        (b"a: &a {b: *a}\n", 1),
        (b"info: {name: 1}\na0: &a0 [x]\n" + _POWERS, 7),
    ],
)
def test_broken_files_are_listed_with_line_and_reason(collection: Collection, content: bytes, line: int) -> None:
    (collection.root / "broken.yml").write_bytes(content)
    node = _named(collection.tree())["broken.yml"]
    assert (node.kind, node.line) == (NodeKind.BROKEN, line)
    assert node.error
    with pytest.raises(BrokenFile) as raised:
        collection.load(Path("broken.yml"))
    assert raised.value.line == line
    assert (collection.root / "broken.yml").read_bytes() == content


def test_marks_and_utf_16_are_read_and_kept(collection: Collection) -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        path = Path(f"{encoding}.yml")
        (collection.root / path).write_bytes(GOOD.encode(encoding))
        loaded = collection.load(path)
        assert loaded.draft.name == "a"
        collection.save(path, replace(loaded.draft, url="z"), loaded.stamp)
        assert (collection.root / path).read_bytes() == GOOD.replace("url: x", "url: z").encode(encoding)


def test_tags_are_texts_and_run_nothing(collection: Collection, tmp_path: Path) -> None:
    evil = GOOD.replace("url: x", f"url: !!python/object/apply:os.mkdir ['{tmp_path}/evil']")
    (collection.root / "evil.yml").write_text(evil)
    collection.tree()
    collection.load(Path("evil.yml"))
    assert not (tmp_path / "evil").exists()


def test_what_cannot_be_sent_is_listed(collection: Collection) -> None:
    (collection.root / "g.yml").write_text("info:\n  name: G\n  type: grpc\ngrpc:\n  url: x\n")
    (collection.root / "s.yml").write_text("type: script\nscript: |-\n  x\n")
    nodes = _named(collection.tree())
    assert (nodes["g.yml"].kind, nodes["g.yml"].name) == (NodeKind.UNSUPPORTED, "G")
    assert "gRPC" in nodes["g.yml"].error
    assert nodes["s.yml"].kind is NodeKind.UNSUPPORTED


@pytest.mark.skipif(os.name == "nt", reason="no pipes and links in folders there")
def test_loops_pipes_and_strangers_do_no_harm(collection: Collection) -> None:
    root = collection.root
    (root / "loop").symlink_to(root)
    (root / "dangling.yml").symlink_to(root / "nowhere")
    os.mkfifo(root / "pipe.yml")
    (root / "directory.yml").mkdir()
    (root / "node_modules" / "deep").mkdir(parents=True)
    (root / "node_modules" / "deep" / "a.yml").write_text(GOOD)
    (root / "src").mkdir()
    (root / "src" / "index.js").write_text("x")
    with (root / "huge.yml").open("wb") as stream:
        stream.truncate(200_000_000)
    nodes = _named(collection.tree())
    assert not {"loop", "node_modules", "src"} & nodes.keys()
    assert {nodes[name].kind for name in ("dangling.yml", "pipe.yml", "huge.yml")} == {NodeKind.BROKEN}
    for name in ("dangling.yml", "pipe.yml", "huge.yml", "directory.yml"):
        with pytest.raises(CollectionError):
            collection.load(Path(name))


def test_a_broken_folder_file_hides_nothing(collection: Collection) -> None:
    (collection.root / "Users" / "folder.yml").write_text("info: [")
    users = _named(collection.tree())["Users"]
    assert users.kind is NodeKind.FOLDER
    assert "Line 1" in users.error
    assert len(users.children) == 2


@pytest.mark.parametrize(
    "items",
    ["\n  - info: {name: R, type: http}\n    http: {url: x}\n", "\n- info:\n    name: R\n", " [{info: {name: R}}]\n"],
)
def test_requests_inside_of_a_collections_own_file_are_told(collection: Collection, items: str) -> None:
    own = collection.root / "opencollection.yml"
    text = own.read_text()
    for path in (own, collection.root / "Users" / "folder.yml"):
        path.write_text(path.read_text() + f"items:{items}")
    tree = collection.tree()
    assert "items" in tree.error
    assert "items" in tree.children[0].error
    assert (tree.name, tree.children[0].name, len(tree.children)) == ("Payments", "Users", 3)
    own.write_text(text + "items: []\n")
    assert not collection.tree().error


def test_ignored_paths_stay_out(collection: Collection) -> None:
    marker = collection.root / "opencollection.yml"
    marker.write_text(marker.read_text().replace("- node_modules", "- Users"))
    assert "Users" not in _named(collection.tree())


def test_a_collection_that_is_gone_says_so(collection: Collection) -> None:
    collection.root.rename(collection.root.with_name("elsewhere"))
    with pytest.raises(CollectionError, match="no longer exists"):
        collection.tree()
    with pytest.raises(CollectionError):
        collection.load(Path("ping.yml"))


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace("\n", "\r\n"),
        "# c\ninfo: # c\n    name: 'q'   # c\n    type: \"graphql\"\n    tags:\n    - a\ngraphql:\n    url: x\n",
        GOOD + "docs: |-\n  a: b\n\n   - c\n  # no comment\nx: y\n",
        GOOD + "a:\n- - b\n  - c\n- d: e\n  f:\n",
        GOOD.replace("name: a", "name: 12").replace("seq: 1", "seq: 2.5"),
    ],
)
def test_the_scanner_says_what_the_parser_says(text: str) -> None:
    quick = plain_head(text, whole=True)
    assert quick is not None
    assert quick == head_of("x-unknown: {flow: 1}\n" + text)


@pytest.mark.parametrize(
    "spoiled", ["  b: a: b", " bad", "  b: [", "\tb: a", "  <<: *x", "  b: 'a", "- x", "  type: http"]
)
def test_the_scanner_leaves_doubt_to_the_parser(spoiled: str) -> None:
    text = GOOD.replace("  name: a", f"  name: a\n{spoiled}")
    assert plain_head(text, whole=True) is None
    with pytest.raises(Malformed):
        head_of(text)


def test_a_thousand_requests_are_the_same_when_read_again(tmp_path: Path) -> None:
    collection = Collection.create(tmp_path / "big", "Big")
    for number in range(20):
        folder = collection.root / f"folder {number}"
        folder.mkdir()
        for place in range(50):
            (folder / f"request {place}.yml").write_text(GOOD.replace("name: a", f"name: request {place}"))
    first = collection.tree()
    assert collection.tree() == first
    assert sum(len(folder.children) for folder in first.children) == 1000


def test_files_that_take_long_are_taken_at_their_word_for_once(tmp_path: Path) -> None:
    collection = Collection.create(tmp_path / "hard", "Hard")
    hard = GOOD + '"quoted key": "two\\n  lines"\nq:\n' + "".join(f"  k{n}: [{n}, {{}}]\n" for n in range(40))
    for number in range(400):
        (collection.root / f"r{number:03}.yml").write_text(hard.replace("name: a", f"name: 'it''s {number}'"))
    (collection.root / "r399.yml").write_text(GOOD + "x: [\n")
    tree = collection.tree()
    assert sum(node.name.startswith("it's ") and node.kind is NodeKind.REQUEST for node in tree.children) == 399
    deadline = time.monotonic() + 30
    while _named(tree)["r399.yml"].kind is not NodeKind.BROKEN:
        assert time.monotonic() < deadline
        tree = collection.tree()
    assert len(tree.children) == 400


def test_what_a_dead_program_left_is_swept(collection: Collection) -> None:
    old, new = (collection.root / f".workbench-new-{name}" for name in ("old", "new"))
    for path in (old, new):
        path.write_text("half")
    os.utime(old, (0, 0))
    collection.tree()
    assert (old.exists(), new.exists()) == (False, True)


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_out_of_the_collection_is_told_and_not_followed(collection: Collection, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "theirs.yml").write_text(GOOD)
    (collection.root / "away").symlink_to(outside)
    (collection.root / "away.yml").symlink_to(outside / "theirs.yml")
    nodes = _named(collection.tree())
    assert "theirs.yml" not in nodes
    assert not nodes["away"].children
    assert (nodes["away.yml"].kind, nodes["away.yml"].name) == (NodeKind.BROKEN, "away")
    for name in ("away", "away.yml"):
        assert str(outside) in nodes[name].error


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_every_folder_is_read_once_however_many_links_lead_to_it(collection: Collection) -> None:
    """Fourteen folders with two links each to the next have 16384 ways through them."""
    for number in range(14):
        folder = collection.root / f"level {number}"
        folder.mkdir()
        (folder / "one.yml").write_text(GOOD)
        for link in "ab":
            (folder / link).symlink_to(f"../level {number + 1}")
    tree = collection.tree()
    assert len([node for node in _all(tree) if node.path.name == "one.yml"]) == 14
    assert not any(node.error for node in _all(tree))


def test_what_is_too_much_is_left_out_and_told(collection: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MOST", 5)
    monkeypatch.setattr(scan, "MOST_FOLDERS", 1)
    for number in range(10):
        (collection.root / "Users" / f"{number}.yml").write_text(GOOD)
    tree = collection.tree()
    assert len(list(_all(tree))) <= 6
    assert "more than 5 files and folders" in tree.error
    assert "more than 1 folders" in tree.error


def test_yaml_that_takes_too_long_is_ended_and_told(collection: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "PATIENCE", 0)
    (collection.root / "long.yml").write_text(
        "info: {name: x}\nhttp:\n" + "".join(f"  k{n}: [{n}]\n" for n in range(99))
    )
    long = _named(collection.tree())["long.yml"]
    assert long.kind is NodeKind.BROKEN
    assert "takes more than" in long.error
    with pytest.raises(BrokenFile, match="takes more than"):
        collection.load(Path("long.yml"))


@pytest.mark.parametrize("name", ["large.yml", "large.bru"])
def test_a_file_that_is_one_large_text_is_refused_before_it_is_parsed(tmp_path: Path, name: str) -> None:
    """Nothing can interrupt the parser in the middle of one text."""
    (tmp_path / {"large.yml": "opencollection.yml", "large.bru": "bruno.json"}[name]).write_text("{}")
    text = "info: {name: x, type: http}\nhttp: {url: '" if name == "large.yml" else "get {\n  url: "
    (tmp_path / name).write_text(text + "x" * LIMIT)
    collection = Collection.open(tmp_path)
    assert _named(collection.tree())[name].kind is NodeKind.BROKEN
    with pytest.raises(BrokenFile, match="at most 2"):
        collection.load(Path(name))


def test_a_tag_without_end_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(Malformed, match="tag is too long"):
        source.parse("a: !" + "x" * 2_000_000)


def test_yaml_of_a_version_that_there_is_not_is_broken() -> None:
    """The parser has an assertion for it."""
    with pytest.raises(Malformed, match="can only be"):
        source.parse("%YAML 1.0\n---\na: b\n")


@pytest.mark.parametrize(
    ("marker", "text"), [("bruno.json", '{{"version": "{}"}}'), ("opencollection.yml", "opencollection: '{}'\n")]
)
def test_a_format_of_any_number_is_compared(tmp_path: Path, marker: str, text: str) -> None:
    """Python reads no number of more than 4300 digits."""
    (tmp_path / marker).write_text(text.format("0" * 5000 + "1"))
    Collection.open(tmp_path)
    (tmp_path / marker).write_text(text.format("1" * 5000))
    with pytest.raises(CollectionError, match="newer format"):
        Collection.open(tmp_path)


def test_a_marker_with_many_names_is_renamed_at_once(tmp_path: Path) -> None:
    """Not every name in it is tried in turn: each takes reading the whole file."""
    (tmp_path / "bruno.json").write_text('{"x": {' + '"name": "a", ' * 20_000 + '"y": 1}, "name": "b"}')
    collection = Collection.open(tmp_path)
    collection.rename(Path(), "c")
    assert Collection.open(tmp_path).name == "c"


def test_settings_with_numbers_of_any_length_are_read(tmp_path: Path) -> None:
    (tmp_path / "bruno.json").write_text("{}")
    (tmp_path / "a.bru").write_text("get {\n  url: x\n}\n\nsettings {\n  timeout: " + "1" * 5000 + "\n}\n")
    assert Collection.open(tmp_path).load(Path("a.bru")).draft.url == "x"
