"""A share of the fuzzing, and what the frame itself promises."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz import __main__ as command
from tests.fuzz.frame import Outcome

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="its limits are the Linux kernel's")

_TOP = Path(__file__).parents[2]
_SHARE = ("--count", "300", "--seconds", "0.3")
_HARMLESS = """
from tests.fuzz.frame import Target, fuzz
from tests.fuzz.__main__ import report
{setup}
outcome = fuzz("odd", Target(lambda: [b"one", b"bad", b"two"], run), count=3)
print(report("odd", outcome))
"""


def _fuzz(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.fuzz", *arguments], cwd=_TOP, capture_output=True, text=True, check=False
    )


def _told(setup: str, tmp_path: Path) -> str:
    program = _HARMLESS.format(setup=setup)
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=_TOP,
        env={"TMPDIR": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_mutated_input_ends_in_an_answer_or_in_an_error_of_ours(tmp_path: Path) -> None:
    """All targets in one process: starting it costs more than a share of most."""
    tried = _fuzz("all", *_SHARE, "--seed", "1", "--failures", str(tmp_path / "failures"))
    assert (tried.returncode, tried.stderr) == (0, ""), tried.stdout


def test_an_error_that_is_not_ours_is_a_failure_and_its_input_is_kept(tmp_path: Path) -> None:
    told = _told("def run(data): assert data != b'bad'", tmp_path)
    assert "3 inputs: 2 understood, 0 refused, 1 failed" in told
    kept = Path(told.rstrip().rpartition(": ")[2])
    assert kept.read_bytes() == b"bad"


def test_what_takes_too_much_memory_is_a_failure(tmp_path: Path) -> None:
    told = _told("def run(data): data == b'bad' and bytearray(600_000_000)", tmp_path)
    assert "1 failed" in told
    assert "MemoryError" in told


def test_what_never_ends_is_ended_and_the_rest_goes_on(tmp_path: Path) -> None:
    told = _told(
        "import tests.fuzz.frame as frame\nframe.SECONDS = 0.05\ndef run(data):\n    while data == b'bad': pass",
        tmp_path,
    )
    assert "3 inputs: 2 understood, 0 refused, 1 failed" in told
    assert "worked for more than" in told


def test_what_crashes_the_process_is_a_failure(tmp_path: Path) -> None:
    told = _told("import os\ndef run(data): data == b'bad' and os.abort()", tmp_path)
    assert "SIGABRT" in told


def test_a_failure_ends_the_command_with_status_1(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    outcome = Outcome(understood=1)
    outcome.add("odd", b"bad", tmp_path)
    monkeypatch.setattr(command, "fuzz", lambda *_args, **_options: outcome)
    assert command.main(["yml", "--count", "1"]) == 1
