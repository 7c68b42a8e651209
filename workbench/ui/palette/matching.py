"""Which entries a few typed letters mean, the likeliest first: no Qt, no waiting.

Each word that is typed must be found: as it stands, or as letters in this order, of which those that begin
words and those that follow each other count most. Case and accents make no difference.
"""

import heapq
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workbench.ui.palette.entry import PREFIXES, Entry, Kind

_WHOLE, _AT_START, _AT_WORD, _INSIDE, _INITIALS, _SCATTERED = 140.0, 110.0, 95.0, 60.0, 75.0, 40.0
_IN_DETAIL = 0.45  # what a word counts that is found in the detail only
_UNAVAILABLE = 25.0
_KINDS = {Kind.TAB: 6.0, Kind.ACTION: 5.0, Kind.ENVIRONMENT: 4.0, Kind.IDENTITY: 4.0, Kind.REQUEST: 3.0}
_WORD = re.compile(r"[^\W_]+")
_WIDEST = 4  # places that scattered letters may take for each of them

Places = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry, how well it fits, and which characters of its title were meant."""

    entry: Entry
    score: float
    places: Places = ()


@dataclass(frozen=True, slots=True)
class _Text:
    """A text ready to be searched: folded, with the places where its words begin."""

    folded: str
    starts: Places
    initials: str

    @classmethod
    def of(cls, text: str) -> "_Text":
        folded = fold(text)
        starts = tuple(match.start() for match in _WORD.finditer(folded))
        return cls(folded, starts, "".join(folded[start] for start in starts))


@dataclass(frozen=True, slots=True)
class _Ready:
    """An entry's texts ready to be searched, and the sorts of letters in them."""

    title: _Text
    detail: str
    letters: int

    @classmethod
    def of(cls, entry: Entry) -> "_Ready":
        title, detail = _Text.of(entry.title), fold(entry.detail)
        return cls(title, detail, _letters(title.folded) | _letters(detail))


class Index:
    """Entries made ready once, searched with every key. Those that ``known`` holds as well are ready already."""

    def __init__(self, entries: Sequence[Entry], known: "Index | None" = None) -> None:
        self.entries = tuple(entries)
        before = known.ready() if known is not None else {}
        self._ready = [before.get(id(entry)) or _Ready.of(entry) for entry in self.entries]
        self._titles = [ready.title for ready in self._ready]
        self._details = [ready.detail for ready in self._ready]
        self._letters = [ready.letters for ready in self._ready]

    def ready(self) -> dict[int, _Ready]:
        """What was made ready of each entry, by its ``id``."""
        return {id(entry): ready for entry, ready in zip(self.entries, self._ready, strict=True)}

    def search(self, typed: str, limit: int = 50) -> tuple[Hit, ...]:
        """The best ``limit`` entries; without words the first ones of the kinds that are meant."""
        kinds, words = read(typed)
        wanted = 0
        for word in words:
            wanted |= _letters(word)
        places = [place for place, has in enumerate(self._letters) if has & wanted == wanted]
        if kinds is not None:
            places = [place for place in places if self.entries[place].kind in kinds]
        if not words:
            places.sort(key=lambda place: bool(self.entries[place].unavailable))
            return tuple(Hit(self.entries[place], 0.0) for place in places[:limit])
        scored = ((self._score(place, words), -place) for place in places)
        best = heapq.nlargest(limit, (pair for pair in scored if pair[0] > 0))
        return tuple(self._hit(-place, score, words) for score, place in best)

    def _score(self, place: int, words: Sequence[str]) -> float:
        title, total = self._titles[place], 0.0
        for word in words:
            score = _score(word, title)
            if not score:
                score = _IN_DETAIL * _INSIDE if word in self._details[place] else 0.0
            if not score:
                return 0.0
            total += score
        entry = self.entries[place]
        length = sum(map(len, words)) / (len(title.folded) or 1)
        return (
            total / len(words)
            + 15 * min(length, 1.0)
            + _KINDS.get(entry.kind, 0.0)
            - (_UNAVAILABLE if entry.unavailable else 0.0)
        )

    def _hit(self, place: int, score: float, words: Iterable[str]) -> Hit:
        found = {at for word in words for at in locate(word, self._titles[place].folded)}
        return Hit(self.entries[place], score, tuple(sorted(found)))


def search(indexes: Iterable[Index], typed: str, limit: int) -> tuple[Hit, ...]:
    """The best ``limit`` entries of all of them; equally good ones in their order."""
    found = [hit for index in indexes for hit in index.search(typed, limit)]
    return tuple(sorted(found, key=lambda hit: -hit.score)[:limit])


def read(typed: str) -> tuple[frozenset[Kind] | None, tuple[str, ...]]:
    """The kinds that a prefix asks for, None for all, and the words, folded."""
    typed = typed.strip()
    kinds = PREFIXES.get(typed[:1])
    return kinds, tuple(fold(typed[1:] if kinds else typed).split())


def fold(text: str) -> str:
    """``text`` without case and accents, each character in its place."""
    return text.lower() if text.isascii() else "".join(map(_fold, text))


def locate(word: str, text: str) -> Places:
    """Which characters of ``text`` are meant by ``word``, both folded; none when it is not in there."""
    start = text.find(word)
    while start > 0 and text[start - 1].isalnum():  # better where a word begins
        later = text.find(word, start + 1)
        if later < 0:
            start = text.find(word)
            break
        start = later
    if start >= 0:
        return tuple(range(start, start + len(word)))
    starts = [match.start() for match in _WORD.finditer(text)]
    chosen = _scattered(word, "".join(text[start] for start in starts))
    return tuple(starts[at] for at in chosen) if chosen else _tightened(word, text)


def _score(word: str, title: _Text) -> float:
    text = title.folded
    at = text.find(word)
    if at == 0:
        return _WHOLE if len(word) == len(text) else _AT_START
    if at > 0:
        return _AT_WORD if any(text.startswith(word, start) for start in title.starts) else _INSIDE
    if len(word) < 2:
        return 0.0
    if _scattered(word, title.initials):
        return _INITIALS
    places = _tightened(word, text)
    if not places:
        return 0.0
    spread = places[-1] - places[0] + 1
    if spread > _WIDEST * len(word):
        return 0.0
    begins = sum(place in title.starts for place in places)
    return _SCATTERED * len(word) / spread + 15 * begins / len(word)


def _scattered(word: str, text: str) -> Places:
    """The leftmost places of the letters of ``word`` in this order."""
    places, at = [], -1
    for letter in word:
        at = text.find(letter, at + 1)
        if at < 0:
            return ()
        places.append(at)
    return tuple(places)


def _tightened(word: str, text: str) -> Places:
    """The same, from where they end back to the nearest that they can begin."""
    leftmost = _scattered(word, text)
    if not leftmost:
        return ()
    places, at = [], leftmost[-1] + 1
    for letter in reversed(word):
        at = text.rfind(letter, 0, at)
        places.append(at)
    return tuple(reversed(places))


def _letters(text: str) -> int:
    """A bit for each sort of character in ``text``, to rule out quickly what cannot fit."""
    bits = 0
    for character in set(text):
        bits |= 1 << (ord(character) & 63)
    return bits


@lru_cache(maxsize=4096)
def _fold(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0].casefold()
    return base[0] if base else character
