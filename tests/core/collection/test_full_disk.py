"""A disk that is really full, and one that is really read-only: files stay as they are, and the words say so."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.core.collection import Collection, CollectionError
from workbench.core.draft import Draft, RawBody, RawKind

pytestmark = pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root can mount a small disk")
_BODY = RawBody(RawKind.TEXT, "x" * 3_000)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", str(disk)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """Use what is left of it."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as stream, contextlib.suppress(OSError):
        while True:
            stream.write(bytes(4096))
    return filler


def test_nothing_is_lost_and_saving_works_when_there_is_room(small: Path) -> None:
    collection = Collection.create(small / "payments", "Payments")
    path = collection.add(Path(), Draft(name="Create", method="POST", url="https://localhost", body=_BODY))
    loaded = collection.load(path)
    before = (collection.root / path).read_bytes()
    filler = fill(small)
    changed = replace(loaded.draft, url="https://localhost/changed", body=RawBody(RawKind.TEXT, "y" * 9_000))
    with pytest.raises(CollectionError) as full:
        collection.save(path, changed, loaded.stamp)
    assert "The disk is full" in full.value.hint
    with pytest.raises(CollectionError, match="cannot be read or written"):
        collection.add(Path(), changed)
    assert (collection.root / path).read_bytes() == before
    names = sorted(entry.name for entry in collection.root.iterdir())
    assert names == ["Create.yml", "opencollection.yml"], "nothing half-written is left"
    filler.unlink()
    collection.save(path, changed, loaded.stamp)
    assert collection.load(path).draft == changed


def test_a_disk_that_can_only_be_read_is_read_and_told(small: Path) -> None:
    collection = Collection.create(small / "payments", "Payments")
    path = collection.add(Path(), Draft(name="Create", url="https://localhost"))
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    reading = Collection.open(small / "payments")
    assert [node.name for node in reading.tree().children] == ["Create"]
    loaded = reading.load(path)
    orders = (
        lambda: reading.save(path, replace(loaded.draft, url="https://elsewhere"), loaded.stamp),
        lambda: reading.add(Path(), loaded.draft),
        lambda: reading.rename(path, "Other"),
        lambda: reading.remove([path], small.with_name("trash")),
    )
    for order in orders:
        with pytest.raises(CollectionError) as refused:
            order()
        assert "The disk is read-only" in refused.value.hint
    assert reading.load(path) == loaded
