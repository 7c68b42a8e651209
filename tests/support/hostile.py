"""Texts that are hard for a regular expression, made from the expression itself, and whether they take it too long.

Python's ``re`` tries one way after another. Where two parts of an expression can take the same characters, a text
that fails at its end has so many ways that trying them takes quadratic, cubic or exponential time. For each thing
that is repeated in an expression this makes texts that lead there, repeat it thousands of times and then fail.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from re import _constants as c  # type: ignore[attr-defined]  # that there is such a thing is tested
from re import _parser  # type: ignore[attr-defined]
from typing import Any

LENGTH = 8_000
"""Characters of a hostile text. Quadratic time is tenths of a second there, linear time a tenth of a millisecond."""

_GLANCE, _SUSPECT = 600, 0.0001  # characters, and seconds of the thread's own time beyond which more are tried
_NOTABLE = 0.03  # seconds below which nothing is called slow
_SHORTER = 4
_STEEPER = 2.5  # times as steep as linear: linear time is a quarter for a quarter, quadratic a sixteenth
_OTHERS = ' a0\n"\\:='
_ENDS = ("", "\x00", "\n\x00")
_CATEGORIES = {
    c.CATEGORY_DIGIT: "0",
    c.CATEGORY_NOT_DIGIT: "a",
    c.CATEGORY_SPACE: " ",
    c.CATEGORY_NOT_SPACE: "a",
    c.CATEGORY_WORD: "a",
    c.CATEGORY_NOT_WORD: "-",
}
_REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)

Part = tuple[Any, Any]


def too_slow(pattern: "re.Pattern[Any]", methods: Iterable[str]) -> str:
    """A method and a text that take more than linear time, shown in short; the empty text when there is none."""
    names = tuple(methods)
    for make in hostile_texts(pattern):
        for method in names:
            if _is_steep(pattern, method, make):
                return f"{method}({make(40)[:80]!r} …)"
    return ""


def hostile_texts(pattern: "re.Pattern[Any]") -> Iterator[Callable[[int], str]]:
    """Functions that make a text of about the length that they are given."""
    parts = list(_parser.parse(_source(pattern), pattern.flags & ~re.DEBUG))
    letters = dict.fromkeys((*_letters(parts), *_OTHERS))
    seen: set[tuple[str, str, str]] = set()
    for letter in letters:
        for before, pump in _pumps(parts, letter, ""):
            for end in _ENDS:
                key = (before, pump, end)
                if pump and key not in seen:
                    seen.add(key)
                    yield lambda length, key=key: key[0] + key[1] * (length // len(key[1]) + 1) + key[2]  # type: ignore[misc]


def _source(pattern: "re.Pattern[Any]") -> str:
    return pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")


def _is_steep(pattern: "re.Pattern[Any]", method: str, make: Callable[[int], str]) -> bool:
    if _seconds(pattern, method, make(_GLANCE)) < _SUSPECT or _seconds(pattern, method, make(LENGTH)) < _NOTABLE:
        return False
    long = min(_seconds(pattern, method, make(LENGTH)) for _again in range(2))
    short = min(_seconds(pattern, method, make(LENGTH // _SHORTER)) for _again in range(3))
    return long >= _NOTABLE and long > short * _SHORTER * _STEEPER


def _seconds(pattern: "re.Pattern[Any]", method: str, text: str) -> float:
    subject = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    began = time.thread_time()
    if method == "finditer":
        for _found in pattern.finditer(subject):
            pass
    else:
        getattr(pattern, method)(subject)
    return time.thread_time() - began


def _pumps(parts: Sequence[Part], letter: str, before: str) -> Iterator[tuple[str, str]]:
    """What leads to a repetition, and what is repeated; beginnings of the expression too, for those that go on."""
    for place, (kind, value) in enumerate(parts):
        led = before + _sample(parts[:place], letter)
        if place:
            yield "", led
        if kind in _REPEATS:
            for times in (1, 2):
                yield led, _sample(list(value[2]) * times, letter)
                yield led, _sample(list(value[2]), letter, times) + _sample(parts[place + 1 : place + 2], letter)
            yield from _pumps(list(value[2]), letter, led)
        for inner in _inside(kind, value):
            yield from _pumps(inner, letter, led)
    yield "", before + _sample(parts, letter)[:-1]


def _inside(kind: Any, value: Any) -> list[list[Part]]:
    if kind is c.SUBPATTERN:
        return [list(value[3])]
    if kind is c.BRANCH:
        return [list(branch) for branch in value[1]]
    if kind is c.ATOMIC_GROUP:
        return [list(value)]
    if kind in (c.ASSERT, c.ASSERT_NOT):
        return [list(value[1])]
    return []


def _sample(parts: Iterable[Part], letter: str, more: int = 0) -> str:
    """A text that fits, of ``letter`` where that may stand."""
    return "".join(_sampled(kind, value, letter, more) for kind, value in parts)


def _sampled(kind: Any, value: Any, letter: str, more: int) -> str:
    if kind is c.LITERAL:
        return chr(value)
    if kind is c.NOT_LITERAL:
        return letter if letter != chr(value) else "a" if value != ord("a") else "b"
    if kind is c.ANY:
        return letter
    if kind is c.IN:
        return _member(value, letter)
    if kind in _REPEATS:
        return str(_sample(value[2], letter) * max(value[0], min(value[1], more or 1)))
    if kind is c.BRANCH:
        fitting = [text for branch in value[1] if (text := _sample(branch, letter))]
        return next((text for text in fitting if letter in text), fitting[0] if fitting else "")
    if kind in (c.ASSERT, c.ASSERT_NOT):
        return ""
    return "".join(_sample(inner, letter) for inner in _inside(kind, value))


def _member(items: Sequence[Part], letter: str) -> str:
    negated = bool(items) and items[0][0] is c.NEGATE
    choices = [
        letter,
        "a",
        " ",
        "0",
        "-",
        "\n",
        "é",
        "\x00",
        *(_one(item) for item in items if item[0] is not c.NEGATE),
    ]
    return next((choice for choice in choices if any(_holds(item, choice) for item in items) is not negated), "")


def _one(item: Part) -> str:
    kind, value = item
    return chr(value) if kind is c.LITERAL else chr(value[0]) if kind is c.RANGE else _CATEGORIES.get(value, "a")


def _holds(item: Part, letter: str) -> bool:
    kind, value = item
    if kind is c.LITERAL:
        return bool(value == ord(letter))
    if kind is c.RANGE:
        return bool(value[0] <= ord(letter) <= value[1])
    if kind is c.CATEGORY:
        found = {
            c.CATEGORY_DIGIT: letter.isdigit(),
            c.CATEGORY_SPACE: letter.isspace(),
            c.CATEGORY_WORD: letter.isalnum() or letter == "_",
        }
        return found[value] if value in found else not found[_OPPOSITES[value]]
    return False


_OPPOSITES = {
    c.CATEGORY_NOT_DIGIT: c.CATEGORY_DIGIT,
    c.CATEGORY_NOT_SPACE: c.CATEGORY_SPACE,
    c.CATEGORY_NOT_WORD: c.CATEGORY_WORD,
}


def _letters(parts: Iterable[Part]) -> Iterator[str]:
    """The characters that an expression speaks of."""
    for kind, value in parts:
        if kind in (c.LITERAL, c.NOT_LITERAL):
            yield chr(value)
        elif kind is c.IN:
            yield from (_one(item) for item in value if item[0] is not c.NEGATE)
        elif kind in _REPEATS:
            yield from _letters(value[2])
        for inner in _inside(kind, value):
            yield from _letters(inner)
