"""The real window on a real display: started as a person starts it, found by its title, driven by keys."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.servers.broken import Stage, closes_after_hello, playing
from tests.support.servers.process import announcing, need

pytestmark = pytest.mark.endtoend

ROOT = Path(__file__).parents[2]
TITLE = "^mTLS Workbench"
_SECONDS = 20.0


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """A display of our own; Xvfb writes its number when it is ready."""
    need("xdotool")
    number = (
        1000 + os.getpid() % 30000
    )  # far from those that Xvfb chooses itself: two that start at once may both take 0
    command = [
        need("Xvfb"),
        f":{number}",
        "-displayfd",
        "1",
        "-screen",
        "0",
        "1280x900x24",
        "-nolisten",
        "tcp",
        "-noreset",
    ]
    with announcing("xvfb", tmp_path, command, r"(\d+)\n") as server:
        yield f":{server.port}"


@pytest.fixture
def window(display: str, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The program, with its window on ``display`` and all that it keeps under a new folder."""
    home = tmp_path / "home"
    home.mkdir()
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "WAYLAND_"))}
    environment |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": str(home)}
    environment |= {"MTLS_WORKBENCH_HOME": str(home / "workbench"), "XDG_RUNTIME_DIR": str(home), "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, "-m", "workbench"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def press(display: str) -> Callable[..., str]:
    """``press("key", "ctrl+q")``: one call of xdotool, its output."""

    def call(*words: str) -> str:
        environment = {**os.environ, "DISPLAY": display}
        done = subprocess.run(
            ["xdotool", *words], env=environment, capture_output=True, text=True, timeout=_SECONDS, check=True
        )
        return done.stdout.strip()

    return call


def wait_for(what: str, happened: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + _SECONDS
    while not happened():
        if process.poll() is not None:
            pytest.fail(f"ended with {process.returncode} before {what}:\n{process.stdout and process.stdout.read()}")
        if time.monotonic() > until:
            pytest.fail(f"no {what} within {_SECONDS:.0f} s")
        time.sleep(0.02)


def focus(press: Callable[..., str], process: subprocess.Popen[str]) -> None:
    """Wait for the window and give it the keyboard, as a window manager would."""
    found: list[str] = []

    def appeared() -> bool:
        try:
            found[:] = press("search", "--onlyvisible", "--name", TITLE).split()
        except subprocess.CalledProcessError:  # nothing found yet
            return False
        return bool(found)

    wait_for("window", appeared, process)
    press("windowfocus", "--sync", found[0])


def ended_well(process: subprocess.Popen[str]) -> None:
    output, _ = process.communicate(timeout=_SECONDS)
    assert process.returncode == 0, output
    assert "Traceback" not in output, output
    assert "Warning" not in output, output


def test_it_opens_and_closes(window: subprocess.Popen[str], press: Callable[..., str]) -> None:
    focus(press, window)
    press("key", "--delay", "50", "ctrl+q")
    ended_well(window)


def test_a_typed_url_is_called(window: subprocess.Popen[str], press: Callable[..., str]) -> None:
    with playing(closes_after_hello) as stage:
        focus(press, window)
        press("key", "--delay", "100", "ctrl+t")
        press("key", "--delay", "100", "ctrl+l")
        press("type", "--delay", "5", stage.url)
        press("key", "ctrl+Return")
        wait_for("connection", lambda: called(stage), window)
        press("key", "--delay", "50", "ctrl+q")
        ended_well(window)


def called(stage: Stage) -> bool:
    return stage.accepted > 0
