"""Which rows of a list became which of another, in time that nobody's file can stretch."""

from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher

_MOST_COMPARED = 250_000
"""Pairs of rows. Comparing each with each takes minutes for the equal rows of one hostile file."""

Opcode = tuple[str, int, int, int, int]


def opcodes(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Opcode]:
    """As ``SequenceMatcher.get_opcodes``: tag, the range in ``old``, the range in ``new``.

    What both begin and end with is equal. Where more lies between than people write, all of that is one
    ``replace``, ``insert`` or ``delete``.
    """
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    left = shorter - head
    tail = next((at for at in range(left) if old[-1 - at] != new[-1 - at]), left)
    old_end, new_end = len(old) - tail, len(new) - tail
    found: list[Opcode] = [("equal", 0, head, 0, head)] if head else []
    if (old_end - head) * (new_end - head) > _MOST_COMPARED:
        found.append(("replace", head, old_end, head, new_end))
    else:
        matcher = SequenceMatcher(None, old[head:old_end], new[head:new_end], autojunk=False)
        found += [(tag, a + head, b + head, c + head, d + head) for tag, a, b, c, d in matcher.get_opcodes()]
    if tail:
        found.append(("equal", old_end, len(old), new_end, len(new)))
    return found
