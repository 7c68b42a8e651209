"""The shell scripts on machines that lack something. What they install is seen on a fresh machine, not here."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PACKAGING = Path(__file__).parent.parent / "packaging"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the scripts in a checkout of their own, in a folder with a space in its name."""
    top = tmp_path / "a checkout"
    shutil.copytree(PACKAGING, top / "packaging")
    (top / "pyproject.toml").write_text("", "utf-8")
    return top


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A PATH with the least that any system has, where a test adds or fakes programs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "cat", "cksum", "cut", "dirname", "uname", "grep", "rm", "mktemp", "tail", "tr", "mkdir"):
        (folder / name).symlink_to(shutil.which(name) or f"no {name}")
    _fake(folder, "id", "echo 1000")
    _fake(folder, "ldconfig", "echo 'libEGL.so.1 (libc6,x86-64) => libEGL.so.1'")
    return folder


def _fake(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (folder / name).chmod(0o755)


def _run(checkout: Path, programs: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [programs / "sh", checkout / "packaging" / "start.sh", *arguments],
        cwd="/",
        env={"PATH": str(programs), "HOME": str(checkout.parent)} | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _ready(checkout: Path) -> None:
    """An environment that counts as up to date; its program shows its arguments."""
    environment = checkout / ".venv"
    (environment / "bin").mkdir(parents=True)
    _fake(environment / "bin", "python", "echo 'a version'")
    _fake(environment / "bin", "mtls-workbench", 'printf "<%s>" "$@"')
    facts = f"a version\n{checkout}\n"
    locks = [checkout / "packaging" / "locks" / f"{name}.txt" for name in ("runtime", "backend", "dev")]
    content = "".join(path.read_text("utf-8") for path in (checkout / "pyproject.toml", *locks))
    total = subprocess.run(["cksum"], input=content, capture_output=True, text=True, check=True)
    (environment / "made-from").write_text(facts, "utf-8")
    (environment / "installed").write_text(facts + total.stdout, "utf-8")


def test_without_a_python_it_says_which_it_needs(checkout: Path, programs: Path) -> None:
    run = _run(checkout, programs)
    assert run.returncode == 1
    assert "Python 3.11 or newer" in run.stderr


def test_an_old_python_is_none(checkout: Path, programs: Path) -> None:
    _fake(programs, "python3", "exit 1")
    run = _run(checkout, programs)
    assert run.returncode == 1
    assert "Python 3.11 or newer" in run.stderr


def test_without_venv_and_libraries_it_names_all_packages_in_one_command(checkout: Path, programs: Path) -> None:
    _fake(programs, "python3", "case $2 in *ensurepip*) exit 1 ;; *print*) echo python3.11-venv ;; esac")
    _fake(programs, "apt-get", "exit 1")
    run = _run(checkout, programs, DISPLAY=":7")
    assert run.returncode == 1
    command = next(line for line in run.stderr.splitlines() if "sudo apt-get" in line)
    assert {"python3.11-venv", "libxcb-cursor0", "libdbus-1-3"} <= set(command.split())
    assert not {"libegl1", "libwayland-egl1"} & set(command.split())
    assert not (checkout / ".venv").exists()


def test_with_a_display_the_window_opens_with_the_lab(checkout: Path, programs: Path) -> None:
    _ready(checkout)
    (programs / "ldconfig").unlink()
    assert _run(checkout, programs, DISPLAY=":7").stdout == "<--with-lab>"


def test_without_a_display_it_sends_the_request_itself_and_says_so(checkout: Path, programs: Path) -> None:
    _ready(checkout)
    run = _run(checkout, programs)
    assert run.stdout == "<lab><--send>"
    assert "no display" in run.stderr


def test_arguments_go_to_the_program(checkout: Path, programs: Path) -> None:
    _ready(checkout)
    run = _run(checkout, programs, "send", "https://localhost/a b")
    assert (run.stdout, run.stderr) == ("<send><https://localhost/a b>", "")


@pytest.mark.parametrize("changed", ["pyproject.toml", "packaging/locks/runtime.txt", "packaging/locks/backend.txt"])
def test_other_dependencies_make_it_install_again(checkout: Path, programs: Path, changed: str) -> None:
    _ready(checkout)
    (checkout / changed).write_text("changed", "utf-8")
    _fake(
        checkout / ".venv" / "bin", "python", 'case $* in *pip*) echo no network >&2; exit 1 ;; esac; echo "a version"'
    )
    run = _run(checkout, programs, "identity", "list")
    assert run.returncode == 1
    assert "no network" in run.stderr
    assert "pip failed" in run.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root can write everywhere")
def test_a_checkout_that_cannot_be_written_keeps_its_environment_in_the_cache(checkout: Path, programs: Path) -> None:
    _fake(programs, "python3", 'case $* in "-m venv"*) echo "$@" >&2; exit 1 ;; esac')
    checkout.chmod(0o555)
    run = _run(checkout, programs, "identity", "list")
    checkout.chmod(0o755)
    assert f"{checkout.parent}/.cache/mtls-workbench/" in run.stderr
