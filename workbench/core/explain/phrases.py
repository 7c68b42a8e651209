"""The phrases of other programs, as ``resources/explain/phrases.toml`` lists them, and how they are found in a text."""

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core import resources

_GAP = 300
"""Characters that "…" stands for at most."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """``code`` is what a client's text means, ``at_server`` what the same words mean in a server's log, if another."""

    phrases: tuple[str, ...]
    code: str
    weight: int
    candidates: tuple[str, ...] = ()
    at_server: str = ""


@dataclass(frozen=True, slots=True)
class Phrases:
    """All that is known: ``programs`` by name, the first that matches counts."""

    patterns: tuple[Pattern, ...]
    at_server: tuple[str, ...]
    as_client: tuple[str, ...]
    programs: tuple[tuple[str, tuple[str, ...]], ...]


@functools.cache
def known() -> Phrases:
    """What the program's resources list."""
    data = tomllib.loads((resources.folder() / "explain" / "phrases.toml").read_text("utf-8"))
    return Phrases(
        patterns=tuple(
            Pattern(
                phrases=tuple(cause["phrases"]),
                code=cause["code"],
                weight=cause["weight"],
                candidates=tuple(cause.get("candidates", ())),
                at_server=cause.get("at_server", ""),
            )
            for cause in data["cause"]
        ),
        at_server=tuple(data["at_server"]["phrases"]),
        as_client=tuple(data["as_client"]["phrases"]),
        programs=tuple((program["name"], tuple(program["phrases"])) for program in data["program"]),
    )


def comparable(text: str) -> str:
    """``text`` in the form that phrases are written in: lower case, spaces for underscores."""
    return text.lower().replace("_", " ")


def last_of(phrases: Sequence[str], plain: str) -> int:
    """Where the last of ``phrases`` begins in ``plain``, -1 when there is none."""
    return max(_last(phrase, plain) for phrase in phrases)


def _last(phrase: str, plain: str) -> int:
    start, gap, rest = phrase.partition("…")
    at = plain.rfind(start)
    if not gap or at < 0:
        return at
    line = plain[at : at + len(start) + _GAP + len(rest)].partition("\n")[0]
    return at if rest in line[len(start) :] else -1
