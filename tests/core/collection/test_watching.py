"""Changes of others are told, our own are not."""

import asyncio
import shutil
import time
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.core.collection import Collection, CollectionError, awaited, changes, files, watching
from workbench.core.draft import Draft


def test_only_what_others_did_is_told(collection: Collection) -> None:
    async def watch() -> frozenset[Path]:
        loop = asyncio.get_running_loop()
        async with aclosing(changes(collection.root)) as bursts:
            first = asyncio.ensure_future(anext(bursts))
            # The watch begins some time after it is asked for: a stranger's file is touched until it is told.
            stranger = collection.root / "stranger.yml"
            while not first.done():
                await loop.run_in_executor(None, lambda: stranger.write_text(f"{loop.time()}"))
                await asyncio.wait([first], timeout=0.2)
            second = asyncio.ensure_future(anext(bursts))
            await loop.run_in_executor(None, _our_work, collection)
            await loop.run_in_executor(None, lambda: (collection.root / "last.yml").write_text("x"))
            seen = frozenset(first.result()) | await second
            while collection.root / "last.yml" not in seen:
                seen |= await anext(bursts)
            return seen

    seen = asyncio.run(asyncio.wait_for(watch(), 30))
    assert seen == {collection.root / "stranger.yml", collection.root / "last.yml"}


def test_what_changed_between_reading_and_watching_is_told(collection: Collection) -> None:
    changed, removed = collection.root / "ping.yml", collection.root / "Users" / "list.yml"

    async def watch() -> frozenset[Path]:
        read_at = time.time_ns()
        changed.write_bytes(changed.read_bytes() + b"# theirs\n")
        removed.unlink()
        async with aclosing(changes(collection.root, read_at)) as bursts:
            return await anext(bursts)

    told = asyncio.run(asyncio.wait_for(watch(), 30))
    assert {changed, removed.parent} <= told


def _our_work(collection: Collection) -> None:
    loaded = collection.load(Path("ping.yml"))
    collection.save(Path("ping.yml"), replace(loaded.draft, url="new"), loaded.stamp)
    collection.rename(Path("ping.yml"), "pong")
    collection.add(Path("Users"), Draft(name="third"))
    collection.remove([Path("Users/list.yml")], collection.root.with_name("trash"))


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    async def watch() -> None:
        async for _paths in changes(tmp_path / "gone"):
            raise AssertionError("nothing can change there")

    with pytest.raises(CollectionError):
        asyncio.run(watch())


def test_what_others_bring_back_is_told_although_it_was_ours(collection: Collection) -> None:
    path = collection.root / "ping.yml"
    ours = path.read_bytes()
    assert files.is_own_work(path)
    path.write_bytes(ours + b"# theirs\n")
    assert not files.is_own_work(path)
    path.write_bytes(ours)
    assert not files.is_own_work(path)
    loaded = collection.load(Path("ping.yml"))
    collection.save(Path("ping.yml"), replace(loaded.draft, url="new"), loaded.stamp)
    assert files.is_own_work(path)


def test_a_folder_that_was_away_is_awaited(tmp_path: Path) -> None:
    folder = tmp_path / "away"

    async def wait() -> None:
        waiting = asyncio.ensure_future(awaited(folder))
        _done, pending = await asyncio.wait([waiting], timeout=0.2)
        assert pending
        Collection.create(folder, "Back")
        await waiting

    asyncio.run(asyncio.wait_for(wait(), 30))


def test_folders_that_come_are_watched_and_links_out_are_not(collection: Collection, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "deep").mkdir(parents=True)
    (collection.root / "away").symlink_to(outside)

    async def watch() -> frozenset[Path]:
        async with aclosing(changes(collection.root)) as bursts:
            seen: frozenset[Path] = frozenset()
            deep = collection.root / "new" / "deep"
            coming = asyncio.ensure_future(anext(bursts))
            while deep / "one.yml" not in seen:
                await asyncio.to_thread(deep.mkdir, parents=True, exist_ok=True)
                await asyncio.to_thread((outside / "deep" / "theirs.yml").touch)
                await asyncio.to_thread((deep / "one.yml").write_text, str(len(seen)))
                await asyncio.wait([coming], timeout=0.5)
                if coming.done():
                    seen |= coming.result()
                    coming = asyncio.ensure_future(anext(bursts))
            later = deep / "later.yml"
            await asyncio.to_thread(later.write_text, "x")
            while later not in seen:
                seen |= await coming
                coming = asyncio.ensure_future(anext(bursts))
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)
            return seen

    seen = asyncio.run(asyncio.wait_for(watch(), 30))
    assert not any("away" in path.parts or path.is_relative_to(outside) for path in seen)


def test_no_more_folders_are_watched_than_may_be(collection: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        (collection.root / f"{number}").mkdir()
    monkeypatch.setattr(watching, "MOST_FOLDERS", 7)
    assert len(watching._look(collection.root).folders) == 7


def test_a_folder_that_goes_away_is_told_before_the_watch_ends(collection: Collection) -> None:
    async def watch(seen: set[Path]) -> None:
        async with aclosing(changes(collection.root)) as bursts:
            first = asyncio.ensure_future(anext(bursts))
            while not first.done():  # until it watches
                await asyncio.to_thread((collection.root / "stranger.yml").touch)
                await asyncio.wait([first], timeout=0.2)
            await asyncio.to_thread(shutil.rmtree, collection.root)
            async for paths in bursts:
                seen |= paths

    seen: set[Path] = set()
    with pytest.raises(CollectionError):
        asyncio.run(asyncio.wait_for(watch(seen), 30))
    assert collection.root / "Users" / "list.yml" in seen
