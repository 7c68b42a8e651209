"""Files are there whole, old or new, and on the disk when the program says so."""

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from workbench.core import files

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes and links as POSIX has them")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "document.json"


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The inodes that were synced, in order."""
    inodes: list[int] = []
    sync = os.fsync

    def watched(descriptor: int) -> None:
        inodes.append(os.fstat(descriptor).st_ino)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    return inodes


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.mark.usefixtures("open_umask")
def test_a_private_file_is_its_owners_alone(path: Path) -> None:
    path.write_bytes(b"old")
    files.write_private(path, b"new")
    assert (path.read_bytes(), mode(path), names(path.parent)) == (b"new", 0o600, [path.name])


def test_first_the_content_then_its_name_is_synced(path: Path, synced: list[int]) -> None:
    files.write_private(path, b"one")
    files.write_in_place(path, [b"two"])
    folder = path.parent.stat().st_ino
    assert synced[1::2] == [folder, folder]
    assert synced[2] == path.stat().st_ino


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise OSError("no more")

    path.write_bytes(b"old")
    with pytest.raises(OSError, match="no more"):
        files.write_in_place(path, pieces())
    (path.parent / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        files.write_private(path.parent / "folder", b"new")
    assert (path.read_bytes(), names(path.parent)) == (b"old", [path.name, "folder"])


def test_who_has_the_last_word_sees_the_old_file_and_may_keep_it(path: Path) -> None:
    def refuse(real: Path) -> None:
        assert real.read_bytes() == b"old"
        raise KeyError

    path.write_bytes(b"old")
    with pytest.raises(KeyError):
        files.write_in_place(path, [b"new"], last=refuse)
    assert (path.read_bytes(), names(path.parent)) == (b"old", [path.name])


def test_writers_at_once_do_not_disturb_each_other(path: Path) -> None:
    contents = [bytes([letter]) * 10_000 for letter in b"abcd"]
    troubles: list[OSError] = []

    def write(content: bytes) -> None:
        try:
            for _count in range(10):
                files.write_private(path, content)
                assert path.read_bytes() in contents
        except OSError as error:
            troubles.append(error)

    writers = [threading.Thread(target=write, args=(content,)) for content in contents]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert troubles == []
    assert path.read_bytes() in contents
    assert names(path.parent) == [path.name]


def test_what_a_killed_program_left_half_written_goes_after_a_while(path: Path) -> None:
    old, new = (path.with_name(f"{files.STAGED}{name}") for name in ("old", "new"))
    old.touch()
    new.touch()
    os.utime(old, (0, 0))
    files.write_private(path, b"")
    assert names(path.parent) == [new.name, path.name]


def test_a_name_may_be_as_long_as_the_disk_allows(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)
    files.write_private(path, b"one")
    files.write_in_place(path, [b"two"])
    assert path.read_bytes() == b"two"


def test_a_persons_file_keeps_its_mode_and_a_link_is_written_through(path: Path) -> None:
    real = path.parent / "elsewhere" / "real.yml"
    real.parent.mkdir()
    real.write_bytes(b"old")
    real.chmod(0o640)
    path.symlink_to(real)
    modified = files.write_in_place(path, [b"n", b"ew"])
    assert path.is_symlink()
    assert (real.read_bytes(), mode(real), real.stat().st_mtime_ns) == (b"new", 0o640, modified)


def test_a_persons_new_file_is_as_open_as_the_system_makes_it(path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.write_in_place(path, [b""])
    finally:
        os.umask(before)
    assert mode(path) == 0o640


@pytest.mark.parametrize("kind", ["folder", "pipe", "loop"])
def test_only_files_are_replaced(path: Path, kind: str) -> None:
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(path)
    before = path.lstat()
    with pytest.raises(OSError):
        files.write_in_place(path, [b""])
    assert path.lstat().st_ino == before.st_ino
    assert names(path.parent) == [path.name]


def test_private_folders(tmp_path: Path) -> None:
    open_one = tmp_path / "open"
    open_one.mkdir(mode=0o755)
    files.make_private(open_one)
    files.make_private(tmp_path / "a" / "b")
    assert [mode(tmp_path / one) for one in ("open", "a", "a/b")] == [0o700] * 3


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can be somebody else")
def test_somebody_elses_folder_is_used_as_it_is() -> None:
    with TemporaryDirectory() as shared:
        Path(shared).chmod(0o777)
        os.seteuid(65534)
        try:
            files.make_private(Path(shared))
            files.write_private(Path(shared) / "mine", b"")
        finally:
            os.seteuid(0)
        assert (mode(Path(shared)), mode(Path(shared) / "mine")) == (0o777, 0o600)


def test_what_is_set_aside_twice_is_there_twice(path: Path) -> None:
    asides = []
    for content in (b"one", b"two"):
        path.write_bytes(content)
        path.with_name(path.name + "-wal").write_bytes(b"of " + content)
        asides.append(files.set_aside(path, ("-wal", "-shm")))
    assert [aside.read_bytes() for aside in asides] == [b"one", b"two"]
    assert [aside.with_name(f"{aside.name}-wal").read_bytes() for aside in asides] == [b"of one", b"of two"]
    assert len(names(path.parent)) == 4
