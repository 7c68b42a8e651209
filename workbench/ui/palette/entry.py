"""What the palette offers: one thing with its words, and what happens when it is chosen."""

import enum
from collections.abc import Callable
from dataclasses import dataclass, field

from workbench.core.i18n import _
from workbench.core.visible import visible


class Kind(enum.Enum):
    """What sort of thing it is; the value is the icon of those that have none of their own."""

    ACTION = "action"
    TAB = "requests"
    REQUEST = "request"
    ENVIRONMENT = "environment"
    IDENTITY = "identity"
    BUNDLE = "trust"
    COLLECTION = "collections"
    WORKSPACE = "application"
    SETTING = "preferences"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing. ``detail`` tells it from others of the same title and is searched too.

    ``keys`` is its shortcut as people read it; ``icon`` the name of a picture of its own. ``unavailable`` says why it
    cannot be chosen now.
    """

    kind: Kind
    title: str
    detail: str = ""
    run: Callable[[], object] = field(default=lambda: None, repr=False, compare=False)
    keys: str = ""
    icon: str = ""
    unavailable: str = ""

    def __post_init__(self) -> None:
        """Names come from collections of others: what is searched and painted is what can be seen."""
        object.__setattr__(self, "title", visible(self.title))
        object.__setattr__(self, "detail", visible(self.detail))


PREFIXES = {
    ">": frozenset({Kind.ACTION}),
    "@": frozenset({Kind.IDENTITY, Kind.BUNDLE}),
    "#": frozenset({Kind.ENVIRONMENT}),
    "/": frozenset({Kind.REQUEST, Kind.TAB}),
    ",": frozenset({Kind.SETTING}),
}
"""First characters of what is typed that ask for some kinds only."""


def kind_words(kind: Kind) -> str:
    """What a person calls things of this kind."""
    return {
        Kind.ACTION: _("Action"),
        Kind.TAB: _("Open tab"),
        Kind.REQUEST: _("Request"),
        Kind.ENVIRONMENT: _("Environment"),
        Kind.IDENTITY: _("Identity"),
        Kind.BUNDLE: _("Trust bundle"),
        Kind.COLLECTION: _("Collection"),
        Kind.WORKSPACE: _("Workspace"),
        Kind.SETTING: _("Setting"),
    }[kind]


def spoken(entry: Entry) -> str:
    """All that a row says, for who does not see it."""
    parts = (entry.title, kind_words(entry.kind), entry.detail, entry.keys, entry.unavailable)
    return ", ".join(part for part in parts if part)
