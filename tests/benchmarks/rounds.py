"""Ours against named rivals: alternating rounds in one run, so that what slows the machine slows both sides alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

Round = Callable[[], float]
"""Does the work once or many times over; returns the seconds that one unit of it took."""


@dataclass(frozen=True, slots=True)
class Rival:
    """Who else does the same work; ``aim`` is the ratio of our time to theirs that we want to stay within."""

    run: Round
    aim: float | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to measure. ``aim`` is in seconds, for what people wait for."""

    title: str
    ours: Round
    rivals: Mapping[str, Rival]
    rounds: int
    aim: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: medians of the rounds. ``ratio`` is the median of the rounds' own ratios."""

    who: str
    seconds: float
    ratio: float | None = None
    aim: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What one case gave; the first row is ours."""

    case: Case
    rows: tuple[Row, ...]


def measure(case: Case) -> Result:
    """Run the case: each round begins with another contender, after one round that does not count."""
    contenders = {"": case.ours} | {name: rival.run for name, rival in case.rivals.items()}
    names = list(contenders)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for number in range(-1, case.rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            seconds = contenders[name]()
            if number >= 0:
                taken[name].append(seconds)
    rows = [Row("mTLS Workbench", median(taken[""]), aim=case.aim)]
    for name, rival in case.rivals.items():
        pairs = zip(taken[""], taken[name], strict=True)
        rows.append(Row(name, median(taken[name]), median(us / them for us, them in pairs), rival.aim))
    return Result(case, tuple(rows))


def table(result: Result) -> str:
    """The result in Markdown."""
    lines = [f"| {result.case.title} | median | ours ÷ theirs | aim |", "|---|--:|--:|--:|"]
    for row in result.rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        lines.append(f"| {row.who} | {_readable(row.seconds)} | {ratio} | {_aim(row)} |")
    return "\n".join(lines)


def _aim(row: Row) -> str:
    if row.aim is None:
        return ""
    missed = (row.seconds if row.ratio is None else row.ratio) > row.aim
    unit = " s" if row.ratio is None else ""
    return f"≤ {row.aim:g}{unit}" + (" **missed**" if missed else "")


def _readable(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"
