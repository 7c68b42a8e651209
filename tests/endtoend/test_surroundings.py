"""Machines on which something is missing or odd: the window opens all the same, and a command says what is wrong.

``packaging/linux/prove_surroundings.sh`` tries the packaged program in more of them, which need root.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support import authority

pytestmark = [pytest.mark.endtoend, pytest.mark.skipif(sys.platform != "linux", reason="tried on Linux")]

_PATIENCE = 30.0
# The program's own main; the window closes itself a moment after it is whole.
_WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from workbench.ui.windows import windows

class Window(windows.MainWindow):
    def furnish(self):
        super().furnish()
        QTimer.singleShot(300, QApplication.closeAllWindows)

windows.MainWindow = Window
from workbench.__main__ import main
sys.exit(main([]))
"""


def _run(*command: str, limit: Callable[[], None] | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_RUNTIME")}
    return subprocess.run(
        [sys.executable, *command],
        env=environment | {"PYTHONPATH": str(Path.cwd())} | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        preexec_fn=limit,
        check=False,
    )


def _opens(run: subprocess.CompletedProcess[str]) -> None:
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "Prüf stück & Söhne"


@pytest.fixture
def alice(tmp_path: Path) -> Path:
    """A key without a password and its certificate: only a keyring can keep it."""
    credential = authority.client(authority.root(), "alice")
    file = tmp_path / "alice.pem"
    file.write_bytes(authority.pem(credential))
    return file


def test_without_a_session_bus(home: Path) -> None:
    _opens(_run("-c", _WINDOW, MTLS_WORKBENCH_HOME=str(home), DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere"))


@pytest.mark.parametrize("place", ["/proc/nowhere", "/dev/null/nowhere"])
def test_where_nothing_can_be_written(place: str) -> None:
    _opens(_run("-c", _WINDOW, MTLS_WORKBENCH_HOME=place))
    listed = _run("-m", "workbench", "identity", "list", "--json", MTLS_WORKBENCH_HOME=place)
    assert "Traceback" not in listed.stderr


def _no_room() -> None:
    """No file may grow at all: what a full disk does, without one. The error is EFBIG in place of ENOSPC."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def test_where_there_is_no_room(home: Path, alice: Path) -> None:
    home.mkdir()
    _opens(_run("-c", _WINDOW, MTLS_WORKBENCH_HOME=str(home), limit=_no_room, PYTHONDONTWRITEBYTECODE="1"))
    imported = _run(
        *("-m", "workbench", "trust", "import", str(alice), "--name", "all"),
        limit=_no_room,
        MTLS_WORKBENCH_HOME=str(home),
        PYTHONDONTWRITEBYTECODE="1",
    )
    assert imported.returncode == 2
    assert "cannot be read or written" in imported.stderr
    assert not [path for path in home.rglob("*") if path.is_file() and path.stat().st_size]


def test_without_a_keyring_a_key_that_only_a_keyring_could_keep_is_refused(home: Path, alice: Path) -> None:
    run = _run("-m", "workbench", "identity", "import", str(alice), MTLS_WORKBENCH_HOME=str(home))
    assert run.returncode == 2
    assert "keyring" in run.stderr
    assert not list(home.rglob("*.pem"))


@contextmanager
def _display(*options: str) -> Iterator[str]:
    """A display of its own, whose number the server chooses."""
    if not shutil.which("Xvfb"):
        pytest.skip("Xvfb is not installed")
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1024x768x24", *options]
    with subprocess.Popen(command, pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        os.close(writer)
        try:
            with os.fdopen(reader) as told:
                yield told.readline().strip()
        finally:
            server.terminate()


@pytest.mark.parametrize(
    "options",
    [
        ("-extension", "GLX", "-extension", "MIT-SHM"),
        ("-extension", "RENDER", "-extension", "RANDR", "-extension", "XKEYBOARD"),
    ],
    ids=["as over ssh", "an old server"],
)
def test_on_a_display_that_can_do_little(home: Path, options: tuple[str, ...]) -> None:
    with _display(*options) as number:
        began = time.monotonic()
        run = _run("-c", _WINDOW, MTLS_WORKBENCH_HOME=str(home), QT_QPA_PLATFORM="xcb", DISPLAY=f":{number}")
        assert time.monotonic() - began < _PATIENCE
    _opens(run)
