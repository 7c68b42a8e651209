"""What changes in a collection's folder without this program's doing: git, Bruno, an editor."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Final

from watchfiles import Change, DefaultFilter, awatch

from workbench.core import blocking
from workbench.core.collection.files import is_own_work, mapped
from workbench.core.files import STAGED

_QUIET: Final = 150
"""Milliseconds without a change that end a burst of them."""

_LONGEST: Final = 1000
"""Milliseconds after which a burst is told although it goes on."""

_GLANCE: Final = 1.0
"""Seconds between two looks for a folder that is away: nothing tells of one that is not there."""


async def changes(root: Path) -> AsyncGenerator[frozenset[Path], None]:
    """Paths of what others changed, added or removed below ``root``, burst by burst, until the iterator is closed.

    What this program wrote is left out, as long as the file is still what it wrote. Paths are absolute.
    Raises ``CollectionError`` when the folder is not there.
    """
    with mapped(root):
        async for burst in awatch(root, watch_filter=_Filter(), debounce=_LONGEST, step=_QUIET):
            paths = sorted({Path(path) for _change, path in burst})
            foreign = await blocking.call(lambda paths=paths: _foreign(paths), "look at changes")  # type: ignore[misc]
            if foreign:
                yield foreign


async def awaited(root: Path, before: frozenset[str] = frozenset()) -> frozenset[str]:
    """Wait until there is something else in the folder ``root`` than the names ``before``; answers what there is.

    Nothing is in one that is away.
    """
    while (names := await blocking.call(lambda: _names(root), "look for a folder")) == before:  # noqa: ASYNC110
        await asyncio.sleep(_GLANCE)
    return names


class _Filter(DefaultFilter):
    def __call__(self, change: Change, path: str) -> bool:
        return not Path(path).name.startswith(STAGED) and super().__call__(change, path)


def _foreign(paths: list[Path]) -> frozenset[Path]:
    return frozenset(path for path in paths if not path.is_dir() and not is_own_work(path))


def _names(root: Path) -> frozenset[str]:
    try:
        return frozenset(entry.name for entry in root.iterdir())
    except OSError:
        return frozenset()
