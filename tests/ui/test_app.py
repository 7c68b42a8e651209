"""The way from the command to the first paint."""

import subprocess
import sys

HEAVY = (
    "httpx2",
    "httpcore2",
    "OpenSSL",
    "keyring",
    "cryptography",
    "workbench.core.session",
    "workbench.core.storage",
)


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    code = f"import sys, workbench.ui.app; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_window_opens_and_closes() -> None:
    code = (
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from workbench.ui.app import main\n"
        "application = QApplication([])\n"
        "QTimer.singleShot(1500, application.closeAllWindows)\n"
        "raise SystemExit(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
