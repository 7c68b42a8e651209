"""Benchmarks, run by hand: ``python -m tests.benchmarks [requests] [processes] [stalls]``. None fails for being slow.

Each prints a table: our median, that of each rival, and the median of the ratios of paired rounds; ``stalls`` the
longest time that the window's thread was away.
"""

import sys

import pytest

from tests.benchmarks import processes, requests
from tests.benchmarks.rounds import measure, table
from tests.support.servers.material import material

_FAMILIES = {"requests": requests.cases, "processes": processes.cases}
_STALLS = "stalls"


def main(names: list[str]) -> int:
    """Run the named families, else all of them."""
    if not names or _STALLS in names:
        from tests.benchmarks import stalls  # needs a display, if an offscreen one

        sys.stdout.write(stalls.report() + "\n")
        names = [name for name in names if name != _STALLS]
        if not names and len(sys.argv) > 1:
            return 0
    unknown = [name for name in names if name not in _FAMILIES]
    if unknown:
        sys.stderr.write(f"unknown: {', '.join(unknown)}; there are {', '.join((*_FAMILIES, _STALLS))}\n")
        return 2
    try:
        with material() as issued:
            for name in names or _FAMILIES:
                with _FAMILIES[name](issued) as cases:
                    for case in cases:
                        sys.stdout.write(table(measure(case)) + "\n\n")
                        sys.stdout.flush()
    except pytest.skip.Exception as missing:  # a server or rival that is not installed
        sys.stderr.write(f"{missing}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
