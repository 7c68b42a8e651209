"""Saved requests in the worker: read, written, merged with what others wrote meanwhile."""

import contextlib
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from workbench.core.collection import ChangedOutside, CollectionError, Conflicts, Stamp, merge
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft
from workbench.core.workspace import Workspace
from workbench.ui.models.library_news import Conflict, Opening, Saved


def load(workspace: Workspace, spot: DraftLocation) -> Opening:
    """A saved request. Raises ``WorkbenchError``."""
    loaded = workspace.collection(spot.collection).load(_item(spot))
    return Opening(spot, loaded.draft, loaded.stamp)


def save(
    workspace: Workspace,
    spot: DraftLocation,
    draft: Draft,
    stamp: Stamp | None,
    base: Draft,
    headers: Collection[str] = (),
) -> Saved | Conflict:
    """Write ``draft``, which was made from ``base``; secrets typed into it go to the keyring first.

    So do the values of the header fields called ``headers``.
    What others did to other parts of the file is kept. Without a ``stamp`` the file becomes what is given,
    whatever it says. Raises ``WorkbenchError``.
    """
    sealed = workspace.seal(draft, DraftLocation(spot.collection, spot.item), headers)
    collection = workspace.collection(spot.collection)
    try:
        written = collection.save(_item(spot), sealed, stamp)
    except ChangedOutside as error:
        theirs = error.current
        if not isinstance(theirs, Draft) or error.stamp is None:  # gone: it is made anew
            written = collection.save(_item(spot), sealed, None)
            return Saved(spot, sealed, written, sealed != draft)
        merged = merge(base, sealed, theirs)
        if isinstance(merged, Conflicts):
            return Conflict(spot, theirs, error.stamp, merged.fields)
        written = collection.save(_item(spot), merged, error.stamp)
        return Saved(spot, merged, written, sealed != draft, merged=True)
    return Saved(spot, sealed, written, sealed != draft)


def save_new(
    workspace: Workspace, into: DraftLocation, name: str, draft: Draft, headers: Collection[str] = ()
) -> Saved:
    """Write ``draft`` to a new file in a folder. Raises ``WorkbenchError``."""
    named = replace(draft, name=name)
    sealed = workspace.seal(named, DraftLocation(into.collection, None), headers)
    collection = workspace.collection(into.collection)
    path = collection.add(_item(into), sealed)
    loaded = collection.load(path)
    return Saved(DraftLocation(into.collection, path), loaded.draft, loaded.stamp, sealed != named)


def find_same(workspace: Workspace, folder: Path, paths: Iterable[Path], stamp: Stamp) -> DraftLocation | None:
    """Which of the absolute ``paths`` holds exactly what ``stamp`` says, as after a rename."""
    collection = workspace.collection(folder)
    for path in sorted(paths):
        if not path.is_relative_to(folder):
            continue
        with contextlib.suppress(CollectionError):
            if collection.load(path.relative_to(folder)).stamp == stamp:
                return DraftLocation(folder, path.relative_to(folder))
    return None


def _item(spot: DraftLocation) -> Path:
    return spot.item if spot.item is not None else Path()
