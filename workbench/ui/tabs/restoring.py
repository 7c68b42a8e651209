"""Documents as the plain data that outlives the program, and back."""

from typing import TYPE_CHECKING

from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft
from workbench.ui.tabs.document import Document

if TYPE_CHECKING:
    from workbench.core.collection import Stamp
    from workbench.core.storage.drafts import OpenTab


def as_open(document: Document) -> "OpenTab":
    """What ``document`` holds."""
    from workbench.core.storage.drafts import OpenTab

    origin, stamp = document.origin, document.stamp
    return OpenTab(
        draft=document.draft(),
        collection=origin.collection if origin is not None else None,
        item=origin.item if origin is not None else None,
        base=stamp.digest.hex() if stamp is not None else "",
        dirty=document.unsaved(),
        missing=document.missing,
    )


def opened_from(one: "OpenTab") -> "tuple[Draft, DraftLocation | None, Stamp | None]":
    """Draft, origin and stamp of what was open."""
    origin = DraftLocation(one.collection, one.item) if one.collection is not None else None
    return one.draft, origin, _stamp(one.base)


def saved_of(one: "OpenTab") -> Draft:
    """What the file held; that of a changed one is not known before it is read: something else than the draft."""
    return Draft(name=one.draft.name, tags=("?",)) if one.dirty else one.draft


def _stamp(text: str) -> "Stamp | None":
    from workbench.core.collection import Stamp

    try:
        return Stamp(bytes.fromhex(text)) if text else None
    except ValueError:
        return None
