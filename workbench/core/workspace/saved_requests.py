"""Saved requests: read, written, and merged with what others wrote meanwhile. Everything here blocks."""

import contextlib
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from workbench.core.collection import ChangedOutside, CollectionError, Conflicts, Stamp, merge
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft
from workbench.core.workspace.request_file import Conflict, Opening, Saved
from workbench.core.workspace.workspace import Workspace


class SavedRequests:
    """The requests in the open collections of ``workspace``."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def load(self, location: DraftLocation) -> Opening:
        """A saved request. Raises ``WorkbenchError``."""
        loaded = self._workspace.collections.get(location.collection).load(location.path)
        return Opening(location, loaded.draft, loaded.stamp)

    def save(
        self,
        location: DraftLocation,
        draft: Draft,
        stamp: Stamp | None,
        base: Draft,
        headers: Collection[str] = (),
    ) -> Saved | Conflict:
        """Write ``draft``, which was made from ``base``; secrets typed into it go to the keyring first.

        They become variables of the chosen environment, and so do the values of the header fields called ``headers``.
        What others changed in other parts of the file is kept. Without a ``stamp`` the file becomes what is given,
        whatever it says. Raises ``WorkbenchError``.
        """
        extracted = self._extracted(draft, location, headers)
        collection = self._workspace.collections.get(location.collection)
        try:
            written = collection.save(location.path, extracted, stamp)
        except ChangedOutside as error:
            theirs = error.current
            if not isinstance(theirs, Draft) or error.stamp is None:  # gone: it is made anew
                written = collection.save(location.path, extracted, None)
                return Saved(location, extracted, written, extracted != draft)
            merged = merge(base, extracted, theirs)
            if isinstance(merged, Conflicts):
                return Conflict(location, theirs, error.stamp, merged.fields)
            written = collection.save(location.path, merged, error.stamp)
            return Saved(location, merged, written, extracted != draft, merged=True)
        return Saved(location, extracted, written, extracted != draft)

    def save_new(
        self,
        into: DraftLocation,
        name: str,
        draft: Draft,
        headers: Collection[str] = (),
        source: DraftLocation | None = None,
    ) -> Saved:
        """Write ``draft``, which belonged to ``source``, to a new file in a folder. Raises ``WorkbenchError``."""
        if source is not None and source.collection != into.collection:
            self._workspace.agreements.note_copied(source.collection, into.collection)
        named = replace(draft, name=name)
        extracted = self._extracted(named, DraftLocation(into.collection), headers)
        collection = self._workspace.collections.get(into.collection)
        path = collection.add(into.path, extracted)
        loaded = collection.load(path)
        return Saved(DraftLocation(into.collection, path), loaded.draft, loaded.stamp, extracted != named)

    def find_same(self, folder: Path, paths: Iterable[Path], stamp: Stamp) -> DraftLocation | None:
        """Which of the absolute ``paths`` holds exactly what ``stamp`` says, as after a rename."""
        collection = self._workspace.collections.get(folder)
        for path in sorted(paths):
            if not path.is_relative_to(folder):
                continue
            with contextlib.suppress(CollectionError):
                if collection.load(path.relative_to(folder)).stamp == stamp:
                    return DraftLocation(folder, path.relative_to(folder))
        return None

    def _extracted(self, draft: Draft, location: DraftLocation, headers: Collection[str]) -> Draft:
        chosen = self._workspace.collections.chosen_environment(location.collection)
        return self._workspace.extract_secrets(draft, location, chosen, headers=headers)
