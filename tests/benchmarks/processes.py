"""What a person waits for: a process that sends one request, a process until its window is painted."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.requests import curl
from tests.benchmarks.rounds import Case, Rival
from tests.support.servers.material import GOOD, Material
from tests.support.servers.nginx import nginx

_SEND_SECONDS = 0.35
_WINDOW_SECONDS = 0.7
_PACKAGED_SECONDS = 0.8
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
    with nginx(issued, issued.folder / "process", http2=False) as server:
        url = f"https://localhost:{server.port}/"
        yield _send(issued, url), _window(issued), *([_packaged(issued)] if _BUNDLE.exists() else [])


def _process(command: Sequence[str], home: Path) -> Callable[[], float]:
    environment = {
        **os.environ,
        "MTLS_WORKBENCH_HOME": str(home),
        "PYTHONPATH": str(_TOP),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "" if os.environ.get("DISPLAY") else "offscreen"),
    }
    # An installed program has its bytecode; where it is not kept each start would compile everything.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run() -> float:
        began = time.perf_counter()
        subprocess.run(command, env=environment, cwd=home, capture_output=True, check=True)
        return time.perf_counter() - began

    return run


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


def _window(issued: Material) -> Case:
    home = issued.folder / "window"
    home.mkdir()
    return Case(
        "from start to the first painted window",
        _process([sys.executable, *_OUR_WINDOW], home),
        {"a bare PySide6 window": Rival(_process([sys.executable, "-c", _BARE_WINDOW], home))},
        rounds=15,
        aim=_WINDOW_SECONDS,
    )


def _packaged(issued: Material) -> Case:
    home = issued.folder / "packaged"
    home.mkdir()
    return Case(
        "from start to the first painted window, packaged",
        _process([str(_BUNDLE), "--first-paint"], home),
        {"the same from source": Rival(_process([sys.executable, *_OUR_WINDOW], home))},
        rounds=15,
        aim=_PACKAGED_SECONDS,
    )
