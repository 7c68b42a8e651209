"""What is saved: each kind writes a state by its number, and says which one is there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.core.history.examples import exchange
from tests.support import authority
from tests.support.keyring import MemoryKeyring
from workbench.core.collection import Collection
from workbench.core.draft import Draft
from workbench.core.history import History
from workbench.core.storage import Home, IdentityStore, PasswordKept, settings
from workbench.core.storage.drafts import Drafts, OpenTab, OpenTabs

_LARGE = "x" * 20_000  # more than one write of the operating system's
_PASSWORD = "a password"
_ROWS = 50


@dataclass(frozen=True, slots=True)
class Kind:
    """``begin`` makes state 0; ``save`` answers a function that saves a state over the one before it."""

    begin: Callable[[Path], object]
    save: Callable[[Path], Callable[[int], object]]
    there: Callable[[Path], int]


def _url(number: int) -> str:
    return f"https://example.com/{number}"


def _number(url: str) -> int:
    return int(url.rpartition("/")[2])


def _begin_collection(place: Path) -> None:
    Collection.create(place / "collection", "Kills").add(Path(), Draft(name="one", url=_url(0), docs=_LARGE))


def _save_collection(place: Path) -> Callable[[int], object]:
    collection = Collection.open(place / "collection")

    def save(number: int) -> None:
        loaded = collection.load(Path("one.yml"))
        collection.save(Path("one.yml"), replace(loaded.draft, url=_url(number)), loaded.stamp)

    return save


def _collection(place: Path) -> int:
    collection = Collection.open(place / "collection")
    draft = collection.load(Path("one.yml")).draft
    if draft.docs != _LARGE or [node.path.name for node in collection.tree().children] != ["one.yml"]:
        raise AssertionError("something of the collection is missing")
    return _number(draft.url)


def _tabs(number: int) -> OpenTabs:
    return OpenTabs(tuple(OpenTab(Draft(url=_url(number), docs=_LARGE)) for _tab in range(3)), 0)


def _drafts(place: Path) -> int:
    restored = Drafts(place / "drafts.json").load()
    numbers = {_number(tab.draft.url) for tab in restored.tabs.tabs}
    if restored.troubles or len(restored.tabs.tabs) != 3 or len(numbers) != 1:
        raise AssertionError("something of the drafts is missing")
    return numbers.pop()


def _save_history(place: Path) -> Callable[[int], object]:
    history = History.open(place / "history.sqlite")
    return lambda number: history.add(Draft(url=_url(number)), exchange(_url(number)))


def _history(place: Path) -> int:
    history = History.open(place / "history.sqlite")
    rows = history.search(limit=_ROWS)
    newest = history.get(rows[0].id)
    history.close()
    numbers = [_number(row.url) for row in rows]
    if (
        newest is None
        or numbers != list(range(numbers[0], numbers[0] - len(rows), -1))
        or len(rows) < min(_ROWS, numbers[0])
    ):
        raise AssertionError("something of the history is missing")
    return numbers[0]


def _identities(place: Path) -> IdentityStore:
    return IdentityStore(Home(place / "home"), MemoryKeyring())


def _begin_identities(place: Path) -> None:
    identity = authority.client(authority.root("Kills"), "alice").identity("alice 0")
    _identities(place).add(identity, password=f"{_PASSWORD} 0", keep=PasswordKept.ASK)


def _save_identity(place: Path) -> Callable[[int], object]:
    store = _identities(place)

    def save(number: int) -> None:
        """An even number is another name, an odd one another password."""
        before = number - 1
        if number % 2:
            name, old, new = f"alice {before}", f"{_PASSWORD} {before}", f"{_PASSWORD} {number + 1}"
            store.set_password(name, old=old, new=new, keep=PasswordKept.ASK)
        else:
            store.rename(f"alice {number - 2}", f"alice {number}")

    return save


def _identity(place: Path) -> int:
    store = _identities(place)
    (stored,) = store.list()
    if store.unreadable():
        raise AssertionError("an identity cannot be read")
    named = int(stored.name.rpartition(" ")[2])
    for number in (named, named + 1):
        try:
            store.open(stored.name, f"{_PASSWORD} {number + number % 2}")
        except Exception as error:  # noqa: BLE001 - of two passwords one is right
            wrong = error
        else:
            return number
    raise AssertionError("neither password opens the identity") from wrong


def _save_settings(place: Path) -> Callable[[int], object]:
    def save(number: int) -> None:
        settings.change(
            place / "settings.json", lambda there: {**there, "preferences": {"number": number, "x": _LARGE}}
        )

    return save


def _settings(place: Path) -> int:
    found: dict[str, Any] = dict(settings.read(place / "settings.json"))
    if found["kept"] != {"x": _LARGE} or found["preferences"]["x"] != _LARGE:
        raise AssertionError("something of the settings is missing")
    return int(found["preferences"]["number"])


KINDS = {
    "collection": Kind(_begin_collection, _save_collection, _collection),
    "drafts": Kind(
        lambda place: Drafts(place / "drafts.json").save(_tabs(0)),
        lambda place: lambda number: Drafts(place / "drafts.json").save(_tabs(number)),
        _drafts,
    ),
    "history": Kind(lambda place: _save_history(place)(0), _save_history, _history),
    "identities": Kind(_begin_identities, _save_identity, _identity),
    "settings": Kind(
        lambda place: settings.change(
            place / "settings.json",
            lambda _none: {"preferences": {"number": 0, "x": _LARGE}, "kept": {"x": _LARGE}},
        ),
        _save_settings,
        _settings,
    ),
}
