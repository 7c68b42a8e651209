"""Where no window can open: one sentence and exit status 2 instead of Qt's abort."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="displays are told by variables on Linux only")
_ABOUT_DISPLAYS = {"DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM", "XDG_SESSION_TYPE"}


def _start(home: Path, variables: dict[str, str], code: str = "") -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in _ABOUT_DISPLAYS}
    environment |= {"MTLS_WORKBENCH_HOME": str(home), "XDG_RUNTIME_DIR": str(home)} | variables
    command = [sys.executable, *(["-c", code] if code else ["-m", "workbench"])]
    return subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({}, "there is no display (DISPLAY and WAYLAND_DISPLAY are not set)"),
        ({"DISPLAY": ":4711"}, "the display does not respond, or you have no access to it (DISPLAY=:4711)"),
        ({"DISPLAY": "nowhere.invalid:0"}, "DISPLAY=nowhere.invalid:0"),
        ({"WAYLAND_DISPLAY": "wayland-4711"}, "WAYLAND_DISPLAY=wayland-4711"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "QT_QPA_PLATFORM=nonsense cannot be used here"),
    ],
)
def test_it_says_why(tmp_path: Path, variables: dict[str, str], named: str) -> None:
    run = _start(tmp_path, variables)
    assert (run.returncode, run.stdout) == (2, "")
    last = run.stderr.splitlines()[-1]
    assert last.startswith("The window cannot open: ")
    assert named in last
    assert last.endswith("mtls-workbench --help.")
    assert "Reinstalling" not in run.stderr


def test_a_library_that_the_display_needs_is_named(tmp_path: Path) -> None:
    """The plugin is replaced by one that needs what no system has: a file that is no library at all says so too."""
    plugins = tmp_path / "plugins" / "platforms"
    plugins.mkdir(parents=True)
    (plugins / "libqxcb.so").symlink_to("libxcb-nowhere.so.7")
    code = f"""
from PySide6.QtCore import QLibraryInfo
QLibraryInfo.path = staticmethod(lambda which: {str(tmp_path / "plugins")!r})
from workbench.ui import display
display.application()
"""
    run = _start(tmp_path, {"DISPLAY": ":4711"}, code)
    assert run.returncode == 2
    assert f"the library {plugins / 'libqxcb.so'} is missing" in run.stderr


def test_what_qt_says_on_the_way_to_a_window_is_passed_on(tmp_path: Path) -> None:
    code = """
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication
from workbench.ui import display

class Talking(QApplication):
    def __init__(self, words):
        qWarning("a warning of the display")
        super().__init__(words)

display.QApplication = Talking
display.application()
qWarning("later")
"""
    run = _start(tmp_path, {"QT_QPA_PLATFORM": "offscreen"}, code)
    assert run.returncode == 0
    assert [line for line in run.stderr.splitlines() if "XDG" not in line] == ["a warning of the display", "later"]
