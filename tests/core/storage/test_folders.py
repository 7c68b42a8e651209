"""Entries come and go whole, and stay so through a power cut."""

import os
from pathlib import Path

import pytest

from workbench.core.storage import folders

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no folder can be synced there")


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


def test_the_files_are_synced_then_their_folder_then_its_name(tmp_path: Path, synced: list[int]) -> None:
    staged = folders.stage(tmp_path, "entry", {"one": b"1", "two": b"2"})
    assert folders.entries(tmp_path) == ()
    files = [(staged / name).stat().st_ino for name in ("one", "two")]
    entry = folders.publish(staged)
    assert folders.entries(tmp_path) == (entry,)
    assert synced[-4:] == [*files, entry.stat().st_ino, tmp_path.stat().st_ino]
    assert {path.stat().st_mode & 0o777 for path in (entry, entry / "one")} == {0o700, 0o600}


def test_a_removed_entry_does_not_come_back(tmp_path: Path, synced: list[int]) -> None:
    entry = folders.publish(folders.stage(tmp_path, "entry", {"one": b"1"}))
    synced.clear()
    folders.discard(entry)
    assert list(tmp_path.iterdir()) == []
    assert synced == [tmp_path.stat().st_ino]
