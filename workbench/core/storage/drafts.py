"""What is open in a window, kept so that a crash or a kill loses at most the last second of typing.

::

    {"format": 1, "current": 0, "split": "…", "tabs": [{"draft": {…}, "collection": "…", …}, …], "closed": […]}

Secrets that stand literally in a draft are not written (``core.masking``), nor is the body of one that is tagged
``sensitive``; the tab then says what is missing.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbench.core import draft_codec
from workbench.core.draft import SENSITIVE, Draft
from workbench.core.errors import StorageError
from workbench.core.files import Damaged, Format, make_private, set_aside, told
from workbench.core.i18n import _
from workbench.core.masking import without_body, without_secrets

FORMAT = Format(
    1,
    newer=_("The open requests were saved by a newer version of this program."),
    newer_hint=_("Update the program. The file was not changed and will not be overwritten."),
)
CLOSED_LIMIT = 20


@dataclass(frozen=True, slots=True)
class OpenTab:
    """One tab: its draft, where that was loaded from, and whether it was changed since.

    ``collection`` None is a request that belongs nowhere yet. ``base`` is the stamp of the item's file when it was
    loaded, as text. ``missing`` names, in words for a person, the secrets that were not kept.
    """

    draft: Draft = Draft()
    collection: Path | None = None
    item: Path | None = None
    base: str = ""
    dirty: bool = False
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenTabs:
    """All tabs in their order, which of them is in front (-1 for none), where the divider is.

    ``closed`` are the tabs that can be opened again, the last closed first.
    """

    tabs: tuple[OpenTab, ...] = ()
    current: int = -1
    split: str = ""
    closed: tuple[OpenTab, ...] = ()


@dataclass(frozen=True, slots=True)
class Restored:
    """What was open, and what could not be brought back: ``troubles`` is for the person to read."""

    tabs: OpenTabs = OpenTabs()
    troubles: tuple[StorageError, ...] = ()


class Drafts:
    """One file, ``path``, for its owner's eyes only, written whole or not at all. Everything here uses the disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written: dict[int, tuple[OpenTab, Any]] = {}
        self._untouchable: StorageError | None = None

    def load(self) -> Restored:
        """What was saved last; nothing when nothing was.

        A file that makes no sense is set aside under another name and told of, a tab that makes none is left out
        and told of. Raises ``StorageError`` for a file of a newer format or one that cannot be read: it stays as it is.
        """
        try:
            return self._load()
        except StorageError as error:
            self._untouchable = error
            raise

    def save(self, tabs: OpenTabs) -> None:
        """Write ``tabs`` in place of what was saved before.

        Raises ``StorageError``, also where ``load`` had to leave the file as it was.
        """
        if self._untouchable is not None:
            raise self._untouchable
        kept: dict[int, tuple[OpenTab, Any]] = {}
        document = {
            "current": tabs.current,
            "split": tabs.split,
            "tabs": [self._tab_data(tab, kept) for tab in tabs.tabs],
            "closed": [self._tab_data(tab, kept) for tab in tabs.closed[:CLOSED_LIMIT]],
        }
        with told(self._path):
            make_private(self._path.parent)
        FORMAT.write(self._path, document, indent=None)
        self._written = kept

    def _load(self) -> Restored:
        try:
            document = FORMAT.read(self._path)
        except FileNotFoundError:
            return Restored()
        except OSError as error:
            raise _unusable(self._path, error) from error
        except Damaged as error:
            return Restored(troubles=(self._set_aside(str(error)),))
        restored = _restored(document)
        if restored.troubles:  # the next save would end what could not be read
            aside = self._set_aside(_("Some of it cannot be read."))
            restored = replace(restored, troubles=(*restored.troubles, aside))
        return restored

    def _tab_data(self, tab: OpenTab, kept: dict[int, tuple[OpenTab, Any]]) -> Any:
        # Tabs are not edited all at once: what was made of one that stayed the same is used again.
        known = self._written.get(id(tab))
        data = known[1] if known is not None and known[0] is tab else _tab_data(tab)
        kept[id(tab)] = tab, data
        return data

    def _set_aside(self, why: str) -> StorageError:
        try:
            aside = set_aside(self._path)
        except OSError as error:
            raise _unusable(self._path, error) from error
        return StorageError(
            _("The list of open requests is damaged."),
            detail=f"{self._path}: {why}",
            hint=_("The damaged file is kept as {path}.").format(path=aside),
        )


def _tab_data(tab: OpenTab) -> dict[str, Any]:
    stripped = without_secrets(tab.draft)
    if SENSITIVE in tab.draft.tags:
        stripped = without_body(stripped)
    missing = tuple(dict.fromkeys((*tab.missing, *stripped.missing)))
    return {
        "draft": draft_codec.to_data(stripped.draft),
        "collection": str(tab.collection) if tab.collection is not None else None,
        "item": str(tab.item) if tab.item is not None else None,
        "base": tab.base,
        "dirty": tab.dirty,
        "missing": list(missing),
    }


def _restored(document: dict[str, Any]) -> Restored:
    troubles: list[StorageError] = []
    places: dict[int, int] = {}
    tabs: list[OpenTab] = []
    for place, data in enumerate(_list(document, "tabs")):
        tab = _read_tab(data, troubles)
        if tab is not None:
            places[place] = len(tabs)
            tabs.append(tab)
    closed = [tab for data in _list(document, "closed") if (tab := _read_tab(data, [])) is not None]
    current, split = document.get("current"), document.get("split")
    front = places.get(current, 0) if isinstance(current, int) else 0
    return Restored(
        OpenTabs(
            tabs=tuple(tabs),
            current=front if tabs else -1,
            split=split if isinstance(split, str) else "",
            closed=tuple(closed[:CLOSED_LIMIT]),
        ),
        tuple(troubles),
    )


def _read_tab(data: Any, troubles: list[StorageError]) -> OpenTab | None:
    given = data if isinstance(data, dict) else {}
    try:
        draft = draft_codec.from_data(given.get("draft"))
    except StorageError as error:
        troubles.append(error)
        return None
    texts = {name: value for name, value in given.items() if isinstance(value, str)}
    return OpenTab(
        draft=draft,
        collection=Path(texts["collection"]) if "collection" in texts else None,
        item=Path(texts["item"]) if "item" in texts else None,
        base=texts.get("base", ""),
        dirty=given.get("dirty") is True,
        missing=tuple(words for words in _list(given, "missing") if isinstance(words, str)),
    )


def _list(data: dict[str, Any], name: str) -> list[Any]:
    value = data.get(name)
    return value if isinstance(value, list) else []


def _unusable(path: Path, error: OSError) -> StorageError:
    return StorageError(
        _("The list of open requests cannot be read."),
        detail=f"{path}: {error.strerror or error}",
        hint=_("Check the permissions of the file and its folder."),
    )
