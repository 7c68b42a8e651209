"""A collection in memory: drafts in folders that give them defaults, and environments. Plain data.

Importers write to it, a runner reads it; ``core.collection`` makes a folder of it and reads one into it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.core.draft import Defaults, Draft, Environment


@dataclass(frozen=True, slots=True)
class DraftFolder:
    """A folder: what it gives to the drafts below it, among it its name, and what lies in it, in that order."""

    defaults: Defaults = Defaults()
    drafts: tuple[Draft, ...] = ()
    folders: tuple["DraftFolder", ...] = ()

    @property
    def name(self) -> str:
        """What people call it."""
        return self.defaults.name


@dataclass(frozen=True, slots=True)
class DraftTree:
    """A whole collection. ``root`` is called as the collection is, and gives its defaults.

    The value of a secret variable is in none of the environments.
    """

    root: DraftFolder = DraftFolder()
    environments: tuple[Environment, ...] = ()

    @property
    def name(self) -> str:
        """What people call the collection."""
        return self.root.name

    def inherited(self) -> Iterator[tuple[tuple[Defaults, ...], Draft]]:
        """Every draft in order, each after what it inherits from: of the collection first, of its own folder last."""
        yield from _inherited(self.root, ())


def _inherited(folder: DraftFolder, above: tuple[Defaults, ...]) -> Iterator[tuple[tuple[Defaults, ...], Draft]]:
    chain = (*above, folder.defaults)
    for below in folder.folders:
        yield from _inherited(below, chain)
    for draft in folder.drafts:
        yield chain, draft
