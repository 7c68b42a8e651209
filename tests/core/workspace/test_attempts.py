"""A folder at which the program hung or crashed is not read again unasked."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.workspace.conftest import Computer
from workbench.core.content.work import Stopped, Work
from workbench.core.draft import Draft, Environment
from workbench.core.errors import CollectionError
from workbench.core.workspace.attempts import FOLDER, Attempts
from workbench.core.workspace.collection_editor import CollectionEditor

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
    assert "was not opened" in str(held.error)
    with pytest.raises(CollectionError, match="hung or crashed"):
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


def test_reading_is_stopped_between_two_files_and_begun_again_by_opening(computer: Computer) -> None:
    workspace = computer.open()
    root = computer.collection(workspace).root
    editor = CollectionEditor(workspace)
    (unread,) = editor.states(_stopped())
    assert unread.tree is None
    assert "reading was stopped" in str(unread.trouble)
    assert editor.states()[0].tree is None, "it is not read again unasked"
    workspace.collections.open(root)
    assert editor.states()[0].tree is not None
    assert not (workspace.folder / FOLDER).exists(), "stopping is no crash"


def test_a_collection_that_was_read_stays_as_it_was_when_reading_is_stopped(computer: Computer) -> None:
    workspace = computer.open()
    made = computer.collection(workspace)
    editor = CollectionEditor(workspace)
    (before,) = editor.states()
    made.add(Path(), Draft(name="new", url="x"))
    assert editor.states(_stopped()) == (before,)
    assert editor.states() != (before,)


def test_reading_asks_before_each_file(computer: Computer) -> None:
    """So it ends within what one file takes, also among environments."""
    collection = computer.collection(computer.open())
    for number in range(3):
        collection.add(Path(), Draft(name=f"r{number}", url="x"))
        collection.save_environment(Environment(f"e{number}"), None)
    for most in range(6):
        work = _Counted(most)
        with pytest.raises(Stopped):
            collection.tree(work)
    with pytest.raises(Stopped):
        collection.environments(_stopped())


def _stopped() -> Work:
    work = Work()
    work.stop()
    return work


class _Counted(Work):
    """Stopped after so many files."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.left = most

    def check(self, done: float = 0.0) -> None:
        if self.left == 0:
            self.stop()
        self.left -= 1
        super().check(done)
