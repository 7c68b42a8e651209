"""One line of a comparison, and how two lists become lines."""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_CONTEXT = 2  # lines that stay in sight around a difference


class Sign(enum.Enum):
    """How the two sides of a line stand to each other; the value is what is shown between them."""

    SAME = ""
    LEFT = "−"  # only at the left
    RIGHT = "+"  # only at the right
    OTHER = "≠"
    BESIDE = " "  # never the same, and not worth stepping to
    HEADING = "§"
    NOTE = "!"  # a sentence, in ``left``
    FOLD = "…"  # stands for ``hidden``

    @property
    def is_difference(self) -> bool:
        """Whether one wants to see it."""
        return self in (Sign.LEFT, Sign.RIGHT, Sign.OTHER)


@dataclass(frozen=True, slots=True)
class DiffLine:
    """``left`` and ``right`` as they are; ``hidden`` are the lines that a fold stands for.

    Of a heading ``right`` tells how many differences there are below it.
    """

    sign: Sign
    left: str = ""
    right: str = ""
    hidden: tuple["DiffLine", ...] = ()


def text_lines(left: Sequence[str], right: Sequence[str]) -> tuple[DiffLine, ...]:
    """Two texts, line by line."""
    start = _common(left, right)
    end = _common(left[start:][::-1], right[start:][::-1])
    middle_left, middle_right = left[start : len(left) - end], right[start : len(right) - end]
    return (
        *(_same(text) for text in left[:start]),
        *_differing(middle_left, middle_right),
        *(_same(text) for text in left[len(left) - end :]),
    )


def field_lines(left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]]) -> tuple[DiffLine, ...]:
    """Named values, matched by their names whatever the case, the first of a name with the first."""
    waiting: dict[str, list[tuple[str, str]]] = {}
    for name, value in right:
        waiting.setdefault(name.lower(), []).append((name, value))
    lines: list[DiffLine] = []
    for name, value in left:
        others = waiting.get(name.lower())
        if not others:
            lines.append(DiffLine(Sign.LEFT, f"{name}: {value}"))
            continue
        other_name, other = others.pop(0)
        sign = Sign.SAME if value == other else Sign.OTHER
        lines.append(DiffLine(sign, f"{name}: {value}", f"{other_name}: {other}"))
    lines += [DiffLine(Sign.RIGHT, right=f"{name}: {value}") for others in waiting.values() for name, value in others]
    return tuple(lines)


def section(title: str, lines: Sequence[DiffLine], no_difference: str, differences: str) -> tuple[DiffLine, ...]:
    """A heading and ``lines``, folded where they are the same.

    ``no_difference`` and ``differences`` (with ``{count}``) are what the heading says of them.
    """
    count = sum(line.sign.is_difference for line in lines)
    said = differences.format(count=count) if count else no_difference
    return (DiffLine(Sign.HEADING, title, said), *folded(lines))


def folded(lines: Sequence[DiffLine]) -> tuple[DiffLine, ...]:
    """``lines`` with a fold in place of those that are the same and not near a difference."""
    near = [False] * len(lines)
    for place, line in enumerate(lines):
        if line.sign is not Sign.SAME:
            reach = _CONTEXT if line.sign.is_difference else 0
            for other in range(max(place - reach, 0), min(place + reach + 1, len(lines))):
                near[other] = True
    shown: list[DiffLine] = []
    waiting: list[DiffLine] = []
    for line, keep in zip(lines, near, strict=True):
        if not keep:
            waiting.append(line)
            continue
        shown += _fold(waiting)
        waiting = []
        shown.append(line)
    return (*shown, *_fold(waiting))


def _fold(lines: list[DiffLine]) -> list[DiffLine]:
    return [DiffLine(Sign.FOLD, hidden=tuple(lines))] if len(lines) > 1 else lines


def _same(text: str) -> DiffLine:
    return DiffLine(Sign.SAME, text, text)


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def _differing(left: Sequence[str], right: Sequence[str]) -> Iterator[DiffLine]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right).get_opcodes():
        if tag == "equal":
            yield from (_same(text) for text in left[i1:i2])
            continue
        pairs = min(i2 - i1, j2 - j1)
        for number in range(pairs):
            yield DiffLine(Sign.OTHER, left[i1 + number], right[j1 + number])
        yield from (DiffLine(Sign.LEFT, text) for text in left[i1 + pairs : i2])
        yield from (DiffLine(Sign.RIGHT, right=text) for text in right[j1 + pairs : j2])
