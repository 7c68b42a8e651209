"""What a person waits for: a process that sends one request, a process until its window is painted; and its memory.

Windows are shown by an X server of our own, which tells when they are mapped: only then is anything painted. With other
work on the machine look at the processor time, of the process itself and without waiting.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.requests import curl
from tests.benchmarks.rounds import Case, Rival, Taken
from tests.support.desktop import display
from tests.support.servers.material import GOOD, Material
from tests.support.servers.nginx import nginx

_SEND_SECONDS = 0.12
_WINDOW_RATIO = 1.6
_PACKAGED_SECONDS = 0.8
_IDLE_MEGABYTES = 125
_TOP = Path(__file__).parent.parent.parent
_BUNDLE = _TOP / "build" / "bundle" / "mtls-workbench" / "mtls-workbench"

# Both end at their first paint event; the program's window is told apart from what people get only by that.
_OUR_WINDOW = (str(_TOP / "packaging" / "entry.py"), "--first-paint")
_BARE_WINDOW = """
import os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: os._exit(0))

application = QApplication([])
window = Window()
window.show()
application.exec()
"""
# Both tell the memory that they have touched (RSS; Linux alone tells it), six seconds after they are whole.
_TELL = """
import os
from PySide6.QtCore import QTimer

def tell():
    fields = open("/proc/self/status").read().split()
    print(int(fields[fields.index("VmRSS:") + 1]) * 1024 / 1e6, flush=True)
    os._exit(0)

def tell_later():
    QTimer.singleShot(6000, tell)
"""
_OUR_IDLE = (
    "from workbench.ui.windows import windows\n"
    + _TELL
    + """
class Window(windows.MainWindow):
    def furnish(self):
        if not hasattr(self, "pages"):
            super().furnish()
            tell_later()

windows.MainWindow = Window
from workbench.__main__ import main
main([])
"""
)
_BARE_IDLE = (
    _TELL
    + """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
tell_later()
application.exec()
"""
)
_HTTPX2 = """
import ssl, sys
import httpx2
url, root, chain, key = sys.argv[1:]
context = ssl.create_default_context(cafile=root)
context.load_cert_chain(chain, key)
with httpx2.Client(verify=context, trust_env=False) as client:
    sys.stdout.write(client.get(url).raise_for_status().text)
"""


@contextmanager
def cases(issued: Material) -> Iterator[tuple[Case, ...]]:
    """All cases, for as long as their server runs; the bundle is measured where one was built."""
    with nginx(issued, issued.folder / "process", http2=False) as server, display(issued.folder) as screen:
        url = f"https://localhost:{server.port}/"
        yield (
            _send(issued, url),
            _window(issued, screen),
            _idle(issued, screen),
            *([_packaged(issued, screen)] if _BUNDLE.exists() else []),
        )


def _environment(home: Path, screen: str) -> Mapping[str, str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "WAYLAND_"))}
    # An installed program has its bytecode; where it is not kept each start would compile everything.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    runtime = home / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    named = {"MTLS_WORKBENCH_HOME": home, "PYTHONPATH": _TOP, "XDG_RUNTIME_DIR": runtime, "DISPLAY": screen}
    return environment | {key: str(value) for key, value in named.items()}


def _process(command: Sequence[str], home: Path, screen: str = "") -> Callable[[], Taken]:
    environment = _environment(home, screen)

    def run() -> Taken:
        with tempfile.TemporaryFile() as said:
            began = time.perf_counter()
            process = subprocess.Popen(command, env=environment, cwd=home, stdout=subprocess.DEVNULL, stderr=said)
            _pid, status, used = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                said.seek(0)
                raise subprocess.CalledProcessError(process.returncode, command, stderr=said.read())
        return Taken(seconds, used.ru_utime + used.ru_stime)

    return run


def _memory(code: str, home: Path, screen: str) -> Callable[[], float]:
    command, environment = [sys.executable, "-c", code], _environment(home, screen)
    return lambda: float(subprocess.run(command, env=environment, cwd=home, capture_output=True, check=True).stdout)


def _send(issued: Material, url: str) -> Case:
    home = issued.folder / "send"
    home.mkdir()
    root, chain, key = str(issued.root_file), str(issued.chain_file(GOOD)), str(issued.key_file(GOOD))
    ours = [sys.executable, "-m", "workbench", "send", url, "--proxy", "none"]
    ours += ["--cacert", root, "--cert", chain, "--key", key, "--json"]
    return Case(
        "`mtls-workbench send` as a process",
        _process(ours, home),
        {
            "a script with httpx2": Rival(_process([sys.executable, "-c", _HTTPX2, url, root, chain, key], home)),
            "curl": Rival(_process([*curl(issued), url], home)),
        },
        rounds=15,
        aim=_SEND_SECONDS,
    )


def _window(issued: Material, screen: str) -> Case:
    home = issued.folder / "window"
    home.mkdir()
    bare = _process([sys.executable, "-c", _BARE_WINDOW], home, screen)
    return Case(
        "from start to the first painted window",
        _process([sys.executable, *_OUR_WINDOW], home, screen),
        {"a bare PySide6 window": Rival(bare, _WINDOW_RATIO)},
        rounds=15,
    )


def _idle(issued: Material, screen: str) -> Case:
    home = issued.folder / "idle"
    home.mkdir()
    return Case(
        "memory of a window that nothing was opened in",
        _memory(_OUR_IDLE, home, screen),
        {"a bare PySide6 window": Rival(_memory(_BARE_IDLE, home, screen))},
        rounds=3,
        aim=_IDLE_MEGABYTES,
        unit="MB",
    )


def _packaged(issued: Material, screen: str) -> Case:
    home = issued.folder / "packaged"
    home.mkdir()
    return Case(
        "from start to the first painted window, packaged",
        _process([str(_BUNDLE), "--first-paint"], home, screen),
        {"the same from source": Rival(_process([sys.executable, *_OUR_WINDOW], home, screen))},
        rounds=15,
        aim=_PACKAGED_SECONDS,
    )
