"""``python -m tests.kills``: see ``tests.kills``."""

import argparse
import sys

from tests.kills.killing import kill
from tests.kills.kinds import KINDS


def main(arguments: list[str]) -> int:
    """Exit status 1 when something was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description="Saving, killed at any moment.")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"{', '.join(KINDS)}; all of them without one")
    parser.add_argument("--count", type=int, default=1000, help="kills in all (1000)")
    parser.add_argument("--seed", type=int, default=0, help="another seed kills at other moments")
    options = parser.parse_args(arguments)
    kinds = options.kinds or list(KINDS)
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        parser.error(f"there is no kind {', '.join(unknown)}")
    lost, total = 0, 0
    for place, kind in enumerate(kinds):
        count = options.count // len(kinds) + (place < options.count % len(kinds))
        try:
            killed = kill(KINDS[kind], count, options.seed)
        except Exception as error:  # noqa: BLE001 - whatever reading raises, something was lost
            sys.stdout.write(f"{kind:12} LOST: {type(error).__name__}: {error}\n")
            lost += 1
            continue
        total += killed.count
        sys.stdout.write(
            f"{kind:12} {killed.count:>5} kills, {killed.within} of them within a save; {killed.saved} states saved\n"
        )
        sys.stdout.flush()
    sys.stdout.write(f"{total} kills, {'something was lost' if lost else 'nothing was lost'}\n")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
