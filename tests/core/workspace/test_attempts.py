"""A folder at which the program hung or crashed is not read again unasked."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.workspace.conftest import Computer
from workbench.core.errors import CollectionError
from workbench.core.workspace.attempts import FOLDER, Attempts

_DYING = """
import os, sys
from pathlib import Path
from workbench.core.workspace.attempts import Attempts
with Attempts(Path(sys.argv[1])).during(Path(sys.argv[2])):
    os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(os.name == "nt", reason="nothing is killed like this there")
def test_where_the_program_died_it_does_not_go_again_before_it_is_told_to(computer: Computer) -> None:
    first = computer.open()
    folder = computer.collection(first).root
    first.close()
    died = subprocess.run([sys.executable, "-c", _DYING, str(first.folder), str(folder)], check=False)
    assert died.returncode == -signal.SIGKILL

    second = computer.open()
    (held,) = second.collections.opened()
    assert held.collection is None
    assert "was not opened again" in str(held.error)
    with pytest.raises(CollectionError, match="hung or ended"):
        second.collections.get(folder)
    second.close()

    third = computer.open()
    assert third.collections.opened()[0].collection is None, "starting twice is no reason to go there again"
    third.collections.open(folder)
    with third.collections.reading(folder):
        assert list((third.folder / FOLDER).iterdir())
    assert third.collections.opened()[0].error is None
    third.close()
    assert computer.open().collections.opened()[0].error is None


def test_an_error_is_no_crash(tmp_path: Path) -> None:
    attempts, folder = Attempts(tmp_path), tmp_path / "collection"
    with pytest.raises(ValueError, match="odd"), attempts.during(folder):
        raise ValueError("odd")
    Attempts(tmp_path).check(folder)


def test_a_folder_that_was_read_is_not_marked_again(tmp_path: Path) -> None:
    attempts, folder = Attempts(tmp_path), tmp_path / "collection"
    attempts.survived(folder)
    with attempts.during(folder):
        assert not (tmp_path / FOLDER).exists()


def test_whoever_only_looks_in_marks_nothing(tmp_path: Path) -> None:
    with Attempts(None).during(tmp_path):
        assert not list(tmp_path.iterdir())
