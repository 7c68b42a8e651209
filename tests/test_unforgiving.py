"""The set-up itself: what must fail a test does, and what may happen does not."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent

_BAD = {
    "warning": "import warnings; warnings.warn('old')",
    "open_file": "open(__file__); import gc; gc.collect()",
    "open_socket": "import socket; socket.socket(); import gc; gc.collect()",
    "unraisable": "class Bad:\n        def __del__(self): raise ValueError\n    Bad()",
    "thread": "import threading; thread = threading.Thread(target=lambda: 1 / 0); thread.start(); thread.join()",
    "never_awaited": "async def job(): pass\n    job()",
    "task_exception": (
        "import asyncio\n    async def job(): raise ValueError\n"
        "    async def main(): asyncio.ensure_future(job()); await asyncio.sleep(0.01)\n    asyncio.run(main())"
    ),
    "log": "import logging; logging.getLogger('workbench').warning('odd')",
    "connect": (
        "import socket, contextlib\n    with contextlib.suppress(Exception), socket.socket() as end:\n"
        "        end.connect(('192.0.2.1', 9))"
    ),
    "listen": (
        "import socket, contextlib\n    with contextlib.suppress(Exception), socket.socket() as end:\n"
        "        end.bind(('0.0.0.0', 0))"
    ),
    "look_up": (
        "import asyncio, contextlib\n    async def main():\n        with contextlib.suppress(Exception):\n"
        "            await asyncio.get_running_loop().getaddrinfo('www.example.com', 443)\n    asyncio.run(main())"
    ),
    "qt_message": "from PySide6.QtCore import qDebug; qDebug('odd')",
    "qt_slot": (
        "from PySide6.QtCore import QTimer, QEventLoop\n    loop = QEventLoop(); QTimer.singleShot(0, lambda: 1 / 0)\n"
        "    QTimer.singleShot(5, loop.quit); loop.exec()"
    ),
}

_GOOD = """
import logging, os, socket, pytest

def test_good_loopback():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        assert socket.getaddrinfo("localhost", 443)

def test_good_unix(tmp_path):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))

@pytest.mark.logs("o.d")
def test_good_log():
    logging.getLogger("workbench").warning("odd")

def test_good_window(qtbot):
    from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QTableView, QVBoxLayout, QWidget
    window = QWidget()
    layout = QVBoxLayout(window)
    for widget in (QLabel("Ä → 中 ✓"), QLineEdit("text"), QComboBox(), QTableView()):
        layout.addWidget(widget)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    assert not window.grab().isNull()

def test_good_surroundings():
    assert os.environ["MTLS_WORKBENCH_HOME"] and "HTTPS_PROXY" not in os.environ

@pytest.mark.logs("never")
def test_bad_log_that_does_not_come():
    pass

@pytest.fixture
def noisy():
    from PySide6.QtCore import qWarning
    yield
    qWarning("late")

def test_bad_qt_message_while_torn_down(noisy):
    pass
"""


def _run(module: Path, source: str) -> subprocess.CompletedProcess[str]:
    """Run the tests in ``source`` under this project's settings and plugins."""
    module.write_text(source, "utf-8")
    settings = ("-c", str(TOP / "pyproject.toml"), "--rootdir", str(TOP), "-p", "tests.conftest")
    return subprocess.run(
        [sys.executable, "-m", "pytest", *settings, "-p", "no:cacheprovider", "-rA", "--tb=no", str(module)],
        cwd=TOP,
        env=os.environ | {"HTTPS_PROXY": "http://127.0.0.1:9", "PYTHONPATH": str(TOP)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What became of each inner test."""
    bad = "".join(f"\ndef test_bad_{name}(qapp):\n    {body}\n" for name, body in _BAD.items())
    run = _run(tmp_path_factory.mktemp("inner") / "test_inner.py", _GOOD + bad)
    found: dict[str, str] = {}
    for outcome, name in re.findall(r"^(PASSED|FAILED|ERROR) \S*::(test_\w+)", run.stdout, re.MULTILINE):
        if found.get(name) != "FAILED":  # a test can pass and then fail while it is torn down
            found[name] = "PASSED" if outcome == "PASSED" else "FAILED"
    assert found, run.stdout + run.stderr
    return found


def test_what_is_bad_fails(outcomes: dict[str, str]) -> None:
    bad = {name: outcome for name, outcome in outcomes.items() if name.startswith("test_bad")}
    assert len(bad) == len(_BAD) + 2
    assert set(bad.values()) == {"FAILED"}, bad


def test_what_is_good_passes(outcomes: dict[str, str]) -> None:
    good = {name: outcome for name, outcome in outcomes.items() if name.startswith("test_good")}
    assert len(good) == _GOOD.count("def test_good")
    assert set(good.values()) == {"PASSED"}, good


def test_a_leak_of_the_last_test_is_seen_when_the_session_ends(tmp_path: Path) -> None:
    class_in_a_circle = "class Bad:\n    def __init__(self): self.me = self\n    def __del__(self): raise ValueError\n"
    run = _run(tmp_path / "test_inner.py", f"{class_in_a_circle}\ndef test_leak():\n    Bad()\n")
    assert run.returncode != 0, run.stdout
