"""Ours against named rivals: alternating rounds in one run, so that what slows the machine slows both sides alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Taken:
    """What one unit of work took: seconds, or megabytes where the case says so, and seconds of all processors."""

    amount: float
    cpu: float | None = None


Round = Callable[[], float | Taken]
"""Does the work once or many times over; what one unit of it took."""


@dataclass(frozen=True, slots=True)
class Rival:
    """Who else does the same work; ``aim`` is the ratio of our time to theirs that we want to stay within."""

    run: Round
    aim: float | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to measure. ``aim`` is an amount, for what people wait for; ``unit`` is ``s`` or ``MB``."""

    title: str
    ours: Round
    rivals: Mapping[str, Rival]
    rounds: int
    aim: float | None = None
    unit: str = "s"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: medians of the rounds. ``ratio`` and ``cpu_ratio`` are medians of the rounds' own ratios."""

    who: str
    taken: Taken
    ratio: float | None = None
    cpu_ratio: float | None = None
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
    taken: dict[str, list[Taken]] = {name: [] for name in names}
    for number in range(-1, case.rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            amount = contenders[name]()
            if number >= 0:
                taken[name].append(amount if isinstance(amount, Taken) else Taken(amount))
    rows = [Row("mTLS Workbench", _median(taken[""]), aim=case.aim)]
    for name, rival in case.rivals.items():
        pairs = list(zip(taken[""], taken[name], strict=True))
        ratio = median(us.amount / them.amount for us, them in pairs)
        cpu = [us.cpu / them.cpu for us, them in pairs if us.cpu and them.cpu]
        rows.append(Row(name, _median(taken[name]), ratio, median(cpu) if cpu else None, rival.aim))
    return Result(case, tuple(rows))


def _median(rounds: list[Taken]) -> Taken:
    cpu = [taken.cpu for taken in rounds if taken.cpu is not None]
    return Taken(median(taken.amount for taken in rounds), median(cpu) if cpu else None)


def table(result: Result) -> str:
    """The result in Markdown."""
    unit = result.case.unit
    head = ["median", "ours ÷ theirs", "aim"]
    with_cpu = any(row.taken.cpu is not None for row in result.rows)
    if with_cpu:
        head += ["processor time", "ours ÷ theirs"]
    lines = [_line([result.case.title, *head]), _line(["---", *["--:"] * len(head)])]
    for row in result.rows:
        cells = [row.who, _readable(row.taken.amount, unit), _ratio(row.ratio), _aim(row, unit)]
        if with_cpu:
            cells += ["" if row.taken.cpu is None else _readable(row.taken.cpu, "s"), _ratio(row.cpu_ratio)]
        lines.append(_line(cells))
    return "\n".join(lines)


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _ratio(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.2f}"


def _aim(row: Row, unit: str) -> str:
    if row.aim is None:
        return ""
    missed = (row.taken.amount if row.ratio is None else row.ratio) > row.aim
    return (f"≤ {row.aim:g} {unit}" if row.ratio is None else f"≤ {row.aim:g}") + (" **missed**" if missed else "")


def _readable(amount: float, unit: str) -> str:
    if unit == "MB":
        return f"{amount:.0f} MB"
    return f"{amount * 1000:.2f} ms" if amount < 1 else f"{amount:.2f} s"
