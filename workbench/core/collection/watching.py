"""What changes in a collection's folder without this program's doing: git, Bruno, an editor."""

import asyncio
import contextlib
import os
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from watchfiles import Change, DefaultFilter, awatch

from workbench.core import blocking
from workbench.core.collection.files import is_own_work, mapped
from workbench.core.collection.scan import MOST, MOST_FOLDERS, is_folder_link, is_left_out
from workbench.core.files import STAGED

_QUIET: Final = 150
"""Milliseconds without a change that end a burst of them."""

_LONGEST: Final = 1000
"""Milliseconds after which a burst is told although it goes on."""

_CLOCK: Final = 20_000_000
"""Nanoseconds that the times of files may lag behind the clock: a kernel takes them from its last tick."""

_GLANCE: Final = 1.0
"""Seconds between two looks for a folder that is away: nothing tells of one that is not there."""


async def changes(root: Path, since: int | None = None) -> AsyncGenerator[frozenset[Path], None]:
    """Paths of what others changed, added or removed below ``root``, burst by burst, until the iterator is closed.

    ``since`` is when the tree was read, in nanoseconds since the epoch: what changed between
    then and the first watch is told as well.

    What this program wrote is left out, as long as the file is still what it wrote. Paths are absolute.
    Raises ``CollectionError`` when the folder is not there.

    Each folder is watched for itself, at most ``MOST_FOLDERS`` of those that the tree shows: a watch that went down
    by itself would follow links out of the collection.
    """
    with mapped(root):
        seen = await blocking.call(partial(_look, root), "look at folders")
        if since is not None and (late := await blocking.call(partial(_touched, seen, since), "look at times")):
            yield late
        while True:
            began = seen
            with contextlib.suppress(FileNotFoundError):  # a folder went away before it was watched
                async with aclosing(_bursts(sorted(began.folders))) as bursts:
                    async for paths in bursts:
                        seen, news = await blocking.call(partial(_news, root, paths, seen), "look at changes")
                        if news:
                            yield news
                        if seen.folders != began.folders:
                            break
            if seen is began or not seen.folders:
                seen = await blocking.call(partial(_look, root), "look at folders")


async def awaited(root: Path, before: frozenset[str] = frozenset()) -> frozenset[str]:
    """Wait until there is something else in the folder ``root`` than the names ``before``; answers what there is.

    Nothing is in one that is away.
    """
    while (names := await blocking.call(lambda: _names(root), "look for a folder")) == before:  # noqa: ASYNC110
        await asyncio.sleep(_GLANCE)
    return names


@dataclass(frozen=True, slots=True)
class _Look:
    folders: frozenset[Path]
    files: dict[str, tuple[int, int, int]]


def _look(root: Path) -> _Look:
    """The folders that are watched, the upper ones first where there are too many, and what is in them."""
    folders, files, entries = [str(root)], dict[str, tuple[int, int, int]](), 0
    for folder in folders:
        with contextlib.suppress(OSError) if entries else contextlib.nullcontext(), os.scandir(folder) as found:
            for entry in found:
                entries += 1
                if entries > MOST:
                    return _Look(frozenset(map(Path, folders)), files)
                with contextlib.suppress(OSError):
                    if not entry.is_dir(follow_symlinks=False):
                        facts = entry.stat(follow_symlinks=False)
                        files[entry.path] = (facts.st_mtime_ns, facts.st_size, facts.st_ino)
                    elif not is_left_out(entry.name) and not is_folder_link(entry) and len(folders) < MOST_FOLDERS:
                        folders.append(entry.path)
    return _Look(frozenset(map(Path, folders)), files)


def _touched(seen: _Look, since: int) -> frozenset[Path]:
    """What changed at ``since`` or later. A folder counts where something was added to it or removed."""
    found = set[Path]()
    for path in (*map(Path, seen.files), *seen.folders):
        with contextlib.suppress(OSError):
            if path.lstat().st_ctime_ns >= since - _CLOCK and not is_own_work(path):
                found.add(path)
    return frozenset(found)


def _news(root: Path, paths: frozenset[Path], seen: _Look) -> tuple[_Look, frozenset[Path]]:
    """What others changed, and what is there now. All is looked at when folders may have come or gone."""
    now = seen
    if not paths or any(path in seen.folders or path.is_dir() or not path.exists() for path in paths):
        try:
            now = _look(root)
        except OSError:  # the root has gone away, with all that was in it: that is told before it is found out
            now = _Look(frozenset(), {})
        paths |= {Path(path) for path, _facts in seen.files.items() ^ now.files.items()}
    return now, _foreign(paths)


async def _bursts(folders: Iterable[Path]) -> AsyncGenerator[frozenset[Path], None]:
    """An empty set when these folders are watched, and then what changes in them."""
    told = awatch(
        *folders, watch_filter=_Filter(), debounce=_LONGEST, step=_QUIET, recursive=False, ignore_permission_denied=True
    )
    async with aclosing(told):
        coming = asyncio.ensure_future(anext(told))
        try:
            await asyncio.sleep(0)  # the watches are set before it first waits
            yield frozenset()
            while True:
                yield frozenset(Path(path) for _change, path in await coming)
                coming = asyncio.ensure_future(anext(told))
        finally:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)


class _Filter(DefaultFilter):
    def __call__(self, change: Change, path: str) -> bool:
        return not Path(path).name.startswith(STAGED) and super().__call__(change, path)


def _foreign(paths: Iterable[Path]) -> frozenset[Path]:
    return frozenset(path for path in paths if not path.is_dir() and not is_own_work(path))


def _names(root: Path) -> frozenset[str]:
    try:
        return frozenset(entry.name for entry in root.iterdir())
    except OSError:
        return frozenset()
