"""One process at a time, and nothing left behind by one that died."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.core.errors import StorageError, WorkspaceBusy
from workbench.core.workspace.lock import Lock

HOLD = """
import sys, time
from pathlib import Path
from workbench.core.workspace.lock import Lock
lock = Lock(Path(sys.argv[1]))
lock.take()
print("held", flush=True)
sys.stdin.read()
"""


def holding(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_another_process_is_named_and_its_death_frees_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with holding(path) as other:
        with pytest.raises(WorkspaceBusy, match=f"process {other.pid}\\.") as caught:
            Lock(path).take()
        assert caught.value.code == "workspace-busy"
        assert caught.value.hint
        other.send_signal(signal.SIGKILL)
        other.wait()
        with Lock(path):
            assert path.read_text() == f"{os.getpid()}\n"


def test_twice_in_one_process(tmp_path: Path) -> None:
    first, second = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")
    first.take()
    with pytest.raises(WorkspaceBusy, match=str(os.getpid())):
        second.take()
    first.release()
    first.release()
    with second:
        pass


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        Lock(tmp_path / "gone" / "lock").take()
    assert not isinstance(caught.value, WorkspaceBusy)
