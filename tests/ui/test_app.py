"""The way from the command to the first paint, and from a second start to the window that is there."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HEAVY = (
    "asyncio",
    "httpx2",
    "httpcore2",
    "OpenSSL",
    "keyring",
    "cryptography",
    "PySide6.QtNetwork",
    "workbench.core.session",
    "workbench.core.storage.identities",
    "workbench.core.workspace.workspace",
    "workbench.ui.windows.pages",
)
_PATIENCE = 30.0

# Says when it is whole and what it is called with later; closes when the file that the first word names is there.
_OPEN = """
import gc
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from workbench.ui.windows import main_window
from workbench.ui.app import main

class Window(main_window.MainWindow):
    def furnish(self):
        if not self._furnished:
            super().furnish()
            print("garbage goes in any thread" if gc.isenabled() else "whole", flush=True)

    def open_paths(self, paths):
        print(*paths, flush=True)

    def try_the_lab(self):
        print("lab", flush=True)

from workbench.ui.windows import windows
windows.MainWindow = Window
application = QApplication([])
end = Path(sys.argv[1])
timer = QTimer(interval=20)
timer.timeout.connect(lambda: end.exists() and application.closeAllWindows())
timer.start()
raise SystemExit(main(sys.argv[2:]))
"""


@pytest.fixture(autouse=True)
def _sockets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = tmp_path / "r"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))


@pytest.fixture
def first(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A window that is whole and listens."""
    command = [sys.executable, "-c", _OPEN, str(tmp_path / "end")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "whole\n"
            yield process
        finally:
            process.kill()


def start(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "workbench", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    told = f"[name for name in {HEAVY!r} if name in sys.modules]"
    assert at_the_first_paint(told) == "[]"


def test_the_sources_of_what_is_imported_are_not_read() -> None:
    """PySide's own ``__import__`` reads each, for ``from __feature__ import``, and Python keeps them all."""
    assert at_the_first_paint("[file for file in __import__('linecache').cache if 'workbench' in file]") == "[]"
    assert at_the_first_paint("__import__('builtins').__import__.__name__") == "__import__"


def at_the_first_paint(expression: str) -> str:
    """What ``expression`` is in the process of a window that was just painted."""
    code = (
        "import sys\n"
        "from workbench.ui.windows import windows\n"
        "class Window(windows.MainWindow):\n"
        "    def __init__(self, *given):\n"
        "        super().__init__(*given)\n"
        "        self.painted.connect(self.tell)\n"
        "    def tell(self):\n"
        f"        print({expression}, flush=True)\n"
        "        import os; os._exit(0)\n"
        "windows.MainWindow = Window\n"
        "from workbench.__main__ import main\n"
        "main([])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=_PATIENCE)
    return done.stdout.strip()


def test_the_window_opens_and_closes(first: subprocess.Popen[str], tmp_path: Path) -> None:
    (tmp_path / "end").touch()
    _output, errors = first.communicate(timeout=_PATIENCE)
    assert first.returncode == 0, errors
    assert "Traceback" not in errors
    settings = json.loads((Path(os.environ["MTLS_WORKBENCH_HOME"]) / "settings.json").read_text())
    assert settings["windows"]["default"]["geometry"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_window_as_quit_does(first: subprocess.Popen[str], ending: signal.Signals) -> None:
    first.send_signal(ending)
    _output, errors = first.communicate(timeout=_PATIENCE)
    assert first.returncode == 0, errors
    assert "Traceback" not in errors
    settings = json.loads((Path(os.environ["MTLS_WORKBENCH_HOME"]) / "settings.json").read_text())
    assert settings["windows"]["default"]["geometry"]


def test_a_second_start_is_answered_by_the_first(first: subprocess.Popen[str], tmp_path: Path) -> None:
    file = tmp_path / "a b.p12"
    file.touch()
    second = start(str(file))
    assert second.returncode == 0, second.stderr
    assert second.stdout.count("\n") == 1
    assert "brought to the front" in second.stdout
    assert first.stdout is not None
    assert first.stdout.readline() == f"{file}\n"
    assert start("--with-lab").returncode == 0
    assert first.stdout.readline() == "lab\n"


def test_a_first_that_hangs_is_named(first: subprocess.Popen[str]) -> None:
    os.kill(first.pid, signal.SIGSTOP)
    second = start()
    os.kill(first.pid, signal.SIGCONT)
    assert second.returncode == 2
    assert "does not respond" in second.stderr
    assert str(first.pid) in second.stderr
    assert second.stderr.count("\n") == 1


def test_another_home_is_another_program(
    first: subprocess.Popen[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MTLS_WORKBENCH_HOME", str(tmp_path / "elsewhere"))
    (tmp_path / "end").touch()
    command = [sys.executable, "-c", _OPEN, str(tmp_path / "end")]
    other = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    assert other.returncode == 0, other.stderr
    assert "brought to the front" not in other.stdout


def test_after_a_kill_the_next_start_is_the_first(first: subprocess.Popen[str], tmp_path: Path) -> None:
    first.kill()
    first.wait()
    (tmp_path / "end").touch()
    command = [sys.executable, "-c", _OPEN, str(tmp_path / "end")]
    after = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    assert after.returncode == 0, after.stderr
    assert "brought to the front" not in after.stdout


def test_a_workspace_that_is_not_there_is_named() -> None:
    done = start("--workspace", "Nowhere")
    assert done.returncode == 2
    assert "Nowhere" in done.stderr
    assert start("--workspace").returncode == 2
