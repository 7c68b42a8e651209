"""A share of the kills, and that a loss would be found."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    not hasattr(sys, "getdlopenflags"), reason="nothing is forked or killed like this there"
)

_TOP = Path(__file__).parents[2]
_CARELESS = """
from tests.kills.killing import kill
from tests.kills.kinds import Kind

def save(place):
    def write(number):
        with (place / "file").open("w", buffering=1) as stream:
            for _line in range(200):
                stream.write(f"{number}\\n")
    return write

def there(place):
    lines = (place / "file").read_text().split()
    assert len(lines) == 200, "half of the file is missing"
    return int(lines[0])

kill(Kind(lambda place: save(place)(0), save, there), 300)
"""


def test_nothing_is_lost_when_the_program_is_killed_while_it_saves() -> None:
    killed = subprocess.run(
        [sys.executable, "-m", "tests.kills", "--count", "50"], cwd=_TOP, capture_output=True, text=True, check=False
    )
    assert (killed.returncode, killed.stderr) == (0, ""), killed.stdout
    assert "50 kills, nothing was lost" in killed.stdout


def test_a_file_written_carelessly_is_found_out() -> None:
    killed = subprocess.run([sys.executable, "-c", _CARELESS], cwd=_TOP, capture_output=True, text=True, check=False)
    assert killed.returncode == 1
    assert "half of the file is missing" in killed.stderr
