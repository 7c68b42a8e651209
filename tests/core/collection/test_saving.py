"""Saving: whole or not at all, never over somebody else's work, in words for a person."""

import errno
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.core.collection import ChangedOutside, Collection, CollectionError, files
from workbench.core.collection.texts import Texts
from workbench.core.collection.yml.format import OpenCollection
from workbench.core.draft import BearerAuth, Defaults, Draft, Field, RawBody, Variable
from workbench.core.errors import CollectionError as TreeError

LIST = Path("Users/list.yml")


def test_an_unchanged_draft_writes_nothing(collection: Collection) -> None:
    path = collection.root / LIST
    before = path.stat()
    loaded = collection.load(LIST)
    assert collection.save(LIST, loaded.draft, loaded.stamp) == loaded.stamp
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_file_changed_outside_is_never_overwritten(collection: Collection) -> None:
    loaded = collection.load(LIST)
    path = collection.root / LIST
    path.write_text(path.read_text().replace("/users", "/people"))
    foreign = path.read_bytes()
    with pytest.raises(ChangedOutside) as raised:
        collection.save(LIST, replace(loaded.draft, url="mine"), loaded.stamp)
    assert path.read_bytes() == foreign
    assert isinstance(raised.value.current, Draft)
    assert raised.value.current.url.endswith("/people")
    collection.save(LIST, replace(loaded.draft, url="mine"), raised.value.stamp)
    assert collection.load(LIST).draft.url == "mine"


def test_a_change_outside_to_the_same_is_no_quarrel(collection: Collection) -> None:
    loaded = collection.load(LIST)
    other = Collection.open(collection.root)
    wanted = replace(loaded.draft, url="same")
    stamp = other.save(LIST, wanted, loaded.stamp)
    assert collection.save(LIST, wanted, loaded.stamp) == stamp


def test_what_would_be_too_large_to_be_read_again_is_not_written(collection: Collection) -> None:
    loaded, before = collection.load(LIST), (collection.root / LIST).read_bytes()
    large = replace(loaded.draft, body=RawBody(text="x\n" * 1_100_000))
    with pytest.raises(CollectionError, match="at most 2") as raised:
        collection.save(LIST, large, loaded.stamp)
    assert "Remove it" in raised.value.hint
    assert (collection.root / LIST).read_bytes() == before
    with pytest.raises(CollectionError, match="at most 2"):
        collection.add(Path(), large)


def test_a_removed_file_is_told_and_can_be_brought_back(collection: Collection) -> None:
    loaded = collection.load(LIST)
    (collection.root / LIST).unlink()
    with pytest.raises(ChangedOutside) as raised:
        collection.save(LIST, loaded.draft, loaded.stamp)
    assert raised.value.current is None
    collection.save(LIST, loaded.draft, None)
    assert collection.load(LIST).draft == loaded.draft


def test_a_vanished_folder_is_told(collection: Collection) -> None:
    loaded = collection.load(LIST)
    (collection.root / "Users").rename(collection.root / "Elsewhere")
    with pytest.raises(CollectionError) as raised:
        collection.save(LIST, loaded.draft, loaded.stamp)
    assert "list.yml" in raised.value.detail
    assert raised.value.hint


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden here")
def test_a_read_only_folder_is_told_and_nothing_is_left_behind(collection: Collection) -> None:
    loaded = collection.load(LIST)
    folder = collection.root / "Users"
    before = sorted(folder.iterdir()), (collection.root / LIST).read_bytes()
    folder.chmod(0o500)
    try:
        with pytest.raises(CollectionError, match="cannot be read or written"):
            collection.save(LIST, replace(loaded.draft, url="new"), loaded.stamp)
        assert (sorted(folder.iterdir()), (collection.root / LIST).read_bytes()) == before
    finally:
        folder.chmod(0o700)


@pytest.mark.skipif(os.name == "nt", reason="no limit on the size of files there")
def test_a_write_that_fails_half_way_leaves_the_file_as_it_was(collection: Collection) -> None:
    path = collection.root / LIST
    before = sorted(path.parent.iterdir()), path.read_bytes()
    program = (
        "import resource, signal, sys\nfrom dataclasses import replace\nfrom pathlib import Path\n"
        "from workbench.core.collection import Collection, CollectionError\n"
        f"opened, path = Collection.open(Path({str(collection.root)!r})), Path({str(LIST)!r})\n"
        "loaded = opened.load(path)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50, 50))\n"
        "try:\n    opened.save(path, replace(loaded.draft, docs='x' * 500), loaded.stamp)\n"
        "except CollectionError as error:\n    print(error.title, error.detail)\n"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert "list.yml" in told.stdout
    assert os.strerror(errno.EFBIG) in told.stdout
    assert (sorted(path.parent.iterdir()), path.read_bytes()) == before


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENAMETOOLONG, errno.EIO])
def test_what_the_system_refuses_is_said_in_words(code: int) -> None:
    with pytest.raises(TreeError) as raised, files.mapped(Path("/x/a.yml")):
        raise OSError(code, os.strerror(code))
    assert os.strerror(code) in raised.value.detail
    assert raised.value.hint


def test_a_folder_in_the_way_is_told(collection: Collection) -> None:
    (collection.root / "way.yml").mkdir()
    with pytest.raises(CollectionError):
        collection.save(Path("way.yml"), Draft(name="x"), None)
    assert (collection.root / "way.yml").is_dir()


@pytest.mark.skipif(os.name == "nt", reason="no modes and links there")
def test_modes_and_links_are_kept(collection: Collection, tmp_path: Path) -> None:
    path = collection.root / LIST
    path.chmod(0o640)
    (collection.root / "link.yml").symlink_to(path)
    loaded = collection.load(Path("link.yml"))
    collection.save(Path("link.yml"), replace(loaded.draft, url="new"), loaded.stamp)
    assert (collection.root / "link.yml").is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert collection.load(LIST).draft.url == "new"


@pytest.mark.parametrize("path", [Path("../outside.yml"), Path("/etc/hostname"), Path("Users/../../outside.yml")])
def test_nothing_outside_of_the_root_is_touched(collection: Collection, path: Path) -> None:
    (collection.root.parent / "outside.yml").write_text("info: {name: a, type: http}\nhttp: {method: GET, url: x}\n")
    with pytest.raises(CollectionError, match="outside"):
        collection.load(path)
    with pytest.raises(CollectionError, match="outside"):
        collection.save(path, Draft(), None)
    with pytest.raises(CollectionError, match="outside"):
        collection.remove([path], collection.root.with_name("trash"))


def test_two_workers_take_turns(collection: Collection) -> None:
    def work(number: int) -> None:
        path = collection.add(Path("Users"), Draft(name=f"made {number}"))
        collection.rename(path, f"named {number}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    names = [node.name for node in collection.tree().children[0].children]
    assert sorted(names[2:]) == [f"named {number}" for number in range(6)]


def _overtaken(path: Path, edit: Callable[..., str], *, always: bool = False) -> Callable[..., str]:
    """``edit``, while which another program writes the file."""
    times = iter(range(1000))

    def edited(*given: object) -> str:
        if (time := next(times)) == 0 or always:
            path.write_text(path.read_text() + f"# theirs {time}\n")
        return edit(*given)

    return edited


def test_what_others_write_at_the_last_moment_stays(collection: Collection) -> None:
    format_, path = OpenCollection(), collection.root / LIST
    texts = Texts(collection.root, format_)
    texts.change(LIST, _overtaken(path, lambda text: format_.renamed(text, "all")))
    assert path.read_text().endswith("# theirs 0\n")
    assert collection.load(LIST).draft.name == "all"
    loaded = collection.load(LIST)
    wanted = replace(loaded.draft, url="mine")
    editor = _overtaken(path, format_.edited_item)
    texts.save(LIST, wanted, loaded.stamp, lambda _text: wanted, editor)
    assert path.read_text().count("# theirs 0\n") == 2
    loaded = collection.load(LIST)
    rival = replace(loaded.draft, url="theirs")

    def rewritten(text: str, draft: Draft) -> str:
        path.write_text(format_.edited_item(text, rival))
        return format_.edited_item(text, draft)

    with pytest.raises(ChangedOutside):
        texts.save(LIST, replace(wanted, url="mine again"), loaded.stamp, format_.read_item, rewritten)
    assert collection.load(LIST).draft == rival


def test_a_program_that_never_stops_writing_is_told(collection: Collection) -> None:
    format_, path = OpenCollection(), collection.root / LIST
    endless = _overtaken(path, lambda text: format_.renamed(text, "all"), always=True)
    with pytest.raises(CollectionError, match="keeps writing"):
        Texts(collection.root, format_).change(LIST, endless)
    assert collection.load(LIST).draft.name == "list"


def test_defaults_of_folders_and_collection(collection: Collection) -> None:
    root, stamp = collection.defaults(Path())
    assert root == Defaults(name="Payments")
    wanted = Defaults(
        "Pay", (Field("X-A", "1"),), BearerAuth("{{t}}"), (Variable("mtls.identity", "me"),), docs="# Pay"
    )
    collection.save_defaults(Path(), wanted, stamp)
    users, stamp = collection.defaults(Path("Users"))
    collection.save_defaults(Path("Users"), replace(users, headers=(Field("X-B", "2"),)), stamp)
    assert collection.chain(LIST) == (wanted, replace(users, headers=(Field("X-B", "2"),)))
    assert collection.name == "Pay"
    assert "bruno:" in (collection.root / "opencollection.yml").read_text()
    with pytest.raises(ChangedOutside):
        collection.save_defaults(Path("Users"), users, stamp)


def test_a_folder_without_a_file_of_its_own(collection: Collection) -> None:
    (collection.root / "Plain").mkdir()
    defaults, stamp = collection.defaults(Path("Plain"))
    assert defaults == Defaults(name="Plain")
    assert collection.save_defaults(Path("Plain"), defaults, stamp) == stamp
    assert not (collection.root / "Plain" / "folder.yml").exists()
    collection.save_defaults(Path("Plain"), replace(defaults, docs="d"), stamp)
    assert collection.defaults(Path("Plain"))[0].docs == "d"


def test_what_the_format_cannot_say_is_told(collection: Collection) -> None:
    users, stamp = collection.defaults(Path("Users"))
    with pytest.raises(CollectionError, match="cannot be saved like this"):
        collection.save_defaults(Path("Users"), replace(users, auth=None), stamp)
    assert collection.defaults(Path("Users")) == (users, stamp)
