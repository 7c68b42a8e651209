"""Texts with a line so long that an editor would stall with every key: shown shortened, kept whole."""

from workbench.core.i18n import _

LONGEST = 100_000
"""Characters of a line; Qt lays all of a line out whenever anything in it changes."""
_SHOWN = 1_000


def longest_line(text: str) -> int:
    """Characters of the longest line."""
    return max(map(len, text.split("\n"))) if len(text) > LONGEST else 0


def shortened(text: str) -> str:
    """``text`` to look at: the beginning of each line, and how much more there is of it."""
    lines = []
    for line in text.split("\n"):
        more = len(line) - _SHOWN
        lines.append(
            line if more <= 0 else _("{line} … ({more} more characters)").format(line=line[:_SHOWN], more=more)
        )
    return "\n".join(lines)
