"""Folders of large bodies: swept when their process is dead, whatever it died of, and never before."""

import subprocess
import sys
from pathlib import Path

import pytest

from workbench.core.files.spool import Spool, sweep

_LIVES = """
import sys, time
from pathlib import Path
from workbench.core.files.spool import Spool
spool = Spool(Path(sys.argv[1]))
(spool.folder() / "body").write_bytes(b"large")
print(spool.folder(), flush=True)
sys.stdin.read()
"""


def test_it_is_made_when_it_is_needed_and_leaves_nothing(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.close()
    assert not (tmp_path / "spool").exists()
    folder = spool.folder()
    assert folder == spool.folder()
    assert folder.stat().st_mode & 0o777 == 0o700
    (folder / "body").touch()
    spool.close()
    assert not list((tmp_path / "spool").iterdir())


def test_only_what_the_dead_left_is_swept(tmp_path: Path) -> None:
    ours = Spool(tmp_path)
    (ours.folder() / "body").touch()
    with subprocess.Popen(
        [sys.executable, "-c", _LIVES, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        theirs = Path(process.stdout.readline().strip())
        assert sweep(tmp_path) == 0
        assert (theirs / "body").exists()
        process.kill()
        process.wait(20)
        assert sweep(tmp_path) == 1
    assert not theirs.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [ours.folder().name, f"{ours.folder().name}.lock"]
    ours.close()
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_and_other_folders_are_not_ours_to_sweep(tmp_path: Path) -> None:
    parent, elsewhere = tmp_path / "temporary", tmp_path / "elsewhere"
    for folder in (parent, elsewhere, parent / "another-program"):
        folder.mkdir()
    (elsewhere / "kept").touch()
    (parent / "mtls-workbench-bodies-link").symlink_to(elsewhere)
    (parent / "mtls-workbench-bodies-x.lock").symlink_to(elsewhere / "kept")
    (parent / "mtls-workbench-bodies-x").mkdir()
    assert sweep(parent) == 0
    assert (elsewhere / "kept").exists()
    assert (parent / "another-program").exists()
    assert sweep(tmp_path / "missing") == 0
