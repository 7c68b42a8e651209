"""``python -m tests.fuzz NAME``: see ``tests.fuzz``."""

import argparse
import sys
from pathlib import Path

from tests.fuzz.frame import MEMORY, SECONDS, Outcome, fuzz
from tests.fuzz.targets import targets


def main(arguments: list[str]) -> int:
    """Exit status 1 when anything failed."""
    known = targets()
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Parsers, tried on mutated input.")
    parser.add_argument("name", nargs="?", choices=[*known, "all"], metavar="NAME", help=f"{', '.join(known)}, or all")
    parser.add_argument("--count", type=int, help="how many inputs (100000; without end with --seconds)")
    parser.add_argument("--seed", type=int, default=0, help="another seed makes other inputs")
    parser.add_argument("--seconds", type=float, help="of processor time, for each target")
    parser.add_argument("--failures", type=Path, metavar="FOLDER", help="where failing inputs are kept")
    options = parser.parse_args(arguments)
    if options.name is None:
        sys.stdout.write("\n".join(known) + "\n")
        return 0
    count = options.count or (10**12 if options.seconds else 100_000)
    failed = False
    for name in known if options.name == "all" else [options.name]:
        outcome = fuzz(
            name, known[name], count=count, seed=options.seed, seconds=options.seconds, folder=options.failures
        )
        sys.stdout.write(report(name, outcome) + "\n")
        sys.stdout.flush()
        failed = failed or bool(outcome.failures)
    return 1 if failed else 0


def report(name: str, outcome: Outcome) -> str:
    """The counts in a line, and one for each failure with the files that show it."""
    first = (
        f"{name:14} {outcome.count:>9,} inputs: {outcome.understood:,} understood, {outcome.refused:,} refused, "
        f"{outcome.failures.total():,} failed; {outcome.seconds:.0f} s of processor time "
        f"(at most {SECONDS} s and {MEMORY // 2**20} MB each)"
    )
    lines = [
        f"  {count:,} × {failure}: {', '.join(map(str, outcome.saved[failure]))}"
        for failure, count in outcome.failures.most_common()
    ]
    return "\n".join([first, *lines])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
